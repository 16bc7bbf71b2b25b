import Database from "better-sqlite3";
import { linkMember } from "../src/business/link.js";
import { registerBusiness } from "../src/entity/register.js";
import { OPERATOR } from "../src/kernel/actor.js";
import { randomId } from "../src/kernel/id.js";
import { grantRoles } from "../src/network/create.js";
import { requestVerification } from "../src/verification/request.js";
import { openDatabases, type Databases } from "./gateway-databases.js";
import type { Run } from "./scenario.js";
import { actorOf, copyOf, openApp, openTown, type Town } from "./town.js";

/** How many of a town's queriers take part: they furnish, too, and ask for runs. */
export const PARTICIPANTS = 8;

const BUSINESSES = 20;
const MEMBERS = 5;
/** In one transaction. */
const BATCH = 25;
const FAR = "9999-12-31T00:00:00.000Z";

/** The same town twice, row for row: in a SQLite file, and in a database of a PostgreSQL server from which others are copied. */
export interface GatewayTown extends Town, AsyncDisposable {
  readonly databases: Databases;
  /** A copy on PostgreSQL that may be written to. */
  readonly onPostgres: (name: string) => Promise<Town>;
  /** Handles of businesses that the first querier knows, with members. */
  readonly businesses: readonly string[];
  /** Handles of customers whom all participants know and of whom the network knows little; nobody works on their runs. */
  readonly asked: readonly string[];
  /** The same, of whom no run has been asked for yet. */
  readonly unasked: readonly string[];
  /** How many runs wait, spread over the participants. */
  readonly waiting: number;
}

const HOME = {
  line1: "12 Alder Street",
  line2: null,
  city: "Portland",
  state: "OR",
  postalCode: "97205",
  country: "US",
};

/** Nobody works but who is told to. */
const still = <Place extends Town>(town: Place): Place => ({
  ...town,
  environment: { ...town.environment, PROVIDER: "sandbox", WORKERS: "0" },
});

async function foundBusinesses(town: Town, handles: readonly string[]): Promise<string[]> {
  await using app = await openApp(town.path);
  const [first, ...others] = town.queriers.slice(0, PARTICIPANTS);
  await app.commitAs(OPERATOR)(async (write) => {
    for (const { participantId } of [first!, ...others])
      await grantRoles(write, town.networkId, participantId, ["FURNISHER"]);
  });
  const businesses = Array.from({ length: BUSINESSES }, (_, index) => `business-${index}`);
  for (const [index, handle] of businesses.entries())
    await app.commitAs(actorOf(first!.participantId))(async (write) => {
      const ein = `47-${String(1_000_000 + index)}`;
      await registerBusiness(write, {
        handle,
        legalName: `Works ${index} LLC`,
        businessType: "llc",
        ein,
        address: HOME,
      });
      await write.flush();
      for (let place = 0; place < MEMBERS; place += 1)
        await linkMember(write, {
          businessHandle: handle,
          memberHandle: handles[(index * MEMBERS + place) % handles.length]!,
          ...(place === 0 ? { role: "ADMINISTRATOR" } : { role: "BENEFICIAL_OWNER", ownershipStake: "20" }),
        });
    });
  return businesses;
}

async function askForRuns(town: Town, handles: readonly string[]): Promise<void> {
  await using app = await openApp(town.path);
  const terms = { levels: app.config.levels, iss: app.config.issuer };
  for (const { participantId } of town.queriers.slice(0, PARTICIPANTS))
    for (let first = 0; first < handles.length; first += BATCH)
      await app.commitAs(actorOf(participantId))(async (write) => {
        for (const handle of handles.slice(first, first + BATCH)) await requestVerification(write, terms, { handle });
      });
}

/** All participants come to know those of whom the network knows least, by what others registered. Answers their handles. */
function introduce({ path, queriers }: Town): string[] {
  const database = new Database(path);
  const known = database
    .prepare<[], Record<string, string | number> & { handle: string; participant_id: string }>(
      `select * from registration where handle like 'customer-%' and entity_id in
         (select entity_id from attestation group by entity_id having count(*) = 1) order by handle`,
    )
    .all();
  const columns = Object.keys(known[0]!);
  const insert = database.prepare(
    `insert into registration (${columns.join(", ")}) values (${columns.map((name) => `@${name}`).join(", ")})`,
  );
  database.transaction(() => {
    for (const row of known)
      for (const { participantId } of queriers.slice(0, PARTICIPANTS))
        if (participantId !== row.participant_id)
          insert.run({ ...row, id: randomId("reg"), participant_id: participantId });
  })();
  database.close();
  return known.map(({ handle }) => handle);
}

function putOff({ path }: Town): void {
  const database = new Database(path);
  database.prepare("update verification_work set due_at = ?").run(FAR);
  database.pragma("wal_checkpoint(TRUNCATE)");
  database.close();
}

const MODEL = "model";

export async function openGatewayTown(run: Run): Promise<GatewayTown> {
  const town = still(
    copyOf(await (run.quick ? openTown(run.folder, 4_000, 2_000) : openTown(run.folder, 10_000)), "gateways"),
  );
  const databases = await openDatabases(run.folder);
  try {
    const handles = introduce(town);
    const each = run.quick ? 25 : 250;
    const businesses = await foundBusinesses(town, handles.slice(0, each));
    await askForRuns(town, handles.slice(0, each));
    putOff(town);
    await databases.bring(town, MODEL);
    return {
      ...town,
      databases,
      onPostgres: (name) => databases.copy(MODEL, town, name),
      businesses,
      asked: handles.slice(0, each),
      unasked: handles.slice(each),
      waiting: each * PARTICIPANTS,
      [Symbol.asyncDispose]: async () => {
        await databases[Symbol.asyncDispose]();
        town[Symbol.dispose]();
      },
    };
  } catch (error) {
    await databases[Symbol.asyncDispose]();
    throw error;
  }
}

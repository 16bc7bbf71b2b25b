import { linkMember } from "../../src/business/link.js";
import type { MemberRole } from "../../src/business/member.js";
import { registerBusiness, registerIndividual } from "../../src/entity/register.js";
import { randomId } from "../../src/kernel/id.js";
import { systemClock } from "../../src/kernel/instant.js";
import type { Writer } from "../../src/kernel/reader.js";
import { requestVerification } from "../../src/verification/request.js";
import { onPostgres } from "../support/database.js";
import { business, countOf, individual, type Party, type World } from "../support/given.js";
import { givenSandbox } from "../support/verify.js";
import { givenWorkers, until } from "../support/workers.js";

const BANKS_PEOPLE = 1_000;
/** Whom the bank verifies, too: their runs are other runs. */
const VENDORS_PEOPLE = 450;
/** Each with three members. */
const BUSINESSES = 50;
const RUNS = BANKS_PEOPLE + VENDORS_PEOPLE + BUSINESSES;
const WORKERS = 4;
const KILLS = 8;
const STORY_MS = 120_000;

/** Small batches and short leases: more moments at which a kill hurts, and less to wait for after it. */
const PACE = { count: WORKERS, limit: 10, leaseMs: 1_000 };

const ROLES = ["CONTROLLING_OFFICER", "BENEFICIAL_OWNER", "BENEFICIAL_OWNER"] as const satisfies readonly MemberRole[];

type Step = (write: Writer) => Promise<unknown>;

const request =
  ({ app }: World, handle: string): Step =>
  (write) =>
    requestVerification(write, { levels: app.config.levels, iss: app.config.issuer }, { handle });

const person =
  (number: number): Step =>
  (write) =>
    registerIndividual(
      write,
      individual({ handle: `person-${number}`, socialSecurityNumber: String(100_010_001 + number * 10) }),
    );

const company =
  (number: number): Step =>
  async (write) => {
    const handle = `business-${number}`;
    await registerBusiness(
      write,
      business({ handle, legalName: `Business ${number}`, ein: String(120_000_000 + number) }),
    );
    for (const [index, role] of ROLES.entries())
      await linkMember(write, {
        businessHandle: handle,
        memberHandle: `person-${number * ROLES.length + index}`,
        role,
        ownershipStake: role === "BENEFICIAL_OWNER" ? "40" : null,
      });
  };

/** A few steps a transaction: what one of them reads grows with what its transaction wrote. */
async function take({ commit }: Party, steps: readonly Step[]): Promise<void> {
  for (let first = 0; first < steps.length; first += 20)
    await commit(async (write) => {
      for (const step of steps.slice(first, first + 20)) await step(write);
    });
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Two participants who have asked for every run, and nobody who works. */
async function givenAsked(): Promise<World> {
  const world = await givenSandbox({ clock: systemClock, newId: randomId });
  const { bank, vendor } = world;
  await take(bank, numbers(BANKS_PEOPLE).map(person));
  await take(bank, numbers(BUSINESSES).map(company));
  await take(vendor, numbers(VENDORS_PEOPLE).map(person));
  await take(bank, [
    ...numbers(BUSINESSES).map((number) => request(world, `business-${number}`)),
    ...numbers(BANKS_PEOPLE).map((number) => request(world, `person-${number}`)),
  ]);
  await take(
    vendor,
    numbers(VENDORS_PEOPLE).map((number) => request(world, `person-${number}`)),
  );
  return world;
}

async function rowsOf<Row extends object>({ app }: World, sql: string): Promise<Row[]> {
  return app.store.rows<Row>(sql);
}

const passedIn = async ({ app }: World): Promise<number> => {
  const [row] = await app.store.rows<{ n: number }>("select count(*) as n from verification where status = 'PASSED'");
  return row!.n;
};

/** Kills a worker each time that about as many more runs have passed, then waits for the rest. */
async function killAmidWork(world: World): Promise<{ held: number[]; complaints: readonly string[] }> {
  await using workers = await givenWorkers(world.app, PACE);
  const held: number[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const moment = Math.floor((RUNS * (kill + Math.random())) / (KILLS + 1));
    await until(`${moment} runs have passed`, async () => (await passedIn(world)) >= moment);
    held.push(await workers.killOne());
  }
  await until("no work is left", async () => (await countOf(world, "verification_work")) === 0);
  return { held, complaints: workers.complaints() };
}

/** Where many write at once, one that is killed leaves the numbers that it took, and no statement looks for faults. */
const onSqlite = onPostgres ? it.skip : it;

describe(`${RUNS} requested runs, worked off by ${WORKERS} processes of which ${KILLS} are killed`, () => {
  let world: World;
  let story: Awaited<ReturnType<typeof killAmidWork>>;
  beforeAll(async () => {
    world = await givenAsked();
    story = await killAmidWork(world);
  }, STORY_MS);
  afterAll(() => world[Symbol.asyncDispose]());

  it("have lost some workers amid their work", () => {
    expect(story.held).toHaveLength(KILLS);
    expect(Math.max(...story.held)).toBeGreaterThan(0);
    expect(story.complaints).toEqual([]);
  });

  it("have all passed, and nothing is left to be done", async () => {
    expect(await rowsOf(world, "select status, count(*) as runs from verification group by status")).toEqual([
      { status: "PASSED", runs: RUNS },
    ]);
    expect(await countOf(world, "verification_work")).toBe(0);
  });

  it("have each been told of twice: asked for, and passed", async () => {
    const told = await rowsOf(
      world,
      `select path, count(*) as runs from (
         select subject_id, string_agg(from_status || ' ' || to_status, ', ' order by seq) as path from event
          where type = 'VERIFICATION_STATUS_CHANGED' group by subject_id) group by path`,
    );
    expect(told).toEqual([{ path: "UNVERIFIED PENDING, PENDING PASSED", runs: RUNS }]);
  });

  it("have each been furnished once, kind by kind", async () => {
    const attestations = await rowsOf(
      world,
      `select kind, count(*) as stated, count(distinct furnisher_id || entity_id) as subjects from attestation group by kind order by kind`,
    );
    const people = BANKS_PEOPLE + VENDORS_PEOPLE;
    expect(attestations).toEqual([
      { kind: "ADDRESS_VERIFICATION", stated: people, subjects: people },
      { kind: "BUSINESS_IDENTITY_VERIFICATION", stated: BUSINESSES, subjects: BUSINESSES },
      { kind: "IDENTITY_CORROBORATION", stated: people, subjects: people },
    ]);
    const [submissions] = await rowsOf(
      world,
      "select cast(sum(record_count) as bigint) as records, cast(sum(attestation_count) as bigint) as attestations from submission",
    );
    expect(submissions).toEqual({ records: RUNS, attestations: 2 * people + BUSINESSES });
  });

  it("have findings as one answer has", async () => {
    const found = await rowsOf<{ findings: number }>(
      world,
      `select distinct findings from (select v.kyc_level, count(*) as findings from verification v
         join verification_check c on c.verification_id = v.id group by v.id) order by findings`,
    );
    expect(found).toEqual([{ findings: 4 }]);
    const [without] = await rowsOf<{ n: number }>(
      world,
      "select count(*) as n from verification v where not exists (select 1 from verification_check c where c.verification_id = v.id)",
    );
    expect(without!.n).toBe(0);
  });

  it("make every standing what its runs and members say", async () => {
    expect(
      await rowsOf(
        world,
        "select participant_id, own_status, status, count(*) as n from standing group by 1, 2, 3 order by 4 desc",
      ),
    ).toEqual([
      { participant_id: world.bank.id, own_status: "PASSED", status: "PASSED", n: BANKS_PEOPLE + BUSINESSES },
      { participant_id: world.vendor.id, own_status: "PASSED", status: "PASSED", n: VENDORS_PEOPLE },
    ]);
  });

  it("are told as unbroken chains: each change of an entity begins where the last ended, and the last is a pass", async () => {
    const broken = await rowsOf(
      world,
      `select * from (
         select subject_id, from_status, to_status,
                lag(to_status, 1, 'UNVERIFIED') over (partition by participant_id, entity_id order by seq) as before,
                lead(from_status) over (partition by participant_id, entity_id order by seq) as after
           from event where type = 'ENTITY_STATUS_CHANGED')
        where from_status <> before or from_status = to_status or (after is null and to_status <> 'PASSED')`,
    );
    expect(broken).toEqual([]);
    const [counted] = await rowsOf(
      world,
      "select count(distinct participant_id || entity_id) as entities from event where type = 'ENTITY_STATUS_CHANGED'",
    );
    expect(counted).toEqual({ entities: RUNS });
  });

  onSqlite("leave a log without a gap and a database without a fault", async () => {
    expect(await rowsOf(world, "select max(seq) - count(*) as missing from event")).toEqual([{ missing: 0 }]);
    expect(await rowsOf(world, "pragma integrity_check")).toEqual([{ integrity_check: "ok" }]);
    expect(await rowsOf(world, "pragma foreign_key_check")).toEqual([]);
  });
});

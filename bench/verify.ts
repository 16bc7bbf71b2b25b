import { setTimeout as pause } from "node:timers/promises";
import Database from "better-sqlite3";
import { registerIndividual } from "../src/entity/register.js";
import { OPERATOR } from "../src/kernel/actor.js";
import { systemClock } from "../src/kernel/instant.js";
import { grantRoles } from "../src/network/create.js";
import { startGateway } from "./child.js";
import { startCrew, type Crew, type Crewing } from "./crew.js";
import { drive } from "./drive.js";
import { ratioOf, spread, type Outcome } from "./figures.js";
import { unless } from "./operation.js";
import { personAt } from "./people.js";
import type { Run } from "./scenario.js";
import { actorOf, copyOf, openApp, openTown, type Town } from "./town.js";

const BAR = 3;
const WORKERS = 4;
const AT_ONCE = 25;
const CLIENTS = 16;
/** Long enough for a batch, and not long to wait for after a kill. */
const LEASE_MS = 2_000;
const MAX_WAIT_MS = 300_000;

const SOLO: Crewing = { workers: 1, atOnce: AT_ONCE, leaseMs: LEASE_MS };
const PLAIN: Crewing = { ...SOLO, atOnce: 1 };
const MANY: Crewing = { ...SOLO, workers: WORKERS };

const REQUEST = `mutation ($input: RequestVerificationInput!) {
  requestVerification(input: $input) { verification { id status } replayed }
}`;

const HOME = {
  line1: "12 Alder Street",
  line2: null,
  city: "Portland",
  state: "OR",
  postalCode: "97205",
  country: "US",
};

const handleOf = (index: number): string => `customer-${index}`;

/** The sandbox answers at once, and the gateway leaves the work to others. */
const withSandbox = (town: Town): Town => ({
  ...town,
  environment: { ...town.environment, PROVIDER: "sandbox", WORKERS: "0" },
});

/** The first querier furnishes too, and knows so many people. */
async function registerPeople(town: Town, count: number): Promise<void> {
  await using app = await openApp(town.path);
  const { participantId } = town.queriers[0]!;
  await app.commitAs(OPERATOR)((write) => grantRoles(write, town.networkId, participantId, ["FURNISHER"]));
  const commit = app.commitAs(actorOf(participantId));
  for (let first = 0; first < count; first += 10)
    await commit(async (write) => {
      for (let index = first; index < Math.min(first + 10, count); index += 1)
        await registerIndividual(write, { ...personAt(index), handle: handleOf(index), address: HOME });
    });
}

/** Asks for a run of each person through the gateway. Answers how many a second, for each of several bursts. */
async function request(town: Town, runs: number, bursts: number): Promise<number[]> {
  await using gateway = await startGateway("shipped", town);
  const { token } = town.queriers[0]!;
  let next = 0;
  const rates: number[] = [];
  for (let burst = 1; burst <= bursts; burst += 1) {
    const count = Math.floor((runs * burst) / bursts) - next;
    const { perSecond } = await drive({
      url: gateway.url,
      clients: CLIENTS,
      next: () => {
        const input = { handle: handleOf(next) };
        next += 1;
        return { token, body: JSON.stringify({ query: REQUEST, variables: { input } }) };
      },
      fault: unless('"status":"PENDING"'),
      until: { count },
    });
    rates.push(perSecond);
  }
  return rates;
}

const FAR = "9999-12-31T00:00:00.000Z";

function within<Result>(path: string, work: (database: Database.Database) => Result): Result {
  const database = new Database(path, { timeout: 60_000 });
  try {
    return work(database);
  } finally {
    database.close();
  }
}

const countIn = (database: Database.Database, sql: string): number =>
  database.prepare<[], { n: number | null }>(sql).get()!.n ?? 0;

/** What became of the runs of a town: undecided ones are lost; decided or furnished more than once, doubled. */
interface Fate {
  readonly lost: number;
  readonly doubled: number;
}

const fateOf = (database: Database.Database): Fate => ({
  lost: countIn(database, "select count(*) as n from verification where status <> 'PASSED'"),
  doubled:
    countIn(
      database,
      `select sum(moves - 1) as n from (select count(*) as moves from event
         where type = 'VERIFICATION_STATUS_CHANGED' and to_status = 'PASSED' group by subject_id)`,
    ) +
    countIn(
      database,
      `select sum(stated - 1) as n from (select count(*) as stated from attestation group by furnisher_id, entity_id, kind)`,
    ),
});

interface Settled extends Fate {
  readonly perSecond: number;
}

/** Makes so many runs due at one moment, with workers waiting for it, and measures until they are done. */
async function settle(
  asked: Town,
  crewing: Crewing,
  runs: number,
  meanwhile: (crew: Crew, left: () => number) => Promise<void> = async () => undefined,
): Promise<Settled> {
  using copy = copyOf(asked, "settle");
  const town = { ...copy, environment: withSandbox(copy).environment };
  await using crew = await startCrew(town, crewing);
  const database = new Database(town.path, { timeout: 60_000 });
  const all = countIn(database, "select count(*) as n from verification_work");
  const left = (): number => countIn(database, "select count(*) as n from verification_work") - (all - runs);
  const due = `update verification_work set due_at = ? where verification_id in (select verification_id from verification_work limit ?)`;
  database.prepare(due).run(systemClock(), runs);
  const startedAt = performance.now();
  await meanwhile(crew, left);
  await until(crew, () => left() === 0);
  const perSecond = (runs * 1_000) / (performance.now() - startedAt);
  const fate = fateOf(database);
  database.close();
  return { perSecond, ...fate };
}

async function until(crew: Crew, holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 10) {
    crew.check();
    if (waited > MAX_WAIT_MS) throw new Error("The workers did not get on.");
    await pause(10);
  }
}

/** Kills a worker at so many moments of the work, spread over it at random. */
const killing =
  (runs: number, kills: number) =>
  async (crew: Crew, left: () => number): Promise<void> => {
    for (let kill = 0; kill < kills; kill += 1) {
      const moment = Math.ceil((runs * (kill + Math.random())) / (kills + 1));
      await until(crew, () => left() <= runs - moment);
      await crew.killOne();
    }
  };

/** Runs that were requested, settled in batches against one by one, and by workers that are killed. */
export async function settleVerifications(run: Run): Promise<readonly Outcome[]> {
  const runs = run.quick ? 2_000 : 10_000;
  const kills = run.quick ? 6 : 20;
  using asked = copyOf(await openTown(run.folder, 0), "verify");
  run.tell(`${runs.toLocaleString("en-US")} people are registered, and a run is asked for of each`);
  await registerPeople(asked, runs);
  const requested = await request(withSandbox(asked), runs, run.rounds);
  within(asked.path, (database) => database.prepare("update verification_work set due_at = ?").run(FAR));
  const rounds: { solo: Settled; many: Settled; plain: Settled; killed: Settled }[] = [];
  for (let round = 0; round < run.rounds; round += 1)
    rounds.push({
      plain: await settle(asked, PLAIN, runs / 10),
      solo: await settle(asked, SOLO, runs),
      many: await settle(asked, MANY, runs),
      killed: await settle(asked, MANY, runs, killing(runs, kills)),
    });
  const ratio = ratioOf(rounds.map(({ solo, plain }) => [solo.perSecond, plain.perSecond]));
  const fates = rounds.map(({ killed }) => killed);
  const [lost, doubled] = [spread(fates.map((fate) => fate.lost)), spread(fates.map((fate) => fate.doubled))];
  return [
    {
      name: "verify, rate",
      about: `${runs.toLocaleString("en-US")} requested runs settled by one worker, ${AT_ONCE} at once, against one run at a time in a transaction of its own`,
      bar: `ratio ≥ ${BAR}`,
      met: ratio.median >= BAR,
      figures: {
        ratio,
        "ratio of 4 workers to 1": ratioOf(rounds.map(({ many, solo }) => [many.perSecond, solo.perSecond])),
        "requested/s": spread(requested),
        "settled/s, 1 worker": spread(rounds.map(({ solo }) => solo.perSecond)),
        "settled/s, 4 workers": spread(rounds.map(({ many }) => many.perSecond)),
        "settled/s, one at a time": spread(rounds.map(({ plain }) => plain.perSecond)),
      },
    },
    {
      name: "verify, kills",
      about: `${runs.toLocaleString("en-US")} requested runs settled by ${WORKERS} workers, of which ${kills} are killed amid their work and replaced`,
      bar: "none lost, none doubled",
      met: lost.max === 0 && doubled.max === 0,
      figures: {
        lost,
        doubled,
        "kills in each round": spread([kills]),
        "settled/s, while being killed": spread(fates.map(({ perSecond }) => perSecond)),
      },
    },
  ];
}

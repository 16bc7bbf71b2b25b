import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { systemClock } from "../src/kernel/instant.js";
import { startCrew } from "./crew.js";
import { describeSpread, inTurn, ratioOf, spread, type Outcome } from "./figures.js";
import { PARTICIPANTS, type GatewayTown } from "./gateway-town.js";
import type { Run } from "./scenario.js";

const AT_ONCE = 25;
const LEASE_MS = 10_000;
const LOOK_MS = 20;
const MAX_WAIT_MS = 300_000;

const LEFT = "select count(*)::int as n from verification_work";
const UNDECIDED = "select count(*)::int as n from verification where status <> 'PASSED'";
const DOUBLED = `select count(*)::int as n from (select subject_id from event
  where type = 'VERIFICATION_STATUS_CHANGED' and to_status = 'PASSED' group by subject_id having count(*) > 1) twice`;

async function countIn(client: pg.Client, text: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(text);
  return rows[0]!.n;
}

/** Makes all runs due at one moment, with so many workers waiting for it. Answers how many a second were settled. */
async function settle(town: GatewayTown, workers: number): Promise<number> {
  const name = "workers";
  const there = await town.onPostgres(name);
  const client = new pg.Client(town.databases.urlOf(name));
  await client.connect();
  try {
    await using crew = await startCrew(there, { workers, atOnce: AT_ONCE, leaseMs: LEASE_MS });
    await client.query("update verification_work set due_at = $1", [systemClock()]);
    const startedAt = performance.now();
    while ((await countIn(client, LEFT)) > 0) {
      crew.check();
      if (performance.now() - startedAt > MAX_WAIT_MS) throw new Error("The workers did not get on.");
      await pause(LOOK_MS);
    }
    const ms = performance.now() - startedAt;
    if ((await countIn(client, UNDECIDED)) + (await countIn(client, DOUBLED)) > 0)
      throw new Error("Runs were left undecided, or decided twice.");
    return (town.waiting * 1_000) / ms;
  } finally {
    await client.end();
  }
}

/** Runs of the sandbox, settled by one, two and four worker processes on one PostgreSQL. */
export async function settleWithWorkers(run: Run, town: GatewayTown): Promise<Outcome[]> {
  // A round is a database and its workers, begun anew: a quick run has fewer.
  const { one, two, four } = await inTurn(run.quick ? 3 : run.rounds, {
    one: () => settle(town, 1),
    two: () => settle(town, 2),
    four: () => settle(town, 4),
  });
  const toOne = (many: readonly number[]): string =>
    describeSpread(ratioOf(many.map((rate, round) => [rate, one[round]!] as const)));
  return [
    {
      name: "gateways, workers",
      about: `${town.waiting.toLocaleString("en-US")} runs of ${PARTICIPANTS} participants settled, ${AT_ONCE} at once by each worker process; none lost, none doubled`,
      bar: null,
      met: true,
      figures: {},
      table: {
        head: ["workers", "runs settled/s", "to one"],
        rows: [
          ["1", describeSpread(spread(one)), "1"],
          ["2", describeSpread(spread(two)), toOne(two)],
          ["4", describeSpread(spread(four)), toOne(four)],
        ],
      },
    },
  ];
}

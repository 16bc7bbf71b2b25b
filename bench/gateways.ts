import type { Outcome } from "./figures.js";
import { countStatements } from "./gateway-statements.js";
import { timeCommits } from "./gateway-events.js";
import { compareReads } from "./gateway-reads.js";
import { openGatewayTown } from "./gateway-town.js";
import { settleWithWorkers } from "./gateway-workers.js";
import { compareWrites } from "./gateway-writes.js";
import type { Run } from "./scenario.js";

/** Several gateways on one PostgreSQL: what a second one adds, what sharing costs, and how soon one hears of another. */
export async function compareGateways(run: Run): Promise<readonly Outcome[]> {
  await using town = await openGatewayTown(run);
  run.tell(`PostgreSQL ${town.databases.version}, with fsync`);
  const outcomes: Outcome[] = [];
  for (const part of [compareReads, compareWrites, countStatements, timeCommits, settleWithWorkers]) {
    const startedAt = performance.now();
    outcomes.push(...(await part(run, town)));
    run.tell(`${outcomes.at(-1)!.name}: ${Math.round((performance.now() - startedAt) / 1_000)} s`);
  }
  return outcomes;
}

import { setTimeout as pause } from "node:timers/promises";
import type { Id } from "../kernel/id.js";
import type { Instant } from "../kernel/instant.js";
import type { Rows } from "../kernel/reader.js";
import type { RunStatus } from "../verification/status.js";

/** One change of a run's state. */
export interface Change {
  readonly occurredAt: Instant;
  readonly to: RunStatus;
}

const EVERY_MS = 250;

/** Where a run comes to rest: it is over, or somebody has to act. */
const AT_REST: readonly RunStatus[] = ["PASSED", "FAILED", "REVIEW", "DOCUMENTS_REQUIRED"];

/** Every change of a run, from its first on, until it comes to rest: read from the log, so that none is missed. */
export async function* watchRun(rows: Rows, verificationId: Id<"ver">, stop: AbortSignal): AsyncGenerator<Change> {
  let seen = 0;
  let last: RunStatus | null = null;
  for (;;) {
    for (const { seq, ...change } of await changesAfter(rows, verificationId, seen)) {
      seen = seq;
      last = change.to;
      yield change;
    }
    if (stop.aborted || (last !== null && AT_REST.includes(last))) return;
    await pause(EVERY_MS, undefined, { signal: stop }).catch(() => undefined);
  }
}

const changesAfter = (rows: Rows, verificationId: Id<"ver">, seq: number): Promise<(Change & { seq: number })[]> =>
  rows(
    `select e.seq, e.occurred_at as "occurredAt", e.to_status as "to" from event e
       join verification v on v.participant_id = e.participant_id and v.entity_id = e.entity_id
      where v.id = ? and e.subject_id = v.id and e.type = 'VERIFICATION_STATUS_CHANGED' and e.seq > ? order by e.seq`,
    [verificationId, seq],
  );

import { Failure, badInput } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import { DAY_MS, plusMs, type Instant } from "../kernel/instant.js";
import { OPERATOR } from "../kernel/actor.js";
import type { Rows } from "../kernel/reader.js";
import { catchUpWithTime, type Timekeeping } from "../moment/keep-time.js";
import { doWork, type Workplace } from "./do-work.js";
import type { RunStatus } from "./status.js";

/** An installation whose clock can be moved: only where the sandbox answers. */
export interface Movable {
  readonly workplace: Workplace;
  /** What time alone brings about, besides. */
  readonly time: Timekeeping;
  /** Reads anew how far the clock was moved. */
  readonly refreshClock: () => Promise<void>;
}

/** What happened to a run while the clock passed by: it moved, or its deadline came near. */
export interface Passed {
  readonly occurredAt: Instant;
  readonly verificationId: Id<"ver">;
  /** Null for a warning, which moves nothing. */
  readonly from: RunStatus | "UNVERIFIED" | null;
  readonly to: RunStatus | null;
}

/** How far the clock can be moved at once: ten years. */
export const MAX_ADVANCE_MS = 3_652 * DAY_MS;

/** Pieces of work that are taken at once. */
const LIMIT = 25;

/** Whom a provider has put off so often is asked again only once an hour: a week of minutes is ten thousand stops. */
const PATIENT_AFTER = 10;
const PATIENCE_MS = 60 * 60_000;

/** Runs that were asked about in vain on the way: how often, and when last. */
type InVain = Map<string, { readonly count: number; readonly at: Instant }>;

/**
 * Moves the clock forward, and lets everything happen that would have happened on the way, in its order: the clock stands still at
 * each moment at which something is due, and goes on once that is done. Tells of each move, and answers where the clock stands at
 * last. Whoever stops it leaves a clock that stands where it had come to, and nothing half done.
 */
export async function* advanceClock(
  { workplace, time, refreshClock }: Movable,
  byMs: number,
  stop: AbortSignal = new AbortController().signal,
): AsyncGenerator<Passed, Instant> {
  refuseSpan(byMs);
  await refreshClock();
  const { rows, clock } = workplace;
  const target = plusMs(clock(), byMs);
  const inVain: InVain = new Map();
  let seen = await lastEvent(rows);
  while (!stop.aborted) {
    const next = await nextStop(rows, inVain);
    if (!next || next > target) break;
    await standAt(workplace, refreshClock, next);
    await catchUpWithTime(time);
    const asked = await askedAt(rows, clock());
    await doWork(workplace, LIMIT, stop);
    await noteInVain(rows, inVain, asked, next);
    const head = await lastEvent(rows);
    for (const { seq: _seq, ...passed } of await eventsBetween(rows, seen, head)) yield passed;
    seen = head;
  }
  if (!stop.aborted) await standAt(workplace, refreshClock, target);
  return clock();
}

function refuseSpan(byMs: number): void {
  if (Number.isSafeInteger(byMs) && byMs > 0 && byMs <= MAX_ADVANCE_MS) return;
  throw badInput([{ path: "by", message: "Must lead forward, by at most 3652 days." }]);
}

/**
 * Never back: a clock that is already there, or further, stays as it is. Looked at in one's turn: of two who move it to one moment the second
 * would else move it as far again, past what is due on the way.
 */
async function standAt({ commitAs, clock }: Workplace, refreshClock: () => Promise<void>, at: Instant): Promise<void> {
  await commitAs(OPERATOR)(async (write) => {
    await refreshClock();
    const aheadMs = Date.parse(at) - Date.parse(clock());
    if (aheadMs > 0) await write.rows("update installation set clock_offset_ms = clock_offset_ms + ?", [aheadMs]);
  });
  await refreshClock();
  if (clock() < at) throw new Failure("CONFLICT", "Only the sandbox has a clock that can be moved.");
}

/** The earliest moment at which something is due, or was due; runs that were often asked about in vain have time. */
async function nextStop(rows: Rows, inVain: InVain): Promise<Instant | null> {
  const patient = [...inVain].filter(([, { count }]) => count >= PATIENT_AFTER);
  const ids = patient.map(([id]) => id);
  const [first] = await rows<{ dueAt: Instant | null }>(
    `select min(due_at) as "dueAt" from verification_work where verification_id not in ??`,
    [ids],
  );
  const later = await rows<{ id: string; dueAt: Instant }>(
    `select verification_id as id, due_at as "dueAt" from verification_work where verification_id in ??`,
    [ids],
  );
  const rested = later.map(({ id, dueAt }) => {
    const restedAt = plusMs(inVain.get(id)!.at, PATIENCE_MS);
    return dueAt > restedAt ? dueAt : restedAt;
  });
  const [moment] = await rows<{ dueAt: Instant | null }>(`select min(due_at) as "dueAt" from due_moment`);
  return [first?.dueAt, moment?.dueAt, ...rested].filter((at) => at !== null && at !== undefined).toSorted()[0] ?? null;
}

/** The runs that a provider is about to be asked about. */
const askedAt = async (rows: Rows, now: Instant): Promise<string[]> =>
  (
    await rows<{ id: string }>(
      `select verification_id as id from verification_work where step = 'ASK' and due_at <= ? order by due_at, verification_id limit ?`,
      [now, LIMIT],
    )
  ).map(({ id }) => id);

/** Whoever is still to be asked about was asked about in vain. */
async function noteInVain(rows: Rows, inVain: InVain, asked: readonly string[], at: Instant): Promise<void> {
  const still = await rows<{ id: string }>(
    `select verification_id as id from verification_work where step = 'ASK' and verification_id in ??`,
    [asked],
  );
  for (const { id } of still) inVain.set(id, { count: (inVain.get(id)?.count ?? 0) + 1, at });
}

async function lastEvent(rows: Rows): Promise<number> {
  const [head] = await rows<{ seq: number }>("select seq from log_head");
  return head?.seq ?? 0;
}

const eventsBetween = (rows: Rows, after: number, until: number): Promise<(Passed & { readonly seq: number })[]> =>
  rows(
    `select seq, occurred_at as "occurredAt", subject_id as "verificationId", from_status as "from", to_status as "to" from event
      where seq > ? and seq <= ? and type in ('VERIFICATION_STATUS_CHANGED', 'VERIFICATION_DEADLINE_NEAR') order by seq`,
    [after, until],
  );

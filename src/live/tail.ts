import { setTimeout as pause } from "node:timers/promises";
import type { Id } from "../kernel/id.js";
import type { Rows } from "../kernel/reader.js";
import type { EventType } from "../event/event.js";

/** One event as far as it has to be known to find who wants it. */
export interface Stir {
  readonly seq: number;
  readonly participantId: Id<"par">;
  readonly entityId: Id<"ent">;
  readonly type: EventType;
}

/** Where the log ends, as far as nothing can appear before it any more. */
export type Gate = () => Promise<number>;

/** Follows the log for everybody in this process: how many listen does not change what that costs. */
export interface Tail {
  /** How far it has told. */
  readonly head: () => number;
  /** Says that something may have been committed; costs nothing where it was not. */
  readonly nudge: () => void;
  readonly stop: () => Promise<void>;
}

export interface TailParts {
  readonly rows: Rows;
  readonly gate: Gate;
  /** How long to wait where nobody has nudged: what other processes commit is seen then at the latest. */
  readonly pollMs: number;
  /** Told of what is new, in order, before `head` moves past it. */
  readonly stirred: (stirs: readonly Stir[]) => void;
  /** Done once a round, whether or not there is anything new, and before that is told. */
  readonly everyRound: (isNews: boolean) => Promise<void>;
  readonly onFault: (error: unknown) => void;
}

const PAGE = 5_000;

/** Starts to follow from the end of the log on. */
export async function followLog(parts: TailParts): Promise<Tail> {
  const stop = new AbortController();
  let head = await parts.gate();
  let bell = new AbortController();
  let rung = false;
  const round = async (): Promise<void> => {
    const until = await parts.gate();
    await parts.everyRound(until > head);
    while (head < until) {
      const stirs = await stirsBetween(parts.rows, head, until);
      if (stirs.length > 0) parts.stirred(stirs);
      head = stirs.length === PAGE ? stirs.at(-1)!.seq : until;
    }
  };
  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      // Armed before anything is read: whoever rings from now on is heard by the next round.
      rung = false;
      bell = new AbortController();
      await round().catch(parts.onFault);
      if (rung || stop.signal.aborted) continue;
      await pause(parts.pollMs, undefined, { signal: bell.signal }).catch(() => undefined);
    }
  };
  const running = run();
  const nudge = (): void => {
    rung = true;
    bell.abort();
  };
  return {
    head: () => head,
    nudge,
    stop: async () => {
      stop.abort();
      nudge();
      await running;
    },
  };
}

/** Follows the log from the first on who wants to know: until then nothing is asked of the database. */
export interface LazyTail {
  readonly wanted: () => Promise<Tail>;
  readonly nudge: () => void;
  readonly stop: () => Promise<void>;
}

export function followWhenWanted(parts: TailParts): LazyTail {
  let tail: Promise<Tail> | null = null;
  let nudge = (): void => undefined;
  const begin = async (): Promise<Tail> => {
    try {
      const begun = await followLog(parts);
      nudge = begun.nudge;
      return begun;
    } catch (fault) {
      // The next who wants to know tries again.
      tail = null;
      throw fault;
    }
  };
  return {
    wanted: () => (tail ??= begin()),
    nudge: () => nudge(),
    stop: async () => (await tail)?.stop(),
  };
}

async function stirsBetween(rows: Rows, after: number, until: number): Promise<Stir[]> {
  const found = await rows<Omit<Stir, "seq"> & { seq: number | string }>(
    `select seq, participant_id as "participantId", entity_id as "entityId", type from event
      where seq > ? and seq <= ? order by seq limit ?`,
    [after, until, PAGE],
  );
  return found.map((row) => ({ ...row, seq: Number(row.seq) }));
}

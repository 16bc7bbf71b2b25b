import { plusMs, type Instant } from "../kernel/instant.js";
import type { Rows } from "../kernel/reader.js";

/** An event's place in the log, and when it happened. */
interface Place {
  readonly seq: number;
  readonly at: Instant;
}

/** What is kept of the log. */
export interface Log {
  readonly first: Place | null;
  readonly last: Place | null;
  /** Whether all of it is kept that ever was. */
  readonly whole: boolean;
  /** Whether everything that was told of what happened then is still kept. */
  readonly reaches: (at: Instant) => boolean;
}

/** Clocks of gateways are no further apart. */
const APART_MS = 60_000;

const placeAt = async (rows: Rows, which: "min" | "max"): Promise<Place | null> => {
  const [row] = await rows<{ seq: number | string; at: Instant }>(
    `select e.seq, e.occurred_at as at from event e where e.seq = (select ${which}(seq) from event)`,
  );
  return row ? { seq: Number(row.seq), at: row.at } : null;
};

/** About the oldest of everything that is told when it comes to be; ids are made in the order of time. */
const OLDEST = [
  ["attestation", "furnished_at"],
  ["verification", "requested_at"],
  ["consent", "granted_at"],
  ["certificate", "issued_at"],
  ["member", "linked_at"],
  ["document", "received_at"],
  ["registration", "created_at"],
] as const;

/**
 * Reads where the log begins and ends. Retention lets its beginning go, and then nothing is missing that was told before; a log from
 * before which there is nothing has lost nothing, whatever number it begins with.
 */
export async function readLog(rows: Rows): Promise<Log> {
  const [first, last] = [await placeAt(rows, "min"), await placeAt(rows, "max")];
  const oldest = await rows<{ at: Instant }>(
    OLDEST.map(([table, at]) => `select ${at} as at from ${table} where id = (select min(id) from ${table})`).join(
      " union all ",
    ),
  );
  const pruned = first !== null && first.seq > 1 && oldest.some(({ at }) => at < first.at);
  return { first, last, whole: !pruned, reaches: (at) => !pruned || at > plusMs(first.at, APART_MS) };
}

/** How many events there are. */
export async function countEvents(rows: Rows): Promise<number> {
  const [row] = await rows<{ count: number | string }>("select count(*) as count from event");
  return Number(row?.count ?? 0);
}

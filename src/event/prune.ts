import { plusDays } from "../kernel/instant.js";
import type { Writer } from "../kernel/reader.js";

/** So many events leave at once. */
const BATCH = 5_000;

/**
 * Lets events go that are older than they are kept, the oldest first, up to a batch; answers how many. The log never forgets where it
 * begins: the last event stays, and a cursor from before is told that it has expired.
 */
export async function prune(write: Writer, keepDays: number): Promise<number> {
  const oldest = await write.rows<{ seq: number | string }>(
    `select seq from (select seq, occurred_at from event where seq < (select max(seq) from event) order by seq limit ?) e
      where e.occurred_at < ? order by seq`,
    [BATCH, plusDays(write.now, -keepDays)],
  );
  const last = oldest.at(-1);
  if (!last) return 0;
  await write.rows("delete from event where seq <= ?", [Number(last.seq)]);
  return oldest.length;
}

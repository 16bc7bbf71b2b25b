import { plusDays } from "../kernel/instant.js";
import type { Writer } from "../kernel/reader.js";

/** How long a message is remembered: many times longer than it would be believed. */
const REMEMBERED_DAYS = 2;

/** So many leave at once. */
const BATCH = 5_000;

/**
 * Lets go of messages of providers that nobody would believe any more, should they come again, the oldest first, up to
 * a batch, in the order of their index; answers how many. Not where messages are
 * taken in: of two that come at once, each would look where the other writes.
 */
export async function forgetCallbacks(write: Writer): Promise<number> {
  const before = plusDays(write.now, -REMEMBERED_DAYS);
  const gone = await write.rows(
    `delete from callback where received_at in (
       select received_at from callback where received_at < ? order by received_at limit ${BATCH}) returning message_id`,
    [before],
  );
  return gone.length;
}

import { OPERATOR, workerOf, type Actor } from "../kernel/actor.js";
import type { Id } from "../kernel/id.js";
import { plusDays } from "../kernel/instant.js";
import type { Commit, Writer } from "../kernel/reader.js";
import { casesOf } from "./inquire.js";
import type { Level } from "./level.js";
import type { ProviderMessage } from "./provider.js";
import { settle } from "./settle.js";
import { Callback } from "./verification.js";

/** How long a message is remembered: many times longer than it would be believed. */
const REMEMBERED_DAYS = 2;

/**
 * Takes in a message of a provider: at most once each, whatever it repeats. What is older than what was taken already, or has no way in
 * the table (a late REVIEW after a pass), changes nothing and is no error. Answers whether it changed something.
 */
export async function takeCallback(
  commitAs: (actor: Actor) => Commit,
  levels: readonly Level[],
  message: ProviderMessage,
): Promise<{ readonly taken: boolean }> {
  const participantId = await commitAs(OPERATOR)(async (write) => ownerOf(write, message), "TOGETHER");
  if (!participantId) return { taken: false };
  return commitAs(workerOf(participantId))(async (write) => ({ taken: await take(write, levels, message) }));
}

/** Whose run it is about: a run that was asked of this very provider. */
async function ownerOf(write: Writer, { verificationId, provider }: ProviderMessage): Promise<Id<"par"> | null> {
  const [row] = await write.rows<{ participantId: Id<"par"> }>(
    `select participant_id as "participantId" from verification where id = ? and provider = ?`,
    [verificationId, provider],
  );
  return row?.participantId ?? null;
}

/** More than one comes of each message: so the memory shrinks, and never by all of a long outage in one transaction. */
const FORGOTTEN_AT_ONCE = 100;

/** In the order of the index, and not by a condition that half of a table may meet. */
async function forgetOldest(write: Writer): Promise<void> {
  await write.rows(
    `delete from callback where received_at in (select received_at from callback where received_at < ? order by received_at limit ${FORGOTTEN_AT_ONCE})`,
    [plusDays(write.now, -REMEMBERED_DAYS)],
  );
}

async function take(write: Writer, levels: readonly Level[], message: ProviderMessage): Promise<boolean> {
  const { provider, messageId, evidence } = message;
  const seen = await write.rows(`select 1 from callback where provider = ? and message_id = ?`, [provider, messageId]);
  if (seen.length > 0) return false;
  await forgetOldest(write);
  await write.insert(Callback, [{ provider, messageId, receivedAt: write.now }]);
  const id = message.verificationId as Id<"ver">;
  const settled = (await casesOf(write.rows, write.vault, [id])).get(id);
  if (!settled || (settled.run.answeredAt && settled.run.answeredAt >= message.at)) return false;
  const moved = await settle(write, levels, [{ settled, evidence, reference: null, at: message.at }]);
  return moved.size > 0;
}

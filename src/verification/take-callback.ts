import { OPERATOR, workerOf, type Actor } from "../kernel/actor.js";
import type { Id } from "../kernel/id.js";
import type { Commit, Writer } from "../kernel/reader.js";
import { casesOf } from "./inquire.js";
import type { Level } from "./level.js";
import type { ProviderMessage } from "./provider.js";
import { settle } from "./settle.js";

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

async function take(write: Writer, levels: readonly Level[], message: ProviderMessage): Promise<boolean> {
  const { provider, messageId, evidence } = message;
  const fresh = await write.rows(
    `insert into callback (provider, message_id, received_at) values (?, ?, ?) on conflict do nothing returning 1 as n`,
    [provider, messageId, write.now],
  );
  if (fresh.length === 0) return false;
  const id = message.verificationId as Id<"ver">;
  const settled = (await casesOf(write.rows, write.vault, [id])).get(id);
  if (!settled || (settled.run.answeredAt && settled.run.answeredAt >= message.at)) return false;
  const moved = await settle(write, levels, [{ settled, evidence, reference: null, at: message.at }]);
  return moved.size > 0;
}

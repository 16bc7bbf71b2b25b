import { notFound } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import type { Reader, Writer } from "../kernel/reader.js";
import type { Level } from "./level.js";
import { LevelApproval } from "./verification.js";

/** The levels that the actor's participant may use: the open ones but for those taken from it, and those given to it by name. */
export async function approvedLevels(read: Reader, levels: readonly Level[]): Promise<readonly Level[]> {
  const rows = await read.rows<Pick<LevelApproval, "kycLevel" | "approved">>(
    `select kyc_level as "kycLevel", approved from level_approval where participant_id = ?`,
    [read.actor.participantId],
  );
  const decided = new Map(rows.map(({ kycLevel, approved }) => [kycLevel, approved === 1]));
  return levels.filter(({ name, open }) => decided.get(name) ?? open);
}

/** Gives a participant a level, or takes it: by the operator. What is under way goes on. */
export async function approveLevel(
  write: Writer,
  levels: readonly Level[],
  { participantId, kycLevel, approved }: { participantId: Id<"par">; kycLevel: string; approved: boolean },
): Promise<void> {
  if (!levels.some(({ name }) => name === kycLevel)) throw notFound("Level", "kycLevel");
  const [known] = await write.rows("select 1 from participant where id = ?", [participantId]);
  if (!known) throw notFound("Participant", "participantId");
  await write.em.nativeDelete(LevelApproval, { participantId, kycLevel });
  await write.insert(LevelApproval, [{ participantId, kycLevel, approved: approved ? 1 : 0, decidedAt: write.now }]);
}

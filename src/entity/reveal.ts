import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import { faultsOf, refuse, text } from "../kernel/validate.js";
import { permit } from "../network/permit.js";
import { Reveal } from "./entity.js";

/** Records that personal data is about to be shown in the clear, and why. Without the record nothing is shown. */
export async function recordReveal(
  write: Writer,
  reason: string,
  what: string,
  entityIds: readonly Id<"ent">[],
): Promise<void> {
  permit(write.actor, "revealIdentity");
  refuse(faultsOf(text(500), reason, "reveal"));
  await write.insert(
    Reveal,
    entityIds.map((entityId) => ({
      id: write.newId("rvl"),
      entityId,
      participantId: write.actor.participantId,
      credentialId: write.actor.credentialId,
      what,
      reason,
      revealedAt: write.now,
    })),
  );
}

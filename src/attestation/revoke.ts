import { Failure, notFound } from "../kernel/failure.js";
import { attestationHeld, subjectHeld } from "../kernel/hold.js";
import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import { faultsOf, reasonText, refuse } from "../kernel/validate.js";
import { fall } from "../certificate/fall.js";
import { append } from "../event/append.js";
import { permit } from "../network/permit.js";
import { Dispute } from "../dispute/dispute.js";
import { Attestation, attestationStatus } from "./attestation.js";

/**
 * Takes an attestation back, by its furnisher: it counts for nothing from now on, and every certificate that stands on it falls. Whoever
 * doubted it has been answered by that.
 */
export async function revokeAttestation(
  write: Writer,
  input: { attestationId: string; reason: string },
): Promise<Id<"att">> {
  permit(write.actor, "revokeAttestation");
  refuse(faultsOf(reasonText, input.reason, "input.reason"));
  await write.hold([attestationHeld(input.attestationId)]);
  const attestation = await write.em.findOne(Attestation, {
    id: input.attestationId as Id<"att">,
    furnisherId: write.actor.participantId,
  });
  if (!attestation) throw notFound("Attestation", "input.attestationId");
  if (attestation.revokedAt) return revokedBefore(attestation, input.reason);
  await write.hold([subjectHeld(attestation.entityId)]);
  const from = attestationStatus(attestation);
  attestation.revokedAt = write.now;
  attestation.revokedReason = input.reason;
  if (from === "DISPUTED") await endDispute(write, attestation, input.reason);
  await append(write, [
    {
      type: "ATTESTATION_STATUS_CHANGED",
      participantId: write.actor.participantId,
      entityId: attestation.entityId,
      subjectId: attestation.id,
      from,
      to: "REVOKED",
      reason: input.reason,
    },
  ]);
  await fall(
    write,
    { on: "ATTESTATION", id: attestation.id },
    `${attestation.kind} was revoked by its furnisher: ${input.reason}`,
  );
  return attestation.id;
}

async function endDispute(write: Writer, attestation: Attestation, reason: string): Promise<void> {
  attestation.disputedReason = null;
  const ended = { openFor: null, outcome: "WITHDRAWN", settledReason: reason, settledAt: write.now } as const;
  await write.em.nativeUpdate(Dispute, { openFor: attestation.id }, ended);
}

/** The same again is the same; a second, different reason would rewrite history. */
function revokedBefore(attestation: Attestation, reason: string): Id<"att"> {
  if (attestation.revokedReason === reason) return attestation.id;
  throw new Failure("ILLEGAL_TRANSITION", "This attestation was revoked before, for another reason.");
}

import { Failure, notFound } from "../kernel/failure.js";
import { attestationHeld, subjectHeld } from "../kernel/hold.js";
import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import { faultsOf, reasonText, refuse } from "../kernel/validate.js";
import { Attestation } from "../attestation/attestation.js";
import { doubt } from "../certificate/doubt.js";
import { append } from "../event/append.js";
import { permit } from "../network/permit.js";
import { Dispute } from "./dispute.js";

/** Doubts an attestation, by its furnisher or a governor of one of its networks: every certificate on it is disputed at once. */
export async function disputeAttestation(
  write: Writer,
  input: { attestationId: string; reason: string },
): Promise<Id<"dsp">> {
  permit(write.actor, "disputeAttestation");
  refuse(faultsOf(reasonText, input.reason, "input.reason"));
  const attestation = await judged(write, input.attestationId);
  if (attestation.revokedAt)
    throw new Failure("ILLEGAL_TRANSITION", "This attestation is revoked: nothing stands on it.");
  if (attestation.disputedReason) throw new Failure("ILLEGAL_TRANSITION", "This attestation is disputed already.");
  const id = write.newId("dsp");
  write.em.create(Dispute, {
    id,
    attestationId: attestation.id,
    openFor: attestation.id,
    raisedById: write.actor.participantId,
    reason: input.reason,
    raisedAt: write.now,
  });
  attestation.disputedReason = input.reason;
  await append(write, [changed(attestation, "ACTIVE", "DISPUTED", input.reason)]);
  await doubt(write, attestation.id, `${attestation.kind} is disputed: ${input.reason}`);
  return id;
}

/** An attestation that the actor may judge, and with it what stands on it; any other does not exist for it. */
export async function judged(write: Writer, attestationId: string): Promise<Attestation> {
  await write.hold([attestationHeld(attestationId)]);
  const [allowed] = await write.rows(
    `select a.id from attestation a
      where a.id = ? and (a.furnisher_id = ? or exists (
        select 1 from attestation_network n
          join membership m on m.network_id = n.network_id and m.participant_id = ? and m.role = 'GOVERNOR'
         where n.attestation_id = a.id))`,
    [attestationId, write.actor.participantId, write.actor.participantId],
  );
  if (!allowed) throw notFound("Attestation", "input.attestationId");
  const attestation = await write.em.findOneOrFail(Attestation, attestationId as Id<"att">);
  await write.hold([subjectHeld(attestation.entityId)]);
  return attestation;
}

/** The furnisher hears of every change of its attestation's standing, whoever made it. */
export const changed = (attestation: Attestation, from: string, to: string, reason: string) =>
  ({
    type: "ATTESTATION_STATUS_CHANGED",
    participantId: attestation.furnisherId,
    entityId: attestation.entityId,
    subjectId: attestation.id,
    from,
    to,
    reason,
  }) as const;

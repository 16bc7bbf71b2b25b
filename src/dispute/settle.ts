import { Failure, badInput } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import { never } from "../kernel/never.js";
import type { Writer } from "../kernel/reader.js";
import { faultsOf, reasonText, refuse } from "../kernel/validate.js";
import type { Attestation } from "../attestation/attestation.js";
import { settled } from "../certificate/doubt.js";
import { fall } from "../certificate/fall.js";
import { append } from "../event/append.js";
import { permit } from "../network/permit.js";
import { Dispute, type DisputeOutcome } from "./dispute.js";
import { changed, judged } from "./raise.js";

export interface SettleDispute {
  readonly attestationId: string;
  readonly outcome: DisputeOutcome;
  readonly reason: string;
  /** For CORRECTED: the attestation that took its place. */
  readonly correctedById?: string | null;
}

/**
 * Ends a dispute. Upheld: the attestation stands again, and so do certificates that nothing else disputes. Corrected or
 * withdrawn: it is revoked, and what stands on it falls.
 */
export async function settleDispute(write: Writer, input: SettleDispute): Promise<Id<"dsp">> {
  permit(write.actor, "disputeAttestation");
  refuse(faultsOf(reasonText, input.reason, "input.reason"));
  const attestation = await judged(write, input.attestationId);
  const dispute = await write.em.findOne(Dispute, { openFor: attestation.id });
  if (!dispute) throw new Failure("ILLEGAL_TRANSITION", "This attestation is not disputed.");
  const correction = await correctionOf(write, attestation, input);
  dispute.openFor = null;
  dispute.outcome = input.outcome;
  dispute.settledReason = input.reason;
  dispute.settledAt = write.now;
  dispute.correctedById = correction;
  attestation.disputedReason = null;
  await end(write, attestation, input, correction);
  return dispute.id;
}

async function end(
  write: Writer,
  attestation: Attestation,
  input: SettleDispute,
  correction: Id<"att"> | null,
): Promise<void> {
  switch (input.outcome) {
    case "UPHELD":
      await append(write, [changed(attestation, "DISPUTED", "ACTIVE", input.reason)]);
      return settled(write, attestation.id, input.reason);
    case "CORRECTED":
    case "WITHDRAWN": {
      const why = correction ? `Corrected by ${correction}: ${input.reason}` : input.reason;
      attestation.revokedAt = write.now;
      attestation.revokedReason = why;
      await append(write, [changed(attestation, "DISPUTED", "REVOKED", why)]);
      return fall(
        write,
        { on: "ATTESTATION", id: attestation.id },
        `${attestation.kind} was revoked after a dispute: ${why}`,
      );
    }
    default:
      return never(input.outcome);
  }
}

/** A correction is a later attestation of the same furnisher about the same entity and kind; only CORRECTED has one. */
async function correctionOf(
  write: Writer,
  attestation: Attestation,
  { outcome, correctedById }: SettleDispute,
): Promise<Id<"att"> | null> {
  const path = "input.correctedById";
  if (outcome !== "CORRECTED") {
    if (correctedById) throw badInput([{ path, message: "Is given although the outcome is not CORRECTED." }]);
    return null;
  }
  const [correction] = await write.rows<{ id: Id<"att"> }>(
    `select id from attestation
      where id = ? and id > ? and entity_id = ? and kind = ? and furnisher_id = ? and revoked_at is null`,
    [correctedById ?? null, attestation.id, attestation.entityId, attestation.kind, attestation.furnisherId],
  );
  if (!correction)
    throw badInput([
      { path, message: "Must be a later attestation of the same furnisher about the same subject and kind." },
    ]);
  return correction.id;
}

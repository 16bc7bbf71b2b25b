import { Failure } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import { append } from "../event/append.js";
import { permit } from "../network/permit.js";
import { Certification } from "./certification.js";
import { certifier, rollToCertify } from "./certifier.js";
import { isCertified, ownersOf, statusOfBusiness, type Roll } from "./roll.js";

export interface CertifyBusiness {
  readonly businessHandle: string;
  /** Which administrator certifies, where there are several. */
  readonly administratorHandle?: string | null;
}

/**
 * States that the owners of a business are right: each of them has been certified as it is shown now. While nothing has changed
 * since, the statement that stands is the answer.
 */
export async function certifyBusiness(write: Writer, input: CertifyBusiness): Promise<Id<"crt">> {
  permit(write.actor, "certify");
  const roll = await rollToCertify(write, input.businessHandle);
  const administratorId = await certifier(write, roll, input.administratorHandle);
  const from = statusOfBusiness(roll);
  if (from === "CERTIFIED") return roll.last!.id;
  refuseUncertified(roll);
  const { participantId } = write.actor;
  const { businessId } = roll;
  const id = write.newId("crt");
  write.em.create(Certification, {
    id,
    participantId,
    businessId,
    administratorId,
    contentFingerprint: roll.fingerprint,
    owners: JSON.stringify(ownersOf(roll).map(({ entityId }) => entityId)),
    createdAt: write.now,
  });
  await append(write, [
    {
      type: "CERTIFICATION_CHANGED",
      participantId,
      entityId: businessId,
      subjectId: businessId,
      from,
      to: "CERTIFIED",
    },
  ]);
  return id;
}

/** At most so many owners are named; the message says how many there are. */
const MAX_NAMED = 100;

/** Names the owners who are not certified as they are shown now, as members. */
function refuseUncertified(roll: Roll): void {
  const missing = ownersOf(roll).filter((owner) => !isCertified(owner));
  if (missing.length === 0) return;
  throw new Failure("CONFLICT", `Beneficial owners who are not certified as they are shown now: ${missing.length}.`, {
    validationDetails: missing.slice(0, MAX_NAMED).map(({ id }) => ({
      path: "input.businessHandle",
      message: `Has an owner who is not certified as shown now: ${id}.`,
    })),
  });
}

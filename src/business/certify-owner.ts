import { timingSafeEqual } from "node:crypto";
import { Failure, notFound } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import { entityByHandle } from "../entity/find.js";
import { permit } from "../network/permit.js";
import { OwnerCertification } from "./certification.js";
import { certifier, rollToCertify } from "./certifier.js";
import { ownersOf } from "./roll.js";

export interface CertifyBeneficialOwner {
  readonly businessHandle: string;
  readonly memberHandle: string;
  /** As it was read with what is certified. */
  readonly certificationToken: string;
  /** Which administrator certifies, where there are several. */
  readonly administratorHandle?: string | null;
}

/** Confirms one beneficial owner as shown. The token proves what was shown: once any of it has changed, it is refused. */
export async function certifyBeneficialOwner(write: Writer, input: CertifyBeneficialOwner): Promise<Id<"mem">> {
  permit(write.actor, "certify");
  const roll = await rollToCertify(write, input.businessHandle);
  const { id: entityId } = await entityByHandle(write, input.memberHandle, "input.memberHandle");
  const owner = ownersOf(roll).find((one) => one.entityId === entityId);
  if (!owner?.token) throw notFound("Beneficial owner", "input.memberHandle");
  const administratorId = await certifier(write, roll, input.administratorHandle);
  refuseStale(owner.token, input.certificationToken);
  await write.em.upsert(OwnerCertification, {
    memberId: owner.id,
    token: owner.token,
    administratorId,
    certifiedAt: write.now,
  });
  return owner.id;
}

function refuseStale(current: string, given: string): void {
  const [one, other] = [Buffer.from(current), Buffer.from(given)];
  if (one.length === other.length && timingSafeEqual(one, other)) return;
  throw new Failure("CONFLICT", "This owner is not shown like this any more: read it again.", {
    validationDetails: [{ path: "input.certificationToken", message: "Is not the token of what is shown now." }],
  });
}

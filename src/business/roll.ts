import { canonical } from "../kernel/canonical.js";
import type { Decimal } from "../kernel/decimal.js";
import type { Id } from "../kernel/id.js";
import type { Vault } from "../kernel/seal.js";
import {
  certificationStatus,
  needsCertification,
  type Certification,
  type CertificationStatus,
} from "./certification.js";
import type { MemberRole } from "./member.js";

/** One member that is linked now, as far as certification is concerned. */
export interface Enrolled {
  readonly id: Id<"mem">;
  readonly entityId: Id<"ent">;
  readonly role: MemberRole;
  readonly stake: Decimal | null;
  /** Proves what is shown of a beneficial owner now; null for anybody else. */
  readonly token: string | null;
  /** The token by which it was last certified; null where it never was. */
  readonly certifiedToken: string | null;
}

/** Everything by which the certification of one business is judged, at one moment. */
export interface Roll {
  readonly businessId: Id<"ent">;
  readonly businessType: string | null;
  readonly members: ReadonlyMap<string, Enrolled>;
  /** Entities whose verification is required: all but those that only administer. */
  readonly required: ReadonlySet<string>;
  /** What a certification would be bound to now. */
  readonly fingerprint: string;
  readonly last: Pick<Certification, "id" | "contentFingerprint" | "expiresAfter"> | null;
}

/** Bound to who owns how much of what, and to the facts that are shown of the owner: it changes when any of that does. */
export const certificationToken = (
  vault: Vault,
  owner: Pick<Enrolled, "id" | "entityId" | "stake"> & {
    readonly businessId: Id<"ent">;
    readonly factsFingerprint: string | null;
  },
): string =>
  vault.fingerprint(
    "CERTIFICATION",
    canonical({
      business: owner.businessId,
      member: owner.id,
      entity: owner.entityId,
      stake: owner.stake,
      facts: owner.factsFingerprint,
    }),
  );

/** Bound to every member of a business, in an order that does not depend on who asks, and to every owner's token. */
export const contentFingerprint = (vault: Vault, businessId: Id<"ent">, members: readonly Enrolled[]): string =>
  vault.fingerprint(
    "CERTIFICATION",
    canonical({
      business: businessId,
      members: members
        .map(({ id, entityId, role, stake, token }) => ({ id, entityId, role, stake, token }))
        .toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    }),
  );

export const ownersOf = ({ members }: Roll): Enrolled[] =>
  [...members.values()].filter(({ role }) => role === "BENEFICIAL_OWNER");

export const statusOfBusiness = ({ businessType, last, fingerprint }: Roll): CertificationStatus =>
  certificationStatus(businessType, last, fingerprint);

/** Whether an owner was certified as it is shown now. */
export const isCertified = ({ token, certifiedToken }: Enrolled): boolean => token !== null && token === certifiedToken;

/** Only beneficial owners are certified, and only where the business has to be. */
function ownerIn(roll: Roll, memberId: string): Enrolled | null {
  const member = roll.members.get(memberId);
  return member?.role === "BENEFICIAL_OWNER" && needsCertification(roll.businessType) ? member : null;
}

/** Whether one member is certified as the owner that it is. */
export function statusOfOwner(roll: Roll, memberId: string): CertificationStatus {
  const owner = ownerIn(roll, memberId);
  if (!owner) return "CERTIFICATION_NOT_REQUIRED";
  return isCertified(owner) ? "CERTIFIED" : "CERTIFICATION_PENDING";
}

/** Whether the business has certified one member with all others. */
export const statusOfMember = (roll: Roll, memberId: string): CertificationStatus =>
  ownerIn(roll, memberId) ? statusOfBusiness(roll) : "CERTIFICATION_NOT_REQUIRED";

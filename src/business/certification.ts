import { defineEntity, p, type InferEntity } from "@mikro-orm/core";
import type { Id } from "../kernel/id.js";
import type { Instant } from "../kernel/instant.js";
import { Entity } from "../entity/entity.js";
import { Participant } from "../network/participant.js";
import { Member } from "./member.js";

export const CERTIFICATION_STATUSES = ["CERTIFIED", "CERTIFICATION_PENDING", "CERTIFICATION_NOT_REQUIRED"] as const;
export type CertificationStatus = (typeof CERTIFICATION_STATUSES)[number];

/** That an administrator confirmed one beneficial owner as shown. Counts while `token` is the token of what would be shown now. */
export const OwnerCertification = defineEntity({
  name: "OwnerCertification",
  tableName: "owner_certification",
  properties: {
    memberId: () => p.manyToOne(Member).mapToPk().joinColumn("member_id").primary().index(false),
    /** The token that the certifier gave back. */
    token: p.text(),
    administratorId: () => p.manyToOne(Entity).mapToPk().joinColumn("administrator_id").index(false),
    certifiedAt: p.text().$type<Instant>(),
  },
});
export type OwnerCertification = InferEntity<typeof OwnerCertification>;

/** The business's signed statement that its owners are right. Never changed but for its expiry. */
export const Certification = defineEntity({
  name: "Certification",
  tableName: "certification",
  indexes: [{ properties: ["participantId", "businessId", "id"] }],
  properties: {
    id: p.text().$type<Id<"crt">>().primary(),
    participantId: () => p.manyToOne(Participant).mapToPk().joinColumn("participant_id").index(false),
    businessId: () => p.manyToOne(Entity).mapToPk().joinColumn("business_id").index(false),
    administratorId: () => p.manyToOne(Entity).mapToPk().joinColumn("administrator_id").index(false),
    /** Keyed hash of everything that it certifies: every member, and every owner's token. */
    contentFingerprint: p.text(),
    /** The certified owners' entity ids, as a JSON list. */
    owners: p.text(),
    createdAt: p.text().$type<Instant>(),
    /** Set when something changed after it: 30 days from then. */
    expiresAfter: p.text().$type<Instant>().nullable(),
  },
});
export type Certification = InferEntity<typeof Certification>;

/** Business types that nobody has to certify: they have no owners to certify, or those are known to everybody. */
const EXEMPT_TYPES: ReadonlySet<string> = new Set([
  "sole_proprietorship",
  "trust",
  "unincorporated_association",
  "public_corporation",
]);

/** A business of which no type is known has to be certified like most. */
export const needsCertification = (businessType: string | null): boolean => !EXEMPT_TYPES.has(businessType ?? "");

/**
 * Whether a business's statement of its owners stands: while it says what would be shown now. One that was opened again never comes
 * back, not even when what had changed is changed back: it expires, and another takes its place.
 */
export function certificationStatus(
  businessType: string | null,
  last: Pick<Certification, "contentFingerprint" | "expiresAfter"> | null,
  fingerprint: string,
): CertificationStatus {
  if (!needsCertification(businessType)) return "CERTIFICATION_NOT_REQUIRED";
  const stands = last !== null && last.expiresAfter === null && last.contentFingerprint === fingerprint;
  return stands ? "CERTIFIED" : "CERTIFICATION_PENDING";
}

import { defineEntity, p, type InferEntity } from "@mikro-orm/core";
import type { Id } from "../kernel/id.js";
import type { Instant } from "../kernel/instant.js";
import type { SubProductKind } from "../attestation/sub-product.js";
import { Entity } from "../entity/entity.js";
import { Network } from "../network/network.js";
import { Participant } from "../network/participant.js";

/** The subject's permission for one participant to query in one network, for a purpose, until a time. Only withdrawal changes it. */
export const Consent = defineEntity({
  name: "Consent",
  tableName: "consent",
  indexes: [{ properties: ["entityId", "participantId"] }],
  properties: {
    id: p.text().$type<Id<"con">>().primary(),
    entityId: () => p.manyToOne(Entity).mapToPk().joinColumn("entity_id").index(false),
    participantId: () => p.manyToOne(Participant).mapToPk().joinColumn("participant_id").index(false),
    networkId: () => p.manyToOne(Network).mapToPk().joinColumn("network_id").index(false),
    purpose: p.text(),
    /** Space-separated; empty means every kind. */
    kinds: p.text(),
    grantedAt: p.text().$type<Instant>(),
    expiresAt: p.text().$type<Instant>().nullable(),
    withdrawnAt: p.text().$type<Instant>().nullable(),
  },
});
export type Consent = InferEntity<typeof Consent>;

export const CONSENT_STATUSES = ["ACTIVE", "EXPIRED", "WITHDRAWN"] as const;
export type ConsentStatus = (typeof CONSENT_STATUSES)[number];

export function consentStatus(consent: Pick<Consent, "withdrawnAt" | "expiresAt">, at: Instant): ConsentStatus {
  if (consent.withdrawnAt) return "WITHDRAWN";
  return consent.expiresAt && consent.expiresAt <= at ? "EXPIRED" : "ACTIVE";
}

/** The kinds that the consent names; null where it names none and so covers all. */
export const consentedKinds = (consent: Pick<Consent, "kinds">): ReadonlySet<SubProductKind> | null =>
  consent.kinds ? new Set(consent.kinds.split(" ") as SubProductKind[]) : null;

import { defineEntity, p, type InferEntity } from "@mikro-orm/core";
import type { Id } from "../kernel/id.js";
import type { Instant } from "../kernel/instant.js";
import { Entity } from "../entity/entity.js";
import { Network } from "../network/network.js";
import { Participant } from "../network/participant.js";
import type { SubProductKind } from "./sub-product.js";

export const SUBMISSION_STATES = ["OPEN", "DONE"] as const;
export type SubmissionState = (typeof SUBMISSION_STATES)[number];

/**
 * One accepted furnishing. A call is stored whole or not at all and is done at once; an upload stays open while its lines come in,
 * and says how many of them have been taken: whoever sends it again goes on behind those.
 */
export const Submission = defineEntity({
  name: "Submission",
  tableName: "submission",
  properties: {
    id: p.text().$type<Id<"sub">>().primary(),
    participantId: () => p.manyToOne(Participant).mapToPk().joinColumn("participant_id").index(false),
    state: p
      .text()
      .$type<SubmissionState>()
      .onCreate(() => "DONE"),
    /** Lines taken, bad and blank ones too; of a call, its records. */
    lineCount: p.integer().onCreate(({ recordCount }: { recordCount: number }) => recordCount),
    /** Lines that could not be taken in. */
    badCount: p.integer().onCreate(() => 0),
    recordCount: p.integer(),
    attestationCount: p.integer(),
    /** Keyed hash of the lines taken, in order: what is sent again must begin with the same. Null for a call. */
    linesFingerprint: p.text().nullable(),
    furnishedAt: p.text().$type<Instant>(),
    updatedAt: p
      .text()
      .$type<Instant>()
      .onCreate(({ furnishedAt }: { furnishedAt: Instant }) => furnishedAt),
  },
});
export type Submission = InferEntity<typeof Submission>;

/** Columns that never change, and those that do not once the attestation is revoked. */
const FROZEN = [
  "id",
  "submission_id",
  "statement",
  "content_hash",
  "entity_id",
  "furnisher_id",
  "kind",
  "performed_at",
  "furnished_at",
];
const FINAL = ["revoked_at", "revoked_reason"];

const changed = (name: string): string => `new.${name} <> old.${name}`;

/**
 * A participant's dated statement that it did one check on one entity, and what came out. The statement never
 * changes; only its standing does (`revokedAt`). A correction is a new attestation.
 */
export const Attestation = defineEntity({
  name: "Attestation",
  tableName: "attestation",
  indexes: [{ properties: ["entityId", "kind", "performedAt"] }, { properties: ["submissionId", "id"] }],
  triggers: [
    {
      name: "attestation_statement_is_immutable",
      timing: "before",
      events: ["update"],
      forEach: "row",
      when: [
        ...FROZEN.map(changed),
        `old.revoked_at is not null and (new.revoked_at is null or ${FINAL.map(changed).join(" or ")})`,
      ].join(" or "),
      body: "select raise(abort, 'an attestation is immutable');",
    },
    {
      name: "attestation_is_kept",
      timing: "before",
      events: ["delete"],
      forEach: "row",
      body: "select raise(abort, 'an attestation is never deleted');",
    },
  ],
  properties: {
    id: p.text().$type<Id<"att">>().primary(),
    submissionId: () => p.manyToOne(Submission).mapToPk().joinColumn("submission_id").index(false),
    entityId: () => p.manyToOne(Entity).mapToPk().joinColumn("entity_id").index(false),
    furnisherId: () => p.manyToOne(Participant).mapToPk().joinColumn("furnisher_id").index(false),
    kind: p.text().$type<SubProductKind>(),
    performedAt: p.text().$type<Instant>(),
    furnishedAt: p.text().$type<Instant>(),
    /** Canonical JSON. Personal values stand in it as salted digests, so it outlives their erasure. */
    statement: p.text(),
    /** SHA-256 of `statement`. */
    contentHash: p.text(),
    /** The personal values with their salts, as JSON sealed under the entity's key; null where there are none. */
    sealedValues: p.text().nullable(),
    revokedAt: p.text().$type<Instant>().nullable(),
    revokedReason: p.text().nullable(),
    /** While somebody doubts it; the dispute itself is its own record. */
    disputedReason: p.text().nullable(),
  },
});
export type Attestation = InferEntity<typeof Attestation>;

/** The networks that an attestation was furnished for. */
export const AttestationNetwork = defineEntity({
  name: "AttestationNetwork",
  tableName: "attestation_network",
  properties: {
    attestationId: () => p.manyToOne(Attestation).mapToPk().joinColumn("attestation_id").primary().index(false),
    networkId: () => p.manyToOne(Network).mapToPk().joinColumn("network_id").primary().index(false),
  },
});
export type AttestationNetwork = InferEntity<typeof AttestationNetwork>;

/** Visibility earned: this participant may see attestations of this kind about this entity in this network. */
export const Entitlement = defineEntity({
  name: "Entitlement",
  tableName: "entitlement",
  properties: {
    participantId: () => p.manyToOne(Participant).mapToPk().joinColumn("participant_id").primary().index(false),
    entityId: () => p.manyToOne(Entity).mapToPk().joinColumn("entity_id").primary().index(false),
    networkId: () => p.manyToOne(Network).mapToPk().joinColumn("network_id").primary().index(false),
    kind: p.text().$type<SubProductKind>().primary(),
    earnedBy: p.text().$type<"FURNISHING" | "QUERYING">(),
    earnedAt: p.text().$type<Instant>(),
  },
});
export type Entitlement = InferEntity<typeof Entitlement>;

export const ATTESTATION_STATUSES = ["ACTIVE", "EXPIRED", "DISPUTED", "REVOKED"] as const;
export type AttestationStatus = (typeof ATTESTATION_STATUSES)[number];

export function attestationStatus({
  revokedAt,
  disputedReason,
}: Pick<Attestation, "revokedAt" | "disputedReason">): AttestationStatus {
  if (revokedAt) return "REVOKED";
  return disputedReason ? "DISPUTED" : "ACTIVE";
}

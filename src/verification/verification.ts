import { defineEntity, p, type InferEntity } from "@mikro-orm/core";
import type { Decimal } from "../kernel/decimal.js";
import type { Id } from "../kernel/id.js";
import type { Instant } from "../kernel/instant.js";
import { Certificate } from "../certificate/certificate.js";
import { Entity, Registration, type EntityType } from "../entity/entity.js";
import { Participant } from "../network/participant.js";
import type { RunStatus, VerificationStatus } from "./status.js";

/** A level and a state in one: apart, an index by the state alone would seem as good where nobody knows how rare the level is. */
export const levelAndStatus = (of: "" | "t."): string => `(${of}kyc_level || ' ' || ${of}status)`;

/** One run for one entity at one level, asked for by one participant about what it had registered at that moment. */
export const Verification = defineEntity({
  name: "Verification",
  tableName: "verification",
  indexes: [
    { properties: ["participantId", "entityId", "id"] },
    { properties: ["participantId", "id"] },
    // Few runs of many wait for somebody: whoever asks for them must not walk past all that have passed.
    { properties: ["participantId", "status", "id"] },
    // A level may be rare, or one of its states: what is asked of all states is a list for each.
    {
      name: "verification_level_index",
      expression: `create index verification_level_index on verification (participant_id, ${levelAndStatus("")}, id)`,
    },
  ],
  properties: {
    id: p.text().$type<Id<"ver">>().primary(),
    entityId: () => p.manyToOne(Entity).mapToPk().joinColumn("entity_id").index(false),
    participantId: () => p.manyToOne(Participant).mapToPk().joinColumn("participant_id").index(false),
    registrationId: () => p.manyToOne(Registration).mapToPk().joinColumn("registration_id").index(false),
    kycLevel: p.text(),
    status: p.text().$type<RunStatus>(),
    /** Which of the attempts at this level it is, from 1; a pass starts the count anew. */
    attempt: p.integer(),
    /** The attempt before it at the same level, where this is another. */
    parentVerificationId: p.text().$type<Id<"ver">>().nullable(),
    certificateId: () => p.manyToOne(Certificate).mapToPk().joinColumn("certificate_id").index(false).nullable(),
    /** Which provider was asked; null where none was. */
    provider: p.text().nullable(),
    /** The provider's own name for this run. */
    providerReference: p.text().nullable(),
    /** When the provider said what was last taken from it: what it said earlier and comes later is old. */
    answeredAt: p.text().$type<Instant>().nullable(),
    /** Exact decimal from 0 to 1; null while none has been computed. */
    score: p.text().$type<Decimal>().nullable(),
    /** Codes of reasons, as a JSON list. */
    reasons: p.text(),
    /** What the checks say in the published spelling, as a JSON list. */
    tags: p.text(),
    requestedAt: p.text().$type<Instant>(),
    updatedAt: p.text().$type<Instant>(),
    /** Until when somebody has to act, where the run waits for that. */
    dueAt: p.text().$type<Instant>().nullable(),
  },
});
export type Verification = InferEntity<typeof Verification>;

export const CHECKED_ELEMENTS = [
  "NAME",
  "DATE_OF_BIRTH",
  "SSN",
  "ADDRESS",
  "PHONE",
  "EIN",
  "REPRESENTATIVE",
  "DOCUMENT",
  "FRAUD",
] as const;
export type CheckedElement = (typeof CHECKED_ELEMENTS)[number];

export const CHECK_OUTCOMES = ["MATCH", "MISKEY", "MISMATCH", "NOT_VERIFIED", "INCONCLUSIVE", "WARNING"] as const;
export type CheckOutcome = (typeof CHECK_OUTCOMES)[number];

/** One finding about one element. Holds no value, of either side. */
export const VerificationCheck = defineEntity({
  name: "VerificationCheck",
  tableName: "verification_check",
  properties: {
    verificationId: () => p.manyToOne(Verification).mapToPk().joinColumn("verification_id").primary().index(false),
    position: p.integer().primary(),
    element: p.text().$type<CheckedElement>(),
    outcome: p.text().$type<CheckOutcome>(),
    tag: p.text(),
    /** Exact decimal from 0 to 1; null where nothing was compared. */
    score: p.text().$type<Decimal>().nullable(),
  },
});
export type VerificationCheck = InferEntity<typeof VerificationCheck>;

/**
 * What an entity's verification has come to in one participant's eyes. Derived: always what its runs and members say. A trigger writes it with
 * the first registration, whoever registers, as that of somebody unverified: no registration goes without.
 */
export const Standing = defineEntity({
  name: "Standing",
  tableName: "standing",
  // Lists by state, by type, and by both: what is asked of all states, or of all types, is a list for each.
  indexes: [{ properties: ["participantId", "status", "entityType", "entityId"] }],
  properties: {
    participantId: () => p.manyToOne(Participant).mapToPk().joinColumn("participant_id").primary().index(false),
    entityId: () => p.manyToOne(Entity).mapToPk().joinColumn("entity_id").primary().index(false),
    /** Of its own runs alone. */
    ownStatus: p.text().$type<RunStatus | "UNVERIFIED">(),
    /** Of its runs and of everybody below it. */
    status: p.text().$type<VerificationStatus>(),
    updatedAt: p.text().$type<Instant>(),
    /** As the entity has it, beside what lists are sorted by. Null only until the migration that brought it has filled it in. */
    entityType: p.text().$type<EntityType>().nullable(),
  },
});
export type Standing = InferEntity<typeof Standing>;

/** That a participant may, or may not, use a level, where that differs from what the level itself says. */
export const LevelApproval = defineEntity({
  name: "LevelApproval",
  tableName: "level_approval",
  properties: {
    participantId: () => p.manyToOne(Participant).mapToPk().joinColumn("participant_id").primary().index(false),
    kycLevel: p.text().primary(),
    /** 1 or 0. */
    approved: p.integer(),
    decidedAt: p.text().$type<Instant>(),
  },
});
export type LevelApproval = InferEntity<typeof LevelApproval>;

/** A message of a provider that was taken: the same again is known, and nothing happens twice. */
export const Callback = defineEntity({
  name: "Callback",
  tableName: "callback",
  indexes: [{ properties: ["receivedAt"] }],
  properties: {
    provider: p.text().primary(),
    messageId: p.text().primary(),
    receivedAt: p.text().$type<Instant>(),
  },
});
export type Callback = InferEntity<typeof Callback>;

import { defineEntity, p, type InferEntity } from "@mikro-orm/core";
import type { Id } from "../kernel/id.js";
import type { Instant } from "../kernel/instant.js";
import { Participant } from "../network/participant.js";

export const ENTITY_TYPES = ["INDIVIDUAL", "BUSINESS"] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

/** The subject: a person or a business, shared by all participants that know it. Holds no personal data itself. */
export const Entity = defineEntity({
  name: "Entity",
  tableName: "entity",
  indexes: [{ properties: ["taxFingerprint"] }],
  properties: {
    id: p.text().$type<Id<"ent">>().primary(),
    entityType: p.text().$type<EntityType>(),
    /** Keyed hash of SSN and birth date, or of EIN: one entity each. Null while no such number is known. */
    matchFingerprint: p.text().nullable().unique(),
    /** Keyed hash of the SSN alone: the same number with another birth date is a conflict, not a match. */
    taxFingerprint: p.text().nullable(),
    /** The data key that everything personal of this entity is sealed under, wrapped. Null once erased. */
    wrappedKey: p.text().nullable(),
    createdAt: p.text().$type<Instant>(),
    updatedAt: p.text().$type<Instant>(),
  },
});
export type Entity = InferEntity<typeof Entity>;

/**
 * What one participant says about an entity, one row a version. Never overwrites another participant's. With a
 * handle it was registered; without, it came with furnished checks.
 */
export const Registration = defineEntity({
  name: "Registration",
  tableName: "registration",
  uniques: [{ properties: ["participantId", "handle", "version"] }],
  indexes: [
    { properties: ["entityId", "participantId"] },
    // Whom a participant knows, newest first, each once: what is said now, and nothing that was said before.
    { properties: ["participantId", "entityId", "id"], where: "superseded_at is null" },
  ],
  properties: {
    id: p.text().$type<Id<"reg">>().primary(),
    entityId: () => p.manyToOne(Entity).mapToPk().joinColumn("entity_id").index(false),
    participantId: () => p.manyToOne(Participant).mapToPk().joinColumn("participant_id").index(false),
    handle: p.text().nullable(),
    version: p.integer(),
    /** The facts as canonical JSON, sealed under the entity's key. */
    sealedFacts: p.text(),
    /** Keyed hash of the facts: the same again is no amendment. */
    factsFingerprint: p.text(),
    createdAt: p.text().$type<Instant>(),
    /** When a later version of the same handle took its place. */
    supersededAt: p.text().$type<Instant>().nullable(),
  },
});
export type Registration = InferEntity<typeof Registration>;

/** Two entities that carry the same tax number with different birth dates: somebody has to look. */
export const EntityConflict = defineEntity({
  name: "EntityConflict",
  tableName: "entity_conflict",
  indexes: [{ properties: ["otherEntityId"] }],
  properties: {
    entityId: () => p.manyToOne(Entity).mapToPk().joinColumn("entity_id").primary().index(false),
    otherEntityId: () => p.manyToOne(Entity).mapToPk().joinColumn("other_entity_id").primary().index(false),
    detectedAt: p.text().$type<Instant>(),
  },
});
export type EntityConflict = InferEntity<typeof EntityConflict>;

/** The record that somebody looked at personal data in the clear: who, what, why, when. Never the value. */
export const Reveal = defineEntity({
  name: "Reveal",
  tableName: "reveal",
  indexes: [{ properties: ["entityId", "revealedAt"] }],
  properties: {
    id: p.text().$type<Id<"rvl">>().primary(),
    entityId: () => p.manyToOne(Entity).mapToPk().joinColumn("entity_id").index(false),
    participantId: () => p.manyToOne(Participant).mapToPk().joinColumn("participant_id").index(false),
    credentialId: p.text(),
    what: p.text(),
    reason: p.text(),
    revealedAt: p.text().$type<Instant>(),
  },
});
export type Reveal = InferEntity<typeof Reveal>;

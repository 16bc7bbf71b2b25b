import { defineEntity, p, type InferEntity } from "@mikro-orm/core";
import type { Id } from "../kernel/id.js";
import type { Instant } from "../kernel/instant.js";
import { Entity } from "../entity/entity.js";
import { Participant } from "../network/participant.js";
import { Verification } from "../verification/verification.js";

/** Evidence that was handed in for a run. Its bytes lie elsewhere, sealed, under an address that their content decides. */
export const Document = defineEntity({
  name: "Document",
  tableName: "document",
  uniques: [{ properties: ["verificationId", "sha256"] }],
  indexes: [{ properties: ["address"] }],
  properties: {
    id: p.text().$type<Id<"doc">>().primary(),
    verificationId: () => p.manyToOne(Verification).mapToPk().joinColumn("verification_id").index(false),
    entityId: () => p.manyToOne(Entity).mapToPk().joinColumn("entity_id").index(false),
    participantId: () => p.manyToOne(Participant).mapToPk().joinColumn("participant_id").index(false),
    documentType: p.text(),
    /** Sealed: people name files after themselves. */
    sealedFilename: p.text(),
    mimeType: p.text(),
    /** Of the plain bytes, hex. */
    sha256: p.text(),
    sizeBytes: p.integer(),
    /** Where the sealed bytes lie: a keyed hash of entity and content, so that a folder tells nothing. */
    address: p.text(),
    receivedAt: p.text().$type<Instant>(),
  },
});
export type Document = InferEntity<typeof Document>;

import { defineEntity, p, type InferEntity } from "@mikro-orm/core";
import type { Id } from "../kernel/id.js";
import type { Instant } from "../kernel/instant.js";
import { Attestation } from "../attestation/attestation.js";
import { Participant } from "../network/participant.js";

export const DISPUTE_OUTCOMES = ["UPHELD", "CORRECTED", "WITHDRAWN"] as const;
export type DisputeOutcome = (typeof DISPUTE_OUTCOMES)[number];

/**
 * A furnisher or governor doubts an attestation, until it is settled: upheld (it stands), corrected (another attestation took its
 * place) or withdrawn. At most one is open for an attestation.
 */
export const Dispute = defineEntity({
  name: "Dispute",
  tableName: "dispute",
  indexes: [{ properties: ["attestationId", "id"] }],
  properties: {
    id: p.text().$type<Id<"dsp">>().primary(),
    attestationId: () => p.manyToOne(Attestation).mapToPk().joinColumn("attestation_id").index(false),
    /** The attestation's id while the dispute is open, null once it is settled: one open dispute each. */
    openFor: p.text().nullable().unique(),
    raisedById: () => p.manyToOne(Participant).mapToPk().joinColumn("raised_by_id").index(false),
    reason: p.text(),
    raisedAt: p.text().$type<Instant>(),
    outcome: p.text().$type<DisputeOutcome>().nullable(),
    settledReason: p.text().nullable(),
    settledAt: p.text().$type<Instant>().nullable(),
    correctedById: p.text().$type<Id<"att">>().nullable(),
  },
});
export type Dispute = InferEntity<typeof Dispute>;

import { defineEntity, p, type InferEntity } from "@mikro-orm/core";
import type { Instant } from "../kernel/instant.js";
import { Participant } from "../network/participant.js";

/** That a participant's call with this key was done, with which body, and what came out. Written with the effect itself. */
export const IdempotencyKey = defineEntity({
  name: "IdempotencyKey",
  tableName: "idempotency_key",
  properties: {
    participantId: () => p.manyToOne(Participant).mapToPk().joinColumn("participant_id").primary().index(false),
    verb: p.text().primary(),
    key: p.text().primary(),
    /** Keyed: a body holds personal data, and a plain hash of it could be searched. */
    bodyHash: p.text(),
    resultId: p.text(),
    createdAt: p.text().$type<Instant>(),
  },
});
export type IdempotencyKey = InferEntity<typeof IdempotencyKey>;

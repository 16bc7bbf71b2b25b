import { defineEntity, p, type InferEntity } from "@mikro-orm/core";
import type { Id } from "../kernel/id.js";
import type { Instant } from "../kernel/instant.js";
import { Participant } from "./participant.js";

/**
 * A server's credential: `atk_` + public id + `_` + 256 random bits. Only the SHA-256 of the secret is stored,
 * so the key is shown once and never again. Never both revoked and live; rotation overlaps by `expiresAt` of the old one.
 */
export const ApiKey = defineEntity({
  name: "ApiKey",
  tableName: "api_key",
  properties: {
    id: p.text().$type<Id<"key">>().primary(),
    participantId: () => p.manyToOne(Participant).mapToPk().joinColumn("participant_id").index(false),
    label: p.text(),
    secretHash: p.text(),
    /** Space-separated. */
    scopes: p.text(),
    createdAt: p.text().$type<Instant>(),
    expiresAt: p.text().$type<Instant>().nullable(),
    revokedAt: p.text().$type<Instant>().nullable(),
  },
});
export type ApiKey = InferEntity<typeof ApiKey>;

export const isLive = (key: Pick<ApiKey, "revokedAt" | "expiresAt">, at: Instant): boolean =>
  !key.revokedAt && (!key.expiresAt || key.expiresAt > at);

import { timingSafeEqual } from "node:crypto";
import type { Actor, Scope } from "../kernel/actor.js";
import { sha256 } from "../kernel/canonical.js";
import { Failure } from "../kernel/failure.js";
import type { Instant } from "../kernel/instant.js";
import type { Rows } from "../kernel/reader.js";
import { isLive, type ApiKey } from "./api-key.js";

export const KEY_MARK = "atk_";

const TOKEN = /^atk_(key_[0-9a-z]{26})_([\w-]{43})$/;

/** The actor behind an API key. Unknown, revoked, expired and malformed look the same. */
export async function authenticateKey(rows: Rows, token: string, now: Instant): Promise<Actor> {
  const [, keyId, secret] = TOKEN.exec(token) ?? [];
  const [key] = keyId
    ? await rows<Pick<ApiKey, "participantId" | "secretHash" | "scopes" | "expiresAt" | "revokedAt">>(
        `select participant_id as "participantId", secret_hash as "secretHash", scopes, expires_at as "expiresAt", revoked_at as "revokedAt"
           from api_key where id = ?`,
        [keyId],
      )
    : [];
  const given = Buffer.from(sha256(secret ?? ""));
  const known = Buffer.from(key?.secretHash ?? sha256("nobody"));
  if (!timingSafeEqual(given, known) || !key || !keyId || !isLive(key, now)) throw refused();
  return {
    via: "API_KEY",
    participantId: key.participantId,
    scopes: new Set(key.scopes.split(" ") as Scope[]),
    credentialId: keyId,
    entityId: null,
    expiresAt: key.expiresAt ?? null,
  };
}

/** One answer for every credential that does not count. */
export const refused = (): Failure => new Failure("UNAUTHENTICATED", "This credential is not valid, or no longer.");

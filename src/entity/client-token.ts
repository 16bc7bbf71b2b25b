import { SignJWT, jwtVerify } from "jose";
import { z } from "zod";
import type { Actor } from "../kernel/actor.js";
import { Failure } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import { plusMs, toInstant, type Instant } from "../kernel/instant.js";
import type { Reader, Rows } from "../kernel/reader.js";
import type { Vault } from "../kernel/seal.js";
import { faultsOf, refuse } from "../kernel/validate.js";
import { isLive, type ApiKey } from "../network/api-key.js";
import { refused } from "../network/authenticate.js";
import { permit } from "../network/permit.js";
import { entityByHandle } from "./find.js";

/** A credential for a browser or a phone: opens one entity, to read only, for at most an hour, while the key that asked for it lives. */
export interface ClientToken {
  readonly token: string;
  readonly entityId: Id<"ent">;
  readonly expiresAt: Instant;
}

export const CLIENT_TOKEN_ISSUER = "attestry:client-token";
const ALGORITHM = "HS256";
const MAX_TTL_SECONDS = 3_600;

const secretOf = (vault: Vault): Uint8Array => vault.derive("client-token");

const schema = z.object({
  ttlSeconds: z
    .int("Must be a whole number.")
    .min(60, "Must be at least 60.")
    .max(MAX_TTL_SECONDS, `Must be at most ${MAX_TTL_SECONDS}.`),
});

/** Makes a token for the entity behind one of the caller's handles. */
export async function createClientToken(
  read: Reader,
  input: { handle: string; ttlSeconds: number },
): Promise<ClientToken> {
  permit(read.actor, "createClientToken");
  if (read.actor.via !== "API_KEY")
    throw new Failure("FORBIDDEN", "This needs an API key: the token lives only as long as the key that made it.");
  refuse(faultsOf(schema, input, "input"));
  const { id: entityId } = await entityByHandle(read, input.handle, "input.handle");
  const expiresAt = plusMs(read.now, input.ttlSeconds * 1_000);
  const token = await new SignJWT({ par: read.actor.participantId, key: read.actor.credentialId })
    .setProtectedHeader({ alg: ALGORITHM, typ: "JWT" })
    .setIssuer(CLIENT_TOKEN_ISSUER)
    .setSubject(entityId)
    .setIssuedAt(seconds(read.now))
    .setExpirationTime(seconds(expiresAt))
    .sign(secretOf(read.vault));
  return { token, entityId, expiresAt: toInstant(seconds(expiresAt) * 1_000) };
}

const seconds = (at: Instant): number => Math.floor(Date.parse(at) / 1_000);

/** The actor behind a client token. Whatever is wrong with it, the answer is the same. */
export async function authenticateClient(rows: Rows, vault: Vault, token: string, now: Instant): Promise<Actor> {
  const { payload } = await jwtVerify(token, secretOf(vault), {
    algorithms: [ALGORITHM],
    issuer: CLIENT_TOKEN_ISSUER,
    requiredClaims: ["sub", "exp", "par", "key"],
    currentDate: new Date(now),
  }).catch(() => {
    throw refused();
  });
  const { sub, par, key, exp } = payload as { sub: Id<"ent">; par: Id<"par">; key: string; exp: number };
  const [maker] = await rows<Pick<ApiKey, "revokedAt" | "expiresAt">>(
    `select revoked_at as "revokedAt", expires_at as "expiresAt" from api_key where id = ? and participant_id = ?`,
    [key, par],
  );
  if (!maker || !isLive(maker, now)) throw refused();
  return {
    via: "CLIENT_TOKEN",
    participantId: par,
    scopes: new Set(),
    credentialId: key,
    entityId: sub,
    expiresAt: toInstant(exp * 1_000),
  };
}

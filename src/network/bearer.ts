import { errors, jwtVerify, type JWTVerifyGetKey } from "jose";
import { SCOPES, type Actor, type Scope } from "../kernel/actor.js";
import type { Id } from "../kernel/id.js";
import { toInstant, type Instant } from "../kernel/instant.js";
import type { Rows } from "../kernel/reader.js";
import { refused } from "./authenticate.js";

/** Whose JWTs are believed, and where the keys are. Claims: `attestry_participant` (its id) and `scope` (space-separated). */
export interface TrustedIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
}

/** The last second that an instant can tell: fixed width ends with the year 9999. */
const LAST_SECOND = 253_402_300_799;

const ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA", "Ed25519"];

/** What is wrong with a token is the caller's fault; that its issuer cannot be reached is not, and has to be seen in the log. */
const isTheirs = (error: unknown): boolean =>
  error instanceof errors.JOSEError && error.code !== "ERR_JWKS_TIMEOUT" && error.code !== "ERR_JOSE_GENERIC";

/** The actor behind a JWT of the configured issuer: staff and analysts. Scopes that are unknown here are left out. */
export async function authenticateBearer(
  rows: Rows,
  trusted: TrustedIssuer,
  token: string,
  now: Instant,
): Promise<Actor> {
  const { payload } = await jwtVerify(token, trusted.keys, {
    algorithms: ALGORITHMS,
    issuer: trusted.issuer,
    audience: trusted.audience,
    requiredClaims: ["sub", "exp", "attestry_participant"],
    currentDate: new Date(now),
  }).catch((error: unknown) => {
    throw isTheirs(error) ? refused() : error;
  });
  if (payload.exp! > LAST_SECOND) throw refused();
  const participantId = String(payload["attestry_participant"]) as Id<"par">;
  const [known] = await rows("select id from participant where id = ?", [participantId]);
  if (!known) throw refused();
  const granted = payload["scope"];
  const scopes = typeof granted === "string" ? granted.split(" ") : [];
  return {
    via: "OIDC",
    participantId,
    scopes: new Set(SCOPES.filter((scope): scope is Scope => scopes.includes(scope))),
    credentialId: `oidc:${payload.sub}`,
    entityId: null,
    expiresAt: toInstant(payload.exp! * 1_000),
  };
}

import { randomBytes } from "node:crypto";
import { SCOPES, type Scope } from "../kernel/actor.js";
import { sha256 } from "../kernel/canonical.js";
import { Failure } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import { plusMs } from "../kernel/instant.js";
import type { Writer } from "../kernel/reader.js";
import { faultsOf, refuse, text } from "../kernel/validate.js";
import { ApiKey, isLive } from "./api-key.js";
import { Participant } from "./participant.js";

/** A key that was just made. `token` is shown now and cannot be had again. */
export interface IssuedKey {
  readonly keyId: Id<"key">;
  readonly token: string;
}

const HOUR_MS = 3_600_000;

/** Makes a key for a participant with some scopes. */
export async function issueKey(
  write: Writer,
  key: { participantId: Id<"par">; label: string; scopes: readonly Scope[] },
): Promise<IssuedKey> {
  refuse(faultsOf(text(100), key.label, "label"));
  if (key.scopes.length === 0 || key.scopes.some((scope) => !SCOPES.includes(scope)))
    throw new Failure("BAD_USER_INPUT", `Scopes are one or more of ${SCOPES.join(", ")}.`);
  if (!(await write.em.findOne(Participant, key.participantId)))
    throw new Failure("NOT_FOUND", "Participant not found.");
  const id = write.newId("key");
  const secret = randomBytes(32).toString("base64url");
  write.em.create(ApiKey, {
    id,
    participantId: key.participantId,
    label: key.label,
    secretHash: sha256(secret),
    scopes: [...new Set(key.scopes)].join(" "),
    createdAt: write.now,
  });
  return { keyId: id, token: `atk_${id}_${secret}` };
}

/** Makes a successor with the same scopes; the old key works on for `overlapHours`, so that nobody is cut off. */
export async function rotateKey(write: Writer, keyId: string, overlapHours: number): Promise<IssuedKey> {
  const old = await write.em.findOne(ApiKey, keyId as Id<"key">);
  if (!old || !isLive(old, write.now)) throw new Failure("NOT_FOUND", "No live key has this id.");
  if (old.expiresAt) throw new Failure("CONFLICT", "This key was rotated before: it ends by itself.");
  if (!(overlapHours >= 0 && overlapHours <= 24 * 90))
    throw new Failure("BAD_USER_INPUT", "The overlap is 0 to 2160 hours.");
  old.expiresAt = plusMs(write.now, overlapHours * HOUR_MS);
  return issueKey(write, {
    participantId: old.participantId,
    label: old.label,
    scopes: old.scopes.split(" ") as Scope[],
  });
}

/** Ends a key at once. */
export async function revokeKey(write: Writer, keyId: string): Promise<void> {
  const key = await write.em.findOne(ApiKey, keyId as Id<"key">);
  if (!key) throw new Failure("NOT_FOUND", "No key has this id.");
  key.revokedAt ??= write.now;
}

import { timingSafeEqual } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { Failure } from "../kernel/failure.js";
import type { Instant } from "../kernel/instant.js";

/** Headers by name in lower case, as they arrive. */
export type ArrivedHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** How far the sender's clock and ours may be apart, either way; what is older may be a replay. */
export const TOLERANCE_MS = 300_000;

/** While secrets are changed a sender signs with both. */
const MAX_SIGNATURES = 10;

const ID = /^[\w.:-]{1,128}$/;
const SECONDS = /^[1-9]\d{0,10}$/;

const bytesOf = (signature: string): Buffer => Buffer.from(signature);

const areEqual = (one: Buffer, other: Buffer): boolean => one.length === other.length && timingSafeEqual(one, other);

/** What travels beside a body, so that whoever shares the secret knows it for whole, fresh and ours (Standard Webhooks). */
export const signatureHeaders = (secret: string, id: string, at: Instant, body: string) => ({
  "webhook-id": id,
  "webhook-timestamp": String(Math.floor(Date.parse(at) / 1_000)),
  "webhook-signature": new Webhook(secret).sign(id, new Date(at), body),
});

/** The same words whatever is wrong: a forger learns nothing. */
export const refused = (): Failure =>
  new Failure("UNAUTHENTICATED", "The message is not signed as it must be, or too old.");

const matched = (value: string | string[] | undefined, pattern: RegExp): string | null =>
  typeof value === "string" && pattern.test(value) ? value : null;

/** The id of a message that one of the secrets signed, within the tolerance of `now`; throws for any other. */
export function signedId(secrets: readonly string[], headers: ArrivedHeaders, body: string, now: Instant): string {
  const id = matched(headers["webhook-id"], ID);
  const seconds = matched(headers["webhook-timestamp"], SECONDS);
  const given = headers["webhook-signature"];
  if (id === null || seconds === null || typeof given !== "string") throw refused();
  const sentAt = Number(seconds) * 1_000;
  if (Math.abs(Date.parse(now) - sentAt) > TOLERANCE_MS) throw refused();
  const signatures = given.split(" ", MAX_SIGNATURES).map(bytesOf);
  const isOurs = (secret: string): boolean => {
    const right = bytesOf(new Webhook(secret).sign(id, new Date(sentAt), body));
    return signatures.some((signature) => areEqual(signature, right));
  };
  if (!secrets.some(isOurs)) throw refused();
  return id;
}

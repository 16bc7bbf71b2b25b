import { parsePhoneNumberFromString } from "libphonenumber-js";
import { z } from "zod";
import { digits, type Address, type BusinessFacts, type IndividualFacts } from "../entity/facts.js";
import { DAY_MS, isInstant, plusMs, toInstant, type Instant } from "../kernel/instant.js";
import { optional, text } from "../kernel/validate.js";
import { FRAUD_SIGNS, type Evidence, type Inquiry } from "../verification/provider.js";
import { TOLERANCE_MS } from "./signature.js";

/**
 * The shapes in which we and a vendor speak, as JSON.
 *
 * We ask:        { verificationId, kycLevel, attempt, requestedAt, subject: { entityType, facts, officers? }, documents: [...] }
 * It answers:    200 { status: "decided", evidence, reference?, at? }
 *           or   202 { status: "pending", reference? }                  it will call back
 *           or   202 { status: "pending", retryAfterMs, reference?, evidence? }   it wants to be asked again
 * It calls back: { verificationId, at, evidence }
 *
 * Evidence is { findings, fraud, tags, reasons, verdict }; whatever is left out is empty. Fields that we do not know are ignored.
 */

const MAX_FINDINGS = 20;
const MAX_WORDS = 50;
const MIN_AGAIN_MS = 1_000;
const MAX_AGAIN_MS = 7 * DAY_MS;

const NUMBER = /\d{3}[-_. ]?\d{2}[-_. ]?\d{4}/;

/** Words about a check, never about a person: they are kept as they are, and read by staff. */
const word = text(100).refine((value) => !NUMBER.test(value), "Must not hold what looks like a person's number.");
const words = z.array(word).max(MAX_WORDS, `Must be at most ${MAX_WORDS}.`).default([]);

const taxNumber = z
  .string("Must be text.")
  .regex(/^(?:\d{3}-?\d{2}-?\d{4}|\d{2}-\d{7}|\d{4})$/, "Must be nine digits, or the last four.")
  .transform(digits);

/** In the spelling of registered numbers where it is one; else as it came, for the checks to find different. */
const phone = text(40).transform((value) => parsePhoneNumberFromString(value, "US")?.number ?? value);

const address = z.object({
  line1: text(200),
  line2: optional(text(200)).transform((value) => value ?? null),
  city: text(100),
  state: text(50),
  postalCode: text(12),
  country: z.string("Must be text.").regex(/^[A-Z]{2}$/, "Must be a two-letter country code."),
});

const finding = z.object({
  source: z.string("Must be text.").regex(/^[a-z][a-z_]{0,49}$/, "Must be a word such as credit_bureau."),
  firstName: optional(text(100)),
  lastName: optional(text(100)),
  dateOfBirth: optional(z.iso.date("Must be a calendar date, YYYY-MM-DD.")),
  taxNumber: optional(taxNumber),
  address: optional(address),
  phone: optional(phone),
  legalName: optional(text(200)),
  representatives: optional(
    z.array(z.object({ firstName: text(100), lastName: text(100) })).max(MAX_WORDS, `Must be at most ${MAX_WORDS}.`),
  ),
});

const evidenceShape: z.ZodType<Evidence> = z.object({
  findings: z.array(finding).max(MAX_FINDINGS, `Must be at most ${MAX_FINDINGS}.`).default([]),
  fraud: z
    .array(z.enum(FRAUD_SIGNS, `Must be one of ${FRAUD_SIGNS.join(", ")}.`))
    .max(FRAUD_SIGNS.length, `Must be at most ${FRAUD_SIGNS.length}.`)
    .default([]),
  tags: words,
  reasons: words,
  verdict: z
    .enum(
      ["PASSED", "FAILED", "REVIEW", "DOCUMENTS_REQUIRED"],
      "Must be PASSED, FAILED, REVIEW, DOCUMENTS_REQUIRED or null.",
    )
    .nullable()
    .default(null),
});

const isWritable = (value: string): boolean => {
  const ms = Date.parse(value);
  return !Number.isNaN(ms) && isInstant(toInstant(ms));
};

/** When a vendor says it decided. Out of the future nothing comes: such a message would outrank every later one. */
const decidedAt = (now: Instant) =>
  z.iso
    .datetime({ offset: true, error: "Must be a date and time with its offset, RFC 3339.", abort: true })
    .refine(isWritable, { error: "Must be a date and time with its offset, RFC 3339.", abort: true })
    .transform((value) => toInstant(value))
    .refine((at) => at <= plusMs(now, TOLERANCE_MS), "Must not be in the future.");

const reference = optional(
  z.string("Must be text.").regex(/^[\w.:-]{1,128}$/, "Must be 1 to 128 of A-Z a-z 0-9 _ . : -"),
);

/** A vendor's answer with status 200. */
export const decidedShape = (now: Instant) =>
  z.object({
    status: z.literal("decided"),
    reference,
    at: optional(decidedAt(now)),
    evidence: evidenceShape,
  });

/** A vendor's answer with status 202. */
export const pendingShape = z.object({
  status: z.literal("pending"),
  reference,
  retryAfterMs: optional(z.int().min(MIN_AGAIN_MS).max(MAX_AGAIN_MS)),
  evidence: optional(evidenceShape),
});

/** What a vendor sends by itself. */
export const messageShape = (now: Instant) =>
  z.object({
    verificationId: z.string("Must be text.").regex(/^ver_\w{26}$/, "Must be the id of a verification."),
    at: decidedAt(now),
    evidence: evidenceShape,
  });

const subjectOf = (subject: Inquiry["subject"]): object =>
  subject.entityType === "BUSINESS"
    ? {
        entityType: subject.entityType,
        facts: businessFacts(subject.facts),
        officers: subject.officers.map(({ firstName, lastName }) => ({ firstName, lastName })),
      }
    : { entityType: subject.entityType, facts: personFacts(subject.facts) };

const personFacts = (facts: IndividualFacts): IndividualFacts => ({
  firstName: facts.firstName,
  lastName: facts.lastName,
  dateOfBirth: facts.dateOfBirth,
  socialSecurityNumber: facts.socialSecurityNumber,
  email: facts.email,
  phone: facts.phone,
  address: addressOf(facts),
});

const businessFacts = (facts: BusinessFacts): BusinessFacts => ({
  legalName: facts.legalName,
  doingBusinessAs: facts.doingBusinessAs,
  businessType: facts.businessType,
  ein: facts.ein,
  email: facts.email,
  phone: facts.phone,
  website: facts.website,
  address: addressOf(facts),
});

function addressOf({ address: known }: Pick<IndividualFacts, "address">): Address | null {
  if (!known) return null;
  const { line1, line2, city, state, postalCode, country } = known;
  return { line1, line2, city, state, postalCode, country };
}

/** What a vendor reads: each field by name, so that nothing more leaves than is written here. */
export const questionOf = ({ verificationId, kycLevel, attempt, requestedAt, subject, documents }: Inquiry): string =>
  JSON.stringify({
    verificationId,
    kycLevel,
    attempt,
    requestedAt,
    subject: subjectOf(subject),
    documents: documents.map(({ id, documentType, mimeType, sha256, receivedAt }) => ({
      id,
      documentType,
      mimeType,
      sha256,
      receivedAt,
    })),
  });

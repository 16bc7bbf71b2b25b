import type { EntityType } from "../entity/entity.js";
import type { FraudSign } from "./provider.js";
import type { CheckOutcome, CheckedElement } from "./verification.js";

/** What is said about one element: what came out, and in which published words. */
export interface Said {
  readonly element: CheckedElement;
  readonly outcome: CheckOutcome;
  readonly tag: string;
}

/** What a comparison of one element can come to; NOT_VERIFIED where there was nothing to compare with. */
export type Compared = "MATCH" | "MISKEY" | "MISMATCH" | "INCONCLUSIVE" | "NOT_VERIFIED";

type Words = readonly (readonly [CheckOutcome, string])[];
type Row = Readonly<Partial<Record<Compared, Words>>>;

const unverified = (tag: string): readonly [CheckOutcome, string] => ["NOT_VERIFIED", tag];

/**
 * From what a comparison came to, to tags in Sila's published spelling. What is not listed has no words there and is not said. The
 * telephone's "Phone Not Verified" is ours: there is no published one.
 */
const TAGS: Readonly<Record<EntityType, Readonly<Partial<Record<CheckedElement, Row>>>>> = {
  INDIVIDUAL: {
    NAME: {
      MATCH: [["MATCH", "KYC Name Match"]],
      MISMATCH: [["MISMATCH", "Name Mismatch"], unverified("Name Not Verified")],
      INCONCLUSIVE: [["INCONCLUSIVE", "Name Not Verified"]],
      NOT_VERIFIED: [unverified("Name Not Verified")],
    },
    SSN: {
      MATCH: [["MATCH", "KYC SSN Match"]],
      MISKEY: [["MISKEY", "SSN Miskey"], unverified("SSN Not Verified")],
      MISMATCH: [["MISMATCH", "SSN Not Verified"]],
      NOT_VERIFIED: [unverified("SSN Not Verified")],
    },
    DATE_OF_BIRTH: {
      MATCH: [["MATCH", "KYC DOB Match"]],
      MISKEY: [["MISKEY", "DOB Miskey"], unverified("DOB Not Verified")],
      MISMATCH: [["MISMATCH", "DOB Not Verified"]],
      NOT_VERIFIED: [unverified("DOB Not Verified")],
    },
    PHONE: { MATCH: [["MATCH", "Phone Match"]], MISMATCH: [["MISMATCH", "Phone Not Verified"]] },
    ADDRESS: {
      MATCH: [["MATCH", "KYC Address Match"]],
      MISMATCH: [["MISMATCH", "Address Not Matched"], unverified("Address Not Verified")],
      INCONCLUSIVE: [["INCONCLUSIVE", "Address Not Verified"]],
      NOT_VERIFIED: [unverified("Address Not Verified")],
    },
  },
  BUSINESS: {
    ADDRESS: {
      MATCH: [["MATCH", "Address Matched"]],
      MISMATCH: [["MISMATCH", "Address Not Matched"]],
      INCONCLUSIVE: [["INCONCLUSIVE", "Address Not Matched"]],
      NOT_VERIFIED: [unverified("Address Not Matched")],
    },
    EIN: {
      MATCH: [["MATCH", "FEIN Found"]],
      MISKEY: [["MISKEY", "FEIN Unmatched"], unverified("FEIN Document Required")],
      MISMATCH: [["MISMATCH", "FEIN Unmatched"], unverified("FEIN Document Required")],
      NOT_VERIFIED: [unverified("FEIN Unmatched"), unverified("FEIN Document Required")],
    },
    NAME: {
      MATCH: [["MATCH", "Company Name Verified"]],
      MISMATCH: [["MISMATCH", "Company Name Not Matched"]],
      INCONCLUSIVE: [["INCONCLUSIVE", "Company Name Not Matched"]],
      NOT_VERIFIED: [unverified("Company Name Not Matched")],
    },
    PHONE: { MATCH: [["MATCH", "Phone Matched"]], MISMATCH: [["MISMATCH", "Phone Not Verified"]] },
    REPRESENTATIVE: { MATCH: [["MATCH", "Representative Match"]] },
  },
};

const FRAUD_TAGS: Readonly<Record<FraudSign, string>> = {
  FRAUD_WARNING: "Fraud Warning",
  DENIED_FRAUD: "Denied Fraud",
  FRAUD_RISK: "Fraud Risk",
  FRAUD_REVIEW: "Fraud Review",
};

export const tagsFor = (entityType: EntityType, element: CheckedElement, compared: Compared): Said[] =>
  (TAGS[entityType][element]?.[compared] ?? []).map(([outcome, tag]) => ({ element, outcome, tag }));

export const fraudTag = (sign: FraudSign): Said => ({ element: "FRAUD", outcome: "WARNING", tag: FRAUD_TAGS[sign] });

/** Other spellings in which the same is published. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([["FEIN (Document Required)", "FEIN Document Required"]]);

/** Every tag that asks for something, with the element that it is about. */
const ELEMENTS: ReadonlyMap<string, CheckedElement> = new Map([
  ...Object.values(TAGS).flatMap((rows) =>
    Object.entries(rows).flatMap(([element, row]) =>
      Object.values(row).flatMap((words) =>
        words
          .filter(([outcome]) => outcome !== "MATCH")
          .map(([, tag]): [string, CheckedElement] => [tag, element as CheckedElement]),
      ),
    ),
  ),
  ...Object.values(FRAUD_TAGS).map((tag): [string, CheckedElement] => [tag, "FRAUD"]),
]);

const MATCHES: ReadonlySet<string> = new Set(
  Object.values(TAGS).flatMap((rows) => Object.values(rows).flatMap(({ MATCH = [] }) => MATCH.map(([, tag]) => tag))),
);

/** What a tag asks to be proven: an element; null where it asks for nothing; UNKNOWN for a tag that we do not know. */
export function askedBy(tag: string): CheckedElement | "UNKNOWN" | null {
  if (MATCHES.has(tag)) return null;
  return ELEMENTS.get(SPELLINGS.get(tag) ?? tag) ?? "UNKNOWN";
}

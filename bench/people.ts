import type { Check, Checks } from "../src/attestation/check.js";
import type { SubjectRecord } from "../src/attestation/record.js";
import { SUB_PRODUCTS, type SubProductKind } from "../src/attestation/sub-product.js";
import { plusMs, type Instant } from "../src/kernel/instant.js";

const GIVEN = [
  "Iris",
  "Noah",
  "Mina",
  "Theo",
  "Sara",
  "Emil",
  "Yuki",
  "Omid",
  "Lucía",
  "Ferdia",
  "Zoë",
  "Arjun",
  "Wren",
];
const FAMILY = [
  "Halvorsen",
  "Nakamura",
  "Da Silva",
  "O’Rourke",
  "Kowalska",
  "Adeyemi",
  "Novák",
  "Tran",
  "Brandt",
  "Osei",
];

const digits = (value: number, length: number): string => String(value).padStart(length, "0");

/** An invented person; every index has another number, up to tens of millions. */
export interface Person {
  readonly firstName: string;
  readonly lastName: string;
  readonly dateOfBirth: string;
  readonly socialSecurityNumber: string;
}

/** Areas 001 to 665, groups 01 to 99, serials 0001 to 9999: what a number may be made of. */
function numberOf(index: number): string {
  const serial = (index % 9_999) + 1;
  const group = (Math.floor(index / 9_999) % 99) + 1;
  const area = (Math.floor(index / (9_999 * 99)) % 665) + 1;
  return `${digits(area, 3)}-${digits(group, 2)}-${digits(serial, 4)}`;
}

export const personAt = (index: number): Person => ({
  firstName: GIVEN[index % GIVEN.length]!,
  lastName: FAMILY[Math.floor(index / GIVEN.length) % FAMILY.length]!,
  dateOfBirth: `${1940 + (index % 60)}-${digits((index % 12) + 1, 2)}-${digits((index % 28) + 1, 2)}`,
  socialSecurityNumber: numberOf(index),
});

const HOUR_MS = 3_600_000;

type Made = (document: string) => Readonly<Record<string, unknown>>;

/** One good check of each kind of a person's certificate, and how many hours after the first it is done. */
const CHECKS: readonly (readonly [SubProductKind, hours: number, Made])[] = [
  [
    "DOCUMENT_CAPTURE",
    0,
    (document) => ({
      documentArtifact: `vault/doc/${document}`,
      documentType: "us_passport",
      documentIssuingState: "government",
      documentNumber: document,
      documentIssueDate: "2021-05-04",
      documentExpirationDate: "2031-05-03",
      documentCaptureMethod: "mobile_live_capture",
    }),
  ],
  [
    "DOCUMENT_REVIEW",
    1,
    () => ({
      documentReviewMethod: "automated_and_manual",
      documentTamperReviewPerformed: true,
      documentTamperIndicatorsObserved: false,
      isDocumentMachineReadableDataValidationPerformed: true,
      isDocumentMachineReadableDataValidationConsistentWithDocumentFace: true,
    }),
  ],
  [
    "BIOMETRIC_CAPTURE",
    0,
    (document) => ({ biometricArtifact: `vault/face/${document}`, biometricCaptureMethod: "live_selfie_video" }),
  ],
  [
    "BIOMETRIC_REVIEW",
    1,
    () => ({
      biometricImageQualitySufficientForComparison: true,
      biometricComparisonReference: "document_portrait",
      biometricComparisonOutcome: "match",
      biometricComparisonScore: 0.97,
    }),
  ],
  [
    "LIVENESS_CAPTURE",
    0,
    (document) => ({ livenessArtifact: `vault/live/${document}`, livenessCaptureEnvironment: "native_app" }),
  ],
  [
    "LIVENESS_REVIEW",
    1,
    () => ({
      livenessReviewMethod: "active_challenge",
      livenessReviewOutcome: "live",
      livenessReviewConfidenceTier: "high",
      padConformanceLevel: "iso30107_3_l2",
    }),
  ],
  ["ADDRESS_CAPTURE", 0, () => ({ addressCategory: "residential" })],
  [
    "ADDRESS_VERIFICATION",
    2,
    () => ({
      sources: [
        { method: "utility", outcome: "full_match" },
        { method: "credit_bureau", outcome: "full_match" },
      ],
    }),
  ],
  [
    "IDENTITY_CORROBORATION",
    2,
    () => ({
      identityElementsCorroborated: ["ssn", "name", "dob"],
      sources: [{ method: "credit_bureau_match", outcome: "full_match" }],
    }),
  ],
];

export const KINDS_OF_A_PERSON = CHECKS.length;

/** The checks on one person, the first done at `start`. */
export const checksAt = (index: number, start: Instant): readonly (readonly [SubProductKind, Check])[] =>
  CHECKS.map(([kind, hours, made]) => [
    kind,
    { performedAt: plusMs(start, hours * HOUR_MS), ...made(`P${digits(index, 9)}`) },
  ]);

/** A record as a furnisher sends it: the person and all nine checks. */
export function recordAt(index: number, start: Instant): SubjectRecord {
  const checks: Checks = Object.fromEntries(checksAt(index, start));
  const said = Object.entries(checks).map(([kind, check]) => [SUB_PRODUCTS[kind as SubProductKind].fieldName, check]);
  return { ...personAt(index), ...Object.fromEntries(said) };
}

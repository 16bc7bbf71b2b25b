import type { Check } from "../attestation/check.js";
import type { SubjectRecord } from "../attestation/record.js";
import { SUB_PRODUCTS, type SubProductKind } from "../attestation/sub-product.js";
import { plusMs, type Instant } from "../kernel/instant.js";

/** Who the demo is about, and what was checked. Everybody is invented. */

/** The people of the demo, all invented: handle, given name, family name, birth date, SSN, city. */
export const PEOPLE = [
  ["ada", "Ada", "Moreno", "1988-04-12", "212-55-0101", "Portland"],
  ["jun", "Jun", "Okafor", "1979-11-03", "212-55-0102", "Salem"],
  ["lena", "Lena", "Voss", "1993-07-21", "212-55-0103", "Eugene"],
  ["omar", "Omar", "Castellano", "1985-01-30", "212-55-0104", "Bend"],
  ["priya", "Priya", "Raman", "1990-09-17", "212-55-0105", "Medford"],
  ["mateo", "Mateo", "Ibarra", "1999-02-28", "212-55-0106", "Astoria"],
] as const;

const GIVEN = ["Iris", "Noah", "Mina", "Theo", "Sara", "Emil", "Yuki", "Omid", "Lucía", "Ferdia", "Zoë", "Arjun"];
const FAMILY = ["Halvorsen", "Nakamura", "Da Silva", "O’Rourke", "Kowalska", "Adeyemi", "Novák", "Tran"];
const CUSTOMERS = 24;

export type Person = {
  readonly handle: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly dateOfBirth: string;
  readonly socialSecurityNumber: string;
};

export const people: Person[] = PEOPLE.map(([handle, firstName, lastName, dateOfBirth, socialSecurityNumber]) => ({
  handle,
  firstName,
  lastName,
  dateOfBirth,
  socialSecurityNumber,
}));

export const two = (number: number): string => String(number).padStart(2, "0");

export const customers: Person[] = Array.from({ length: CUSTOMERS }, (_, index) => ({
  handle: `customer-${two(index + 1)}`,
  firstName: GIVEN[index % GIVEN.length]!,
  lastName: FAMILY[index % FAMILY.length]!,
  dateOfBirth: `${1960 + index}-${two((index % 12) + 1)}-${two((index % 27) + 1)}`,
  socialSecurityNumber: `318-66-${String(2001 + index)}`,
}));

const HOUR_MS = 3_600_000;

/** Nine checks as a good vendor does them, an hour apart, the first at `start`. */
export function nineChecks(start: Instant, documentNumber: string): Partial<Readonly<Record<SubProductKind, Check>>> {
  const after = (hours: number): Instant => plusMs(start, hours * HOUR_MS);
  return {
    DOCUMENT_CAPTURE: {
      performedAt: after(0),
      documentArtifact: `vault/doc/${documentNumber}`,
      documentType: "us_passport",
      documentIssuingState: "government",
      documentNumber,
      documentIssueDate: "2021-05-04",
      documentExpirationDate: "2031-05-03",
      documentCaptureMethod: "mobile_live_capture",
    },
    DOCUMENT_REVIEW: {
      performedAt: after(1),
      documentReviewMethod: "automated_and_manual",
      documentTamperReviewPerformed: true,
      documentTamperIndicatorsObserved: false,
      isDocumentMachineReadableDataValidationPerformed: true,
      isDocumentMachineReadableDataValidationConsistentWithDocumentFace: true,
    },
    BIOMETRIC_CAPTURE: {
      performedAt: after(0),
      biometricArtifact: `vault/face/${documentNumber}`,
      biometricCaptureMethod: "live_selfie_video",
    },
    BIOMETRIC_REVIEW: {
      performedAt: after(1),
      biometricImageQualitySufficientForComparison: true,
      biometricComparisonReference: "document_portrait",
      biometricComparisonOutcome: "match",
      biometricComparisonScore: 0.97,
    },
    LIVENESS_CAPTURE: {
      performedAt: after(0),
      livenessArtifact: `vault/live/${documentNumber}`,
      livenessCaptureEnvironment: "native_app",
    },
    LIVENESS_REVIEW: {
      performedAt: after(1),
      livenessReviewMethod: "active_challenge",
      livenessReviewOutcome: "live",
      livenessReviewConfidenceTier: "high",
      padConformanceLevel: "iso30107_3_l2",
    },
    ADDRESS_CAPTURE: { performedAt: after(0), addressCategory: "residential" },
    ADDRESS_VERIFICATION: {
      performedAt: after(2),
      sources: [
        { method: "utility", outcome: "full_match" },
        { method: "credit_bureau", outcome: "full_match" },
        { method: "postal_file", outcome: "partial_match_zip_only" },
      ],
    },
    IDENTITY_CORROBORATION: {
      performedAt: after(2),
      identityElementsCorroborated: ["ssn", "name", "dob"],
      sources: [
        { method: "credit_bureau_match", outcome: "full_match" },
        { method: "public_records_match", outcome: "full_match" },
      ],
    },
  };
}

export const DOCUMENTS: readonly SubProductKind[] = ["DOCUMENT_CAPTURE", "DOCUMENT_REVIEW", "ADDRESS_CAPTURE"];
export const REST: readonly SubProductKind[] = [
  "BIOMETRIC_CAPTURE",
  "BIOMETRIC_REVIEW",
  "LIVENESS_CAPTURE",
  "LIVENESS_REVIEW",
  "ADDRESS_VERIFICATION",
  "IDENTITY_CORROBORATION",
];
export const ALL: readonly SubProductKind[] = [...DOCUMENTS, ...REST];

export function recordOf(
  { firstName, lastName, dateOfBirth, socialSecurityNumber }: Person,
  kinds: readonly SubProductKind[],
  start: Instant,
  documentNumber: string,
): SubjectRecord {
  const checks = nineChecks(start, documentNumber);
  const said = Object.fromEntries(kinds.map((kind) => [SUB_PRODUCTS[kind].fieldName, checks[kind]]));
  return { firstName, lastName, dateOfBirth, socialSecurityNumber, ...said };
}

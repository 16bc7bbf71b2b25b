import type { SubjectRecord } from "../../src/attestation/record.js";
import type { SubProductKind } from "../../src/attestation/sub-product.js";
import { record } from "./given.js";

const MOST = 9_999;

/** The SSN of the person of this number, from 1 on. */
export const ssnOf = (number: number): string => `301-44-${String(number).padStart(4, "0")}`;

/** Records about so many different people, each with the same checks. */
export function crowd(size: number, kinds: readonly SubProductKind[] = ["LIVENESS_REVIEW"]): SubjectRecord[] {
  if (size > MOST) throw new Error(`There are SSNs for ${MOST} people only.`);
  return Array.from({ length: size }, (_, index) => ({
    ...record(kinds),
    firstName: "Kim",
    lastName: `Number ${index + 1}`,
    socialSecurityNumber: ssnOf(index + 1),
  }));
}

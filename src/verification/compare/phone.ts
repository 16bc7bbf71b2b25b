import { parsePhoneNumberFromString } from "libphonenumber-js";
import { isOneEdit } from "./likeness.js";
import { MISMATCH, NOTHING_TO_COMPARE, SAME, type Comparison } from "./outcome.js";

const MISKEYED: Comparison = { outcome: "MISKEY", score: 0.8889 };

/** The number in E.164, read as one of the United States unless it names a country; null where it is none. */
function numberOf(text: string): string | null {
  const found = parsePhoneNumberFromString(text, "US");
  return found?.isPossible() ? found.number : null;
}

/** Compares two telephone numbers in any notation; extensions do not count. What is no number cannot be compared. */
export function comparePhones(registered: string, evidence: string): Comparison {
  const [one, other] = [numberOf(registered), numberOf(evidence)];
  if (one === null || other === null) return NOTHING_TO_COMPARE;
  if (one === other) return SAME;
  return one.length === other.length && isOneEdit(one, other) ? MISKEYED : MISMATCH;
}

import { isOneEdit } from "./likeness.js";
import { MISMATCH, SAME, type Comparison } from "./outcome.js";

const LENGTH = 9;
const LAST = 4;

/** All that can be seen agrees, and it is less than half. */
const LAST_FOUR_SAME: Comparison = { outcome: "MATCH", score: 0.9 };
const MISKEYED: Comparison = { outcome: "MISKEY", score: 0.8889 };
const LAST_FOUR_MISKEYED: Comparison = { outcome: "MISKEY", score: 0.75 };

const digitsOf = (text: string): string => text.normalize("NFKC").replace(/\D/g, "");

/**
 * Compares Social Security or employer numbers in any notation. Evidence may show the last four digits alone, masked or not;
 * what has less than four digits matches nothing.
 */
export function compareNumbers(registered: string, evidence: string): Comparison {
  const [one, other] = [digitsOf(registered), digitsOf(evidence)];
  const shortest = Math.min(one.length, other.length);
  if (shortest < LAST) return MISMATCH;
  if (one === other) return SAME;
  if (shortest !== LAST)
    return Math.max(one.length, other.length) <= LENGTH + 1 && isOneEdit(one, other) ? MISKEYED : MISMATCH;
  const [lastOne, lastOther] = [one.slice(-LAST), other.slice(-LAST)];
  if (lastOne === lastOther) return LAST_FOUR_SAME;
  return isOneEdit(lastOne, lastOther) ? LAST_FOUR_MISKEYED : MISMATCH;
}

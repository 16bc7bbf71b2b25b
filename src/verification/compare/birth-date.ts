import { isOneEdit } from "./likeness.js";
import { MISMATCH, SAME, type Comparison } from "./outcome.js";

const MISKEYED: Comparison = { outcome: "MISKEY", score: 0.875 };

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Compares two dates, YYYY-MM-DD. One digit, two neighbours, or day and month swapped are a typing error; no date matches nothing. */
export function compareBirthDates(registered: string, evidence: string): Comparison {
  const [one, other] = [SHAPE.exec(registered.trim()), SHAPE.exec(evidence.trim())];
  if (!one || !other) return MISMATCH;
  const [, year, month, day] = one;
  const [, otherYear, otherMonth, otherDay] = other;
  if (year === otherYear && month === otherMonth && day === otherDay) return SAME;
  const swapped = year === otherYear && month === otherDay && day === otherMonth;
  return swapped || isOneEdit(`${year}${month}${day}`, `${otherYear}${otherMonth}${otherDay}`) ? MISKEYED : MISMATCH;
}

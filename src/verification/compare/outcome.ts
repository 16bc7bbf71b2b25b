/** How a registered value compares with the evidence's. MISKEY: one typing error. INCONCLUSIVE: neither clearly the same nor clearly another. */
export type Comparison = {
  readonly outcome: "MATCH" | "MISKEY" | "MISMATCH" | "INCONCLUSIVE";
  /** From 0 to 1, of four decimals. */
  readonly score: number;
};

const FROM_MATCH = 0.9;
const FROM_INCONCLUSIVE = 0.5;

export const SAME: Comparison = { outcome: "MATCH", score: 1 };
export const MISMATCH: Comparison = { outcome: "MISMATCH", score: 0 };

/** There is nothing on one of the sides that could be compared. */
export const NOTHING_TO_COMPARE: Comparison = { outcome: "INCONCLUSIVE", score: 0 };

/** Four decimals, cut off rather than rounded: what is not quite the same never scores 1. */
export const rounded = (score: number): number => Math.floor(Math.min(1, Math.max(0, score)) * 10_000 + 1e-6) / 10_000;

/** What a likeness comes to, where likeness is made so that its band says what it means. */
export function outcomeOf(likeness: number): Comparison {
  const score = rounded(likeness);
  if (score >= FROM_MATCH) return { outcome: "MATCH", score };
  return { outcome: score >= FROM_INCONCLUSIVE ? "INCONCLUSIVE" : "MISMATCH", score };
}

/** Equal as they stand, and not blank: there is nothing to weigh. */
export const identical = (registered: string, evidence: string): boolean =>
  registered === evidence && registered.trim() !== "";

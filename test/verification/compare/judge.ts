import { compareAddresses } from "../../../src/verification/compare/address.js";
import { compareBirthDates } from "../../../src/verification/compare/birth-date.js";
import { compareBusinessNames } from "../../../src/verification/compare/business-name.js";
import { compareNames } from "../../../src/verification/compare/name.js";
import { compareNumbers } from "../../../src/verification/compare/number.js";
import type { Comparison } from "../../../src/verification/compare/outcome.js";
import { comparePhones } from "../../../src/verification/compare/phone.js";
import type { LabelledPair } from "./labelled.js";

const TEXTS = {
  businessName: compareBusinessNames,
  number: compareNumbers,
  birthDate: compareBirthDates,
  phone: comparePhones,
} as const;

export function comparisonOf(pair: LabelledPair): Comparison {
  if (pair.kind === "name") return compareNames(pair.registered, pair.evidence);
  if (pair.kind === "address") return compareAddresses(pair.registered, pair.evidence);
  return TEXTS[pair.kind](pair.registered, pair.evidence);
}

/** How the comparisons do against the labels, where a match says "the same" and every other outcome does not. */
export interface Verdicts {
  readonly pairs: number;
  /** Of the matches, the share that are the same; not a number where nothing matched. */
  readonly precision: number;
  /** Of those that are the same, the share that match. */
  readonly recall: number;
  readonly f1: number;
  readonly falseMatches: readonly LabelledPair[];
  readonly missed: readonly LabelledPair[];
}

export function judge(pairs: readonly LabelledPair[]): Verdicts {
  const matches = pairs.filter((pair) => comparisonOf(pair).outcome === "MATCH");
  const matched = new Set(matches);
  const right = matches.filter(({ same }) => same).length;
  const same = pairs.filter((pair) => pair.same);
  const [precision, recall] = [right / matches.length, right / same.length];
  return {
    pairs: pairs.length,
    precision,
    recall,
    f1: (2 * precision * recall) / (precision + recall),
    falseMatches: matches.filter((pair) => !pair.same),
    missed: same.filter((pair) => !matched.has(pair)),
  };
}

/** A pair in words. */
export function describePair({ registered, evidence, why }: LabelledPair): string {
  const shown = (value: string | object): string =>
    typeof value === "string" ? value : Object.values(value).filter(Boolean).join(", ");
  return `${shown(registered)} / ${shown(evidence)} (${why})`;
}

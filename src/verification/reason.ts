import type { Verification } from "./verification.js";

/** Codes of reasons that are ours: for these nobody but staff can do anything. */
export const OUR_REASONS = [
  "NO_PROVIDER",
  "PROVIDER_SILENT",
  "PROVIDER_UNAVAILABLE",
  "LEVEL_UNKNOWN",
  "FACTS_UNREADABLE",
  "NOT_SETTLED",
] as const;
export type OurReason = (typeof OUR_REASONS)[number];

const OURS: ReadonlySet<string> = new Set(OUR_REASONS);

export const reasonsOf = ({ reasons }: Pick<Verification, "reasons">): string[] => JSON.parse(reasons) as string[];

/** Whether a run came to nothing by a fault of ours: then there is nothing for the person to do about it. */
export const isOurs = (run: Pick<Verification, "reasons">): boolean =>
  reasonsOf(run).some((reason) => OURS.has(reason));

/** What others give as reasons; our codes are ours alone. */
export const othersReasons = (reasons: readonly string[]): string[] =>
  reasons.filter((reason) => !OURS.has(reason) && reason !== DEADLINE_PASSED);

/** Nobody acted in time. */
export const DEADLINE_PASSED = "DEADLINE_PASSED";

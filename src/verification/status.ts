/** The states of verification, and how one leads to another: said once, as tables. */

/** The states of one run. `UNVERIFIED` is where a run comes from and no run stays. */
export const RUN_STATUSES = [
  "PENDING",
  "WEBHOOK_PENDING",
  "PASSED",
  "FAILED",
  "REVIEW",
  "DOCUMENTS_REQUIRED",
  "DOCUMENTS_RECEIVED",
] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** The twelve states of an entity: those of a run, none at all, and what the members of a business keep it from. */
export const VERIFICATION_STATUSES = [
  "UNVERIFIED",
  ...RUN_STATUSES,
  "MEMBER_FAILED",
  "MEMBER_REVIEW",
  "MEMBER_UNVERIFIED",
  "MEMBER_PENDING",
] as const;
export type VerificationStatus = (typeof VERIFICATION_STATUSES)[number];

/** Where a run may go from where it is. What is not listed is refused. */
export const MOVES: Readonly<Record<RunStatus | "UNVERIFIED", readonly RunStatus[]>> = {
  UNVERIFIED: ["PENDING"],
  PENDING: ["WEBHOOK_PENDING", "PASSED", "FAILED", "REVIEW", "DOCUMENTS_REQUIRED"],
  WEBHOOK_PENDING: ["PASSED", "FAILED", "REVIEW", "DOCUMENTS_REQUIRED"],
  REVIEW: ["DOCUMENTS_RECEIVED", "PASSED", "FAILED"],
  DOCUMENTS_REQUIRED: ["DOCUMENTS_RECEIVED", "FAILED"],
  DOCUMENTS_RECEIVED: ["PASSED", "FAILED", "DOCUMENTS_REQUIRED"],
  FAILED: ["DOCUMENTS_RECEIVED"],
  PASSED: [],
};

export const isLegal = (from: RunStatus | "UNVERIFIED", to: RunStatus): boolean => MOVES[from].includes(to);

/** Nothing is known yet: such a run does not speak for its entity while another does. */
export const UNDECIDED: readonly RunStatus[] = ["PENDING", "WEBHOOK_PENDING"];

/** A run that goes on by itself: asking again at the same level would only ask the same twice. */
export const UNDER_WAY: readonly RunStatus[] = [...UNDECIDED, "DOCUMENTS_RECEIVED"];

/** A run that more documents can still save. */
export const OPEN_TO_DOCUMENTS: readonly RunStatus[] = ["REVIEW", "DOCUMENTS_REQUIRED", "FAILED"];

/** What keeps a business from passing, worst first, by the state of a member or of one further down. */
export const MEMBER_STATES = ["MEMBER_FAILED", "MEMBER_REVIEW", "MEMBER_UNVERIFIED", "MEMBER_PENDING"] as const;
export type MemberState = (typeof MEMBER_STATES)[number];

/** What a member's own state makes of the businesses above it; null where it stands in nobody's way. */
export const MEMBER_STATE: Readonly<Record<RunStatus | "UNVERIFIED", MemberState | null>> = {
  UNVERIFIED: "MEMBER_UNVERIFIED",
  PENDING: "MEMBER_PENDING",
  WEBHOOK_PENDING: "MEMBER_PENDING",
  REVIEW: "MEMBER_REVIEW",
  DOCUMENTS_REQUIRED: "MEMBER_REVIEW",
  DOCUMENTS_RECEIVED: "MEMBER_REVIEW",
  FAILED: "MEMBER_FAILED",
  PASSED: null,
};

/**
 * The state of an entity from that of its own runs and those of everybody below it whose verification is required. What is wrong with
 * the entity itself is said first: that is where its participant can act.
 */
export function standingOf(
  own: RunStatus | "UNVERIFIED",
  below: Iterable<RunStatus | "UNVERIFIED">,
): VerificationStatus {
  if (own !== "PASSED") return own;
  const states = new Set([...below].map((status) => MEMBER_STATE[status]));
  return MEMBER_STATES.find((state) => states.has(state)) ?? "PASSED";
}

/** The state that the runs of an entity add up to, newest first: the last that is decided; else the last; else none. */
export const statusOfRuns = (newestFirst: readonly RunStatus[]): RunStatus | "UNVERIFIED" =>
  newestFirst.find((status) => !UNDECIDED.includes(status)) ?? newestFirst[0] ?? "UNVERIFIED";

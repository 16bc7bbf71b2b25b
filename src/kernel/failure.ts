/** Every code a client can meet in `extensions.code`. Closed: a new one is a change of the API. */
export type FailureCode =
  | "BAD_USER_INPUT"
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "CONFLICT"
  | "IDEMPOTENCY_CONFLICT"
  | "ILLEGAL_TRANSITION"
  | "CURSOR_EXPIRED"
  | "CURSOR_INVALID"
  | "QUERY_TOO_COSTLY"
  | "RATE_LIMITED"
  | "SERVICE_UNAVAILABLE"
  | "INTERNAL_SERVER_ERROR";

/** One thing that is wrong with an input, and where. Never carries the value that was sent. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

/** What a client is told besides the code. */
export interface FailureDetails {
  readonly validationDetails?: readonly Fault[];
  readonly retryAfterMs?: number;
}

/** A broken precondition: expected, coded, safe to show. Anything else that is thrown is a bug and is masked. */
export class Failure extends Error {
  override readonly name = "Failure";

  constructor(
    readonly code: FailureCode,
    message: string,
    readonly details: FailureDetails = {},
  ) {
    super(message);
  }
}

/** Every fault; of very many the first ones, and how many there are. */
export function badInput(faults: readonly Fault[], listed = faults.length): Failure {
  const more = faults.length > listed ? ` The first ${listed} are listed.` : "";
  const message = faults.length === 1 ? faults[0]!.message : `${faults.length} faults in the input.${more}`;
  return new Failure("BAD_USER_INPUT", message, { validationDetails: faults.slice(0, listed) });
}

/** The same words for what does not exist and for what belongs to somebody else. */
export const notFound = (what: string, path?: string): Failure =>
  new Failure(
    "NOT_FOUND",
    `${what} not found.`,
    path ? { validationDetails: [{ path, message: `${what} not found.` }] } : {},
  );

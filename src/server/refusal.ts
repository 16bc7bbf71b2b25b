import { Failure, type FailureCode } from "../kernel/failure.js";

/** A refusal that HTTP has its own word for: the failure, with the status and headers that go with it. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly status: number,
    readonly failure: Failure,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(failure.message);
  }
}

/** Refuses what was sent before GraphQL has seen it. */
export const unreadable = (status: 400 | 408 | 413 | 415, message: string): Refusal =>
  new Refusal(status, new Failure("BAD_USER_INPUT", message));

export const noSuchPath = (): Refusal => new Refusal(404, new Failure("NOT_FOUND", "Nothing is served at this path."));

export const wrongMethod = (allowed: readonly string[]): Refusal =>
  new Refusal(405, new Failure("BAD_USER_INPUT", `Use ${allowed.join(" or ")}.`), { allow: allowed.join(", ") });

const STATUSES: Readonly<Partial<Record<FailureCode, number>>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  IDEMPOTENCY_CONFLICT: 409,
  ILLEGAL_TRANSITION: 409,
  RATE_LIMITED: 429,
  INTERNAL_SERVER_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
};

/** The status of a request that was refused before it ran. */
export const statusOf = (code: unknown): number => STATUSES[code as FailureCode] ?? 400;

/** The headers that tell a client what to do about a refusal. */
export function remedyOf(failure: unknown): Record<string, string> {
  if (!(failure instanceof Failure)) return {};
  if (failure.code === "UNAUTHENTICATED") return { "www-authenticate": "Bearer" };
  const waitMs = failure.details.retryAfterMs;
  return waitMs === undefined ? {} : { "retry-after": String(Math.ceil(waitMs / 1_000)) };
}

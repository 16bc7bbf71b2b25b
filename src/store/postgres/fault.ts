import { Failure } from "../../kernel/failure.js";
import { codeOf } from "../store.js";

/** What another transaction that was first can cause: serialization, deadlock, a unique row, a lock that was waited for too long. */
const RACES: ReadonlySet<string> = new Set(["40001", "40P01", "23505", "55P03"]);

/** A migration changed what a statement answers after this connection had prepared it: prepared anew, it is as good as ever. */
export const isOutdated = (error: unknown): boolean =>
  codeOf(error) === "0A000" && (error as { routine?: string }).routine === "RevalidateCachedQuery";

export const isRace = (error: unknown): boolean => RACES.has(codeOf(error)) || isOutdated(error);

/**
 * What a database says that is not there, not there yet, there no more, or no longer the one that writes: connection failures (08…), stopped or
 * starting (57P0…), out of connections, memory or disk (53…), a transaction that was idle for too long (25P03), a standby (25006).
 */
const AWAY =
  /^(?:08...|57P0[1-5]|53...|25P03|25006|ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOTFOUND)$/;

/** The driver has no codes of its own. */
const LOST =
  /^(?:Connection terminated|Query read timeout|Client has encountered a connection error|timeout exceeded when trying to connect|Cannot use a pool after calling end|Client was closed)/;

/** The server has no room for another lock: `max_locks_per_transaction` is small. */
const NO_ROOM = "53200";

/** Every connection that this process may hold is at work. */
const BUSY = /^timeout exceeded when trying to connect/;

const TOO_LONG = "57014";

/** A character that no text can hold. */
export const NO_CHARACTER = "22021";

const RETRY_MS = 1_000;

const unavailable = (message: string): Failure =>
  new Failure("SERVICE_UNAVAILABLE", message, { retryAfterMs: RETRY_MS });

/** Too many want the same at the same time. */
export const crowded = (): Failure => unavailable("Too many ask at the same time: try again in a moment.");

/** Whether the database could not be reached, or was lost. */
export const isAway = (error: unknown): boolean =>
  error instanceof AggregateError
    ? error.errors.some(isAway)
    : AWAY.test(codeOf(error)) || (error instanceof Error && LOST.test(error.message));

/** The same, also where it is in words for a client by now. */
export const isOutage = (error: unknown): boolean =>
  isAway(error) || (error instanceof Failure && error.code === "SERVICE_UNAVAILABLE");

/** An outage as the failure that a client is told of, to try again, and a text that cannot be kept; anything else as it is. */
export function understood(error: unknown): unknown {
  if (codeOf(error) === NO_ROOM || (error instanceof Error && BUSY.test(error.message))) return crowded();
  if (isAway(error)) return unavailable("The database cannot be reached right now: try again in a moment.");
  if (codeOf(error) === NO_CHARACTER)
    return new Failure("BAD_USER_INPUT", "A text must not hold the character U+0000.");
  if (codeOf(error) === TOO_LONG) return unavailable("The database took too long: ask for less, or try again.");
  return error;
}

/** Whoever lost the connection while it was being committed cannot know what became of it. */
export const unknownOutcome = (): Failure =>
  unavailable(
    "The database was lost while this was being committed: it may have been done. Repeat it with the same idempotency key.",
  );

import type { FormattedExecutionResult, SubscribePayload } from "graphql-ws/client";
import { AttestryError } from "./attestry-error.js";
import { waitMs } from "./backoff.js";
import { createQueue } from "./queue.js";
import type { Settings } from "./settings.js";
import { subscribeOnce, type Ending } from "./subscribe-once.js";

/** Results as they come, whatever becomes of connections. `return()` ends it at once, also while somebody waits for the next. */
export interface Stream<Result> extends AsyncIterableIterator<Result, undefined, undefined> {
  return(): Promise<IteratorReturnResult<undefined>>;
}

/** One result as the gateway sends it, without errors. */
export type Told = Readonly<Record<string, unknown>>;

/** What a stream asks for, again on each connection. */
export interface Followed<Result> {
  /** Called before each connection; what it takes comes before what the connection brings. Rejects as a connection does. */
  readonly begin: (take: (result: Result) => boolean) => Promise<void>;
  /** What to ask for, as of now. */
  readonly payload: () => SubscribePayload;
  /** Hands on what was told; false where it wants to ask anew. */
  readonly tell: (told: Told, take: (result: Result) => boolean) => boolean;
}

/** So often in a row a gateway may be at fault before that is told. */
const FAULTS = 5;
/** A connection that held so long counts as a good one. */
const GOOD_MS = 10_000;

/** Nothing is asked before the first `next()`. */
export function createStream<Result>(
  settings: Settings,
  followed: Followed<Result>,
  signal?: AbortSignal,
): Stream<Result> {
  const queue = createQueue<Result>(settings.bufferLimit);
  const stop = new AbortController();
  const end = (): void => {
    signal?.removeEventListener("abort", end);
    stop.abort();
    queue.close();
  };
  if (signal?.aborted) end();
  else signal?.addEventListener("abort", end);

  let following: Promise<void> | null = null;
  const follow = async (): Promise<void> => {
    await followUntilEnded(settings, followed, queue, stop.signal).then(
      () => queue.end(),
      (error: unknown) => queue.end(error),
    );
    signal?.removeEventListener("abort", end);
  };
  const done = async () => {
    end();
    return { done: true, value: undefined } as const;
  };
  return {
    next: () => {
      if (!stop.signal.aborted) following ??= follow();
      return queue.next();
    },
    return: done,
    throw: async (error) => {
      end();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Connects again and again, until the gateway ends it, which throws, or we do. */
async function followUntilEnded<Result>(
  settings: Settings,
  followed: Followed<Result>,
  queue: { push: (result: Result) => boolean; room: () => Promise<void> },
  stop: AbortSignal,
): Promise<void> {
  for (let failures = 0; !stop.aborted; ) {
    await queue.room();
    if (stop.aborted) return;
    const startedAtMs = performance.now();
    let progress = false;
    const take = (result: Result): boolean => {
      progress = true;
      return queue.push(result);
    };
    const ending = await connectOnce(settings, followed, take, stop);
    if (progress || performance.now() - startedAtMs > GOOD_MS) failures = 0;
    if (ending.kind === "LEFT") continue;
    const { cause, atLeastMs } = passingOf(ending, failures, settings.renews);
    const delayMs = Math.max(atLeastMs, waitMs(settings.retry, failures, Math.random));
    failures += 1;
    settings.onRetry({ cause, failures, delayMs });
    await pause(delayMs, stop);
  }
}

async function connectOnce<Result>(
  settings: Settings,
  followed: Followed<Result>,
  take: (result: Result) => boolean,
  stop: AbortSignal,
): Promise<Ending> {
  let authorization: string;
  try {
    authorization = await settings.authorization();
  } catch {
    return { kind: "LOST", cause: "There is no token." };
  }
  try {
    await followed.begin(take);
  } catch (error) {
    if (error instanceof AttestryError) return { kind: "ENDED", error };
    return { kind: "LOST", cause: "The gateway cannot be reached." };
  }
  if (stop.aborted) return { kind: "LEFT" };
  return subscribeOnce(
    settings,
    { authorization, payload: followed.payload(), take: (result) => followed.tell(toldIn(result), take) },
    stop,
  );
}

/** What was told: a result without anything in it is an error. */
function toldIn({ data, errors }: FormattedExecutionResult<Record<string, unknown>, unknown>): Told {
  if (!data || Object.values(data).every((value) => value === null)) throw new AttestryError(errors ?? []);
  return data;
}

/** Why it is tried again, and when at the earliest; throws where that would change nothing. */
function passingOf(
  ending: Exclude<Ending, { kind: "LEFT" }>,
  failures: number,
  renews: boolean,
): { readonly cause: string; readonly atLeastMs: number } {
  if (ending.kind === "LOST") return { cause: ending.cause, atLeastMs: 0 };
  const { error } = ending;
  if (!(error instanceof AttestryError)) throw error;
  if (!isPassing(error, failures) && !(renews && isStale(error, failures))) throw error;
  return { cause: error.message, atLeastMs: error.retryAfterMs ?? 0 };
}

/** What passes by itself: a gateway that is busy, or whose database is away, is asked again for as long as it takes. */
const PASSING: ReadonlySet<string> = new Set(["RATE_LIMITED", "SERVICE_UNAVAILABLE"]);

/** One that is at fault itself is asked some times. */
const isPassing = ({ code }: AttestryError, failures: number): boolean =>
  PASSING.has(code) || (code === "INTERNAL_SERVER_ERROR" && failures < FAULTS);

/** Whether another credential may be believed: one that expired on its way to the gateway is refused like any that is wrong. */
const isStale = ({ code, reason }: AttestryError, failures: number): boolean =>
  reason === "TOKEN_EXPIRED" || (code === "UNAUTHENTICATED" && reason === null && failures === 0);

/** Waits, or is woken by the end. */
const pause = (ms: number, stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (stop.aborted) return resolve();
    const wake = (): void => {
      clearTimeout(timer);
      stop.removeEventListener("abort", wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    stop.addEventListener("abort", wake);
  });

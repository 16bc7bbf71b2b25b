import type { IncomingMessage } from "node:http";
import type { GraphQLFormattedError } from "graphql";
import { Failure } from "../kernel/failure.js";
import { account, accountIncident, type Arrival } from "./arrival.js";
import { refuseType } from "./body.js";
import { actorOf } from "./graphql.js";
import { DATA_HEADERS, NO_STORE } from "./headers.js";
import type { ServerParts } from "./parts.js";
import { createPlaces, createSharedPlaces } from "./places.js";
import { unreadable } from "./refusal.js";
import type { Reply } from "./reply.js";

/** Turns a thrown thing into what a client reads. */
export type PresentAll = (error: unknown) => GraphQLFormattedError[];

const TYPES = ["application/x-ndjson", "application/jsonl"];

/** There is no limit to a body's length, but to how long nothing of it may come. */
const IDLE_MS = 30_000;

/** How often whoever sends is asked anew whether the credential still counts. */
const CREDENTIAL_MS = 1_000;

const MAX_AT_ONCE = 2;
const RETRY_MS = 5_000;

const stopping = (): Failure =>
  new Failure("RATE_LIMITED", "The gateway is stopping. Send the same again with the same key.", {
    retryAfterMs: RETRY_MS,
  });

/** The next piece of a body; rejects where none comes in time, and at once where the gateway stops. */
function nextOf(chunks: AsyncIterator<Uint8Array>, stop: AbortSignal): Promise<IteratorResult<Uint8Array>> {
  const { promise, resolve, reject } = Promise.withResolvers<IteratorResult<Uint8Array>>();
  const halt = (): void => reject(stopping());
  if (stop.aborted) halt();
  stop.addEventListener("abort", halt);
  const timer = setTimeout(() => reject(unreadable(408, "Nothing more of the body came.").failure), IDLE_MS);
  const cut = (): void => reject(unreadable(400, "The body ended early.").failure);
  chunks.next().then(resolve, cut);
  return promise.finally(() => {
    clearTimeout(timer);
    stop.removeEventListener("abort", halt);
  });
}

/** The body as it comes, for as long as its sender may go on. */
async function* chunksOf(request: IncomingMessage, check: () => Promise<unknown>, stop: AbortSignal) {
  // The connection outlives the reading: the answer has to go through it.
  const chunks = request.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
  let checkedAt = performance.now();
  try {
    for (let next = await nextOf(chunks, stop); !next.done; next = await nextOf(chunks, stop)) {
      if (performance.now() - checkedAt > CREDENTIAL_MS) {
        await check();
        checkedAt = performance.now();
      }
      yield next.value;
    }
  } finally {
    void chunks.return?.();
  }
}

const line = (value: object): string => `${JSON.stringify(value)}\n`;

/** Writes what is answered after the first object; what goes wrong now is the last line. */
async function* linesOf(
  first: object,
  rest: AsyncIterator<object>,
  failed: (error: unknown) => object,
  leave: () => void | Promise<void>,
): AsyncGenerator<string> {
  try {
    yield line(first);
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield line(next.value);
  } catch (error) {
    yield line(failed(error));
  } finally {
    await leave();
    await rest.return?.();
  }
}

/** The door for bodies of any length: who sends is known before a byte is read, and hears how it goes while sending. */
export function openUpload(parts: ServerParts, furnish: NonNullable<ServerParts["furnish"]>, stop: AbortSignal) {
  const take = parts.leases ? createSharedPlaces(parts.leases, "furnish", MAX_AT_ONCE) : createPlaces(MAX_AT_ONCE);
  const check = ({ headers }: IncomingMessage) => actorOf(parts, headers.authorization);
  return async (arrival: Arrival, presentAll: PresentAll): Promise<Reply> => {
    const { request } = arrival;
    const actor = await check(request);
    account(arrival, { participantId: actor.participantId });
    refuseType(request, TYPES);
    const leave = await take(actor);
    const failed = (error: unknown): object => {
      const errors = presentAll(error);
      for (const { extensions } of errors)
        if (typeof extensions?.["incident"] === "string") accountIncident(arrival, extensions["incident"]);
      return { errors };
    };
    try {
      const chunks = chunksOf(request, () => check(request), stop);
      const told = furnish(actor, { search: new URLSearchParams(arrival.search), headers: request.headers, chunks });
      const answers = told[Symbol.asyncIterator]();
      const first = await answers.next();
      const headers = { ...DATA_HEADERS, ...NO_STORE, "content-type": "application/x-ndjson; charset=utf-8" };
      return { status: 200, headers, body: linesOf(first.value as object, answers, failed, leave) };
    } catch (error) {
      await leave();
      throw error;
    }
  };
}

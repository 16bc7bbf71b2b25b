import type { IncomingMessage } from "node:http";
import type { GraphQLFormattedError } from "graphql";
import type { Actor } from "../kernel/actor.js";
import type { Live, Sink, Subscribed } from "../live/live.js";
import { DATA_HEADERS, NO_STORE } from "./headers.js";
import type { Reply } from "./reply.js";

/** Streams as server-sent events, each on a request of its own ("distinct connections"). */

const EVENT_STREAM = "text/event-stream";
/** A comment that often keeps a silent connection from being closed by whoever stands between. */
const KEEP_ALIVE_MS = 12_000;
/** What may wait before a receiver counts as behind. */
const HIGH_WATER_BYTES = 256 * 1024;

export const wantsEvents = ({ headers }: IncomingMessage): boolean => headers.accept?.includes(EVENT_STREAM) ?? false;

/** Whether an answer that is no stream can be read, too. */
export const wantsJson = ({ headers }: IncomingMessage): boolean => /json|\*\/\*/.test(headers.accept ?? "*/*");

const BEFORE = Buffer.from("event: next\ndata: ");
const AFTER = Buffer.from("\n\n");
const COMPLETE = "event: complete\ndata:\n\n";

/** What waits to be written, and whoever waits for it. */
interface Queue extends Sink {
  /** The next piece; null once the stream is over. */
  readonly next: () => Promise<Buffer | string | null>;
  readonly close: () => void;
}

function createQueue(keepAliveMs: number): Queue {
  let waiting: Buffer[] = [];
  let bytes = 0;
  let over = false;
  let bell = Promise.withResolvers<void>();
  let empty = Promise.withResolvers<void>();
  const ring = (): void => {
    bell.resolve();
    bell = Promise.withResolvers<void>();
  };
  const emptied = (): void => {
    empty.resolve();
    empty = Promise.withResolvers<void>();
  };
  const close = (): void => {
    over = true;
    ring();
    emptied();
  };
  return {
    send: (results) => {
      if (over) return true;
      for (const result of results) {
        waiting.push(BEFORE, result, AFTER);
        bytes += result.length;
      }
      ring();
      return bytes <= HIGH_WATER_BYTES;
    },
    drained: () => (bytes === 0 || over ? Promise.resolve() : empty.promise),
    end: (error: GraphQLFormattedError) => {
      if (over) return;
      waiting.push(BEFORE, Buffer.from(JSON.stringify({ errors: [error] })), AFTER);
      close();
    },
    close,
    next: async () => {
      if (waiting.length === 0 && !over) {
        const timer = setTimeout(ring, keepAliveMs);
        await bell.promise;
        clearTimeout(timer);
      }
      if (waiting.length === 0) return over ? null : ":\n\n";
      const piece = Buffer.concat(waiting);
      waiting = [];
      bytes = 0;
      emptied();
      return piece;
    },
  };
}

/** Every stream that is open, so that all can be ended when the gateway stops. */
export interface EventStreams {
  readonly reply: (request: IncomingMessage, actor: Actor, subscribed: Subscribed) => Promise<Reply>;
  readonly stop: () => void;
}

export function createEventStreams(live: Live, keepAliveMs = KEEP_ALIVE_MS): EventStreams {
  const queues = new Set<Queue>();
  let stopped = false;
  return {
    reply: async (request, actor, subscribed) => {
      const queue = createQueue(keepAliveMs);
      const leave = await live.open(actor, subscribed, queue);
      queues.add(queue);
      if (stopped) queue.close();
      const absent = live.attend(actor, ({ reason, message }) =>
        queue.end({ message, extensions: { code: "UNAUTHENTICATED", reason } }),
      );
      const left = (): void => {
        queues.delete(queue);
        absent();
        leave();
        queue.close();
      };
      request.socket.once("close", left);
      const headers = {
        ...DATA_HEADERS,
        ...NO_STORE,
        "content-type": `${EVENT_STREAM}; charset=utf-8`,
        "x-accel-buffering": "no",
      };
      return { status: 200, headers, body: pieces(queue, left) };
    },
    stop: () => {
      stopped = true;
      for (const queue of queues) queue.close();
    },
  };
}

async function* pieces(queue: Queue, left: () => void): AsyncGenerator<Buffer | string> {
  try {
    // Headers go out at once: whoever subscribed knows that it has begun.
    yield ":\n\n";
    for (let piece = await queue.next(); piece !== null; piece = await queue.next()) yield piece;
    yield COMPLETE;
  } finally {
    left();
  }
}

import type { IncomingMessage, ServerResponse } from "node:http";
import type { GraphQLFormattedError } from "graphql";
import { hasUnreadBody } from "./body.js";
import { DATA_HEADERS, type Headers, NO_STORE } from "./headers.js";

/** An answer, ready to be written: whole, or line by line or piece by piece as it comes about. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string | Buffer | AsyncIterable<string | Uint8Array>;
}

const JSON_TYPE = "application/json; charset=utf-8";

/** How long the rest of an unread body is thrown away before the connection is closed, so that the refusal arrives. */
const LINGER_MS = 1_000;

export const json = (status: number, value: object, headers: Headers = NO_STORE): Reply => ({
  status,
  headers: { ...DATA_HEADERS, "content-type": JSON_TYPE, ...headers },
  body: JSON.stringify(value),
});

export const errorReply = (status: number, errors: readonly GraphQLFormattedError[], headers: Headers = {}): Reply =>
  json(status, { errors }, { ...NO_STORE, ...headers });

export const redirect = (location: string): Reply => ({
  status: 302,
  headers: { ...DATA_HEADERS, ...NO_STORE, location },
  body: "",
});

/** How long a client may leave an answer unread that is written as it comes about. */
const UNREAD_MS = 30_000;

/** Writes a reply. A request whose body was left unread does not get to use its connection again. */
export async function write(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Reply,
  closes: boolean,
): Promise<void> {
  if (typeof body !== "string" && !Buffer.isBuffer(body)) {
    response.writeHead(status, { ...headers, connection: "close" });
    await writeLines(response, body);
  } else {
    const unread = hasUnreadBody(request);
    response.writeHead(status, {
      ...headers,
      ...(status === 204 ? {} : { "content-length": String(Buffer.byteLength(body)) }),
      ...(unread || closes ? { connection: "close" } : {}),
    });
    if (!unread) {
      response.end(body);
      return;
    }
    response.write(body);
  }
  if (hasUnreadBody(request)) linger(request, response);
  else response.end();
}

/** Goes no faster than the client reads, and does not wait for one that no longer does. */
async function writeLines(response: ServerResponse, lines: AsyncIterable<string | Uint8Array>): Promise<void> {
  for await (const line of lines) {
    if (response.destroyed) return;
    if (response.write(line)) continue;
    await drained(response);
  }
}

function drained(response: ServerResponse): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = (): void => resolve();
  const timer = setTimeout(() => response.destroy(), UNREAD_MS);
  response.once("drain", done).once("close", done);
  return promise.finally(() => {
    clearTimeout(timer);
    response.off("drain", done).off("close", done);
  });
}

function linger(request: IncomingMessage, response: ServerResponse): void {
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, LINGER_MS);
  request.once("end", end).once("close", end).resume();
}

import type { IncomingMessage, ServerResponse } from "node:http";
import type { GraphQLFormattedError } from "graphql";
import { hasUnreadBody } from "./body.js";
import { DATA_HEADERS, type Headers, NO_STORE } from "./headers.js";

/** A whole answer, ready to be written. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string | Buffer;
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

/** Writes a reply. A request whose body was left unread does not get to use its connection again. */
export function write(request: IncomingMessage, response: ServerResponse, reply: Reply, closes: boolean): void {
  const unread = hasUnreadBody(request);
  response.writeHead(reply.status, {
    ...reply.headers,
    ...(reply.status === 204 ? {} : { "content-length": String(Buffer.byteLength(reply.body)) }),
    ...(unread || closes ? { connection: "close" } : {}),
  });
  if (!unread) {
    response.end(reply.body);
    return;
  }
  response.write(reply.body);
  linger(request, response);
}

function linger(request: IncomingMessage, response: ServerResponse): void {
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, LINGER_MS);
  request.once("end", end).once("close", end).resume();
}

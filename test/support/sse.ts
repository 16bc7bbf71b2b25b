import type { Server } from "../../src/server/http.js";
import type { Answer } from "./ask.js";
import { soon } from "./soon.js";

/** One piece of a stream: an event with its data, or a comment, which has neither. */
export interface Piece {
  readonly event: string | null;
  readonly data: string | null;
}

/** A stream of server-sent events that is read as it is asked for. */
export interface EventsClient extends AsyncDisposable {
  readonly status: number;
  readonly headers: Headers;
  /** The next piece; null once the stream is over. */
  readonly nextPiece: () => Promise<Piece | null>;
  /** The next that is not a comment. */
  readonly next: () => Promise<Piece | null>;
  readonly cut: () => void;
}

export interface Asking {
  readonly token?: string | null;
  readonly method?: string;
  readonly accept?: string;
  readonly variables?: object;
}

const EVENT_STREAM = "text/event-stream";

/** Asks over HTTP for a stream; answers whatever comes back, stream or not. */
export async function requestEvents(
  { url }: Pick<Server, "url">,
  query: string,
  { token = null, method = "POST", accept = EVENT_STREAM, variables = {} }: Asking = {},
  signal?: AbortSignal,
): Promise<Response> {
  const headers = { accept, ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const options = { method, headers, ...(signal ? { signal } : {}) };
  if (method === "POST")
    return fetch(`${url}/graphql`, {
      ...options,
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
    });
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  return fetch(`${url}/graphql?${search.toString()}`, options);
}

/** Opens a stream. */
export async function openEvents(
  server: Pick<Server, "url">,
  query: string,
  asking: Asking = {},
): Promise<EventsClient> {
  const stop = new AbortController();
  const response = await soon(requestEvents(server, query, asking, stop.signal), () => "an answer");
  if (!response.body) throw new Error("There is no body.");
  const chunks = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const nextPiece = async (): Promise<Piece | null> => {
    for (;;) {
      const end = text.indexOf("\n\n");
      if (end >= 0) {
        const piece = text.slice(0, end);
        text = text.slice(end + 2);
        return pieceOf(piece);
      }
      const { value, done } = await soon(chunks.read(), () => "a piece of the stream");
      if (done) return null;
      text += value;
    }
  };
  const next = async (): Promise<Piece | null> => {
    for (;;) {
      const piece = await nextPiece();
      if (piece === null || piece.event !== null) return piece;
    }
  };
  const cut = (): void => stop.abort();
  return {
    status: response.status,
    headers: response.headers,
    nextPiece,
    next,
    cut,
    [Symbol.asyncDispose]: async () => cut(),
  };
}

function pieceOf(text: string): Piece {
  const lines = text.split("\n");
  const of = (name: string): string | null =>
    lines
      .find((line) => line.startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? null;
  return { event: of("event"), data: of("data") };
}

/** The first result of a subscription, as a query would have answered it. */
export async function firstResult(
  server: Pick<Server, "url">,
  token: string,
  query: string,
  variables: object = {},
): Promise<Pick<Answer<unknown>, "status" | "data" | "errors">> {
  await using stream = await openEvents(server, query, { token, variables });
  const piece = await stream.next();
  return { status: stream.status, ...(JSON.parse(piece?.data ?? "{}") as Omit<Answer<unknown>, "status">) };
}

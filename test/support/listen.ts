import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";
import { WebSocket } from "ws";
import type { Server } from "../../src/server/http.js";
import { soon } from "./soon.js";

/** One message of the protocol, as it came. */
export interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** How a connection ended. */
export interface Closed {
  readonly code: number;
  readonly reason: string;
}

export interface Subscribe {
  readonly query: string;
  readonly variables?: object;
  readonly operationName?: string;
}

/** A client of graphql-transport-ws that does nothing by itself: what comes is kept until it is asked for. */
export interface Client extends AsyncDisposable {
  /** Sends a message, or bytes as they are. */
  readonly send: (message: object | string | Buffer) => void;
  /** The next message that came or comes; fails where the connection is closed instead, or nothing comes. */
  readonly next: () => Promise<Message>;
  readonly nexts: (count: number) => Promise<readonly Message[]>;
  /** What came and was not asked for yet. */
  readonly waiting: () => readonly Message[];
  readonly subscribe: (id: string, document: TypedDocumentNode<never> | string, variables?: object) => void;
  /** Fails where anything came before the answer to a ping. */
  readonly quiet: () => Promise<void>;
  /** Resolves when the connection is closed, by whomever. */
  readonly closed: () => Promise<Closed>;
  readonly end: (code?: number) => Promise<Closed>;
  /** As where a line is cut: nothing is said. */
  readonly cut: () => void;
  /** Stops, and goes on, reading what the network brings. */
  readonly pause: () => void;
  readonly resume: () => void;
  readonly socket: WebSocket;
}

export interface Connecting {
  readonly protocol?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Opens a socket, and says nothing yet. */
export async function connect({ url }: Pick<Server, "url">, { protocol, headers }: Connecting = {}): Promise<Client> {
  const protocols = protocol === null ? [] : [protocol ?? "graphql-transport-ws"];
  const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, protocols, {
    headers,
    perMessageDeflate: false,
  });
  const closed = new Promise<Closed>((resolve) =>
    socket.once("close", (code, reason) => resolve({ code, reason: reason.toString() })),
  );
  const client = clientOf(socket, closed);
  await soon(
    new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject)),
    () => "the socket to open",
  );
  return client;
}

function clientOf(socket: WebSocket, closed: Promise<Closed>): Client {
  const kept: Message[] = [];
  let wake = Promise.withResolvers<void>();
  socket.on("message", (bytes: Buffer) => {
    kept.push(JSON.parse(bytes.toString()) as Message);
    wake.resolve();
    wake = Promise.withResolvers();
  });
  socket.on("error", () => undefined);
  const send = (message: object | string | Buffer): void =>
    socket.send(typeof message === "string" || Buffer.isBuffer(message) ? message : JSON.stringify(message));
  const gone = closed.then(({ code, reason }) => `closed with ${code} ${reason}`);
  const next = async (): Promise<Message> => {
    for (;;) {
      const first = kept.shift();
      if (first) return first;
      const came = wake.promise.then(() => null);
      const end = await soon(Promise.race([came, gone]), () => "a message");
      if (end !== null && kept.length === 0) throw new Error(`No message comes: ${end}`);
    }
  };
  return {
    send,
    next,
    nexts: async (count) => {
      const all: Message[] = [];
      while (all.length < count) all.push(await next());
      return all;
    },
    waiting: () => [...kept],
    subscribe: (id, document, variables = {}) => {
      const query = typeof document === "string" ? document : print(document);
      send({ type: "subscribe", id, payload: { query, variables } satisfies Subscribe });
    },
    quiet: async () => {
      send({ type: "ping" });
      const first = await next();
      if (first.type !== "pong") throw new Error(`Something came: ${JSON.stringify(first)}`);
    },
    closed: () => soon(closed, () => "the connection to be closed"),
    end: (code = 1000) => {
      socket.close(code);
      return closed;
    },
    cut: () => socket.terminate(),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    socket,
    [Symbol.asyncDispose]: async () => {
      socket.terminate();
      await closed;
    },
  };
}

/** A connection that was let in, by a token in its first message. */
export async function listen(server: Pick<Server, "url">, token: string, connecting: Connecting = {}): Promise<Client> {
  const client = await connect(server, connecting);
  client.send({ type: "connection_init", payload: { authorization: `Bearer ${token}` } });
  const { type } = await client.next();
  if (type !== "connection_ack") throw new Error(`It was answered with ${type}.`);
  return client;
}

/** The data of a result that has no errors. */
export function dataOf({ type, payload }: Message): object {
  const { data, errors } = (payload ?? {}) as { data?: object; errors?: unknown };
  if (type !== "next" || errors || !data) throw new Error(`This is no result: ${JSON.stringify({ type, payload })}`);
  return data;
}

/** The codes and words of a refusal. */
export const refusedWith = ({ type, payload }: Message): { code: unknown; reason: unknown; message: string }[] => {
  if (type !== "error") throw new Error(`This is no refusal: ${JSON.stringify({ type, payload })}`);
  return (payload as { message: string; extensions?: { code?: string; reason?: string } }[]).map(
    ({ message, extensions }) => ({ code: extensions?.code ?? null, reason: extensions?.reason ?? null, message }),
  );
};

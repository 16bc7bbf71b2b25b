import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";

/** What is sent on one subscription: results, then nothing, or words on why it ends, or a close. */
export interface Script {
  readonly results?: readonly object[];
  readonly errors?: readonly object[];
  readonly close?: number;
}

/** Speaks the protocol, and says what it was told to: the first script to the first who subscribes, and so on; the last again and again. */
export interface LyingGateway extends AsyncDisposable {
  readonly url: string;
  /** The variables of each subscription. */
  readonly asked: readonly Readonly<Record<string, unknown>>[];
  /** The credential that came with each connection. */
  readonly credentials: readonly unknown[];
}

interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: { readonly variables?: Record<string, unknown>; readonly authorization?: string };
}

export async function givenLyingGateway(...scripts: readonly Script[]): Promise<LyingGateway> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: () => "graphql-transport-ws" });
  await once(server, "listening");
  const asked: Record<string, unknown>[] = [];
  const credentials: unknown[] = [];
  server.on("connection", (socket) =>
    socket.on("message", (bytes: Buffer) => {
      const { type, id, payload } = JSON.parse(bytes.toString()) as Message;
      if (type === "ping") socket.send(JSON.stringify({ type: "pong" }));
      if (type === "connection_init") {
        credentials.push(payload?.authorization);
        socket.send(JSON.stringify({ type: "connection_ack" }));
      }
      if (type !== "subscribe") return;
      asked.push(payload?.variables ?? {});
      play(socket, id!, scripts[Math.min(asked.length, scripts.length) - 1] ?? {});
    }),
  );
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    credentials,
    [Symbol.asyncDispose]: async () => {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await once(server, "close");
    },
  };
}

function play(socket: WebSocket, id: string, { results = [], errors, close }: Script): void {
  for (const payload of results) socket.send(JSON.stringify({ id, type: "next", payload }));
  if (errors) socket.send(JSON.stringify({ id, type: "error", payload: errors }));
  if (close) socket.close(close);
}

/** The result that tells an event of this place. */
export const told = (cursor: string, previousCursor: string | null): object => ({
  data: {
    events: {
      __typename: "EntityRegistered",
      type: "ENTITY_REGISTERED",
      occurredAt: "2026-03-02T12:00:00.000Z",
      cursor,
      previousCursor,
    },
  },
});

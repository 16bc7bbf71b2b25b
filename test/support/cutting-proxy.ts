import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** What becomes of one connection: after so many bytes of the answer it is cut, or goes silent for good without being cut. */
export interface Fate {
  readonly afterBytes: number;
  readonly ends: "CUT" | "SILENT";
}

/** Stands between a client and a gateway, and lets connections come to grief. */
export interface CuttingProxy extends AsyncDisposable {
  readonly url: string;
  /** How many connections came to the end that they were meant for. */
  readonly ended: Readonly<Record<Fate["ends"], number>>;
  /** How many came in. */
  readonly count: () => number;
  /** How many WebSockets are open now on the side of the client. */
  readonly sockets: () => number;
  /** Cuts all that are open. */
  readonly cut: () => void;
}

/** A connection with a fate of null is left alone. */
export async function givenProxy(target: string, fateOf: (number: number) => Fate | null): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target);
  const ended = { CUT: 0, SILENT: 0 };
  const sockets = new Set<Socket>();
  const upgraded = new WeakSet<Socket>();
  let count = 0;
  const server = createServer((near) => {
    count += 1;
    const far = connect(Number(port), hostname);
    sockets.add(near);
    const over = (): void => {
      sockets.delete(near);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on("error", over).on("close", over);
    near.on("data", (chunk) => {
      if (/^upgrade: websocket/im.test(chunk.toString("latin1"))) upgraded.add(near);
      far.write(chunk);
    });
    forward(far, near, fateOf(count), (ends) => {
      ended[ends] += 1;
      if (ends === "CUT") over();
      else near.removeAllListeners("data").on("data", () => undefined);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ended,
    count: () => count,
    sockets: () => [...sockets].filter((socket) => upgraded.has(socket)).length,
    cut,
    [Symbol.asyncDispose]: async () => {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}

/** Hands on what the gateway says, to the byte at which it ends. */
function forward(far: Socket, near: Socket, fate: Fate | null, end: (ends: Fate["ends"]) => void): void {
  let left = fate?.afterBytes ?? Number.POSITIVE_INFINITY;
  far.on("data", (chunk) => {
    if (left <= 0) return;
    const part = chunk.subarray(0, Math.min(left, chunk.length));
    left -= part.length;
    near.write(part, () => {
      if (left <= 0 && fate) end(fate.ends);
    });
  });
}

import { once } from "node:events";
import { createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import type { Duplex } from "node:stream";

/** One address for many gateways: each request, and each WebSocket, goes to one of them, picked at random. */
export interface Spread extends AsyncDisposable {
  readonly url: string;
  /** How many requests went to each. */
  readonly counts: () => readonly number[];
}

/** From 0 to below 1. */
type Random = () => number;

const connected = (url: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.once("error", reject).once("connect", () => {
      socket.off("error", reject);
      resolve(socket);
    });
  });

/** A gateway that takes connections; one that does not is passed over, and nothing has been sent to it. */
async function anyOf(urls: readonly string[], random: Random, counts: number[]): Promise<Socket | null> {
  const left = urls.map((_url, index) => index);
  while (left.length > 0) {
    const [index] = left.splice(Math.floor(random() * left.length), 1);
    const socket = await connected(urls[index!]!).catch(() => null);
    if (!socket) continue;
    counts[index!]! += 1;
    return socket;
  }
  return null;
}

/** Hands on a request and its answer as they come; whichever side is cut, the other is. */
function handOn(request: IncomingMessage, response: ServerResponse, far: Socket): void {
  const { method, url, rawHeaders } = request;
  const asked = ask({ createConnection: () => far, method, path: url, headers: rawHeaders, setHost: false });
  asked.on("error", () => {
    if (!response.writableEnded) response.destroy();
  });
  asked.on("response", (answer) => {
    response.writeHead(answer.statusCode!, answer.statusMessage, answer.rawHeaders);
    response.flushHeaders();
    answer.on("error", () => response.destroy()).pipe(response);
    answer.on("close", () => far.destroy());
  });
  response.on("close", () => far.destroy());
  request.on("error", () => far.destroy()).pipe(asked);
}

function spelled({ method, url, rawHeaders }: IncomingMessage): string {
  const lines = [`${method} ${url} HTTP/1.1`];
  for (let index = 0; index < rawHeaders.length; index += 2)
    lines.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function join(request: IncomingMessage, near: Duplex, head: Buffer, far: Socket): void {
  // What was sent before the end is handed on before it.
  far.on("error", () => near.destroy()).on("close", () => near.end());
  near.on("close", () => far.destroy());
  far.write(spelled(request));
  far.write(head);
  near.pipe(far).pipe(near);
}

/** Stands before gateways that may come and go. While none is there, connections are cut. */
export async function givenSpread(urls: readonly string[], random: Random = Math.random): Promise<Spread> {
  const counts = urls.map(() => 0);
  const open = new Set<Duplex>();
  const server: Server = createServer({ requestTimeout: 0 }, (request, response) => {
    void anyOf(urls, random, counts).then((far) => (far ? handOn(request, response, far) : response.destroy()));
  });
  server.on("connection", (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  server.on("upgrade", (request, near: Duplex, head) => {
    near.on("error", () => near.destroy());
    void anyOf(urls, random, counts).then((far) => (far ? join(request, near, head, far) : near.destroy()));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts: () => counts,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A line to a database that can be cut at the worst of moments. */
export interface CutLine extends AsyncDisposable {
  /** The address of the database at the other end. */
  readonly url: string;
  /** Lets the next such statement through, waits until the server has answered, and cuts instead of telling. */
  readonly cutNextAnswerTo: (statement: string) => void;
}

/** A statement without parameters, as a client sends it: its kind, its length, its text, and a zero. */
const isSimple = (chunk: Buffer, statement: string): boolean =>
  chunk[0] === "Q".charCodeAt(0) && chunk.toString("latin1", 5, chunk.length - 1) === statement;

export async function givenCutLine(databaseUrl: string): Promise<CutLine> {
  const { hostname, port } = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let statement: string | null = null;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    let isDoomed = false;
    const over = (): void => {
      near.destroy();
      far.destroy();
      sockets.delete(near);
    };
    sockets.add(near);
    for (const socket of [near, far]) socket.on("error", over).on("close", over);
    near.on("data", (chunk) => {
      if (statement !== null && isSimple(chunk, statement)) {
        isDoomed = true;
        statement = null;
      }
      far.write(chunk);
    });
    far.on("data", (chunk) => {
      if (isDoomed) over();
      else near.write(chunk);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cutNextAnswerTo: (text) => {
      statement = text;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

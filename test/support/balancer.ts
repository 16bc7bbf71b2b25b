import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** Hands each connection to one of the gateways that are in, in turn: what stands before them in earnest. */
export interface Balancer extends AsyncDisposable {
  readonly url: string;
  readonly join: (gateway: string) => void;
  /** Sends it nobody any more; resolves when all but its WebSockets have gone. */
  readonly leave: (gateway: string) => Promise<void>;
}

export async function givenBalancer(...gateways: string[]): Promise<Balancer> {
  const members = new Set(gateways);
  const plain = new Map<Socket, string>();
  const all = new Set<Socket>();
  let turn = 0;
  const server = createServer((near) => {
    const list = [...members];
    const gateway = list[(turn += 1) % list.length];
    if (!gateway) return void near.destroy();
    const { hostname, port } = new URL(gateway);
    const far = connect(Number(port), hostname);
    plain.set(near, gateway);
    all.add(near);
    near.once("data", (first) => {
      if (/^upgrade: websocket/im.test(first.toString("latin1"))) plain.delete(near);
    });
    const over = (): void => {
      plain.delete(near);
      all.delete(near);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on("error", over).on("close", over);
    near.pipe(far).pipe(near);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    join: (gateway) => void members.add(gateway),
    leave: async (gateway) => {
      members.delete(gateway);
      const left = [...plain].filter(([near, of]) => of === gateway && !near.closed);
      await Promise.all(left.map(([near]) => once(near, "close")));
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of all) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

import { WebSocket as WsSocket } from "ws";
import { givenGateway } from "../support/gateway.js";
import { createClient } from "graphql-ws";
it.each([globalThis.WebSocket, WsSocket])("x", async (Impl) => {
  await using gateway = await givenGateway();
  const { bank } = gateway;
  const log: unknown[] = [];
  const c = createClient({ url: gateway.url.replace("http", "ws") + "/graphql", webSocketImpl: Impl, retryAttempts: 0, connectionParams: { authorization: `Bearer ${bank.token}` }, on: {
    error: (e) => log.push(["error", (e as any).message, (e as any).error]), closed: (e) => log.push(["closed", (e as any).code, (e as any).reason]),
  }});
  await new Promise<void>((resolve) => {
    c.subscribe({ query: "subscription { events { cursor } }" }, { next() {}, error(e) { log.push(["sink", (e as any)?.code]); resolve(); }, complete() { resolve(); } });
    c.on("connected", () => setTimeout(() => gateway.close(), 50));
  });
  console.log(log);
});

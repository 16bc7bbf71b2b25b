import { createServer } from "node:net";
import { createHash } from "node:crypto";
import { WebSocket as Ws } from "ws";
import { createAttestryClient } from "./src/client/create-attestry-client.js";
const stage = process.argv[2]!; const impl = process.argv[3] === "ws" ? Ws : globalThis.WebSocket;
// answers the handshake and the init, then is silent for good; never closes
const server = createServer((s) => {
  s.on("error", () => {});
  let n = 0;
  s.on("data", (d) => {
    n++;
    if (n === 1) {
      if (stage === "connecting") return;
      const key = /sec-websocket-key: (.*)\r/i.exec(d.toString())![1];
      const accept = createHash("sha1").update(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest("base64");
      s.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`);
    }
    if (n === 2 && stage === "acked") { const t = Buffer.from('{"type":"connection_ack"}'); s.write(Buffer.concat([Buffer.from([0x81, t.length]), t])); }
  });
});
server.listen(0, "127.0.0.1", async () => {
  const url = `http://127.0.0.1:${(server.address() as any).port}`;
  const causes: string[] = [];
  const stream = createAttestryClient({ url, token: "x", webSocketImpl: impl as any, pingMs: process.argv[4] === "silence" ? 100 : 10000, retry: { minMs: 1, maxMs: 1 }, onRetry: (r) => causes.push(r.cause) }).events();
  const parked = stream.next();
  await new Promise((r) => setTimeout(r, 700));
  const at = performance.now();
  await stream.return!(); await parked;
  console.log(stage, process.argv[3], process.argv[4], "returned in", Math.round(performance.now() - at), "causes", causes);
  server.close(); server.unref();
  process.on("exit", () => console.log("  exit after", Math.round(performance.now() - at)));
});
server.on("connection", (s) => s.unref());

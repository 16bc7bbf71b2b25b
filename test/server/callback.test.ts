import type { IncomingHttpHeaders } from "node:http";
import { badInput, Failure } from "../../src/kernel/failure.js";
import { answerOf, converse, given, type Listening } from "./listening.js";

const PATH = "/callbacks/provider";

/** What was handed on. */
interface Taken {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

let open: Listening | null = null;
afterEach(() => open?.close());

/** A server that hands on what comes to `answer`, and what it has handed on. */
async function taking(answer: () => Promise<object> = async () => ({ taken: true })) {
  const taken: Taken[] = [];
  open = await given({
    callback: (headers, body) => {
      taken.push({ headers, text: Buffer.from(body).toString() });
      return answer();
    },
  });
  return { taken, listening: open };
}

const JSON_TYPE = { "content-type": "application/json" };

const send = ({ server }: Listening, body: string, headers: Record<string, string> = JSON_TYPE): Promise<Response> =>
  fetch(`${server.url}${PATH}`, { method: "POST", body, headers });

describe("POST /callbacks/provider", () => {
  it("hands on the headers and the very bytes, asks for no credential, and answers what came of it", async () => {
    const { taken, listening } = await taking();
    const body = '{ "b":1,\n "a" : 2 }';
    const response = await send(listening, body, { ...JSON_TYPE, "webhook-id": "msg_1" });
    expect([response.status, await response.json()]).toEqual([200, { taken: true }]);
    expect(taken).toEqual([{ headers: expect.objectContaining({ "webhook-id": "msg_1" }), text: body }]);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it.each<[number, Failure]>([
    [401, new Failure("UNAUTHENTICATED", "Not signed.")],
    [400, badInput([{ path: "body.at", message: "Must be a date." }])],
    [404, new Failure("NOT_FOUND", "Verification not found.")],
  ])("answers %s for what is refused so", async (status, failure) => {
    const { listening } = await taking(() => Promise.reject(failure));
    const response = await send(listening, "{}");
    expect(response.status).toBe(status);
    expect((await answerOf(response)).errors).toEqual([
      expect.objectContaining({
        message: failure.message,
        extensions: expect.objectContaining({ code: failure.code }),
      }),
    ]);
  });

  it("masks a bug, so that the sender tries again", async () => {
    const { listening } = await taking(() => Promise.reject(new SyntaxError("near 123-45-6789")));
    const response = await send(listening, "{}");
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("6789");
  });

  it("takes 256 KB, and refuses a byte more unread", async () => {
    const { taken, listening } = await taking();
    expect((await send(listening, " ".repeat(256 * 1024))).status).toBe(200);
    expect((await send(listening, " ".repeat(256 * 1024 + 1))).status).toBe(413);
    expect(taken).toHaveLength(1);
  });

  it("stops reading a body of unknown length at the same limit", async () => {
    const { taken, listening } = await taking();
    const piece = `${(64 * 1024).toString(16)}\r\n${" ".repeat(64 * 1024)}\r\n`;
    const head = `POST ${PATH} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`;
    expect(await converse(listening.server, head + piece.repeat(5))).toMatch(/^HTTP\/1\.1 413 /);
    expect(taken).toEqual([]);
  });

  it.each<[string, Record<string, string>]>([
    ["another type", { "content-type": "text/plain" }],
    ["a compressed body", { ...JSON_TYPE, "content-encoding": "gzip" }],
  ])("refuses %s", async (_what, headers) => {
    const { taken, listening } = await taking();
    expect((await send(listening, "{}", headers)).status).toBe(415);
    expect(taken).toEqual([]);
  });

  it("knows no other method", async () => {
    const { listening } = await taking();
    const response = await fetch(`${listening.server.url}${PATH}`);
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  });

  it("does not exist where nobody is expected to call back", async () => {
    open = await given();
    expect((await send(open, "{}")).status).toBe(404);
  });
});

import { request } from "node:http";
import { Readable } from "node:stream";
import { pino } from "pino";
import { OPERATOR } from "../../src/kernel/actor.js";
import { revokeKey } from "../../src/network/issue-key.js";
import { data } from "../support/ask.js";
import { goodLines, jsonLines, pieces, recordAt, saidIn } from "../support/bulk.js";
import { givenGateway, type Gateway } from "../support/gateway.js";
import { countOf, givenKey, givenNetwork } from "../support/given.js";
import { operation } from "../support/operation.js";
import { changedBy } from "../support/stored.js";

const MANY = 1_050;
const STORY_MS = 60_000;

/** One line of an answer. */
interface Told {
  readonly progress?: { readonly id: string; readonly lines: number };
  readonly fault?: { readonly line: number; readonly path: string; readonly message: string };
  readonly submission?: Readonly<Record<string, unknown>> & { readonly id: string };
  readonly errors?: readonly { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }[];
}

const address = ({ url, network }: Gateway, more: string): string => `${url}/furnish?network=${network}${more}`;

const headersOf = (token: string | null): Record<string, string> => ({
  "content-type": "application/x-ndjson",
  ...(token === null ? {} : { authorization: `Bearer ${token}` }),
});

/** Sends a body as a stream, and reads the answer to its end. */
async function send(
  gateway: Gateway,
  token: string | null,
  body: AsyncIterable<Uint8Array> | string,
  { more = "&key=monday", headers = {} }: { more?: string; headers?: Record<string, string> } = {},
) {
  const chunks = typeof body === "string" ? pieces(Buffer.from(body), 10_000) : body;
  const response = await fetch(address(gateway, more), {
    method: "POST",
    headers: { ...headersOf(token), ...headers },
    body: Readable.toWeb(Readable.from(chunks)) as ReadableStream,
    duplex: "half",
  });
  const text = await response.text();
  const told = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Told);
  return { status: response.status, type: response.headers.get("content-type"), told, last: told.at(-1)! };
}

const codeOf = ({ last }: { last: Told }) => last.errors?.[0]?.extensions["code"];

/** Sends again for as long as what was cut before is still being ended. */
async function insist(...call: Parameters<typeof send>): Promise<Awaited<ReturnType<typeof send>>> {
  for (;;) {
    const answer = await send(...call);
    if (codeOf(answer) !== "CONFLICT") return answer;
  }
}

/** A request that is open for writing; its answer is heard from its first line to its end, or to where it is cut. */
function opened(gateway: Gateway, token: string, more = "&key=monday") {
  const first = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<Told[]>();
  let text = "";
  const call = request(address(gateway, more), { method: "POST", headers: headersOf(token), agent: false });
  const end = (): void =>
    ended.resolve(
      text
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Told),
    );
  call.on("error", end).on("response", (response) => {
    response.setEncoding("utf8").on("error", end).on("end", end);
    response.on("data", (part: string) => {
      text += part;
      first.resolve();
    });
  });
  call.flushHeaders();
  return { call, first: first.promise, told: ended.promise };
}

/** Resolves with the first thing that matches, of things that come one by one. */
function awaited() {
  const seen = Promise.withResolvers<void>();
  return { seen: seen.promise, look: (matches: boolean): void => void (matches && seen.resolve()) };
}

const SUBMISSION = operation<{ submission: object | null }, { id: string }>(
  `query ($id: ID!) { submission(id: $id) { state lineCount badCount recordCount attestationCount } }`,
);

describe("POST /furnish", () => {
  it("takes in a stream, says how far it has come, and shows the submission in the graph", async () => {
    await using gateway = await givenGateway();
    const { status, type, told, last } = await send(gateway, gateway.vendor.token, goodLines(MANY));
    expect([status, type]).toEqual([200, "application/x-ndjson; charset=utf-8"]);
    const counts = { state: "DONE", lines: MANY, records: MANY, attestations: 2 * MANY, bad: 0 };
    expect(last.submission).toMatchObject(counts);
    expect(told[0]?.progress).toMatchObject({ id: last.submission!.id, state: "OPEN", lines: 0 });
    const { id } = last.submission!;
    expect(await data(gateway, gateway.vendor.token, SUBMISSION, { id })).toEqual({
      submission: { state: "DONE", lineCount: MANY, badCount: 0, recordCount: MANY, attestationCount: 2 * MANY },
    });
    expect(await data(gateway, gateway.bank.token, SUBMISSION, { id })).toEqual({ submission: null });
  });

  it("tells bad lines with number and path and stores the others: wrong records, a line of a megabyte, no UTF-8", async () => {
    await using gateway = await givenGateway();
    const body = Buffer.concat([
      Buffer.from(jsonLines([recordAt(0), { ...recordAt(1), socialSecurityNumber: "000-11-2222" }])),
      Buffer.alloc(1_000_000, "x"),
      Buffer.from("\n"),
      Buffer.from([0x7b, 0xff, 0x7d, 10]),
      Buffer.from(jsonLines([recordAt(2)])),
    ]);
    const { status, told, last } = await send(gateway, gateway.vendor.token, pieces(body, 10_000));
    expect(status).toBe(200);
    expect(told.flatMap(({ fault }) => (fault ? [fault] : []))).toEqual([
      { line: 2, path: "record.socialSecurityNumber", message: "Was never issued as a Social Security number." },
      { line: 3, path: "record", message: "Must be at most 262144 bytes." },
      { line: 4, path: "record", message: "Must be valid UTF-8." },
    ]);
    expect(last.submission).toMatchObject({ state: "DONE", lines: 5, records: 2, bad: 3 });
    expect(JSON.stringify(told)).not.toContain("000-11");
  });

  it(
    "goes on where the connection was cut, to the same as without a cut",
    async () => {
      const moved = awaited();
      const gone = awaited();
      // By the time a second batch is stored, the first is there for good.
      let batches = 0;
      await using gateway = await givenGateway({
        onStatement: (sql) => moved.look(/^update .submission./.test(sql) && (batches += 1) > 1),
        log: pino({}, { write: (line: string) => gone.look(line.includes("/furnish")) }),
      });
      const text = goodLines(MANY);
      const { call } = opened(gateway, gateway.vendor.token);
      call.write(text.slice(0, text.length / 2));
      await moved.seen;
      call.destroy();
      await gone.seen;
      const before = await countOf(gateway, "attestation");
      expect(before).toBeGreaterThan(0);
      expect(before).toBeLessThan(2 * MANY);
      const { last } = await insist(gateway, gateway.vendor.token, text);
      await using whole = await givenGateway();
      const uncut = await send(whole, whole.vendor.token, text);
      const { id: _id, ...counts } = uncut.last.submission!;
      expect(last.submission).toMatchObject(counts);
      expect(await saidIn(gateway)).toEqual(await saidIn(whole));
    },
    STORY_MS,
  );

  it("answers the same again under the same key, in the address or the header, and stores nothing more", async () => {
    await using gateway = await givenGateway();
    const text = `${goodLines(300)}{}\n`;
    const first = await send(gateway, gateway.vendor.token, text);
    const { result, changed } = await changedBy(gateway.app, () =>
      send(gateway, gateway.vendor.token, text, { more: "", headers: { "idempotency-key": "monday" } }),
    );
    expect(result.last).toEqual(first.last);
    expect(result.told.filter(({ fault }) => fault)).toEqual(first.told.filter(({ fault }) => fault));
    expect(changed).toEqual([]);
  });

  it("refuses what it can refuse before the first line, with the status for it", async () => {
    await using gateway = await givenGateway();
    const { vendor, fintech, stranger } = gateway;
    const other = await givenNetwork(gateway, "Other", [[vendor, "FURNISHER"]]);
    const querying = await givenKey(gateway, vendor, "query");
    await send(gateway, vendor.token, goodLines(1));
    const { changed } = await changedBy(gateway.app, async () => {
      const attempts: readonly (readonly [Promise<{ status: number; last: Told }>, number, string])[] = [
        [send(gateway, null, goodLines(1)), 401, "UNAUTHENTICATED"],
        [send(gateway, "nonsense", goodLines(1)), 401, "UNAUTHENTICATED"],
        [send(gateway, querying.token, goodLines(1)), 403, "FORBIDDEN"],
        [send(gateway, fintech.token, goodLines(1)), 403, "FORBIDDEN"],
        [send(gateway, stranger.token, goodLines(1)), 404, "NOT_FOUND"],
        [
          send(gateway, vendor.token, goodLines(1), { more: `&network=${other}&key=monday` }),
          409,
          "IDEMPOTENCY_CONFLICT",
        ],
      ];
      for (const [attempt, status, code] of attempts) {
        const answer = await attempt;
        expect([answer.status, codeOf(answer)]).toEqual([status, code]);
      }
      const wrong = ["", "&key=a&key=b", "&key=a&product=KYX", "&key=a&prodct=KYB", "&key=a%20b"];
      for (const more of wrong) {
        const answer = await send(gateway, vendor.token, goodLines(1), { more });
        expect([more, answer.status, codeOf(answer)]).toEqual([more, 400, "BAD_USER_INPUT"]);
      }
      const types: readonly Record<string, string>[] = [
        { "content-type": "application/json" },
        { "content-encoding": "gzip" },
      ];
      for (const headers of types) {
        const answer = await send(gateway, vendor.token, goodLines(1), { headers });
        expect([answer.status, codeOf(answer)]).toEqual([415, "BAD_USER_INPUT"]);
      }
    });
    expect(changed).toEqual([]);
  });

  it("says in its last line that the lines are not those of this key", async () => {
    await using gateway = await givenGateway();
    await send(gateway, gateway.vendor.token, goodLines(300));
    const answer = await send(gateway, gateway.vendor.token, goodLines(301));
    expect([answer.status, codeOf(answer)]).toEqual([200, "IDEMPOTENCY_CONFLICT"]);
    expect(await countOf(gateway, "attestation")).toBe(600);
  });

  it("lets two uploads of a participant run at once, refuses a third, and has the place again when one ends", async () => {
    await using gateway = await givenGateway();
    const { vendor, bank } = gateway;
    const running = ["one", "two"].map((key) => opened(gateway, vendor.token, `&key=${key}`));
    await Promise.all(running.map(({ first }) => first));
    const third = await send(gateway, vendor.token, goodLines(1), { more: "&key=three" });
    expect([third.status, codeOf(third)]).toEqual([429, "RATE_LIMITED"]);
    expect((await send(gateway, bank.token, goodLines(1))).status).toBe(200);
    const [first, second] = running;
    first!.call.end(goodLines(1));
    expect((await first!.told).at(-1)?.submission).toMatchObject({ state: "DONE", lines: 1 });
    expect((await send(gateway, vendor.token, goodLines(1), { more: "&key=three" })).status).toBe(200);
    second!.call.destroy();
    await second!.told;
  });

  it(
    "ends when the key is revoked, also in the middle",
    async () => {
      const moved = awaited();
      await using gateway = await givenGateway({
        onStatement: (sql) => moved.look(/^update .submission./.test(sql)),
      });
      const key = await givenKey(gateway, gateway.vendor, "furnish");
      const over = new AbortController();
      async function* lines() {
        yield Buffer.from(goodLines(200));
        await moved.seen;
        await gateway.app.commitAs(OPERATOR)((write) => revokeKey(write, key.keyId));
        while (!over.signal.aborted) {
          yield Buffer.from("\n");
          await new Promise((resolve) => void setImmediate(resolve));
        }
      }
      const answer = await send(gateway, key.token, lines()).finally(() => over.abort());
      expect([answer.status, codeOf(answer)]).toEqual([200, "UNAUTHENTICATED"]);
    },
    STORY_MS,
  );

  it("ends with a word when the gateway closes, and what was taken is kept", async () => {
    const moved = awaited();
    await using gateway = await givenGateway({
      onStatement: (sql) => moved.look(/^update .submission./.test(sql)),
    });
    const { call, told } = opened(gateway, gateway.vendor.token);
    call.write(goodLines(250));
    await moved.seen;
    await gateway.close();
    expect((await told).at(-1)?.errors?.[0]?.extensions).toMatchObject({
      code: "RATE_LIMITED",
      retryAfterMs: expect.any(Number),
    });
    const [kept] = await gateway.app.store.rows<{ state: string; lines: number }>(
      "select state, line_count as lines from submission",
    );
    expect(kept).toMatchObject({ state: "OPEN" });
    expect(kept!.lines).toBeGreaterThan(0);
    expect(await countOf(gateway, "attestation")).toBe(2 * kept!.lines);
  });
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MAX_BODY_BYTES } from "../../src/server/body.js";
import { answerOf, ask, converse, given, GOOD, type Listening, post } from "./listening.js";

let one: Listening;
beforeEach(async () => {
  one = await given();
});
afterEach(() => one.close());

const get = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${one.server.url}${path}`, { redirect: "manual", ...init });

const codes = async (response: Response): Promise<unknown[]> =>
  ((await answerOf(response)).errors ?? []).map(({ extensions }) => extensions["code"]);

describe("POST /graphql", () => {
  it("answers as the actor whom the credential names, with the cost", async () => {
    const response = await ask(one.server, "{ who }");
    expect(response.status).toBe(200);
    expect(await answerOf(response)).toEqual({
      data: { who: "par_one" },
      extensions: { cost: { requested: 1, limit: 100 } },
    });
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
  });

  it("runs the operation that is named", async () => {
    const body = { query: "query A { who } mutation B { touch }", operationName: "B" };
    expect((await answerOf(post(one.server, JSON.stringify(body)))).data).toEqual({ touch: 1 });
  });

  it("refuses a missing credential before a byte of the body is sent", async () => {
    const head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n";
    const heard = await converse(one.server, head);
    expect(heard).toMatch(/^HTTP\/1\.1 401 /);
    expect(heard).toMatch(/www-authenticate: Bearer/i);
    expect(heard).toMatch(/connection: close/i);
    expect(heard).toContain('{"errors":[{"message":');
    expect(heard).toContain('"extensions":{"code":"UNAUTHENTICATED"}');
  });

  it("refuses a credential that does not count", async () => {
    const response = await post(one.server, "{}", { ...GOOD, authorization: "Bearer bad" });
    expect(response.status).toBe(401);
    expect(await codes(response)).toEqual(["UNAUTHENTICATED"]);
  });

  it("masks a failure of the authentication itself", async () => {
    const response = await post(one.server, "{}", { ...GOOD, authorization: "Bearer broken" });
    expect(response.status).toBe(500);
    const [error] = (await answerOf(response)).errors ?? [];
    expect(error?.extensions["code"]).toBe("INTERNAL_SERVER_ERROR");
    expect((await one.logged("incident"))[0]).toMatchObject({
      incident: error?.extensions["incident"],
      name: "RangeError",
      message: "The store is away.",
    });
  });

  const nest = (depth: number): string =>
    `{"query":"{ who }","variables":{"a":${"[".repeat(depth - 2)}${"]".repeat(depth - 2)}}}`;

  it.each<[string, number, string | Uint8Array<ArrayBuffer>, Record<string, string>]>([
    ["another content type", 415, "{}", { "content-type": "text/plain" }],
    ["no content type", 415, new Uint8Array([123, 125]), { "content-type": "" }],
    ["another charset", 415, "{}", { "content-type": "application/json; charset=latin1" }],
    ["a compressed body", 415, "{}", { "content-encoding": "gzip" }],
    ["bytes that are not UTF-8", 400, new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), {}],
    ["what is not JSON", 400, "{123-45-6789", {}],
    ["an empty body", 400, "", {}],
    ["a list", 400, "[]", {}],
    ["a batch", 400, '[{"query":"{ who }"}]', {}],
    ["JSON that nests 33 deep", 400, nest(33), {}],
    ["no document", 400, "{}", {}],
    ["a document that is no text", 400, '{"query":1}', {}],
    ["variables that are no object", 400, '{"query":"{ who }","variables":[1]}', {}],
    ["extensions that are no object", 400, '{"query":"{ who }","extensions":1}', {}],
    ["a document with a wrong syntax", 400, '{"query":"{ who"}', {}],
    ["an invalid document", 400, '{"query":"{ whom }"}', {}],
    ["a variable of a wrong type", 400, '{"query":"query ($n: Int!) { count(of: $n) }","variables":{"n":"x"}}', {}],
    ["a subscription", 400, '{"query":"subscription { tick }"}', {}],
  ])("refuses %s with %i", async (_what, status, body, headers) => {
    const response = await post(one.server, body, { ...GOOD, ...headers });
    expect(response.status).toBe(status);
    expect(await codes(response)).toEqual(["BAD_USER_INPUT"]);
  });

  it("accepts JSON that nests 32 deep", async () => {
    expect((await post(one.server, nest(32))).status).toBe(200);
  });

  it("refuses an oversize body by its announced length, and closes", async () => {
    const head = `POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: Bearer good\r\ncontent-type: application/json\r\ncontent-length: ${MAX_BODY_BYTES + 1}\r\n\r\n`;
    const heard = await converse(one.server, head);
    expect(heard).toMatch(/^HTTP\/1\.1 413 /);
    expect(heard).toContain('"code":"BAD_USER_INPUT"');
  });

  it("refuses an oversize body at the first byte too many, and closes", async () => {
    const head =
      "POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: Bearer good\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    const size = MAX_BODY_BYTES + 1;
    const heard = await converse(one.server, `${head}${size.toString(16)}\r\n${" ".repeat(size)}`);
    expect(heard).toMatch(/^HTTP\/1\.1 413 /);
    expect(heard).toMatch(/connection: close/i);
  });

  it("tells a client that still writes what was wrong", async () => {
    const response = await post(one.server, " ".repeat(2 * MAX_BODY_BYTES));
    expect(response.status).toBe(413);
  });

  it("reads a body up to its limit", async () => {
    const body = JSON.stringify({ query: "{ who }" });
    expect((await post(one.server, body.padEnd(MAX_BODY_BYTES))).status).toBe(200);
  });

  it("never echoes a value", async () => {
    const asked = { query: "query ($n: Int!) { count(of: $n) }", variables: { n: "123-45-6789" } };
    const told = await (await post(one.server, JSON.stringify(asked))).text();
    expect(told).not.toContain("6789");
    expect(await (await ask(one.server, '{ count(of: "123-45-6789") }')).text()).not.toContain("6789");
  });

  it("refuses what costs too much", async () => {
    const response = await ask(one.server, "{ costly }");
    expect(response.status).toBe(400);
    expect(await codes(response)).toEqual(["QUERY_TOO_COSTLY"]);
  });

  it("answers 200 with the code of what a field refuses", async () => {
    const response = await ask(one.server, "{ refused who }");
    expect(response.status).toBe(200);
    expect(await answerOf(response)).toMatchObject({
      data: { refused: null, who: "par_one" },
      errors: [{ message: "Not for you.", path: ["refused"], extensions: { code: "FORBIDDEN" } }],
    });
  });

  it("masks a bug under an incident id, and tells the log without the data in it", async () => {
    const told = await (await ask(one.server, "{ broken }")).text();
    expect(told).not.toContain("6789");
    expect(told).not.toContain("stack");
    const { errors } = JSON.parse(told) as { errors: { extensions: { code: string; incident: string } }[] };
    expect(errors[0]?.extensions.code).toBe("INTERNAL_SERVER_ERROR");
    const [incident] = await one.logged("incident");
    expect(incident).toMatchObject({
      incident: errors[0]?.extensions.incident,
      name: "SyntaxError",
      message: null,
      level: 50,
    });
    expect(String(((incident?.["frames"] ?? []) as string[])[0])).toContain("listening.ts");
    expect((await one.logged("request"))[0]).toMatchObject({ incidents: [errors[0]?.extensions.incident] });
    expect(JSON.stringify(one.log)).not.toContain("6789");
  });

  it("masks a context that cannot be made", async () => {
    await one.close();
    one = await given({
      context: () => {
        throw new TypeError("Secret");
      },
    });
    const response = await ask(one.server, "{ who }");
    expect(response.status).toBe(500);
    expect(await codes(response)).toEqual(["INTERNAL_SERVER_ERROR"]);
  });

  it("refuses a participant whose minute is spent, and says when to come back", async () => {
    await one.close();
    one = await given({}, { costPerMinute: 2 });
    await ask(one.server, "{ who }");
    await ask(one.server, "{ whom }");
    const response = await ask(one.server, "{ who }");
    expect(response.status).toBe(429);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    const [error] = (await answerOf(response)).errors ?? [];
    expect(error?.extensions).toMatchObject({ code: "RATE_LIMITED", retryAfterMs: expect.any(Number) });
  });

  it("speaks the media type of GraphQL to those who ask for it, also in a refusal", async () => {
    const accept = "application/graphql-response+json";
    const fine = await post(one.server, '{"query":"{ who }"}', { ...GOOD, accept });
    const refused = await post(one.server, '{"query":"{ whom }"}', { ...GOOD, accept });
    expect([fine, refused].map((response) => response.headers.get("content-type"))).toEqual(
      Array(2).fill("application/graphql-response+json; charset=utf-8"),
    );
  });

  it("hides the schema where introspection is off", async () => {
    await one.close();
    one = await given({}, { introspection: false });
    expect((await ask(one.server, "{ __schema { types { name } } }")).status).toBe(400);
    expect((await ask(one.server, "{ __typename }")).status).toBe(200);
  });
});

describe("GET /graphql", () => {
  const asked = (
    search: Record<string, string>,
    headers: Record<string, string> = { "apollo-require-preflight": "1" },
  ) =>
    get(`/graphql?${new URLSearchParams(search).toString()}`, {
      headers: { authorization: "Bearer good", ...headers },
    });

  it("answers a query", async () => {
    const response = await asked({ query: "query ($n: Int!) { count(of: $n) }", variables: '{"n":3}' });
    expect((await answerOf(response)).data).toEqual({ count: 3 });
  });

  it("refuses one that any page could have caused a browser to send", async () => {
    const response = await asked({ query: "{ who }" }, {});
    expect(response.status).toBe(400);
    expect((await answerOf(response)).errors?.[0]?.message).toContain("CSRF");
  });

  it("refuses a mutation", async () => {
    const response = await asked({ query: "mutation { touch }" });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST");
  });

  it.each([
    ["no document", ""],
    ["two documents", "query={who}&query={who}"],
    ["variables that are not JSON", "query={who}&variables=%7B"],
    ["variables that are no object", "query={who}&variables=1"],
  ])("refuses %s", async (_what, search) => {
    expect((await get(`/graphql?${search}`, { headers: GOOD })).status).toBe(400);
  });
});

describe("the log", () => {
  it("has one line for a request, with what may be kept and nothing else", async () => {
    const headers = { ...GOOD, "x-request-id": "req-1" };
    const body = { query: "query Mine($n: Int!) { count(of: $n) }", variables: { n: 987654321 } };
    const response = await fetch(`${one.server.url}/graphql?name=Secret`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    await response.text();
    const [line] = await one.logged("request");
    expect(response.headers.get("x-request-id")).toBe("req-1");
    expect(line).toEqual({
      level: 30,
      time: expect.any(Number),
      msg: "request",
      method: "POST",
      path: "/graphql",
      status: 200,
      ms: expect.any(Number),
      requestId: "req-1",
      participantId: "par_one",
      operationName: "Mine",
      cost: 1,
    });
  });

  it("gives a request an id of ours where the client's is not harmless", async () => {
    const response = await get("/health", { headers: { "x-request-id": "a b" } });
    expect(response.headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/);
  });

  it("leaves out a path that we do not know", async () => {
    await get("/entities/123-45-6789");
    expect((await one.logged("request"))[0]).toMatchObject({ path: null, status: 404 });
    expect(JSON.stringify(one.log)).not.toContain("6789");
  });

  it("says so when the client went away", async () => {
    const leaving = new AbortController();
    const asked = fetch(`${one.server.url}/graphql`, {
      method: "POST",
      headers: GOOD,
      body: '{"query":"{ slow }"}',
      signal: leaving.signal,
    });
    await one.slow.started;
    leaving.abort();
    await expect(asked).rejects.toThrow("abort");
    expect((await one.logged("request"))[0]).toMatchObject({ status: 499 });
    one.slow.finish();
  });
});

describe("the other paths", () => {
  it("say that the server lives, and whether it is ready", async () => {
    expect(await (await get("/health")).json()).toEqual({ status: "ok" });
    expect((await get("/ready")).status).toBe(200);
  });

  it.each<[string, () => Promise<boolean>]>([
    ["is not ready", async () => false],
    ["cannot say", () => Promise.reject(new Error("away"))],
  ])("turn red when the store %s", async (_what, ready) => {
    await one.close();
    one = await given({ ready });
    expect((await get("/ready")).status).toBe(503);
    expect((await get("/health")).status).toBe(200);
  });

  it("publish the keys for five minutes", async () => {
    const response = await get("/.well-known/jwks.json");
    expect(await response.json()).toEqual({ keys: [] });
    expect(response.headers.get("cache-control")).toBe("public, max-age=300");
  });

  it("answer HEAD without a body", async () => {
    const response = await get("/health", { method: "HEAD" });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
  });

  it.each(["/", "/playground/", "/graphql/", "/nothing"])("do not know %s", async (path) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(await codes(response)).toEqual(["NOT_FOUND"]);
  });

  it.each([
    ["PUT", "/graphql", "GET, POST"],
    ["OPTIONS", "/graphql", "GET, POST"],
    ["POST", "/health", "GET, HEAD"],
  ])("refuse %s %s and say what is allowed", async (method, path, allow) => {
    const response = await get(path, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe(allow);
    expect(await codes(response)).toEqual(["BAD_USER_INPUT"]);
  });
});

describe("cross-origin requests", () => {
  const ORIGIN = "https://app.example";
  const preflight = (origin: string) =>
    get("/graphql", { method: "OPTIONS", headers: { origin, "access-control-request-method": "POST" } });

  it("are told nothing by default", async () => {
    expect((await preflight(ORIGIN)).headers.get("access-control-allow-origin")).toBeNull();
  });

  it("are allowed for the origins that were named, and for no other", async () => {
    await one.close();
    one = await given({}, { corsOrigins: [ORIGIN] });
    const allowed = await preflight(ORIGIN);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get("access-control-allow-headers")).toContain("authorization");
    const answered = await post(one.server, '{"query":"{ who }"}', { ...GOOD, origin: ORIGIN });
    expect(answered.headers.get("access-control-allow-origin")).toBe(ORIGIN);
    expect(answered.headers.get("vary")).toBe("origin");
    const foreign = await preflight("https://evil.example");
    expect(foreign.status).toBe(405);
    expect(foreign.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("the playground", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "playground-"));
    await writeFile(join(directory, "index.html"), "<p>page</p>");
    await one.close();
    one = await given({ playground: { directory, config: () => ({ endpoint: "/graphql" }) } });
  });
  afterEach(() => rm(directory, { recursive: true }));

  it("is where the root leads", async () => {
    for (const path of ["/", "/playground"]) expect((await get(path)).headers.get("location")).toBe("/playground/");
  });

  it("is a page that may use its own files alone", async () => {
    const response = await get("/playground/");
    expect(await response.text()).toBe("<p>page</p>");
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("content-security-policy")).toContain(
      "default-src 'none'; script-src 'self'; worker-src 'self' blob:",
    );
  });

  it("reads its configuration afresh", async () => {
    const response = await get("/playground/config.json");
    expect(await response.json()).toEqual({ endpoint: "/graphql" });
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it.each([
    "evil.example",
    "evil.example:4000",
    "127.0.0.1.evil.example",
  ])("tells a page of %s, a name that was pointed here, nothing of its configuration", async (host) => {
    const asked = `GET /playground/config.json HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`;
    expect(await converse(one.server, asked)).toMatch(/^HTTP\/1\.1 404 /);
  });

  it.each([
    "/playground/../package.json",
    "/playground/%2e%2e/package.json",
    "/playground/missing.js",
  ])("has nothing at %s", async (path) => {
    const heard = await converse(one.server, `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    expect(heard).toMatch(/^HTTP\/1\.1 404 /);
  });

  it("is not found where it was not built, and everything else works", async () => {
    await one.close();
    one = await given({ playground: { directory: join(directory, "missing"), config: () => ({}) } });
    expect((await get("/playground/")).status).toBe(404);
    expect((await get("/health")).status).toBe(200);
  });
});

describe("close", () => {
  it("lets a running request finish, and accepts no other", async () => {
    const asked = ask(one.server, "{ slow }");
    await one.slow.started;
    const closed = one.server.close();
    await expect(get("/health")).rejects.toThrow("fetch failed");
    one.slow.finish();
    const response = await asked;
    expect((await answerOf(response)).data).toEqual({ slow: 1 });
    expect(response.headers.get("connection")).toBe("close");
    await closed;
  });

  it("cuts what does not finish in time", async () => {
    await one.close();
    one = await given({}, { drainMs: 0 });
    const asked = ask(one.server, "{ slow }").then(
      () => "answered",
      () => "cut",
    );
    await one.slow.started;
    await one.server.close();
    expect(await asked).toBe("cut");
    one.slow.finish();
  });

  it("first says that it is not ready, and answers, for as long as a balancer takes to notice", async () => {
    await one.close();
    one = await given({}, { drainNoticeMs: 1_000 });
    const closed = one.server.close();
    expect((await get("/ready")).status).toBe(503);
    const response = await ask(one.server, "{ who }");
    expect((await answerOf(response)).data).toEqual({ who: "par_one" });
    expect(response.headers.get("connection")).toBe("close");
    await closed;
    await expect(get("/health")).rejects.toThrow("fetch failed");
  });

  it("may be called again", async () => {
    await Promise.all([one.server.close(), one.server.close()]);
    await expect(one.server.close()).resolves.toBeUndefined();
  });
});

describe("listen", () => {
  it("says so when the port cannot be had", async () => {
    await expect(given({}, { port: Number(new URL(one.server.url).port) })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
  });
});

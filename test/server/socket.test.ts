import { connect as connectBare } from "node:net";
import { append } from "../../src/event/append.js";
import { cursorOf } from "../../src/event/cursor.js";
import { actorOf, givenKey, givenRegistered, type Party } from "../support/given.js";
import { ask, data } from "../support/ask.js";
import { CLIENT_TOKEN } from "../support/operation.js";
import { connect, dataOf, listen, refusedWith, type Client, type Closed, type Message } from "../support/listen.js";
import { soon, until } from "../support/soon.js";
import { givenListening, kept, NOTHING, type Listening } from "../live/given-live.js";

const EVENTS = `subscription ($after: String) { events(after: $after) { type } }`;
const CHECK = `subscription ($handle: String!) { checkKyc(handle: $handle) { verificationStatus } }`;

const happens = ({ id, commit }: Party): Promise<void> =>
  commit((write) =>
    append(write, [{ type: "ENTITY_REGISTERED", participantId: id, entityId: "ent_1", subjectId: "ent_1" }]),
  );

/** Sends what it is told to, and says how the connection ended. */
async function closedAfter(client: Client, ...messages: readonly (object | string | Buffer)[]): Promise<Closed> {
  for (const message of messages) client.send(message);
  return client.closed();
}

const subscribing = (id: string, query = EVENTS, variables: object = {}): object => ({
  type: "subscribe",
  id,
  payload: { query, variables },
});

/** A subscription that is refused, as it was refused. */
async function refused(client: Client, query: string, variables: object = {}) {
  client.send(subscribing("refused", query, variables));
  const message = await client.next();
  expect(message.id).toBe("refused");
  return refusedWith(message);
}

/** A token of the bank's for Ada. */
const clientTokenOf = async (gateway: Listening): Promise<string> =>
  (await data(gateway, gateway.bank.token, CLIENT_TOKEN, { input: { handle: "ada", ttlSeconds: 900 } }))
    .createClientToken.token;

const held = ({ live }: Listening): number => live.held().groups;

/** Resolves when so many groups are kept. */
const keeps = (gateway: Listening, groups: number): Promise<void> =>
  until(
    () => held(gateway) === groups,
    () => `${groups} groups, and there are ${held(gateway)}`,
  );

describe("a socket", () => {
  it("lets in by a credential in the first message, and answers a ping at any time", async () => {
    await using gateway = await givenListening();
    await using client = await connect(gateway);
    client.send({ type: "ping", payload: { word: "x".repeat(1_000) } });
    expect(await client.next()).toEqual({ type: "pong" });
    client.send({ type: "connection_init", payload: { authorization: `Bearer ${gateway.bank.token}` } });
    expect(await client.next()).toEqual({ type: "connection_ack" });
    client.send({ type: "pong" });
    await client.quiet();
  });

  it("lets in by a credential in the header of its request", async () => {
    await using gateway = await givenListening();
    const headers = { authorization: `Bearer ${gateway.bank.token}` };
    await using client = await connect(gateway, { headers });
    client.send({ type: "connection_init" });
    expect(await client.next()).toEqual({ type: "connection_ack" });
  });

  it("believes the first message more than the header, where they differ", async () => {
    await using gateway = await givenListening();
    const headers = { authorization: `Bearer ${gateway.bank.token}` };
    await using client = await connect(gateway, { headers });
    expect(await closedAfter(client, { type: "connection_init", payload: { authorization: "Bearer x" } })).toEqual({
      code: 4403,
      reason: "Forbidden",
    });
  });

  it.each<readonly [string, object]>([
    ["no credential", { type: "connection_init" }],
    ["an unknown key", { type: "connection_init", payload: { authorization: "Bearer atk_nonsense" } }],
    ["a token of nobody's", { type: "connection_init", payload: { Authorization: "Bearer a.b.c" } }],
    ["no text", { type: "connection_init", payload: { authorization: { bearer: 1 } } }],
  ])("is closed with 4403 for %s, all in the same words", async (_words, message) => {
    await using gateway = await givenListening();
    await using client = await connect(gateway);
    expect(await closedAfter(client, message)).toEqual({ code: 4403, reason: "Forbidden" });
  });

  it.each<readonly [string, string | Buffer]>([
    ["no JSON", "{"],
    ["no object", "[]"],
    ["no type", "{}"],
    ["an unknown type", `{"type":"start","id":"1"}`],
    ["a type of the older protocol", `{"type":"connection_terminate"}`],
    ["no id", `{"type":"subscribe","payload":{"query":"{ viewer { name } }"}}`],
    ["an empty id", `{"type":"subscribe","id":"","payload":{"query":"{ viewer { name } }"}}`],
    ["no payload", `{"type":"subscribe","id":"1"}`],
    ["a query that is no text", `{"type":"subscribe","id":"1","payload":{"query":1}}`],
    ["bytes that are no text", Buffer.from([0xff, 0xfe, 0x00])],
  ])("is closed with 4400 for a message with %s, and nothing of it comes back", async (_words, message) => {
    await using gateway = await givenListening();
    await using client = await listen(gateway, gateway.bank.token);
    expect(await closedAfter(client, message)).toEqual({ code: 4400, reason: "Invalid message received" });
  });

  it("is closed with 4401 where it subscribes before it was let in", async () => {
    await using gateway = await givenListening();
    await using client = await connect(gateway);
    expect((await closedAfter(client, subscribing("1"))).code).toBe(4401);
    expect(await kept(gateway)).toEqual(NOTHING);
  });

  it.each([["graphql-ws"], [null]])("is closed with 4406 where it speaks %s", async (protocol) => {
    await using gateway = await givenListening();
    const closing = connect(gateway, { protocol }).then((client) => client.closed());
    // The library on the other side may itself refuse to go on without a protocol.
    const outcome = await closing.catch((error: Error) => error.message);
    expect([{ code: 4406, reason: "Subprotocol not acceptable" }, "Server sent no subprotocol"]).toContainEqual(
      outcome,
    );
  });

  it("is closed with 4408 where it never says who it is", async () => {
    await using gateway = await givenListening();
    await using client = await connect(gateway);
    expect((await client.closed()).code).toBe(4408);
  });

  it("is closed with 4409 where an id is used twice at a time, however long, in words of ours", async () => {
    await using gateway = await givenListening();
    for (const id of ["same", "long".repeat(100)]) {
      await using client = await listen(gateway, gateway.bank.token);
      expect(await closedAfter(client, subscribing(id), subscribing(id))).toEqual({
        code: 4409,
        reason: "A subscription of this id is running.",
      });
    }
    expect(await kept(gateway)).toEqual(NOTHING);
  });

  it("is closed with 4429 where it asks twice to be let in", async () => {
    await using gateway = await givenListening();
    const init = { type: "connection_init", payload: { authorization: `Bearer ${gateway.bank.token}` } };
    await using client = await connect(gateway);
    expect((await closedAfter(client, init, init)).code).toBe(4429);
    expect(await kept(gateway)).toEqual(NOTHING);
  });

  it("is closed with 1008 for too many messages in a row", async () => {
    await using gateway = await givenListening();
    await using client = await listen(gateway, gateway.bank.token);
    const flood = Array.from({ length: 150 }, () => ({ type: "ping" }));
    expect(await closedAfter(client, ...flood)).toEqual({ code: 1008, reason: "Too many messages." });
  });

  it("is closed with 1009 for a message that is too large, before it was let in too", async () => {
    await using gateway = await givenListening();
    const large = JSON.stringify({ type: "ping", payload: { word: "x".repeat(300_000) } });
    await using stranger = await connect(gateway);
    expect((await closedAfter(stranger, large)).code).toBe(1009);
    await using client = await listen(gateway, gateway.bank.token);
    client.subscribe("1", EVENTS);
    expect((await closedAfter(client, large)).code).toBe(1009);
    expect(await kept(gateway)).toEqual(NOTHING);
  });

  it("is closed for a message in very many pieces", async () => {
    await using gateway = await givenListening();
    await using client = await listen(gateway, gateway.bank.token);
    for (let n = 0; n < 200; n += 1) client.socket.send("x", { fin: false });
    expect((await client.closed()).code).toBe(1008);
  });

  it("is gone at once where the line is cut, with everything that it had", async () => {
    await using gateway = await givenListening();
    const client = await listen(gateway, gateway.bank.token);
    client.subscribe("1", EVENTS);
    await keeps(gateway, 1);
    client.cut();
    expect(await kept(gateway)).toEqual(NOTHING);
  });

  it("keeps nothing of who is cut off while it is let in, or while a subscription begins", async () => {
    await using gateway = await givenListening();
    await givenRegistered(gateway.bank);
    const phone = await clientTokenOf(gateway);
    for (let n = 0; n < 30; n += 1) {
      const client = await connect(gateway);
      const token = n % 3 === 2 ? phone : gateway.bank.token;
      client.send({ type: "connection_init", payload: { authorization: `Bearer ${token}` } });
      if (n % 3 === 0) await client.next();
      if (n % 3 < 2) for (const id of ["1", "2", "3"]) client.send(subscribing(id));
      client.cut();
    }
    await using witness = await listen(gateway, gateway.bank.token);
    await witness.end();
    expect(await kept(gateway)).toEqual(NOTHING);
  });
});

describe("an upgrade", () => {
  const opening = async (gateway: Listening, path: string, headers: Record<string, string>): Promise<string> => {
    const { hostname, port } = new URL(gateway.url);
    const lines = [
      `GET ${path} HTTP/1.1`,
      `host: ${hostname}:${port}`,
      "connection: upgrade",
      "upgrade: websocket",
      "sec-websocket-version: 13",
      "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
      "sec-websocket-protocol: graphql-transport-ws",
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ];
    const bare = connectBare(Number(port), hostname, () => bare.write(`${lines.join("\r\n")}\r\n\r\n`));
    const first = new Promise<string>((resolve, reject) => {
      bare.once("data", (chunk: Buffer) => resolve(chunk.toString().split("\r\n")[0]!));
      bare.once("error", reject).once("close", () => reject(new Error("It was closed without an answer.")));
    });
    return soon(first, () => "an answer to the upgrade").finally(() => bare.destroy());
  };

  it("is refused to the page of another origin, and to one that sends nonsense", async () => {
    await using gateway = await givenListening();
    const { host } = new URL(gateway.url);
    for (const origin of ["https://evil.example", `http://evil.example?${host}`, "null", `http://${host}.evil.example`])
      expect(await opening(gateway, "/graphql", { origin })).toBe("HTTP/1.1 403 Forbidden");
  });

  it("is granted to no page at all, to its own, and to one of an origin that is configured", async () => {
    await using gateway = await givenListening({}, { corsOrigins: ["https://app.example"] });
    const own = new URL(gateway.url).origin;
    const all: Record<string, string>[] = [{}, { origin: own }, { origin: "https://app.example" }];
    for (const headers of all)
      expect(await opening(gateway, "/graphql", headers)).toBe("HTTP/1.1 101 Switching Protocols");
  });

  it("is refused on any other path", async () => {
    await using gateway = await givenListening();
    expect(await opening(gateway, "/", {})).toBe("HTTP/1.1 404 Not Found");
    expect(await opening(gateway, "/graphql/x", {})).toBe("HTTP/1.1 404 Not Found");
  });

  it("is refused once the gateway stops, on a connection that was there before too", async () => {
    const gateway = await givenListening();
    const { hostname, port } = new URL(gateway.url);
    const bare = connectBare(Number(port), hostname);
    await new Promise((resolve) => bare.once("connect", resolve));
    const heard: string[] = [];
    bare.on("data", (chunk: Buffer) => heard.push(chunk.toString()));
    const gone = new Promise((resolve) => bare.once("close", resolve).on("error", () => undefined));
    const closing = gateway.close();
    bare.write(
      "GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n" +
        "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    );
    await soon(Promise.all([closing, gone]), () => "the gateway to stop");
    expect(heard.join("")).not.toContain("101");
    await gateway[Symbol.asyncDispose]();
  });
});

describe("subscribe", () => {
  it("sends each result under its id, several at a time on one socket", async () => {
    await using gateway = await givenListening();
    await givenRegistered(gateway.bank);
    await using client = await listen(gateway, gateway.bank.token);
    client.subscribe("state", CHECK, { handle: "ada" });
    expect(await client.next()).toEqual({
      type: "next",
      id: "state",
      payload: { data: { checkKyc: { verificationStatus: "UNVERIFIED" } } },
    });
    client.subscribe(`a "name"`, EVENTS);
    await keeps(gateway, 2);
    await happens(gateway.bank);
    expect(await client.next()).toEqual({
      type: "next",
      id: `a "name"`,
      payload: { data: { events: { type: "ENTITY_REGISTERED" } } },
    });
  });

  it("is ended by complete at once, without a word, and nothing is kept", async () => {
    await using gateway = await givenListening();
    await using client = await listen(gateway, gateway.bank.token);
    await using witness = await listen(gateway, gateway.fintech.token);
    client.subscribe("1", EVENTS);
    witness.subscribe("1", EVENTS);
    await keeps(gateway, 2);
    client.send({ type: "complete", id: "1" });
    await keeps(gateway, 1);
    await happens(gateway.bank);
    await happens(gateway.fintech);
    await witness.next();
    await client.quiet();
    await witness.end();
    await client.end();
    expect(await kept(gateway)).toEqual(NOTHING);
  });

  it("may be asked for again under the same id once it was completed, however quickly", async () => {
    await using gateway = await givenListening();
    await using client = await listen(gateway, gateway.bank.token);
    for (let n = 0; n < 20; n += 1) {
      client.subscribe("1", EVENTS);
      client.send({ type: "complete", id: "1" });
    }
    client.subscribe("1", EVENTS);
    await client.quiet();
    await keeps(gateway, 1);
    await happens(gateway.bank);
    expect((await client.next()).type).toBe("next");
    await client.quiet();
    client.send({ type: "complete", id: "1" });
    await keeps(gateway, 0);
    expect(client.socket.readyState).toBe(client.socket.OPEN);
  });

  it("takes no notice of a complete for what is not running", async () => {
    await using gateway = await givenListening();
    await using client = await listen(gateway, gateway.bank.token);
    client.send({ type: "complete", id: "never" });
    client.send({ type: "ping" });
    expect(await client.next()).toEqual({ type: "pong" });
  });

  it("is refused the 51st time on one socket, though all are asked for at once, and granted again once one has ended", async () => {
    await using gateway = await givenListening();
    await using client = await listen(gateway, gateway.bank.token);
    for (let n = 1; n <= 51; n += 1) client.subscribe(String(n), EVENTS);
    const message = await client.next();
    expect([message.id, refusedWith(message)]).toEqual([
      "51",
      [{ code: "RATE_LIMITED", reason: null, message: "At most 50 subscriptions run on a connection." }],
    ]);
    client.send({ type: "complete", id: "7" });
    client.subscribe("51", EVENTS);
    await client.quiet();
    await happens(gateway.bank);
    const told = await client.nexts(50);
    expect(new Set(told.map(({ id }) => id)).size).toBe(50);
    expect(told.some(({ id }) => id === "7")).toBe(false);
  });

  it.each([
    ["query", `{ viewer { participant { name } } }`, "Queries are not answered here."],
    [
      "mutation",
      `mutation { withdrawConsent(input: { consentId: "con_1" }) { consent { id } } }`,
      "Mutations are not answered here.",
    ],
  ])("refuses a %s", async (_kind, document, message) => {
    await using gateway = await givenListening();
    await using client = await listen(gateway, gateway.bank.token);
    expect(await refused(client, document)).toEqual([{ code: "BAD_USER_INPUT", reason: null, message }]);
  });

  it("refuses by the limits of every other way in", async () => {
    await using gateway = await givenListening({}, { introspection: false, costLimit: 6 });
    await using client = await listen(gateway, gateway.bank.token);
    const codes = async (document: string, variables: object = {}): Promise<unknown[]> => [
      ...new Set((await refused(client, document, variables)).map(({ code }) => code)),
    ];
    const doubling = Array.from({ length: 22 }, (_, n) => `fragment F${n} on Event { ...F${n + 1} ...F${n + 1} }`);
    const deep = (depth: number): string =>
      depth === 0 ? "id" : `subject { ... on Entity { certificates { edges { node { ${deep(depth - 1)} } } } } }`;
    expect(
      await codes(`subscription { events { ...F0 } } ${doubling.join(" ")} fragment F22 on Event { type }`),
    ).toEqual(["QUERY_TOO_COSTLY"]);
    expect(await codes(`subscription { certificate(id: "cert_1") { ${deep(9)} } }`)).toEqual(["QUERY_TOO_COSTLY"]);
    expect(await codes(`subscription { checkKyc(handle: "a") { verificationHistory { id } entity { id } } }`)).toEqual([
      "QUERY_TOO_COSTLY",
    ]);
    expect(await codes(`subscription A { events { type } } query B { __schema { types { name } } }`)).toEqual([
      "BAD_USER_INPUT",
    ]);
    expect(await codes(`subscription { __typename }`)).toEqual(["BAD_USER_INPUT"]);
    expect(await codes(`subscription { events { type } checkKyc(handle: "a") { success } }`)).toEqual([
      "BAD_USER_INPUT",
    ]);
    expect(await codes(`subscription { events { type ${" ".repeat(110_000)} } }`)).toEqual(["QUERY_TOO_COSTLY"]);
    await nothingKeptBy(client, gateway);
  });

  it("takes an id of 1,000 characters, and refuses a longer one", async () => {
    await using gateway = await givenListening();
    await using client = await listen(gateway, gateway.bank.token);
    client.send(subscribing("i".repeat(1_001)));
    expect(refusedWith(await client.next()).map(({ code }) => code)).toEqual(["BAD_USER_INPUT"]);
    const id = "i".repeat(1_000);
    client.send(subscribing(id, `subscription { checkKyc(handle: "nobody") { success } }`));
    expect(refusedWith(await client.next()).map(({ code }) => code)).toEqual(["NOT_FOUND"]);
    await nothingKeptBy(client, gateway);
  });

  it("charges what it costs, and one where it is refused, to the budget of the participant", async () => {
    await using gateway = await givenListening({}, { costPerMinute: 30 });
    await using client = await listen(gateway, gateway.bank.token);
    for (let n = 0; n < 15; n += 1) await refused(client, "nonsense");
    client.subscribe("1", EVENTS);
    expect((await refused(client, EVENTS)).map(({ code }) => code)).toEqual(["RATE_LIMITED"]);
    expect((await ask(gateway, gateway.bank.token, `{ __typename }`)).status).toBe(200);
  });

  it("refuses with codes, masks what is ours, and repeats nothing that was sent", async () => {
    await using gateway = await givenListening();
    await using client = await listen(gateway, gateway.bank.token);
    const secret = "212-55-0101";
    const { fintech, app } = gateway;
    const answers = [
      await refused(client, EVENTS, { after: secret }),
      await refused(client, EVENTS, { after: cursorOf(app.vault, fintech.id, 1) }),
      await refused(client, EVENTS, { after: cursorOf(app.vault, gateway.bank.id, 1_000) }),
      await refused(client, CHECK, { handle: secret }),
      await refused(client, `subscription { certificate(id: "${secret}") { status } }`),
      await refused(client, EVENTS, { after: { number: secret } }),
      await refused(client, `subscription { events(types: ["${secret}"]) { type } }`),
      await refused(client, `subscription { events { type } "${secret}"`),
    ];
    expect(answers.map((errors) => errors[0]!.code)).toEqual([
      "CURSOR_INVALID",
      "CURSOR_INVALID",
      "CURSOR_INVALID",
      "NOT_FOUND",
      "NOT_FOUND",
      "BAD_USER_INPUT",
      "BAD_USER_INPUT",
      "BAD_USER_INPUT",
    ]);
    expect(JSON.stringify(answers)).not.toContain(secret);
    await nothingKeptBy(client, gateway);
  });

  it("refuses what a key may not, as any other way in does", async () => {
    await using gateway = await givenListening();
    const { token } = await givenKey(gateway, gateway.bank, "policies");
    await using client = await listen(gateway, token);
    expect((await refused(client, EVENTS)).map(({ code }) => code)).toEqual(["FORBIDDEN"]);
    expect((await refused(client, CHECK, { handle: "ada" })).map(({ code }) => code)).toEqual(["FORBIDDEN"]);
  });

  it("masks a fault of ours, and keeps it under an id", async () => {
    await using gateway = await givenListening();
    await givenRegistered(gateway.bank);
    await gateway.bank.commit((write) => write.rows("alter table membership rename to elsewhere"));
    await using client = await listen(gateway, gateway.bank.token);
    client.subscribe("1", `subscription { certificate(id: "cert_1") { status } }`);
    expect(refusedWith(await client.next())[0]!.code).toBe("NOT_FOUND");
    await gateway.bank.commit((write) => write.rows("alter table registration rename to away"));
    const [error] = await refused(client, CHECK, { handle: "ada" });
    expect(error).toEqual({
      code: "INTERNAL_SERVER_ERROR",
      reason: null,
      message: "Something went wrong on our side. Quote the incident id.",
    });
    expect(gateway.logged.some((line) => line.includes(`"incident"`))).toBe(true);
  });
});

/** Nothing is kept but the socket's own credential. */
async function nothingKeptBy(client: Client, { live }: Listening): Promise<void> {
  await client.quiet();
  expect(live.held()).toEqual({ groups: 0, interests: 0, credentials: 1 });
}

describe("stop", () => {
  it("tells every subscriber to connect again, and leaves nothing", async () => {
    await using gateway = await givenListening();
    const clients = await Promise.all([1, 2, 3].map(() => listen(gateway, gateway.bank.token)));
    for (const client of clients) client.subscribe("1", EVENTS);
    await keeps(gateway, 1);
    const closing = gateway.close();
    const ends = await Promise.all(clients.map((client) => client.closed()));
    expect(ends).toEqual(clients.map(() => ({ code: 1001, reason: "The gateway is stopping: connect again." })));
    await closing;
    expect(await kept(gateway)).toEqual(NOTHING);
  });

  it("does not wait for who does not answer", async () => {
    await using gateway = await givenListening();
    await using client = await listen(gateway, gateway.bank.token);
    client.subscribe("1", EVENTS);
    await keeps(gateway, 1);
    client.pause();
    await soon(gateway.close(), () => "the gateway to stop", 4_000);
    expect(await kept(gateway)).toEqual(NOTHING);
  });
});

describe("who shares a stream", () => {
  it("gets results by its own rights: what is for staff is null for a client token", async () => {
    await using gateway = await givenListening();
    const { bank } = gateway;
    const entityId = await givenRegistered(bank);
    const token = await clientTokenOf(gateway);
    const REASON = `subscription { events { type ... on AttestationStatusChanged { reason } } }`;
    await using staff = await listen(gateway, bank.token);
    await using phone = await listen(gateway, token);
    for (const one of [staff, phone]) one.subscribe("1", REASON);
    await keeps(gateway, 2);
    await bank.commit((write) =>
      append(write, [
        {
          type: "ATTESTATION_STATUS_CHANGED",
          participantId: bank.id,
          entityId,
          subjectId: "att_1",
          from: "ACTIVE",
          to: "REVOKED",
          reason: "Taken by mistake.",
        },
      ]),
    );
    const reasonOf = (message: Message): string | null =>
      (dataOf(message) as { events: { reason: string | null } }).events.reason;
    expect([reasonOf(await staff.next()), reasonOf(await phone.next())]).toEqual(["Taken by mistake.", null]);
  });

  it("is not somebody of another participant, who hears nothing of it", async () => {
    await using gateway = await givenListening();
    await using own = await listen(gateway, gateway.bank.token);
    await using other = await listen(gateway, gateway.fintech.token);
    for (const one of [own, other]) one.subscribe("1", EVENTS);
    await keeps(gateway, 2);
    await happens(gateway.bank);
    await own.next();
    await other.quiet();
    expect(actorOf(gateway.bank.id).participantId).not.toBe(gateway.fintech.id);
  });
});

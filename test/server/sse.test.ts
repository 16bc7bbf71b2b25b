import type { IncomingMessage } from "node:http";
import { EventEmitter } from "node:events";
import { append } from "../../src/event/append.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import { revokeKey } from "../../src/network/issue-key.js";
import { createEventStreams } from "../../src/server/sse.js";
import { givenListening, givenLive, kept, NOTHING, type Listening } from "../live/given-live.js";
import { givenKey, givenRegistered, type Party } from "../support/given.js";
import { openEvents, requestEvents, type EventsClient, type Piece } from "../support/sse.js";
import { soon, until } from "../support/soon.js";

const EVENTS = `subscription ($after: String) { events(after: $after) { type } }`;
const CHECK = `subscription ($handle: String!) { checkKyc(handle: $handle) { verificationStatus } }`;

const happens = ({ id, commit }: Party): Promise<void> =>
  commit((write) =>
    append(write, [{ type: "ENTITY_REGISTERED", participantId: id, entityId: "ent_1", subjectId: "ent_1" }]),
  );

const COMMENT: Piece = { event: null, data: null };
const COMPLETE: Piece = { event: "complete", data: "" };

/** The result that a piece carries. */
const resultOf = (piece: Piece | null): unknown => {
  if (piece?.event !== "next") throw new Error(`This is no result: ${JSON.stringify(piece)}`);
  return JSON.parse(piece.data!);
};

const TOLD = { data: { events: { type: "ENTITY_REGISTERED" } } };

const keeps = ({ live }: Listening, groups: number): Promise<void> =>
  until(
    () => live.held().groups === groups,
    () => `${groups} groups, and there are ${live.held().groups}`,
  );

/** A stream of the bank's events that has begun. */
const opened = (gateway: Listening, token = gateway.bank.token): Promise<EventsClient> =>
  openEvents(gateway, EVENTS, { token });

describe("a subscription over HTTP", () => {
  it.each(["POST", "GET"])("by %s is a stream of events, which begins before anything happens", async (method) => {
    await using gateway = await givenListening();
    await using stream = await openEvents(gateway, EVENTS, { token: gateway.bank.token, method });
    expect([stream.status, stream.headers.get("content-type"), stream.headers.get("cache-control")]).toEqual([
      200,
      "text/event-stream; charset=utf-8",
      "no-store",
    ]);
    expect(await stream.nextPiece()).toEqual(COMMENT);
    await happens(gateway.bank);
    await happens(gateway.bank);
    expect([resultOf(await stream.next()), resultOf(await stream.next())]).toEqual([TOLD, TOLD]);
  });

  it("shows a state first, then what becomes of it", async () => {
    await using gateway = await givenListening();
    await givenRegistered(gateway.bank);
    const asking = { token: gateway.bank.token, variables: { handle: "ada" } };
    await using stream = await openEvents(gateway, CHECK, asking);
    expect(resultOf(await stream.next())).toEqual({ data: { checkKyc: { verificationStatus: "UNVERIFIED" } } });
  });

  it("takes the group away when its one reader goes", async () => {
    await using gateway = await givenListening();
    const stream = await opened(gateway);
    await stream.nextPiece();
    await keeps(gateway, 1);
    stream.cut();
    expect(await kept(gateway)).toEqual(NOTHING);
  });

  it("leaves the group to others when one of its readers goes", async () => {
    await using gateway = await givenListening();
    const stream = await opened(gateway);
    await using other = await opened(gateway);
    await stream.nextPiece();
    stream.cut();
    await until(
      () => gateway.live.held().credentials === 1,
      () => "one to be left",
    );
    const later = await opened(gateway);
    await happens(gateway.bank);
    expect([resultOf(await other.next()), resultOf(await later.next())]).toEqual([TOLD, TOLD]);
    other.cut();
    later.cut();
    expect(await kept(gateway)).toEqual(NOTHING);
  });

  it("keeps nothing of who goes while the stream begins", async () => {
    await using gateway = await givenListening();
    for (let n = 0; n < 20; n += 1) {
      const stop = new AbortController();
      const asked = requestEvents(gateway, EVENTS, { token: gateway.bank.token }, stop.signal).catch(() => null);
      if (n % 2 === 0) await new Promise((resolve) => setImmediate(resolve));
      stop.abort();
      await asked;
    }
    expect(await kept(gateway)).toEqual(NOTHING);
  });

  it("says why it is over where its credential ends, and completes", async () => {
    await using gateway = await givenListening();
    const { keyId, token } = await givenKey(gateway, gateway.bank, "query");
    await using stream = await opened(gateway, token);
    await stream.nextPiece();
    await gateway.app.commitAs(OPERATOR)((write) => revokeKey(write, keyId));
    expect(resultOf(await stream.next())).toEqual({
      errors: [
        {
          message: "The key behind this credential was revoked, or has expired.",
          extensions: { code: "UNAUTHENTICATED", reason: "KEY_REVOKED" },
        },
      ],
    });
    expect([await stream.nextPiece(), await stream.nextPiece()]).toEqual([COMPLETE, null]);
    expect(await kept(gateway)).toEqual(NOTHING);
  });

  it("completes when the gateway stops, which waits for it", async () => {
    await using gateway = await givenListening();
    await using stream = await opened(gateway);
    await stream.nextPiece();
    const closing = gateway.close();
    expect([await stream.next(), await stream.nextPiece()]).toEqual([COMPLETE, null]);
    await soon(closing, () => "the gateway to stop");
    expect(await kept(gateway)).toEqual(NOTHING);
  });

  it("says something from time to time, so that nobody in between takes it for dead", async () => {
    await using world = await givenLive();
    const { live, bank, subscribed } = world;
    const streams = createEventStreams(live, 1);
    const request = { socket: new EventEmitter() } as unknown as IncomingMessage;
    const { body } = await streams.reply(request, bank.actor, subscribed(EVENTS));
    const pieces = (body as AsyncIterable<Buffer | string>)[Symbol.asyncIterator]();
    const said: string[] = [];
    while (said.length < 4) said.push(String((await pieces.next()).value));
    expect(said).toEqual([":\n\n", ":\n\n", ":\n\n", ":\n\n"]);
    streams.stop();
    request.socket.emit("close");
    expect(await kept(world)).toEqual(NOTHING);
  });

  it("begins no more once it has stopped", async () => {
    await using world = await givenLive();
    const { live, bank, subscribed } = world;
    const streams = createEventStreams(live);
    streams.stop();
    const request = { socket: new EventEmitter() } as unknown as IncomingMessage;
    const { body } = await streams.reply(request, bank.actor, subscribed(EVENTS));
    const said: string[] = [];
    for await (const piece of body as AsyncIterable<Buffer | string>) said.push(String(piece));
    expect(said).toEqual([":\n\n", "event: complete\ndata:\n\n"]);
    expect(await kept(world)).toEqual(NOTHING);
  });
});

describe("what is refused before a stream begins", () => {
  const refused = async (gateway: Listening, query: string, asking: Parameters<typeof requestEvents>[2]) => {
    const response = await requestEvents(gateway, query, asking);
    const body = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] };
    return { status: response.status, type: response.headers.get("content-type"), errors: body.errors };
  };

  it.each<readonly [string, number, string, string, object]>([
    ["a cursor of nobody's", 400, "CURSOR_INVALID", EVENTS, { after: "212-55-0101" }],
    ["a handle of nobody's", 404, "NOT_FOUND", CHECK, { handle: "212-55-0101" }],
    ["a variable that does not fit", 400, "BAD_USER_INPUT", CHECK, { handle: { number: "212-55-0101" } }],
    ["a document that is none", 400, "BAD_USER_INPUT", "subscription { events {", {}],
    ["two fields", 400, "BAD_USER_INPUT", `subscription { events { type } checkKyc(handle: "a") { success } }`, {}],
    ["a query", 400, "BAD_USER_INPUT", "{ viewer { __typename } }", {}],
    ["a mutation", 400, "BAD_USER_INPUT", `mutation { withdrawConsent(input: { consentId: "c" }) { __typename } }`, {}],
  ])("is JSON with its own status: %s is %d", async (_words, status, code, query, variables) => {
    await using gateway = await givenListening();
    const { token } = gateway.bank;
    const answer = await refused(gateway, query, { token, variables });
    expect([answer.status, answer.errors[0]!.extensions.code]).toEqual([status, code]);
    expect(answer.type).toMatch(/^application\/(graphql-response\+)?json/);
    expect(JSON.stringify(answer)).not.toContain("212-55-0101");
    expect(await kept(gateway)).toEqual(NOTHING);
  });

  it("says that queries are not answered as streams, and subscriptions only so", async () => {
    await using gateway = await givenListening();
    const { token } = gateway.bank;
    const words = async (query: string, accept: string): Promise<string> =>
      (await refused(gateway, query, { token, accept })).errors[0]!.message;
    expect(await words("{ viewer { __typename } }", "text/event-stream")).toBe("Queries are not answered here.");
    expect(await words(EVENTS, "application/json")).toBe("Subscriptions are not answered here.");
  });

  it("needs a credential that counts, and one that may", async () => {
    await using gateway = await givenListening();
    const { token } = await givenKey(gateway, gateway.bank, "policies");
    const status = async (by: string | null): Promise<unknown[]> => {
      const answer = await refused(gateway, EVENTS, { token: by });
      return [answer.status, answer.errors[0]!.extensions.code];
    };
    expect(await status(null)).toEqual([401, "UNAUTHENTICATED"]);
    expect(await status("atk_nonsense")).toEqual([401, "UNAUTHENTICATED"]);
    expect(await status(token)).toEqual([403, "FORBIDDEN"]);
    expect(await kept(gateway)).toEqual(NOTHING);
  });

  it("is any other method", async () => {
    await using gateway = await givenListening();
    for (const method of ["HEAD", "PUT"]) {
      const response = await requestEvents(gateway, EVENTS, { token: gateway.bank.token, method });
      expect([method, response.status, response.headers.get("allow")]).toEqual([method, 405, "GET, POST"]);
    }
    expect(await kept(gateway)).toEqual(NOTHING);
  });
});

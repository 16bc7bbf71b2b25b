import { WebSocket } from "ws";
import { AttestryError, BEGINNING } from "../../src/client/create-attestry-client.js";
import { createClientToken } from "../../src/entity/client-token.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import { revokeKey } from "../../src/network/issue-key.js";
import { givenProxy } from "../support/cutting-proxy.js";
import { givenGateway } from "../support/gateway.js";
import { givenKey } from "../support/given.js";
import { givenLyingGateway, told } from "./lying-gateway.js";
import { count, cursorsOf, errorOf, givenPeople, givenPerson, logOf, quickClient, taken } from "./told.js";

const BUSY = [{ message: "Too much.", extensions: { code: "RATE_LIMITED", retryAfterMs: 3 } }];
const BROKEN = [{ message: "Something went wrong.", extensions: { code: "INTERNAL_SERVER_ERROR" } }];

describe("a stream", () => {
  it("ends with CURSOR_INVALID behind a cursor that is not the caller's", async () => {
    await using gateway = await givenGateway();
    const { bank, vendor } = gateway;
    await givenPerson(vendor, 1);
    const [foreign] = await logOf(vendor);
    const stream = quickClient({ url: gateway.url, token: bank.token }).events({ after: foreign!.cursor });
    const error = await errorOf(stream);
    expect(error).toBeInstanceOf(AttestryError);
    expect(error).toMatchObject({ code: "CURSOR_INVALID", reason: null });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it("ends with CURSOR_EXPIRED behind what is not kept any more", async () => {
    await using gateway = await givenGateway();
    const { bank, app } = gateway;
    await givenPeople(bank, 1, 4);
    const [first] = await logOf(bank);
    await app.commitAs(OPERATOR)((write) => write.rows("delete from event where seq < 4"));
    const client = quickClient({ url: gateway.url, token: bank.token });
    expect(await errorOf(client.events({ after: first!.cursor }))).toMatchObject({ code: "CURSOR_EXPIRED" });
  });

  it("ends with UNAUTHENTICATED for a credential that is not accepted", async () => {
    await using gateway = await givenGateway();
    const client = quickClient({ url: gateway.url, token: "atk_unknown" });
    expect(await errorOf(client.events())).toMatchObject({ code: "UNAUTHENTICATED" });
    expect(await errorOf(client.events({ after: BEGINNING }))).toMatchObject({ code: "UNAUTHENTICATED" });
  });

  it("ends with the reason where the key is revoked while it runs, behind what was told before", async () => {
    await using gateway = await givenGateway();
    const { bank, app } = gateway;
    const key = await givenKey(gateway, bank, "entities");
    await givenPerson(bank, 1);
    const stream = quickClient({ url: gateway.url, token: key.token }).events({ after: BEGINNING });
    await stream.next();
    await givenPerson(bank, 2);
    await stream.next();
    await app.commitAs(OPERATOR)((write) => revokeKey(write, key.keyId));
    expect(await errorOf(stream)).toMatchObject({ code: "UNAUTHENTICATED", reason: "KEY_REVOKED" });
  });

  it("ends with FORBIDDEN where the credential does not allow it", async () => {
    await using gateway = await givenGateway();
    const key = await givenKey(gateway, gateway.bank, "policies");
    const client = quickClient({ url: gateway.url, token: key.token });
    expect(await errorOf(client.events())).toMatchObject({ code: "FORBIDDEN" });
  });

  it("ends with what is wrong with a selection", async () => {
    await using gateway = await givenGateway();
    const client = quickClient({ url: gateway.url, token: gateway.bank.token });
    expect(await errorOf(client.events({ selection: "nothing" }))).toBeInstanceOf(AttestryError);
  });

  it.each([
    [4400, { code: "BAD_USER_INPUT" }],
    [4401, { code: "UNAUTHENTICATED", reason: "TOKEN_EXPIRED" }],
    [4403, { code: "UNAUTHENTICATED", reason: "KEY_REVOKED" }],
  ])("ends where a gateway closes with %d", async (close, error) => {
    await using gateway = await givenLyingGateway({ close });
    expect(await errorOf(quickClient({ url: gateway.url, token: "any" }).events())).toMatchObject(error);
  });

  it.each([1000, 1001, 1008, 1011, 4408, 4500])("goes on where a gateway closes with %d", async (close) => {
    await using gateway = await givenLyingGateway({ results: [told("a", null)], close }, { results: [told("b", "a")] });
    const client = quickClient({ url: gateway.url, token: "any" });
    expect(cursorsOf(await taken(client.events(), count(2)))).toEqual(["a", "b"]);
  });
});

describe("a gateway that is busy", () => {
  it("is asked again for as long as it takes", async () => {
    const busy = Array.from({ length: 12 }, () => ({ errors: BUSY }));
    await using gateway = await givenLyingGateway(...busy, { results: [told("a", null)] });
    const waits: number[] = [];
    const client = quickClient({ url: gateway.url, token: "any", onRetry: ({ delayMs }) => waits.push(delayMs) });
    expect(await taken(client.events(), count(1))).toHaveLength(1);
    expect(waits).toHaveLength(12);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(3);
  });
});

describe("a gateway that is at fault", () => {
  it("is asked again some times, then that is told", async () => {
    await using gateway = await givenLyingGateway({ errors: BROKEN });
    const stream = quickClient({ url: gateway.url, token: "any" }).events();
    expect(await errorOf(stream)).toMatchObject({ code: "INTERNAL_SERVER_ERROR" });
    expect(gateway.asked).toHaveLength(6);
  });

  it("is forgiven where it tells an event in between", async () => {
    const scripts = ["a", "b", "c", "d", "e", "f", "g"].flatMap((cursor, index, all) => [
      { errors: BROKEN },
      { results: [told(cursor, all[index - 1] ?? null)], close: 1011 },
    ]);
    await using gateway = await givenLyingGateway(...scripts);
    expect(await taken(quickClient({ url: gateway.url, token: "any" }).events(), count(7))).toHaveLength(7);
  });
});

describe("a token", () => {
  it("is asked for anew where it has expired, and the stream goes on", async () => {
    await using gateway = await givenGateway();
    const { bank, time, app } = gateway;
    await givenPerson(bank, 1);
    const amended = (firstName: string) => givenPerson(bank, 1, { firstName });
    const key = await givenKey(gateway, bank, "entities");
    const maker = { ...bank.actor, credentialId: key.keyId };
    const tokens: string[] = [];
    const token = async () => {
      const made = await createClientToken(app.context(maker).read, { handle: "person-1", ttlSeconds: 60 });
      tokens.push(made.token);
      return made.token;
    };
    const causes: string[] = [];
    const client = quickClient({ url: gateway.url, token, onRetry: ({ cause }) => causes.push(cause) });
    const stream = client.events({ after: BEGINNING });
    await stream.next();
    await amended("Adele");
    await stream.next();
    time.advance(61_000);
    const third = stream.next();
    while (causes.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await amended("Alda");
    expect((await third).value?.type).toBe("ENTITY_REGISTERED");
    await stream.return();
    expect(causes).toEqual(["The token has expired."]);
    expect(new Set(tokens).size).toBe(2);
  });

  it("that was refused is asked for once more, and the error is told where the next is refused as well", async () => {
    await using gateway = await givenGateway();
    let times = 0;
    const token = (): string => `atk_unknown-${(times += 1)}`;
    expect(await errorOf(quickClient({ url: gateway.url, token }).events())).toMatchObject({ code: "UNAUTHENTICATED" });
    expect(times).toBe(2);
  });

  it("that cannot be had is asked for again", async () => {
    await using gateway = await givenGateway();
    const { bank } = gateway;
    await givenPerson(bank, 1);
    let failures = 3;
    const token = (): string => {
      failures -= 1;
      if (failures >= 0) throw new Error("The issuer is away.");
      return bank.token;
    };
    expect(await taken(quickClient({ url: gateway.url, token }).events({ after: BEGINNING }), count(1))).toHaveLength(
      1,
    );
  });
});

describe("return", () => {
  it("ends a stream at once while somebody waits for the next event, and closes the connection", async () => {
    await using gateway = await givenGateway();
    const { bank } = gateway;
    await givenPerson(bank, 1);
    const [first] = await logOf(bank);
    await using proxy = await givenProxy(gateway.url, () => null);
    const stream = quickClient({ url: proxy.url, token: bank.token }).events({ after: first!.cursor });
    const second = stream.next();
    await givenPerson(bank, 2);
    await second;
    const parked = stream.next();
    expect(await stream.return()).toEqual({ done: true, value: undefined });
    expect(await parked).toEqual({ done: true, value: undefined });
    while (proxy.sockets() > 0) await new Promise((resolve) => setImmediate(resolve));
  });

  it.each([0, 200])("ends a stream at once while nobody says more than %d bytes, and leaves", async (afterBytes) => {
    await using gateway = await givenGateway();
    await using proxy = await givenProxy(gateway.url, () => ({ afterBytes, ends: "SILENT" }));
    const stream = quickClient({ url: proxy.url, token: "any", webSocketImpl: WebSocket }).events();
    const parked = stream.next();
    while (proxy.sockets() === 0) await new Promise((resolve) => setImmediate(resolve));
    await stream.return();
    expect(await parked).toEqual({ done: true, value: undefined });
    while (proxy.sockets() > 0) await new Promise((resolve) => setImmediate(resolve));
  });

  it("ends a stream at once while it waits to try again", async () => {
    const retried = Promise.withResolvers<void>();
    const stream = quickClient({
      url: "http://127.0.0.1:1",
      token: "any",
      retry: { minMs: 1e9, maxMs: 1e9 },
      onRetry: () => retried.resolve(),
    }).events();
    const parked = stream.next();
    await retried.promise;
    await stream.return();
    expect(await parked).toEqual({ done: true, value: undefined });
  });
});

describe("a signal", () => {
  it("ends a stream at once", async () => {
    await using gateway = await givenGateway();
    const stop = new AbortController();
    const client = quickClient({ url: gateway.url, token: gateway.bank.token });
    const stream = client.events({ signal: stop.signal });
    const parked = stream.next();
    stop.abort();
    expect(await parked).toEqual({ done: true, value: undefined });
    expect(await client.events({ signal: stop.signal }).next()).toEqual({ done: true, value: undefined });
  });
});

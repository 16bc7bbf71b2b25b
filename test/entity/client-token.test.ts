import { SignJWT, decodeJwt } from "jose";
import { CLIENT_TOKEN_ISSUER, createClientToken, type ClientToken } from "../../src/entity/client-token.js";
import { registerIndividual } from "../../src/entity/register.js";
import { OPERATOR, SCOPES } from "../../src/kernel/actor.js";
import { plusMs, toInstant } from "../../src/kernel/instant.js";
import { createVault } from "../../src/kernel/seal.js";
import { issueKey, revokeKey, rotateKey } from "../../src/network/issue-key.js";
import { testApp, type TestApp } from "../support/app.js";
import { ask, refusalOf } from "../support/ask.js";
import { actorOf, clientOf, countOf, givenParty, givenRegistered, individual, type Party } from "../support/given.js";
import { refusal } from "../support/refusal.js";

const HOUR = 3_600;

interface Given extends TestApp {
  readonly bank: Party;
  readonly ada: `ent_${string}`;
  readonly keyId: `key_${string}`;
  /** A token made with a key that is really there. */
  readonly make: (ttlSeconds?: number, handle?: string) => Promise<ClientToken>;
  readonly use: (token: string) => ReturnType<TestApp["app"]["authenticate"]>;
}

async function given(): Promise<Given> {
  const test = await testApp();
  const bank = await givenParty(test, "Bank");
  const ada = await givenRegistered(bank);
  await givenRegistered(bank, { handle: "jun", socialSecurityNumber: "212-55-0102" });
  const key = await test.app.commitAs(OPERATOR)((write) =>
    issueKey(write, { participantId: bank.id, label: "web", scopes: ["entities"] }),
  );
  const use = (token: string) => test.app.authenticate(`Bearer ${token}`);
  const make = async (ttlSeconds = 900, handle = "ada") =>
    createClientToken(test.app.context((await use(key.token))!).read, { handle, ttlSeconds });
  return { ...test, bank, ada, keyId: key.keyId, make, use };
}

const SAME = { code: "UNAUTHENTICATED", paths: [], message: "This credential is not valid, or no longer." };

describe("createClientToken", () => {
  it("makes a credential that opens one entity, until it ends", async () => {
    await using test = await given();
    const { token, entityId, expiresAt } = await test.make(HOUR);
    expect([entityId, expiresAt]).toEqual([test.ada, plusMs(test.time.clock(), HOUR * 1_000)]);
    expect(await test.use(token)).toEqual({ ...clientOf(test.bank.id, test.ada), credentialId: test.keyId, expiresAt });
  });

  it("holds nothing personal and no handle", async () => {
    await using test = await given();
    const { token } = await test.make();
    expect(Object.keys(decodeJwt(token)).toSorted()).toEqual(["exp", "iat", "iss", "key", "par", "sub"]);
    expect(JSON.stringify(decodeJwt(token))).not.toMatch(/ada|moreno/i);
  });

  it("ends with its time, and says when to the millisecond", async () => {
    await using test = await given();
    test.time.advance(777);
    const { token, expiresAt } = await test.make(60);
    test.time.advance(Date.parse(expiresAt) - Date.parse(test.time.clock()) - 1);
    expect(await test.use(token)).not.toBeNull();
    test.time.advance(1);
    expect(await refusal(test.use(token))).toEqual(SAME);
  });

  it("ends with the key that asked for it: revoked, or expired after a rotation", async () => {
    await using test = await given();
    const { token } = await test.make(HOUR);
    await test.app.commitAs(OPERATOR)((write) => rotateKey(write, test.keyId, 0.5));
    test.time.advance((HOUR / 2) * 1_000 - 1);
    expect(await test.use(token)).not.toBeNull();
    test.time.advance(1);
    expect(await refusal(test.use(token))).toEqual(SAME);
    await using other = await given();
    const second = await other.make(HOUR);
    await other.app.commitAs(OPERATOR)((write) => revokeKey(write, other.keyId));
    expect(await refusal(other.use(second.token))).toEqual(SAME);
  });

  it.each([60, HOUR])("lives for %d seconds if that is wanted", async (seconds) => {
    await using test = await given();
    const { exp, iat } = decodeJwt((await test.make(seconds)).token);
    expect(exp! - iat!).toBe(seconds);
  });

  it.each([
    59,
    0,
    -900,
    HOUR + 1,
    90.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ])("is refused for %d seconds", async (seconds) => {
    await using test = await given();
    expect(await refusal(test.make(seconds))).toMatchObject({
      code: "BAD_USER_INPUT",
      paths: expect.arrayContaining(["input.ttlSeconds"]),
    });
  });

  it("is not found for a handle of somebody else, as for one that nobody has", async () => {
    await using test = await given();
    const vendor = await givenParty(test, "Vendor");
    await givenRegistered(vendor, { handle: "theirs" });
    const foreign = await refusal(test.make(900, "theirs"));
    expect(foreign).toMatchObject({ code: "NOT_FOUND", paths: ["input.handle"] });
    expect(await refusal(test.make(900, "nobody"))).toEqual(foreign);
  });

  it("needs an API key with the scope `entities`", async () => {
    await using test = await given();
    const others = SCOPES.filter((scope) => scope !== "entities");
    const { actor } = test.bank;
    for (const who of [
      actorOf(test.bank.id, others),
      clientOf(test.bank.id, test.ada),
      { ...actor, via: "OIDC" } as const,
      OPERATOR,
    ])
      expect(
        (await refusal(createClientToken(test.app.context(who).read, { handle: "ada", ttlSeconds: 900 }))).code,
      ).toBe("FORBIDDEN");
  });
});

describe("authenticateClient", () => {
  const claimsOf = (test: Given) => ({
    iss: CLIENT_TOKEN_ISSUER,
    sub: test.ada,
    par: test.bank.id,
    key: test.keyId,
    exp: Math.floor(Date.parse(test.time.clock()) / 1_000) + 900,
  });

  const sign = (
    { app }: TestApp,
    claims: Record<string, unknown>,
    secret = app.vault.derive("client-token"),
    alg = "HS256",
  ) => new SignJWT(claims).setProtectedHeader({ alg }).sign(secret);

  it("believes what this installation signed", async () => {
    await using test = await given();
    expect(await test.use(await sign(test, claimsOf(test)))).toMatchObject({ via: "CLIENT_TOKEN", entityId: test.ada });
  });

  it.each([
    ["sub", undefined],
    ["exp", undefined],
    ["par", undefined],
    ["key", undefined],
    ["key", "key_00000000000000000000009999"],
    ["par", "par_00000000000000000000009999"],
    ["key", 7],
  ])("refuses a token whose %s is %p", async (claim, value) => {
    await using test = await given();
    expect(await refusal(test.use(await sign(test, { ...claimsOf(test), [claim]: value })))).toEqual(SAME);
  });

  it("refuses a token in the name of a participant whose key it does not come from", async () => {
    await using test = await given();
    const vendor = await givenParty(test, "Vendor");
    expect(await refusal(test.use(await sign(test, { ...claimsOf(test), par: vendor.id })))).toEqual(SAME);
  });

  it("refuses another secret, another algorithm, and no signature", async () => {
    await using test = await given();
    const claims = claimsOf(test);
    const stranger = createVault(Buffer.alloc(32, 9), Buffer.alloc(32, 2)).derive("client-token");
    const unsigned = [{ alg: "none" }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    const [head, , signature] = (await test.make()).token.split(".");
    const changed = `${head}.${Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + HOUR })).toString("base64url")}.${signature}`;
    for (const token of [
      await sign(test, claims, stranger),
      await sign(test, claims, test.app.vault.derive("client-token"), "HS512"),
      `${unsigned}.`,
      changed,
    ])
      expect(await refusal(test.use(token))).toEqual(SAME);
  });

  it("refuses a token that another purpose of the master key signed", async () => {
    await using test = await given();
    expect(await refusal(test.use(await sign(test, claimsOf(test), test.app.vault.derive("cursor"))))).toEqual(SAME);
  });
});

describe("a client token", () => {
  const one = "query ($id: ID) { entity(id: $id) { id displayName } }";
  const all = "{ entities { totalCount edges { node { id } } } events { edges { node { __typename } } } }";

  it("reads its one entity and nothing else of its participant", async () => {
    await using test = await given();
    const [jun] = await test.app.store.rows<{ id: string }>(
      "select entity_id as id from registration where handle = 'jun'",
    );
    const { token } = await test.make();
    const server = await test.app.listen();
    try {
      expect((await ask(server, token, one, { id: test.ada })).data).toEqual({
        entity: { id: test.ada, displayName: "Ada Moreno" },
      });
      expect((await ask(server, token, one, { id: jun!.id })).data).toEqual({ entity: null });
      const answer = await ask(server, token, all);
      expect(answer.data).toMatchObject({ entities: { totalCount: 1, edges: [{ node: { id: test.ada } }] } });
      expect(JSON.stringify(answer)).not.toContain(jun!.id);
      expect(await ask(server, token, "query ($id: ID!) { node(id: $id) { id } }", { id: jun!.id })).toMatchObject({
        data: { node: null },
      });
    } finally {
      await server.close();
    }
  });

  it("cannot write, reveal or make a token", async () => {
    await using test = await given();
    const { token } = await test.make();
    const before = await countOf(test, "registration");
    const server = await test.app.listen();
    try {
      const address = `{ line1: "1 A", city: "B", state: "OR", postalCode: "97205" }`;
      const documents = [
        `mutation { registerIndividual(input: { handle: "x", firstName: "A", lastName: "B", dateOfBirth: "1988-04-12", address: ${address} }) { created } }`,
        `mutation { createClientToken(input: { handle: "ada" }) { token } }`,
        `{ entity(handle: "ada") { ... on Individual { identity(reveal: "because") { socialSecurityNumber } } } }`,
      ];
      for (const document of documents) expect(refusalOf(await ask(server, token, document)).code).toBe("FORBIDDEN");
      const masked = await ask(
        server,
        token,
        `{ entity(handle: "ada") { ... on Individual { identity { socialSecurityNumber } } } }`,
      );
      expect(masked.data).toEqual({ entity: { identity: { socialSecurityNumber: "•••••0101" } } });
    } finally {
      await server.close();
    }
    expect([await countOf(test, "registration"), await countOf(test, "reveal")]).toEqual([before, 0]);
  });

  it("is refused by a verb also where it comes past the doors", async () => {
    await using test = await given();
    const actor = await test.use((await test.make()).token);
    expect((await refusal(test.app.commitAs(actor!)((write) => registerIndividual(write, individual())))).code).toBe(
      "FORBIDDEN",
    );
  });

  it("says when it ends as an instant", async () => {
    await using test = await given();
    const { expiresAt } = await test.make();
    expect(toInstant(expiresAt)).toBe(expiresAt);
  });
});

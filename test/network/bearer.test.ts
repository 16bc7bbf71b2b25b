import { generateKeyPair, type JWTPayload } from "jose";
import { toInstant } from "../../src/kernel/instant.js";
import { CLIENT_TOKEN_ISSUER } from "../../src/entity/client-token.js";
import { NOON, testApp, type TestApp } from "../support/app.js";
import { ask } from "../support/ask.js";
import { givenParty, type Party } from "../support/given.js";
import { givenIssuer, type Issuer } from "../support/issuer.js";
import { refusal } from "../support/refusal.js";

const NOW = Date.parse(NOON) / 1_000;

const HOUR = 3_600;

interface Given extends TestApp {
  readonly bank: Party;
  readonly issuer: Issuer;
  /** The claims of a good token. */
  readonly claims: JWTPayload;
  readonly authenticate: (token: string) => ReturnType<TestApp["app"]["authenticate"]>;
}

async function given(): Promise<Given> {
  const issuer = await givenIssuer();
  const test = await testApp({ environment: issuer.environment });
  const bank = await givenParty(test, "Bank");
  const claims = {
    iss: issuer.url,
    aud: issuer.audience,
    sub: "rosa",
    iat: NOW,
    exp: NOW + HOUR,
    attestry_participant: bank.id,
    scope: "openid query analyse",
  };
  return {
    ...test,
    bank,
    issuer,
    claims,
    authenticate: (token) => test.app.authenticate(`Bearer ${token}`),
    [Symbol.asyncDispose]: async () => {
      await test[Symbol.asyncDispose]();
      await issuer[Symbol.asyncDispose]();
    },
  };
}

/** What makes a good token a bad one: claims that replace others, undefined that leaves one out. */
const WRONG: readonly (readonly [what: string, change: JWTPayload])[] = [
  ["for another audience", { aud: "payroll" }],
  ["for no audience", { aud: undefined }],
  ["of another issuer", { iss: "https://login.example" }],
  ["of no issuer", { iss: undefined }],
  ["that ended a second ago", { exp: NOW - 1 }],
  ["that ends now", { exp: NOW }],
  ["that never ends", { exp: undefined }],
  ["that ends when no calendar does", { exp: Number.MAX_SAFE_INTEGER }],
  ["that ends in the year 10000", { exp: 253_402_300_800 }],
  ["that begins later", { nbf: NOW + 60 }],
  ["of nobody", { sub: undefined }],
  ["for no participant", { attestry_participant: undefined }],
  ["for a participant that is not here", { attestry_participant: "par_00000000000000000000009999" }],
  ["for a name instead of a participant", { attestry_participant: "Bank" }],
  [
    "for several participants",
    { attestry_participant: ["par_00000000000000000000000001", "par_00000000000000000000000002"] },
  ],
];

describe("authenticateBearer", () => {
  it("knows staff of a participant by a token of the configured issuer", async () => {
    await using test = await given();
    expect(await test.authenticate(await test.issuer.sign(test.claims))).toEqual({
      via: "OIDC",
      participantId: test.bank.id,
      scopes: new Set(["query", "analyse"]),
      credentialId: "oidc:rosa",
      entityId: null,
      expiresAt: toInstant((NOW + HOUR) * 1_000),
    });
  });

  it("answers over HTTP whoever comes with it", async () => {
    await using test = await given();
    const server = await test.app.listen();
    try {
      const token = await test.issuer.sign(test.claims);
      const answer = await ask(server, token, "{ viewer { participant { id } } }");
      expect(answer).toMatchObject({ status: 200, data: { viewer: { participant: { id: test.bank.id } } } });
    } finally {
      await server.close();
    }
  });

  it("ends with its time", async () => {
    await using test = await given();
    const token = await test.issuer.sign(test.claims);
    test.time.advance(HOUR * 1_000 - 1);
    expect(await test.authenticate(token)).not.toBeNull();
    test.time.advance(1);
    expect((await refusal(test.authenticate(token))).code).toBe("UNAUTHENTICATED");
  });

  it("takes one audience of several", async () => {
    await using test = await given();
    const token = await test.issuer.sign({ ...test.claims, aud: ["payroll", test.issuer.audience] });
    expect(await test.authenticate(token)).toMatchObject({ participantId: test.bank.id });
  });

  it.each([
    ["unknown scopes", "openid root query query everything", ["query"]],
    ["parts of scopes", "quer analys", []],
    ["no scopes at all", undefined, []],
    ["blanks", "  ", []],
  ])("leaves out %s", async (_what, scope, scopes) => {
    await using test = await given();
    const actor = await test.authenticate(await test.issuer.sign({ ...test.claims, scope }));
    expect([...actor!.scopes]).toEqual(scopes);
  });

  it.each(WRONG)("refuses a token %s, in the same words", async (_what, change) => {
    await using test = await given();
    const token = await test.issuer.sign({ ...test.claims, ...change });
    expect(await refusal(test.authenticate(token))).toEqual({
      code: "UNAUTHENTICATED",
      paths: [],
      message: "This credential is not valid, or no longer.",
    });
  });

  it("refuses a token that is not signed", async () => {
    await using test = await given();
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    for (const alg of ["none", "None", "NONE"])
      expect((await refusal(test.authenticate(`${part({ alg, kid: "one" })}.${part(test.claims)}.`))).code).toBe(
        "UNAUTHENTICATED",
      );
  });

  it("refuses a token whose claims were changed after signing", async () => {
    await using test = await given();
    const [head, , signature] = (await test.issuer.sign(test.claims)).split(".");
    const claims = Buffer.from(JSON.stringify({ ...test.claims, scope: "admin" })).toString("base64url");
    expect((await refusal(test.authenticate(`${head}.${claims}.${signature}`))).code).toBe("UNAUTHENTICATED");
  });

  it("refuses a token that somebody else signed in the issuer's name", async () => {
    await using test = await given();
    const { privateKey: key } = await generateKeyPair("ES256");
    const forged = await test.issuer.sign(test.claims, { alg: "ES256", key });
    expect((await refusal(test.authenticate(forged))).code).toBe("UNAUTHENTICATED");
  });

  it("refuses a token signed with a shared secret", async () => {
    await using test = await given();
    const forged = await test.issuer.sign(test.claims, {
      alg: "HS256",
      key: Buffer.from(await (await fetch(`${test.issuer.url}/.well-known/jwks.json`)).text()),
    });
    expect((await refusal(test.authenticate(forged))).code).toBe("UNAUTHENTICATED");
  });

  it("cannot make a client token: their issuer is the gateway alone", async () => {
    await using test = await given();
    const token = await test.issuer.sign({
      ...test.claims,
      iss: CLIENT_TOKEN_ISSUER,
      sub: "ent_00000000000000000000000001",
      par: test.bank.id,
      key: "key_00000000000000000000000001",
    });
    expect((await refusal(test.authenticate(token))).code).toBe("UNAUTHENTICATED");
  });

  it("fetches the issuer's keys once, not for every token", async () => {
    await using test = await given();
    for (let count = 0; count < 5; count += 1)
      await test.authenticate(await test.issuer.sign({ ...test.claims, sub: `staff${count}` }));
    expect(test.issuer.fetched()).toBe(1);
  });

  it("refuses every such token while no issuer is configured, and asks nobody", async () => {
    await using issuer = await givenIssuer();
    await using test = await testApp();
    const { id } = await givenParty(test, "Bank");
    const token = await issuer.sign({
      iss: issuer.url,
      aud: issuer.audience,
      sub: "rosa",
      exp: NOW + HOUR,
      attestry_participant: id,
    });
    expect((await refusal(test.app.authenticate(`Bearer ${token}`))).code).toBe("UNAUTHENTICATED");
    expect(issuer.fetched()).toBe(0);
  });
});

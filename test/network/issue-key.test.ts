import { OPERATOR, SCOPES, type Scope } from "../../src/kernel/actor.js";
import { sha256 } from "../../src/kernel/canonical.js";
import { issueKey, revokeKey, rotateKey, type IssuedKey } from "../../src/network/issue-key.js";
import { testApp, type TestApp } from "../support/app.js";
import { countOf, givenParty, type Party } from "../support/given.js";
import { refusal } from "../support/refusal.js";

const HOUR_MS = 3_600_000;

interface Given extends TestApp {
  readonly bank: Party;
  readonly issue: (scopes?: readonly Scope[], label?: string) => Promise<IssuedKey>;
  readonly rotate: (keyId: string, overlapHours: number) => Promise<IssuedKey>;
  readonly revoke: (keyId: string) => Promise<void>;
  /** What a key does now: its scopes, or the code of the refusal. */
  readonly use: (key: IssuedKey) => Promise<readonly Scope[] | string>;
}

async function given(): Promise<Given> {
  const test = await testApp();
  const bank = await givenParty(test, "Bank");
  const operate = test.app.commitAs(OPERATOR);
  return {
    ...test,
    bank,
    issue: (scopes = ["query"], label = "ledger") =>
      operate((write) => issueKey(write, { participantId: bank.id, label, scopes })),
    rotate: (keyId, overlapHours) => operate((write) => rotateKey(write, keyId, overlapHours)),
    revoke: (keyId) => operate((write) => revokeKey(write, keyId)),
    use: async ({ token }) => {
      try {
        return [...(await test.app.authenticate(`Bearer ${token}`))!.scopes];
      } catch {
        return (await refusal(test.app.authenticate(`Bearer ${token}`))).code;
      }
    },
  };
}

describe("issueKey", () => {
  it("makes a key that opens what its scopes say, for its participant alone", async () => {
    await using test = await given();
    const { keyId, token } = await test.issue(["query", "furnish"]);
    expect(await test.app.authenticate(`Bearer ${token}`)).toEqual({
      via: "API_KEY",
      participantId: test.bank.id,
      scopes: new Set(["query", "furnish"]),
      credentialId: keyId,
      entityId: null,
      expiresAt: null,
    });
  });

  it("keeps only the SHA-256 of the secret, which has 256 bits", async () => {
    await using test = await given();
    const { keyId, token } = await test.issue();
    const secret = token.slice(`atk_${keyId}_`.length);
    expect(Buffer.from(secret, "base64url")).toHaveLength(32);
    const [row] = await test.app.store.rows<Record<string, unknown>>("select * from api_key where id = ?", [keyId]);
    expect(row?.["secret_hash"]).toBe(sha256(secret));
    expect(JSON.stringify(row)).not.toContain(secret);
    expect(JSON.stringify(test.logged)).not.toContain(secret);
  });

  it("never makes the same secret twice", async () => {
    await using test = await given();
    const keys = await Promise.all(Array.from({ length: 50 }, () => test.issue()));
    expect(new Set(keys.map(({ token }) => token.slice(-43))).size).toBe(50);
  });

  it("takes a scope that is named twice as one", async () => {
    await using test = await given();
    expect(await test.use(await test.issue(["query", "query"]))).toEqual(["query"]);
  });

  it.each<readonly [what: string, scopes: readonly string[]]>([
    ["no scope", []],
    ["a scope that there is not", ["query", "everything"]],
    ["two scopes in one word", ["query furnish"]],
  ])("refuses %s", async (_what, scopes) => {
    await using test = await given();
    expect((await refusal(test.issue(scopes as readonly Scope[]))).code).toBe("BAD_USER_INPUT");
    expect(await countOf(test, "api_key")).toBe(1);
  });

  it.each(["", " ", "x".repeat(101), "a\nb"])("refuses the label %j", async (label) => {
    await using test = await given();
    expect(await refusal(test.issue(["query"], label))).toMatchObject({ code: "BAD_USER_INPUT", paths: ["label"] });
    expect(await countOf(test, "api_key")).toBe(1);
  });

  it("is NOT_FOUND for a participant that does not exist", async () => {
    await using test = await given();
    const key = { participantId: "par_00000000000000000000009999", label: "ledger", scopes: SCOPES } as const;
    expect((await refusal(test.app.commitAs(OPERATOR)((write) => issueKey(write, key)))).code).toBe("NOT_FOUND");
  });
});

describe("rotateKey", () => {
  it("makes a successor with the same scopes, and both work until the overlap has passed", async () => {
    await using test = await given();
    const old = await test.issue(["query", "analyse"]);
    const fresh = await test.rotate(old.keyId, 2);
    expect([await test.use(old), await test.use(fresh)]).toEqual([
      ["query", "analyse"],
      ["query", "analyse"],
    ]);
    test.time.advance(2 * HOUR_MS - 1);
    expect(await test.use(old)).toEqual(["query", "analyse"]);
    test.time.advance(1);
    expect([await test.use(old), await test.use(fresh)]).toEqual(["UNAUTHENTICATED", ["query", "analyse"]]);
  });

  it("ends the old key at once where no overlap is wanted", async () => {
    await using test = await given();
    const old = await test.issue();
    await test.rotate(old.keyId, 0);
    expect(await test.use(old)).toBe("UNAUTHENTICATED");
  });

  it("is refused for a key that was rotated before, which ends when it was to", async () => {
    await using test = await given();
    const old = await test.issue();
    await test.rotate(old.keyId, 1);
    expect((await refusal(test.rotate(old.keyId, 2_000))).code).toBe("CONFLICT");
    test.time.advance(HOUR_MS);
    expect(await test.use(old)).toBe("UNAUTHENTICATED");
  });

  it.each([
    -1,
    2_161,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ])("refuses an overlap of %d hours and leaves the key as it was", async (hours) => {
    await using test = await given();
    const old = await test.issue();
    expect((await refusal(test.rotate(old.keyId, hours))).code).toBe("BAD_USER_INPUT");
    expect(await countOf(test, "api_key")).toBe(2);
    expect((await test.app.authenticate(`Bearer ${old.token}`))?.expiresAt).toBeNull();
  });

  it("is NOT_FOUND for a key that is revoked, expired or was never there", async () => {
    await using test = await given();
    const [revoked, expired] = [await test.issue(), await test.issue()];
    await test.revoke(revoked.keyId);
    await test.rotate(expired.keyId, 0);
    const count = await countOf(test, "api_key");
    for (const keyId of [revoked.keyId, expired.keyId, "key_00000000000000000000009999", "nonsense"])
      expect((await refusal(test.rotate(keyId, 1))).code).toBe("NOT_FOUND");
    expect(await countOf(test, "api_key")).toBe(count);
  });
});

describe("revokeKey", () => {
  it("ends a key at once and no other", async () => {
    await using test = await given();
    const [one, other] = [await test.issue(), await test.issue()];
    await test.revoke(one.keyId);
    expect([await test.use(one), await test.use(other)]).toEqual(["UNAUTHENTICATED", ["query"]]);
  });

  it("ends a key within its overlap, and leaves its successor", async () => {
    await using test = await given();
    const old = await test.issue();
    const fresh = await test.rotate(old.keyId, 24);
    await test.revoke(old.keyId);
    expect([await test.use(old), await test.use(fresh)]).toEqual(["UNAUTHENTICATED", ["query"]]);
  });

  it("keeps the moment of the first revocation", async () => {
    await using test = await given();
    const { keyId } = await test.issue();
    const at = test.time.clock();
    await test.revoke(keyId);
    test.time.advance(HOUR_MS);
    await test.revoke(keyId);
    expect(await test.app.store.rows("select revoked_at from api_key where id = ?", [keyId])).toEqual([
      { revoked_at: at },
    ]);
  });

  it("is NOT_FOUND for a key that there is not", async () => {
    await using test = await given();
    expect((await refusal(test.revoke("key_00000000000000000000009999"))).code).toBe("NOT_FOUND");
  });
});

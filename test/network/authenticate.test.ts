import fc from "fast-check";
import { OPERATOR } from "../../src/kernel/actor.js";
import { issueKey, revokeKey, rotateKey } from "../../src/network/issue-key.js";
import { givenParty } from "../support/given.js";
import { refusal } from "../support/refusal.js";
import { testApp } from "../support/app.js";

const RUNS = 500;

const HOUR_MS = 3_600_000;

const SAME = { code: "UNAUTHENTICATED", paths: [], message: "This credential is not valid, or no longer." };

describe("authenticate", () => {
  it("knows the holder of a key, however the header is spelled", async () => {
    await using test = await testApp();
    const { token, id } = await givenParty(test, "Bank");
    for (const header of [`Bearer ${token}`, `bearer ${token}`, `BEARER   ${token}`])
      expect(await test.app.authenticate(header)).toMatchObject({ via: "API_KEY", participantId: id });
  });

  it("is nobody without a header", async () => {
    await using test = await testApp();
    expect(await test.app.authenticate(undefined)).toBeNull();
  });

  it("answers unknown, revoked, expired and malformed keys alike", async () => {
    await using test = await testApp();
    const bank = await givenParty(test, "Bank");
    const operate = test.app.commitAs(OPERATOR);
    const make = () =>
      operate((write) => issueKey(write, { participantId: bank.id, label: "test", scopes: ["query"] }));
    const [live, revoked, expired] = [await make(), await make(), await make()];
    await operate((write) => revokeKey(write, revoked.keyId));
    await operate((write) => rotateKey(write, expired.keyId, 1));
    test.time.advance(HOUR_MS);
    const secret = live.token.slice(-43);
    const wrong: Readonly<Record<string, string>> = {
      revoked: revoked.token,
      expired: expired.token,
      unknownId: `atk_key_00000000000000000000009999_${secret}`,
      secretOfAnother: `atk_${live.keyId}_${revoked.token.slice(-43)}`,
      secretTooShort: live.token.slice(0, -1),
      secretTooLong: `${live.token}A`,
      noSecret: `atk_${live.keyId}_`,
      hashForSecret: `atk_${live.keyId}_${Buffer.alloc(32).toString("base64url")}`,
      markAlone: "atk_",
      otherMark: live.token.replace("atk_", "sk_"),
      upperCase: live.token.toUpperCase(),
      notAToken: "letmein",
      threeParts: "a.b.c",
    };
    const answers = await Promise.all(
      Object.entries(wrong).map(async ([what, token]) => [
        what,
        await refusal(test.app.authenticate(`Bearer ${token}`)),
      ]),
    );
    expect(Object.fromEntries(answers)).toEqual(Object.fromEntries(Object.keys(wrong).map((what) => [what, SAME])));
    expect(await test.app.authenticate(`Bearer ${live.token}`)).not.toBeNull();
  });

  it.each([
    "",
    "Bearer",
    "Bearer ",
    "Basic YTpi",
    "Bearer a b",
    "Bearer a,b",
    `Bearer ${"a".repeat(4_097)}`,
  ])("refuses the header %j", async (header) => {
    await using test = await testApp();
    expect(await refusal(test.app.authenticate(header))).toEqual(SAME);
  });

  it("never fails in another way, whatever is sent, and writes none of it into the log", async () => {
    await using test = await testApp();
    await givenParty(test, "Bank");
    const token = fc.oneof(
      fc.stringMatching(/^[\w.~+/=-]{1,60}$/),
      fc.stringMatching(/^atk_key_[0-9a-z]{26}_[\w-]{43}$/),
      fc.tuple(fc.base64String(), fc.base64String(), fc.base64String()).map((parts) => parts.join(".")),
      fc
        .jsonValue()
        .map(
          (claims) =>
            `${Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url")}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.`,
        ),
      fc.string({ unit: "binary" }),
    );
    await fc.assert(
      fc.asyncProperty(token, async (text) => {
        expect(await refusal(test.app.authenticate(`Bearer ${text}`))).toEqual(SAME);
      }),
      { numRuns: RUNS },
    );
    expect(test.logged).toEqual([]);
  });
});

import fc from "fast-check";
import { once, type Call } from "../../src/idempotency/once.js";
import { Failure } from "../../src/kernel/failure.js";
import type { Id } from "../../src/kernel/id.js";
import { createNetwork } from "../../src/network/create.js";
import { testApp, type TestApp } from "../support/app.js";
import { countOf, givenParty, type Party } from "../support/given.js";
import { refusal } from "../support/refusal.js";

const RUNS = 100;

interface Given extends TestApp {
  readonly bank: Party;
  /** One call whose effect is one network, under a name that is never the same. */
  readonly call: (over?: Partial<Call>, party?: Party) => Promise<{ resultId: Id<"net">; replayed: boolean }>;
}

async function given(): Promise<Given> {
  const test = await testApp();
  const bank = await givenParty(test, "Bank");
  let effects = 0;
  const call = (over: Partial<Call> = {}, party = bank) =>
    party.commit((write) =>
      once(write, { verb: "open", key: "k1", body: { size: 1 }, ...over }, () =>
        createNetwork(write, `Network ${(effects += 1)}`),
      ),
    );
  return { ...test, bank, call };
}

const KEY_PATH = { paths: ["input.idempotencyKey"] };

describe("once", () => {
  it("does the work, and says that it was not done before", async () => {
    await using test = await given();
    const { resultId, replayed } = await test.call();
    expect(replayed).toBe(false);
    expect(await test.app.store.rows("select id from network")).toEqual([{ id: resultId }]);
  });

  it("answers the same key and body with the first result, and does nothing", async () => {
    await using test = await given();
    const { resultId } = await test.call();
    test.time.advance(365 * 86_400_000);
    expect(await test.call()).toEqual({ resultId, replayed: true });
    expect(await countOf(test, "network")).toBe(1);
  });

  it("takes null for absent", async () => {
    await using test = await given();
    const { resultId } = await test.call({ body: { a: 1, b: null } });
    expect(await test.call({ body: { a: 1 } })).toEqual({ resultId, replayed: true });
  });

  it("takes a body whose keys come in another order as the same body", async () => {
    await using test = await given();
    const { resultId } = await test.call({ body: { a: 1, b: { c: [1, 2], d: null } } });
    expect(await test.call({ body: { b: { d: null, c: [1, 2] }, a: 1 } })).toEqual({ resultId, replayed: true });
  });

  it.each([
    ["a changed value", { a: 2 }],
    ["a value of another type", { a: "1" }],
    ["one value more", { a: 1, b: 0 }],
    ["another order of a list", { a: [2, 1] }],
    ["nothing", null],
  ])("refuses the same key with %s, and does nothing", async (_what, body) => {
    await using test = await given();
    const first = Array.isArray((body as { a?: unknown } | null)?.a) ? { a: [1, 2] } : { a: 1 };
    const { resultId } = await test.call({ body: first });
    expect(await refusal(test.call({ body }))).toMatchObject({ code: "IDEMPOTENCY_CONFLICT", ...KEY_PATH });
    expect(await countOf(test, "network")).toBe(1);
    expect(await test.call({ body: first })).toEqual({ resultId, replayed: true });
  });

  it("does the work each time where no key is given", async () => {
    await using test = await given();
    for (const key of [null, undefined, null]) expect((await test.call({ key })).replayed).toBe(false);
    expect([await countOf(test, "network"), await countOf(test, "idempotency_key")]).toEqual([3, 0]);
  });

  it.each([
    "k",
    "!~",
    "x".repeat(255),
    "0b7e6a0c-4c1e-4f0c-9a52-6f6d1b8f2f3e",
    "' or 1=1 --".replaceAll(" ", "+"),
  ])("takes the key %j", async (key) => {
    await using test = await given();
    const { resultId } = await test.call({ key });
    expect(await test.call({ key })).toEqual({ resultId, replayed: true });
  });

  it.each([
    "",
    " ",
    "a b",
    "a\n",
    "\u0000",
    "ключ",
    "x".repeat(256),
  ])("refuses the key %j, and does nothing", async (key) => {
    await using test = await given();
    expect(await refusal(test.call({ key }))).toMatchObject({ code: "BAD_USER_INPUT", ...KEY_PATH });
    expect([await countOf(test, "network"), await countOf(test, "idempotency_key")]).toEqual([0, 0]);
  });

  it("tells keys apart by every letter", async () => {
    await using test = await given();
    for (const key of ["key", "KEY", "key.", "ke"]) expect((await test.call({ key })).replayed).toBe(false);
    expect(await countOf(test, "network")).toBe(4);
  });

  it("does the work of fifty equal calls at the same time once", async () => {
    await using test = await given();
    const done = await Promise.all(Array.from({ length: 50 }, () => test.call()));
    expect(new Set(done.map(({ resultId }) => resultId)).size).toBe(1);
    expect(done.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect([await countOf(test, "network"), await countOf(test, "idempotency_key")]).toEqual([1, 1]);
  });

  it("lets one of many bodies have a key at the same time, and refuses the others", async () => {
    await using test = await given();
    const done = await Promise.allSettled(Array.from({ length: 20 }, (_, size) => test.call({ body: { size } })));
    const codes = done.flatMap((one) =>
      one.status === "rejected" && one.reason instanceof Failure ? [one.reason.code] : [],
    );
    expect(codes).toEqual(Array.from({ length: 19 }, () => "IDEMPOTENCY_CONFLICT"));
    expect(await countOf(test, "network")).toBe(1);
  });

  it("keeps the keys of two participants and of two verbs apart", async () => {
    await using test = await given();
    const vendor = await givenParty(test, "Vendor");
    const calls = [await test.call(), await test.call({}, vendor), await test.call({ verb: "close" })];
    expect(calls.map(({ replayed }) => replayed)).toEqual([false, false, false]);
    expect(new Set(calls.map(({ resultId }) => resultId)).size).toBe(3);
  });

  it("leaves no key behind work that fails, so that it can be done again", async () => {
    await using test = await given();
    const fail = test.bank.commit((write) =>
      once(write, { verb: "open", key: "k1", body: { size: 1 } }, async () => {
        await createNetwork(write, "Half done");
        await write.flush();
        throw new Failure("CONFLICT", "Something was in the way.");
      }),
    );
    expect((await refusal(fail)).code).toBe("CONFLICT");
    expect([await countOf(test, "network"), await countOf(test, "idempotency_key")]).toEqual([0, 0]);
    expect((await test.call()).replayed).toBe(false);
  });

  it("leaves no key behind a transaction that fails after the work", async () => {
    await using test = await given();
    const fail = test.bank.commit(async (write) => {
      await once(write, { verb: "open", key: "k1", body: { size: 1 } }, () => createNetwork(write, "Done"));
      throw new Failure("CONFLICT", "Something was in the way.");
    });
    expect((await refusal(fail)).code).toBe("CONFLICT");
    expect([await countOf(test, "network"), await countOf(test, "idempotency_key")]).toEqual([0, 0]);
  });

  it("keeps a body only as a keyed hash", async () => {
    await using test = await given();
    await test.call({ body: { socialSecurityNumber: "212550101" } });
    const [row] = await test.app.store.rows<Record<string, unknown>>("select * from idempotency_key");
    expect(row?.["body_hash"]).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(row)).not.toContain("212550101");
  });

  it("makes one effect for each key and body, whatever the order of calls", async () => {
    await using test = await given();
    const calls = fc.array(fc.record({ key: fc.constantFrom("a", "b", "c"), body: fc.constantFrom(1, 2) }), {
      maxLength: 12,
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(calls, async (made) => {
        const verb = `open${(run += 1)}`;
        const before = await countOf(test, "network");
        const first = new Map<string, number>();
        for (const { key, body } of made) {
          const expected = first.get(key) ?? body;
          first.set(key, expected);
          const outcome = await test.call({ verb, key, body }).then(
            () => "done",
            (error: Failure) => error.code,
          );
          expect(outcome).toBe(expected === body ? "done" : "IDEMPOTENCY_CONFLICT");
        }
        expect(await countOf(test, "network")).toBe(before + first.size);
      }),
      { numRuns: RUNS },
    );
  });
});

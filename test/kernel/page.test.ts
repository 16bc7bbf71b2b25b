import fc from "fast-check";
import { randomId } from "../../src/kernel/id.js";
import { MAX_FIRST, decodeCursor, encodeCursor, pageOf } from "../../src/kernel/page.js";
import { refusal } from "../support/refusal.js";

const RUNS = 2_000;

const refusalOfPage = (args: Parameters<typeof pageOf>[0]) => refusal((async () => pageOf(args))());

describe("pageOf", () => {
  it("is the first page of twenty where nothing is said", () => {
    expect(pageOf({})).toEqual({ first: 20, after: null });
    expect(pageOf({ first: null, after: null })).toEqual({ first: 20, after: null });
  });

  it("takes another number of rows from whoever asks for none, if the list has one", () => {
    expect(pageOf({}, 5).first).toBe(5);
  });

  it.each([1, MAX_FIRST])("allows %d rows", (first) => {
    expect(pageOf({ first }).first).toBe(first);
  });

  it.each([0, -1, MAX_FIRST + 1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("refuses %d rows", async (first) => {
    expect(await refusalOfPage({ first })).toMatchObject({ code: "BAD_USER_INPUT", paths: ["first"] });
  });

  it("goes on after the cursor of an id", () => {
    const id = randomId("cert");
    expect(pageOf({ first: 3, after: encodeCursor(id) })).toEqual({ first: 3, after: id });
  });

  it.each([
    ["a plain id", "cert_00000000000000000000000001"],
    ["an offset of another gateway", Buffer.from("arrayconnection:7").toString("base64url")],
    ["blank text", "%20"],
    ["a cursor of a kilobyte", encodeCursor("x".repeat(1_000))],
  ])("refuses %s as a cursor", async (_what, after) => {
    const { code, message } = await refusalOfPage({ after });
    expect(code).toBe("CURSOR_INVALID");
    expect(message.split(" ").includes(after)).toBe(false);
  });
});

describe("decodeCursor", () => {
  it("finds the key again, and the cursor does not show it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), (key) => {
        fc.pre(Buffer.byteLength(key) <= 120);
        const cursor = encodeCursor(key);
        expect(decodeCursor(cursor)).toBe(key);
        expect(cursor).toMatch(/^[\w-]+$/);
      }),
      { numRuns: RUNS },
    );
  });

  it("never fails in another way than CURSOR_INVALID", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 60 }), async (cursor) => {
        fc.pre(!Buffer.from(cursor, "base64url").toString().startsWith("c1:"));
        expect((await refusal((async () => decodeCursor(cursor))())).code).toBe("CURSOR_INVALID");
      }),
      { numRuns: RUNS },
    );
  });
});

import { createHash } from "node:crypto";
import fc from "fast-check";
import { canonical, sha256 } from "../../src/kernel/canonical.js";

const RUNS = 2_000;

const json = fc.jsonValue({ noUnicodeString: false });

/** The same value with the keys of every object the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, turned(inner)]),
  );
}

describe("canonical", () => {
  it("writes the examples of RFC 8785", () => {
    const example: unknown = JSON.parse(
      String.raw`{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}`,
    );
    expect(canonical(example)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
    const keys = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 };
    expect(canonical(keys)).toBe(`{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}`);
  });

  it("is one spelling, whatever the order of keys", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonical(turned(value))).toBe(canonical(value));
      }),
      { numRuns: RUNS },
    );
  });

  it("loses nothing: what is read back has the same spelling", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: RUNS },
    );
  });

  it("keeps the order of lists, which means something", () => {
    expect(canonical([2, 1])).not.toBe(canonical([1, 2]));
  });

  it.each([
    ["nothing at all", undefined, /canonical form/],
    ["a function", () => 1, /canonical form/],
    ["a number that JSON does not have", Number.NaN, /NaN/],
    ["a half of a character", "\ud800", /surrogate/i],
  ])("refuses %s", (_what, value, words) => {
    expect(() => canonical(value)).toThrow(words);
  });
});

describe("sha256", () => {
  it("is the hash of the UTF-8 bytes in lower-case hex", () => {
    expect(sha256("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(sha256("é")).toBe(
      createHash("sha256")
        .update(Buffer.from([0xc3, 0xa9]))
        .digest("hex"),
    );
    expect(sha256(Buffer.from("é"))).toBe(sha256("é"));
  });
});

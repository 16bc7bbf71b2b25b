import fc from "fast-check";
import { ID_PREFIXES, countingIds, isId, prefixOf, randomId, type Prefix } from "../../src/kernel/id.js";

const RUNS = 2_000;

const PREFIXES = Object.keys(ID_PREFIXES) as Prefix[];

const prefix = fc.constantFrom(...PREFIXES);

const NOT_OURS: readonly (readonly [what: string, text: string])[] = [
  ["nothing", ""],
  ["a prefix alone", "ent"],
  ["a prefix with nothing behind it", "ent_"],
  ["a suffix alone", "_00000000000000000000000001"],
  ["one character too few", "ent_0000000000000000000000001"],
  ["one character too many", "ent_000000000000000000000000001"],
  ["a prefix that nothing here has", "usr_00000000000000000000000001"],
  ["a name that every object has", "constructor_00000000000000000000000001"],
  ["upper case", "ent_01H455VB4PEX5VSKNK084SN02Q"],
  ["a letter that the alphabet leaves out", "ent_0000000000000000000000000u"],
  ["more than 128 bits", "ent_8zzzzzzzzzzzzzzzzzzzzzzzzz"],
  ["space around it", " ent_00000000000000000000000001"],
  ["a line end behind it", "ent_0000000000000000000000001\n"],
];

describe("randomId", () => {
  it.each(PREFIXES)("makes a different id of `%s` each time, whose prefix says what it names", (name) => {
    const ids = Array.from({ length: 100 }, () => randomId(name));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.map(prefixOf)).toEqual(ids.map(() => name));
  });
});

describe("prefixOf", () => {
  it.each(NOT_OURS)("is null for %s", (_what, text) => {
    expect(prefixOf(text)).toBeNull();
  });

  it("never throws, and knows nothing but ids", () => {
    const shape = /^[a-z]{3,4}_[0-7][0-9a-hjkmnp-tv-z]{25}$/;
    const near = fc
      .tuple(fc.oneof(prefix, fc.string()), fc.string({ minLength: 25, maxLength: 27 }))
      .map((parts) => parts.join("_"));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), near), (text) => {
        const found = prefixOf(text);
        expect(found === null || (shape.test(text) && text.startsWith(`${found}_`))).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });
});

describe("isId", () => {
  it("tells an id of one kind from all others", () => {
    fc.assert(
      fc.property(prefix, prefix, (one, other) => {
        expect(isId(other, randomId(one))).toBe(one === other);
      }),
      { numRuns: RUNS },
    );
  });
});

describe("countingIds", () => {
  it("makes the same well-formed ids for the same work, each prefix counted for itself", () => {
    fc.assert(
      fc.property(fc.array(prefix, { maxLength: 40 }), fc.integer({ min: 1, max: 1_000_000 }), (work, start) => {
        const [one, again] = [countingIds(start), countingIds(start)];
        const ids = work.map((name) => one(name));
        expect(work.map((name) => again(name))).toEqual(ids);
        expect(ids.map(prefixOf)).toEqual(work);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: RUNS },
    );
  });

  it("counts upwards in the order of text", () => {
    const newId = countingIds();
    const ids = Array.from({ length: 120 }, () => newId("att"));
    expect(ids.toSorted()).toEqual(ids);
  });
});

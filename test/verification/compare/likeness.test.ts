import fc from "fast-check";
import { isOneEdit, isTypingError, jaroWinkler } from "../../../src/verification/compare/likeness.js";

const RUNS = 2_000;
const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "d", "e"), minLength: 1, maxLength: 12 });

describe("jaroWinkler", () => {
  it.each([
    ["MARTHA", "MARHTA", 0.9611],
    ["DIXON", "DICKSONX", 0.8133],
    ["DWAYNE", "DUANE", 0.84],
    ["ABC", "XYZ", 0],
    ["", "ABC", 0],
    ["ABC", "ABC", 1],
  ])("is what its authors found, for %s and %s", (one, other, expected) => {
    expect(jaroWinkler(one, other)).toBeCloseTo(expected, 4);
  });

  it("is the same from both sides, between 0 and 1, and 1 for equals alone", () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        const likeness = jaroWinkler(one, other);
        expect(jaroWinkler(other, one)).toBe(likeness);
        expect(likeness).toBeGreaterThanOrEqual(0);
        expect(likeness).toBeLessThanOrEqual(1);
        expect(likeness === 1).toBe(one === other);
      }),
      { numRuns: RUNS },
    );
  });
});

describe("isOneEdit", () => {
  it.each([
    ["brown", "brwon", true],
    ["brown", "brawn", true],
    ["brown", "brwn", true],
    ["brown", "browne", true],
    ["brown", "brown", false],
    ["brown", "brwno", false],
    ["brown", "braun", false],
    ["brown", "growns", false],
  ])("of %s and %s is %s", (one, other, expected) => {
    expect(isOneEdit(one, other)).toBe(expected);
    expect(isOneEdit(other, one)).toBe(expected);
  });
});

describe("isTypingError", () => {
  it("believes in a slip inside a word, and not at its ends", () => {
    expect(isTypingError("featherstone", "featherstine", false)).toBe(true);
    expect(isTypingError("featherstone", "featherstona", false)).toBe(false);
    expect(isTypingError("featherstone", "weatherstone", false)).toBe(false);
  });

  it("believes a letter more, less or other in a long word, or where one of the two is known", () => {
    expect(isTypingError("stanton", "stenton", false)).toBe(false);
    expect(isTypingError("stanton", "stenton", true)).toBe(true);
    expect(isTypingError("chrysanthemum", "chrysanthamum", false)).toBe(true);
    expect(isTypingError("shanice", "shaniece", false)).toBe(false);
    expect(isTypingError("elena", "elina", true)).toBe(false);
  });

  it("believes letters swapped or doubled in a shorter word, too", () => {
    expect(isTypingError("ocean", "ocaen", false)).toBe(true);
    expect(isTypingError("whitaker", "whittaker", false)).toBe(true);
    expect(isTypingError("dean", "daen", false)).toBe(false);
  });
});

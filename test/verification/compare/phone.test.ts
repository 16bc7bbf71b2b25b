import fc from "fast-check";
import { comparePhones } from "../../../src/verification/compare/phone.js";

const RUNS = 500;

describe("comparePhones", () => {
  it.each([
    ["+12125550123", "(212) 555-0123", "MATCH"],
    ["+12125550123", "1-212-555-0123", "MATCH"],
    ["+12125550123", "212-555-0123 ext. 4", "MATCH"],
    ["+442071838750", "+44 (0)20 7183 8750", "MATCH"],
    ["+12125550123", "(212) 555-0132", "MISKEY"],
    ["+12125550123", "(212) 555-0124", "MISKEY"],
    ["+12125550123", "(212) 555-9876", "MISMATCH"],
    ["+12125550123", "+442071838750", "MISMATCH"],
    ["+12125550123", "555-0123", "INCONCLUSIVE"],
    ["+12125550123", "", "INCONCLUSIVE"],
    ["none", "none", "INCONCLUSIVE"],
  ])("of %s and %s is %s", (registered, evidence, expected) => {
    expect(comparePhones(registered, evidence).outcome).toBe(expected);
    expect(comparePhones(evidence, registered)).toEqual(comparePhones(registered, evidence));
  });

  it("is a match of 1 for a number and itself in national notation", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 999 }),
        fc.integer({ min: 200, max: 999 }),
        fc.integer({ min: 1000, max: 9999 }),
        (a, b, c) => {
          expect(comparePhones(`+1${a}${b}${c}`, `(${a}) ${b}-${c}`)).toEqual({ outcome: "MATCH", score: 1 });
        },
      ),
      { numRuns: RUNS },
    );
  });

  it("never throws", () => {
    const text = fc.string({ unit: "binary", maxLength: 200 });
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(comparePhones(one, other)).toEqual(comparePhones(other, one));
      }),
      { numRuns: RUNS },
    );
  });
});

import fc from "fast-check";
import { compareNumbers } from "../../../src/verification/compare/number.js";

const RUNS = 2_000;
const digit = fc.integer({ min: 0, max: 9 });
const nine = fc.array(digit, { minLength: 9, maxLength: 9 });
const outcome = (one: string, other: string) => compareNumbers(one, other).outcome;

describe("compareNumbers", () => {
  it.each([
    ["212550101", "212-55-0101", "MATCH", 1],
    ["271234567", "27-1234567", "MATCH", 1],
    ["212550101", "２１２５５０１０１", "MATCH", 1],
    ["212550101", "0101", "MATCH", 0.9],
    ["212550101", "XXX-XX-0101", "MATCH", 0.9],
    ["212550101", "21255010", "MISKEY", 0.8889],
    ["212550101", "2125501011", "MISKEY", 0.8889],
    ["212550101", "0110", "MISKEY", 0.75],
    ["212550101", "9876", "MISMATCH", 0],
    ["212550101", "212550110101", "MISMATCH", 0],
    ["212550101", "101", "MISMATCH", 0],
    ["212550101", "", "MISMATCH", 0],
    ["", "", "MISMATCH", 0],
  ])("of %s and %s is %s", (registered, evidence, expected, score) => {
    expect(compareNumbers(registered, evidence)).toEqual({ outcome: expected, score });
    expect(compareNumbers(evidence, registered)).toEqual({ outcome: expected, score });
  });

  it("is a match for the same number, and a miskey for one digit changed", () => {
    fc.assert(
      fc.property(nine, fc.nat(8), fc.integer({ min: 1, max: 9 }), (digits, at, change) => {
        const other = digits.with(at, (digits[at]! + change) % 10);
        expect(compareNumbers(digits.join(""), digits.join(""))).toEqual({ outcome: "MATCH", score: 1 });
        expect(outcome(digits.join(""), other.join(""))).toBe("MISKEY");
      }),
      { numRuns: RUNS },
    );
  });

  it("is a miskey for two neighbours swapped", () => {
    fc.assert(
      fc.property(nine, fc.nat(7), (digits, at) => {
        fc.pre(digits[at] !== digits[at + 1]);
        const other = digits.with(at, digits[at + 1]!).with(at + 1, digits[at]!);
        expect(outcome(digits.join(""), other.join(""))).toBe("MISKEY");
      }),
      { numRuns: RUNS },
    );
  });

  it("is a mismatch for two digits changed that are no neighbours", () => {
    fc.assert(
      fc.property(nine, fc.nat(6), (digits, at) => {
        const other = digits.with(at, (digits[at]! + 1) % 10).with(at + 2, (digits[at + 2]! + 1) % 10);
        fc.pre(new Set(digits).size > 4);
        expect(["MISMATCH"]).toContain(outcome(digits.join(""), other.join("")));
      }),
      { numRuns: RUNS },
    );
  });

  it("never throws, and answers alike from both sides", () => {
    const text = fc.string({ unit: "binary", maxLength: 200 });
    fc.assert(
      fc.property(
        text,
        fc.oneof(
          text,
          nine.map((digits) => digits.join("")),
        ),
        (one, other) => {
          expect(compareNumbers(other, one)).toEqual(compareNumbers(one, other));
        },
      ),
      { numRuns: RUNS },
    );
  });
});

import fc from "fast-check";
import { compareBirthDates } from "../../../src/verification/compare/birth-date.js";

const RUNS = 2_000;
const date = fc
  .date({ min: new Date("1900-01-01T00:00:00Z"), max: new Date("2030-12-31T00:00:00Z"), noInvalidDate: true })
  .map((instant) => instant.toISOString().slice(0, 10));

describe("compareBirthDates", () => {
  it.each([
    ["1984-03-07", "1984-03-07", "MATCH"],
    ["1984-03-07", "1984-07-03", "MISKEY"],
    ["1984-03-07", "1948-03-07", "MISKEY"],
    ["1984-03-07", "1985-03-07", "MISKEY"],
    ["1984-03-07", "1984-03-17", "MISKEY"],
    ["1984-03-07", "1985-04-07", "MISMATCH"],
    ["1984-03-07", "1985-07-03", "MISMATCH"],
    ["1984-03-07", "07.03.1984", "MISMATCH"],
    ["", "", "MISMATCH"],
  ])("of %s and %s is %s", (registered, evidence, expected) => {
    expect(compareBirthDates(registered, evidence).outcome).toBe(expected);
  });

  it("is the same from both sides, and a match of 1 for equal dates alone", () => {
    fc.assert(
      fc.property(date, date, (one, other) => {
        expect(compareBirthDates(other, one)).toEqual(compareBirthDates(one, other));
        expect(compareBirthDates(one, one)).toEqual({ outcome: "MATCH", score: 1 });
        expect(compareBirthDates(one, other).outcome === "MATCH").toBe(one === other);
      }),
      { numRuns: RUNS },
    );
  });

  it("is a miskey for day and month swapped, wherever both are months", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1900, max: 2030 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        (year, month, day) => {
          fc.pre(month !== day);
          const [mm, dd] = [month, day].map((part) => String(part).padStart(2, "0"));
          expect(compareBirthDates(`${year}-${mm}-${dd}`, `${year}-${dd}-${mm}`).outcome).toBe("MISKEY");
        },
      ),
      { numRuns: RUNS },
    );
  });

  it("never throws, and takes nothing that is no date for one", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), date, (text, other) => {
        fc.pre(!/^\d{4}-\d{2}-\d{2}$/.test(text.trim()));
        expect(compareBirthDates(text, other)).toEqual({ outcome: "MISMATCH", score: 0 });
      }),
      { numRuns: RUNS },
    );
  });
});

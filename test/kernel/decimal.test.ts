import fc from "fast-check";
import { ZERO, exceeds, isDecimal, sum, type Decimal } from "../../src/kernel/decimal.js";

const RUNS = 2_000;

/** Amounts of whole cents, up to ten thousand million. */
const cents = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });

const written = (amount: bigint): Decimal => {
  const digits = String(amount < 0n ? -amount : amount).padStart(3, "0");
  return `${amount < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}` as Decimal;
};

describe("isDecimal", () => {
  it.each(["0", "0.00", "2.50", "-1", "999999999999999.9999999999"])("takes %s", (text) => {
    expect(isDecimal(text)).toBe(true);
  });

  it.each([
    "",
    " 1",
    "1 ",
    "1.",
    ".5",
    "+1",
    "1,5",
    "1e3",
    "0x10",
    "NaN",
    "Infinity",
    "1_000",
    "--1",
    "1\n",
    "٣",
    "9".repeat(16),
    `0.${"1".repeat(11)}`,
  ])("refuses %j", (text) => {
    expect(isDecimal(text)).toBe(false);
  });
});

describe("sum", () => {
  it("is zero over nothing", () => {
    expect(sum([])).toBe(ZERO);
  });

  it("adds what floats cannot", () => {
    expect(sum(["0.10", "0.20"] as Decimal[])).toBe("0.30");
    expect(sum(["9007199254740993.01", "0.01"] as Decimal[])).toBe("9007199254740993.02");
  });

  it("is exact to the cent, in any order", () => {
    fc.assert(
      fc.property(fc.array(cents, { minLength: 1, maxLength: 50 }), (amounts) => {
        const total = amounts.reduce((all, amount) => all + amount, 0n);
        expect(sum(amounts.map(written))).toBe(written(total));
        expect(sum(amounts.toReversed().map(written))).toBe(written(total));
      }),
      { numRuns: RUNS },
    );
  });

  it("rounds nothing away: two fractions of a cent are one cent", () => {
    expect(sum(["0.005", "0.005"] as Decimal[])).toBe("0.010");
    expect(sum(["0.0000000001", "2.50"] as Decimal[])).toBe("2.5000000001");
  });

  it("always answers a decimal", () => {
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 50 }), (amounts) => {
        expect(isDecimal(sum(amounts.map(written)))).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });
});

describe("exceeds", () => {
  it("compares amounts, not their spelling", () => {
    expect(exceeds("10.00" as Decimal, "9.99" as Decimal)).toBe(true);
    expect(exceeds("2.5" as Decimal, "2.50" as Decimal)).toBe(false);
  });

  it("agrees with whole numbers of cents", () => {
    fc.assert(
      fc.property(cents, cents, (amount, limit) => {
        expect(exceeds(written(amount), written(limit))).toBe(amount > limit);
      }),
      { numRuns: RUNS },
    );
  });
});

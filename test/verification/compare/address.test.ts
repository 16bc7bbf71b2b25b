import fc from "fast-check";
import type { Address } from "../../../src/entity/facts.js";
import { addressOutcome, compareAddresses } from "../../../src/verification/compare/address.js";
import { readStreet } from "../../../src/verification/compare/street.js";
import { ADDRESS_ROWS } from "./labelled-address.js";
import { addressFrom } from "./labelled.js";

const RUNS = 1_000;

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ unit: fc.constantFrom(...Array.from("12ab #-/ pobx.")), maxLength: 200 }),
);
const anyAddress: fc.Arbitrary<Address> = fc.record({
  line1: text,
  line2: fc.option(text),
  city: text,
  state: text,
  postalCode: text,
  country: fc.constantFrom("US", "CA", "DE"),
});
const known = fc.constantFrom(...ADDRESS_ROWS.flatMap(([one, other]) => [addressFrom(one), addressFrom(other)]));

const marked = (words: string): string => words.replace(/[aeiou]/g, "$&\u0301").normalize();
const rewritten = (address: Address, write: (words: string) => string): Address => ({
  ...address,
  line1: write(address.line1),
  line2: address.line2 === null ? null : write(address.line2),
  city: write(address.city),
});

/** Of a house in one town, unless said otherwise. */
const at = (line1: string, town: Partial<Address> = {}): Address => ({
  line1,
  line2: null,
  city: "Trent",
  state: "IL",
  postalCode: "60601",
  country: "US",
  ...town,
});

const compared = (one: string, other: string, town?: Partial<Address>) =>
  compareAddresses(at(one), at(other, town)).outcome;

describe("compareAddresses", () => {
  it.each([
    ["77 North Ridge Avenue", "77 N RIDGE AVE."],
    ["77 Ridge Ave N", "77 N Ridge Ave"],
    ["21 Quarry Blvd Apartment 4-B", "21 Quarry Boulevard #4B"],
    ["21 Quarry Blvd 4B", "21 Quarry Blvd Apt 4 B"],
    ["9 Fifth Avenue", "9 5th Ave"],
    ["12-34 31st Road", "1234 31 Rd"],
    ["44 County Road 19", "44 CR 19"],
    ["Post Office Box 318", "P.O. Box 318"],
    ["RR 2 Box 15", "Rural Route 2, Box 15"],
    ["55 Saint James Place", "55 St. James Pl"],
    ["20 E Street NE", "20 E St NE"],
    ["30 Lake Shore Dr", "30 Lakeshore Drive"],
    ["12 Front Street", "12 Front St"],
    ["3rd Floor, 12 Elm St", "12 Elm St Fl 3"],
    ["c/o Tilden, 12 Elm St", "12 Elm St Attn: Marsh"],
    ["3300 Interstate 35 N", "3300 N I-35"],
  ])("takes %s and %s for one", (one, other) => {
    expect(compared(one, other)).toBe("MATCH");
  });

  it.each([
    ["21 Quarry Blvd Apt 4", "21 Quarry Blvd Apt 5"],
    ["21 Quarry Blvd Front", "21 Quarry Blvd Rear"],
    ["21 Oak Street", "21 Oak Avenue"],
    ["21 Oak Street", "21 1/2 Oak Street"],
    ["21 Oak Street", "…"],
  ])("leaves %s and %s open", (one, other) => {
    expect(compared(one, other)).toBe("INCONCLUSIVE");
  });

  it.each([
    ["PO Box 318", "318 Main Street"],
    ["PO Box 318", "PO Box 319"],
    ["21 Oak Street", "22 Oak Street"],
    ["21 N Oak Street", "21 S Oak Street"],
    ["21 5th Street", "21 6th Street"],
    ["21 US Highway 61", "21 US Highway 16"],
    ["21 Avenue B", "21 Avenue C"],
    ["21 State Route 9", "21 County Road 9"],
  ])("takes %s and %s for two", (one, other) => {
    expect(compared(one, other)).toBe("MISMATCH");
  });

  it("does not mind four digits more, another name of the town, or one wrong digit of the postal code", () => {
    expect(compared("21 Oak St", "21 Oak St", { postalCode: "60601-2230" })).toBe("MATCH");
    expect(compared("21 Oak St", "21 Oak St", { city: "Harbor Point" })).toBe("MATCH");
    expect(compared("21 Oak St", "21 Oak St", { postalCode: "60610" })).toBe("MATCH");
  });

  it("leaves another postal code of the town open, and takes another town or country for another", () => {
    expect(compared("21 Oak St", "21 Oak St", { postalCode: "60789" })).toBe("INCONCLUSIVE");
    expect(compared("21 Oak St", "21 Oak St", { city: "Harbor Point", postalCode: "60789" })).toBe("MISMATCH");
    expect(compared("21 Oak St", "21 Oak St", { state: "OH", postalCode: "45402" })).toBe("MISMATCH");
    expect(compared("21 Oak St", "21 Oak St", { country: "CA" })).toBe("MISMATCH");
  });

  it("never throws, answers alike from both sides, stays between 0 and 1, and is a match of 1 for equals", () => {
    fc.assert(
      fc.property(fc.oneof(anyAddress, known), fc.oneof(anyAddress, known), (one, other) => {
        const found = compareAddresses(one, other);
        expect(compareAddresses(other, one)).toEqual(found);
        expect(found.score).toBeGreaterThanOrEqual(0);
        expect(found.score).toBeLessThanOrEqual(1);
        const isBlank = one.line1.trim() === "";
        expect(isBlank ? 1 : compareAddresses(one, { ...one }).score).toBe(1);
      }),
      { numRuns: RUNS },
    );
  });

  it("does not mind case and diacritics", () => {
    fc.assert(
      fc.property(known, known, (one, other) => {
        const { score } = compareAddresses(one, other);
        expect(
          compareAddresses(
            one,
            rewritten(other, (words) => words.toUpperCase()),
          ).score,
        ).toBeGreaterThanOrEqual(score);
        expect(compareAddresses(one, rewritten(other, marked)).score).toBeGreaterThanOrEqual(score);
      }),
      { numRuns: RUNS },
    );
  });
});

describe("addressOutcome", () => {
  it.each<[string, string, Partial<Address>]>([
    ["full_match", "21 Oak Street", {}],
    ["full_match", "21 Oak Street", { city: "Harbor Point" }],
    ["partial_match_street_and_city_only", "21 Oak Street", { postalCode: "60610" }],
    ["partial_match_street_and_city_only", "21 Oak Street", { postalCode: "60789" }],
    ["partial_match_zip_only", "90 Cedar Path", {}],
    ["partial_match_zip_only", "PO Box 21", {}],
    ["inconclusive", "21 Oak Avenue", {}],
    ["inconclusive", "", {}],
    ["no_match", "90 Cedar Path", { postalCode: "60789" }],
    ["no_match", "21 Oak Street", { country: "CA" }],
    ["no_match", "21 Oak Street", { city: "Harbor Point", postalCode: "60789" }],
  ])("is %s for %s, %j", (expected, line1, town) => {
    expect(addressOutcome(at("21 Oak St"), at(line1, town))).toBe(expected);
  });

  it("is inconclusive for another unit of the house", () => {
    expect(addressOutcome(at("21 Oak St Apt 4"), at("21 Oak St Apt 5"))).toBe("inconclusive");
  });

  it("is a full match for no two that do not match", () => {
    fc.assert(
      fc.property(known, known, (one, other) => {
        expect(compareAddresses(one, other).outcome === "MATCH" || addressOutcome(one, other) !== "full_match").toBe(
          true,
        );
      }),
      { numRuns: RUNS },
    );
  });
});

describe("readStreet", () => {
  it.each([
    ["1200 West Avenue", { house: "1200", name: ["w"], type: "avenue", directions: [] }],
    ["100 Highway 61 S", { house: "100", name: ["highway", "61"], type: null, directions: ["s"] }],
    ["5 Park Avenue South", { house: "5", name: ["park"], type: "avenue", directions: ["s"] }],
    ["PO Box 12, 5 Main St", { house: "5", name: ["main"], type: "street", box: "12" }],
    ["123-A Main St", { house: "123", name: ["main"], units: ["a"] }],
    ["N6W23001 Quarry Rd", { house: "n6w23001", name: ["quarry"], type: "road" }],
    ["Calle Sauce 14", { house: "14", name: ["calle", "sauce"] }],
    ["21 Elm St Bldg 2 Apt 5", { house: "21", name: ["elm"], units: ["5", "bldg 2"] }],
  ])("takes %s apart", (line, expected) => {
    expect(readStreet(line, null)).toMatchObject(expected);
  });
});

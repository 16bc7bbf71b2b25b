import fc from "fast-check";
import { compareBusinessNames } from "../../../src/verification/compare/business-name.js";

const RUNS = 1_000;
const text = fc.oneof(fc.string({ unit: "binary", maxLength: 200 }), fc.string({ unit: "grapheme", maxLength: 60 }));

describe("compareBusinessNames", () => {
  it.each([
    ["Tallgrass Robotics Inc", "TALLGRASS ROBOTICS, INCORPORATED"],
    ["Tallgrass Robotics Limited Liability Company", "Tallgrass Robotics, L.L.C."],
    ["Tallgrass Robotics", "Tallgrass Robotics LLC"],
    ["Marsh & Daughters Ltd", "Marsh and Daughters Limited"],
    ["Copper Kettle, The", "The Copper Kettle"],
    ["O'Hara Plumbing Co", "OHara Plumbing Company"],
    ["A.B.C. Roofing LLC", "ABC Roofing LLC"],
    ["Harlan Bros. Mfg. Co.", "Harlan Brothers Manufacturing Company"],
    ["Quillfeather Consulting LLC", "Quilfeather Consulting LLC"],
    ["Café Lumière", "CAFE LUMIERE"],
    ["The The", "the the"],
  ])("takes %s and %s for one", (registered, evidence) => {
    expect(compareBusinessNames(registered, evidence).outcome).toBe("MATCH");
  });

  it.each([
    ["Tallgrass Robotics Inc", "Tallgrass Robotics LLC"],
    ["Tallgrass Holdings LLC", "Tallgrass LLC"],
    ["International Barley Mills Corp", "IBM Corp"],
    ["Garden House", "House Garden"],
    ["Tallgrass", "…"],
  ])("leaves %s and %s open", (registered, evidence) => {
    expect(compareBusinessNames(registered, evidence).outcome).toBe("INCONCLUSIVE");
  });

  it.each([
    ["Harbor Fund II LP", "Harbor Fund III LP"],
    ["Route 66 Diner LLC", "Route 67 Diner LLC"],
    ["Summit Roofing Inc", "Summit Flooring Inc"],
    ["ABC Roofing LLC", "ABD Roofing LLC"],
    ["LLC", "Inc"],
  ])("takes %s and %s for two", (registered, evidence) => {
    expect(compareBusinessNames(registered, evidence).outcome).toBe("MISMATCH");
  });

  it("never throws, answers alike from both sides, stays between 0 and 1, and is a match of 1 for equals", () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const found = compareBusinessNames(one, other);
        expect(compareBusinessNames(other, one)).toEqual(found);
        expect(found.score).toBeGreaterThanOrEqual(0);
        expect(found.score).toBeLessThanOrEqual(1);
        expect(one.trim() === "" ? 1 : compareBusinessNames(one, one).score).toBe(1);
      }),
      { numRuns: RUNS },
    );
  });
});

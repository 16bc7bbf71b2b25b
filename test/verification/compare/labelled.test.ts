import { comparisonOf, describePair, judge } from "./judge.js";
import { KINDS, LABELLED } from "./labelled.js";

/** The least that is reached, a little below what is. Precision counts before recall, since a doubt is looked at and a false match is not. */
const FLOORS = { precision: 0.97, recall: 0.9 };

const ofKind = (kind: (typeof KINDS)[number]) => LABELLED.filter((pair) => pair.kind === kind);

describe("the comparisons, against pairs that a reader has judged,", () => {
  it("are judged by many pairs of each kind, a third of which were not seen while they were tuned", () => {
    expect(LABELLED.length).toBeGreaterThanOrEqual(400);
    expect(ofKind("name").length).toBeGreaterThanOrEqual(150);
    expect(ofKind("name").filter(({ same }) => !same).length).toBeGreaterThanOrEqual(100);
    expect(ofKind("address").length).toBeGreaterThanOrEqual(80);
    expect(ofKind("businessName").length).toBeGreaterThanOrEqual(30);
    expect(LABELLED.filter(({ heldOut }) => heldOut).length / LABELLED.length).toBeGreaterThan(0.33);
  });

  it.each([
    ["all pairs", LABELLED],
    ["the pairs held out", LABELLED.filter(({ heldOut }) => heldOut)],
  ])("match few that are not the same, and most that are: %s", (_which, pairs) => {
    const { precision, recall } = judge(pairs);
    expect(precision).toBeGreaterThanOrEqual(FLOORS.precision);
    expect(recall).toBeGreaterThanOrEqual(FLOORS.recall);
  });

  it.each(KINDS)("match no two that are not the same: %s", (kind) => {
    expect(judge(ofKind(kind)).falseMatches.map(describePair)).toEqual([]);
  });

  it("answer alike from both sides", () => {
    for (const pair of LABELLED) {
      const mirrored = { ...pair, registered: pair.evidence, evidence: pair.registered } as typeof pair;
      expect(comparisonOf(mirrored)).toEqual(comparisonOf(pair));
    }
  });
});

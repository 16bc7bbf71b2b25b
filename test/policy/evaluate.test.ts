import fc from "fast-check";
import type { SubProductKind } from "../../src/attestation/sub-product.js";
import type { Id } from "../../src/kernel/id.js";
import { plusDays, plusMs, type Instant } from "../../src/kernel/instant.js";
import {
  evaluate,
  type Evidence,
  type Question,
  type RequirementReason,
  type RequirementResult,
} from "../../src/policy/evaluate.js";
import type { PolicyRequirement } from "../../src/policy/policy.js";
import { NOON } from "../support/app.js";

const RUNS = 2_000;

const KINDS = ["LIVENESS_REVIEW", "BIOMETRIC_REVIEW", "DOCUMENT_REVIEW"] as const satisfies readonly SubProductKind[];

const attId = (number: number): Id<"att"> => `att_${String(number).padStart(26, "0")}`;
const parId = (number: number): Id<"par"> => `par_${String(number).padStart(26, "0")}`;

/** What a test says of a piece of evidence; the rest is the same in all. */
interface Told {
  readonly id: number;
  readonly kind?: SubProductKind;
  readonly furnisher?: number;
  readonly performedAt?: Instant;
  readonly assertion?: boolean;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly revokedReason?: string | null;
  readonly disputedReason?: string | null;
}

function evidence({
  id,
  kind = "LIVENESS_REVIEW",
  furnisher = 1,
  performedAt = NOON,
  assertion = true,
  data = {},
  revokedReason = null,
  disputedReason = null,
}: Told): Evidence {
  const about = {
    attestation: attId(id),
    entity: "ent_1",
    furnisher: parId(furnisher),
    kind,
    assertion,
    performedAt,
    furnishedAt: NOON,
    data,
  } as const;
  return {
    attestationId: attId(id),
    kind,
    furnisherId: parId(furnisher),
    networkId: "net_1",
    performedAt,
    statement: about,
    contentHash: `hash-${id}`,
    revokedReason,
    disputedReason,
  };
}

const requirement = (over: Partial<PolicyRequirement> = {}): PolicyRequirement => ({
  key: "liveness",
  kinds: ["LIVENESS_REVIEW"],
  required: true,
  maxAgeDays: null,
  conditions: [],
  furnisherIds: null,
  ...over,
});

const question = (over: Partial<Question> = {}): Question => ({
  requirements: [requirement()],
  selection: "OLDEST",
  consented: null,
  furnishers: null,
  excluded: new Set(),
  acceptsDisputed: false,
  at: NOON,
  ...over,
});

const LIVE = { field: "livenessReviewOutcome", operator: "EQ", values: ["live"] } as const;
const SPOOFED = { livenessReviewOutcome: "spoof_suspected" };

const only = (asked: Question, seen: readonly Evidence[]): RequirementResult => evaluate(asked, seen).results[0]!;

const chosenIds = (asked: Question, seen: readonly Evidence[]): Id<"att">[] =>
  evaluate(asked, seen).chosen.map(({ evidence: one }) => one.attestationId);

describe("evaluate", () => {
  it("meets a requirement, and says on what", () => {
    const verdict = evaluate(question(), [evidence({ id: 7 })]);
    expect(verdict.satisfied).toBe(true);
    expect(verdict.results).toEqual([
      { key: "liveness", kinds: ["LIVENESS_REVIEW"], required: true, met: true, reason: "MET", detail: null },
    ]);
    expect(verdict.chosen).toEqual([{ requirement: requirement(), evidence: evidence({ id: 7 }) }]);
  });

  it.each<readonly [RequirementReason, Partial<Question>, readonly Evidence[], RegExp]>([
    ["MISSING", {}, [], /^No attestation of this kind is visible to you/],
    ["MISSING", {}, [evidence({ id: 1, kind: "BIOMETRIC_REVIEW" })], /^No attestation of this kind is visible to you/],
    [
      "OUTSIDE_CONSENT",
      { consented: new Set(["BIOMETRIC_REVIEW"]) },
      [evidence({ id: 1 })],
      /consent does not name this kind/,
    ],
    [
      "FURNISHER_EXCLUDED",
      { furnishers: new Set([parId(2)]) },
      [evidence({ id: 1 })],
      /furnishers that you did not accept/,
    ],
    [
      "FURNISHER_EXCLUDED",
      { excluded: new Set([parId(1)]) },
      [evidence({ id: 1 })],
      /furnishers that you did not accept/,
    ],
    [
      "FURNISHER_EXCLUDED",
      { requirements: [requirement({ furnisherIds: [parId(2)] })] },
      [evidence({ id: 1 })],
      /furnishers that the policy does not accept/,
    ],
    ["DISPUTED", {}, [evidence({ id: 1, disputedReason: "Doubted." })], /^att_0+1 is disputed: Doubted\.$/],
    [
      "REVOKED",
      {},
      [evidence({ id: 1, revokedReason: "Forged." })],
      /^att_0+1 was revoked by its furnisher: Forged\.$/,
    ],
    [
      "STALE",
      { requirements: [requirement({ maxAgeDays: 30 })] },
      [evidence({ id: 1, performedAt: plusDays(NOON, -31) })],
      /^att_0+1 was performed on 2026-01-30, more than 30 days ago\.$/,
    ],
    [
      "CONDITION_FAILED",
      { requirements: [requirement({ conditions: [LIVE] })] },
      [evidence({ id: 1, data: SPOOFED })],
      /^att_0+1 does not meet livenessReviewOutcome EQ live\.$/,
    ],
    ["CONDITION_FAILED", {}, [evidence({ id: 1, assertion: false })], /^att_0+1 says that the check does not hold\.$/],
  ])("explains %s in words", (reason, over, seen, words) => {
    const verdict = evaluate(question(over), seen);
    expect(verdict.satisfied).toBe(false);
    expect(verdict.chosen).toEqual([]);
    expect(verdict.results[0]).toMatchObject({ met: false, reason });
    expect(verdict.results[0]?.detail).toMatch(words);
  });

  it("counts disputed evidence where the policy says so", () => {
    const verdict = evaluate(question({ acceptsDisputed: true }), [evidence({ id: 1, disputedReason: "Doubted." })]);
    expect(verdict.satisfied).toBe(true);
  });

  it("answers every requirement, in the order of the policy, met or not", () => {
    const requirements = [
      requirement({ key: "b" }),
      requirement({ key: "a", kinds: ["DOCUMENT_REVIEW"] }),
      requirement({ key: "c", kinds: ["BIOMETRIC_REVIEW"] }),
    ];
    const { results, satisfied } = evaluate(question({ requirements }), [
      evidence({ id: 1, kind: "BIOMETRIC_REVIEW" }),
    ]);
    expect(results.map(({ key, met }) => [key, met])).toEqual([
      ["b", false],
      ["a", false],
      ["c", true],
    ]);
    expect(satisfied).toBe(false);
  });

  it("explains a no by whatever came furthest", () => {
    const asked = question({
      requirements: [requirement({ maxAgeDays: 30, conditions: [LIVE] })],
      furnishers: new Set([parId(1)]),
    });
    const steps: readonly (readonly [RequirementReason, Evidence])[] = [
      ["FURNISHER_EXCLUDED", evidence({ id: 1, furnisher: 2 })],
      ["REVOKED", evidence({ id: 2, revokedReason: "x" })],
      ["STALE", evidence({ id: 3, performedAt: plusDays(NOON, -31) })],
      ["CONDITION_FAILED", evidence({ id: 4, data: SPOOFED })],
      ["MET", evidence({ id: 5, data: { livenessReviewOutcome: "live" } })],
    ];
    steps.forEach(([reason], index) =>
      expect(
        only(
          asked,
          steps.slice(0, index + 1).map(([, one]) => one),
        ).reason,
      ).toBe(reason),
    );
  });

  it("gives the first hurdle that a piece of evidence fails at as its reason", () => {
    const worst = evidence({
      id: 1,
      furnisher: 2,
      revokedReason: "x",
      performedAt: plusDays(NOON, -31),
      data: SPOOFED,
    });
    const requirements = [requirement({ maxAgeDays: 30, conditions: [LIVE] })];
    expect(only(question({ requirements, furnishers: new Set([parId(1)]) }), [worst]).reason).toBe(
      "FURNISHER_EXCLUDED",
    );
    expect(only(question({ requirements }), [worst]).reason).toBe("REVOKED");
    expect(only(question({ requirements }), [{ ...worst, revokedReason: null }]).reason).toBe("STALE");
  });

  it("takes an attestation until the very moment at which it grows too old", () => {
    const asked = question({ requirements: [requirement({ maxAgeDays: 30 })] });
    const aged = (ms: number): RequirementReason =>
      only(asked, [evidence({ id: 1, performedAt: plusMs(plusDays(NOON, -30), ms) })]).reason;
    expect(aged(1)).toBe("MET");
    expect(aged(0)).toBe("STALE");
  });

  it("takes the oldest or the freshest, as the policy says", () => {
    const seen = [
      evidence({ id: 2, performedAt: plusMs(NOON, -2) }),
      evidence({ id: 1, performedAt: plusMs(NOON, -1) }),
      evidence({ id: 3, performedAt: plusMs(NOON, -3) }),
    ];
    expect(chosenIds(question({ selection: "OLDEST" }), seen)).toEqual([attId(3)]);
    expect(chosenIds(question({ selection: "FRESHEST" }), seen)).toEqual([attId(1)]);
  });

  it.each(["OLDEST", "FRESHEST"] as const)("breaks ties by id, first come first: %s", (selection) => {
    expect(chosenIds(question({ selection }), [evidence({ id: 3 }), evidence({ id: 1 }), evidence({ id: 2 })])).toEqual(
      [attId(1)],
    );
  });

  it("takes any one of the kinds of a requirement", () => {
    const asked = question({ requirements: [requirement({ kinds: ["LIVENESS_REVIEW", "BIOMETRIC_REVIEW"] })] });
    expect(chosenIds(asked, [evidence({ id: 1, kind: "BIOMETRIC_REVIEW" })])).toEqual([attId(1)]);
  });

  it("takes only those of the kinds that the consent names", () => {
    const asked = question({
      requirements: [requirement({ kinds: ["LIVENESS_REVIEW", "BIOMETRIC_REVIEW"] })],
      consented: new Set(["BIOMETRIC_REVIEW"] as const),
    });
    expect(only(asked, [evidence({ id: 1 })]).reason).toBe("MISSING");
    expect(chosenIds(asked, [evidence({ id: 1 }), evidence({ id: 2, kind: "BIOMETRIC_REVIEW" })])).toEqual([attId(2)]);
  });

  it("says of what is outside the consent the same whether it exists or not", () => {
    const asked = question({ consented: new Set() });
    expect(evaluate(asked, [evidence({ id: 1 })])).toEqual(evaluate(asked, []));
  });

  it("is satisfied without what is not required, and still says why it is not met", () => {
    const verdict = evaluate(question({ requirements: [requirement({ required: false })] }), []);
    expect(verdict.satisfied).toBe(true);
    expect(verdict.results[0]).toMatchObject({ met: false, reason: "MISSING", required: false });
  });
});

const instants = fc.integer({ min: 0, max: 40 }).map((days) => plusDays(NOON, -days));

const told: fc.Arbitrary<Omit<Told, "id">> = fc.record({
  kind: fc.constantFrom(...KINDS),
  furnisher: fc.integer({ min: 1, max: 3 }),
  performedAt: instants,
  assertion: fc.boolean(),
  data: fc.constantFrom({}, { livenessReviewOutcome: "live" }, SPOOFED),
  revokedReason: fc.constantFrom(null, null, "Forged."),
  disputedReason: fc.constantFrom(null, null, "Doubted."),
});

const manyEvidence = fc
  .array(told, { maxLength: 8 })
  .map((list) => list.map((one, index) => evidence({ ...one, id: index + 1 })));

const requirements: fc.Arbitrary<PolicyRequirement[]> = fc.array(
  fc.record({
    key: fc.constantFrom("a", "b", "c"),
    kinds: fc.subarray([...KINDS], { minLength: 1 }),
    required: fc.boolean(),
    maxAgeDays: fc.option(fc.integer({ min: 1, max: 40 })),
    conditions: fc.constantFrom([], [LIVE]),
    furnisherIds: fc.constantFrom(null, [parId(1)], [parId(2), parId(3)]),
  }),
  { minLength: 1, maxLength: 3 },
);

const questions: fc.Arbitrary<Question> = fc.record({
  requirements,
  selection: fc.constantFrom("OLDEST", "FRESHEST"),
  consented: fc.option(fc.subarray([...KINDS]).map((kinds) => new Set<SubProductKind>(kinds))),
  furnishers: fc.option(fc.subarray([1, 2, 3]).map((list) => new Set<string>(list.map(parId)))),
  excluded: fc.subarray([1, 2, 3]).map((list) => new Set<string>(list.map(parId))),
  acceptsDisputed: fc.boolean(),
  at: fc.constant(NOON),
});

/** The same judgement in the plainest words: everything eligible, sorted. */
function bruteForce(asked: Question, one: PolicyRequirement, seen: readonly Evidence[]): Id<"att"> | null {
  const eligible = seen.filter(
    (each) =>
      one.kinds.includes(each.kind) &&
      (asked.consented === null || asked.consented.has(each.kind)) &&
      (asked.furnishers === null || asked.furnishers.has(each.furnisherId)) &&
      !asked.excluded.has(each.furnisherId) &&
      (!one.furnisherIds || one.furnisherIds.includes(each.furnisherId)) &&
      each.revokedReason === null &&
      (asked.acceptsDisputed || each.disputedReason === null) &&
      each.statement.assertion &&
      (one.maxAgeDays === null || Date.parse(asked.at) - Date.parse(each.performedAt) < one.maxAgeDays * 86_400_000) &&
      (one.conditions.length === 0 || each.statement.data["livenessReviewOutcome"] === "live"),
  );
  const moments = eligible.map(({ performedAt }) => Date.parse(performedAt));
  const best = asked.selection === "OLDEST" ? Math.min(...moments) : Math.max(...moments);
  const ids = eligible
    .filter(({ performedAt }) => Date.parse(performedAt) === best)
    .map(({ attestationId }) => attestationId);
  return ids.toSorted()[0] ?? null;
}

describe("evaluate, whatever is asked and seen,", () => {
  const holds = (law: (asked: Question, seen: Evidence[]) => void): void =>
    fc.assert(fc.property(questions, manyEvidence, law), { numRuns: RUNS });

  it("chooses the oldest or the freshest of what is eligible", () => {
    holds((asked, seen) => {
      const { chosen } = evaluate(asked, seen);
      const expected = asked.requirements.map((one) => bruteForce(asked, one, seen)).filter((id) => id !== null);
      expect(chosen.map(({ evidence: one }) => one.attestationId)).toEqual(expected);
    });
  });

  it("never turns a yes into a no because one attestation more is seen", () => {
    fc.assert(
      fc.property(questions, manyEvidence, told, (asked, seen, one) => {
        const before = evaluate(asked, seen).results;
        const after = evaluate(asked, [...seen, evidence({ ...one, id: 99 })]).results;
        expect(after.filter(({ met }, index) => before[index]?.met && !met)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it("does not depend on the order in which evidence is read", () => {
    const shuffled = manyEvidence.chain((seen) =>
      fc.tuple(fc.constant(seen), fc.shuffledSubarray(seen, { minLength: seen.length })),
    );
    fc.assert(
      fc.property(questions, shuffled, (asked, [seen, other]) =>
        expect(evaluate(asked, other)).toEqual(evaluate(asked, seen)),
      ),
      { numRuns: RUNS },
    );
  });

  it("is satisfied exactly when all that is required is met: the optional never decides", () => {
    holds((asked, seen) => {
      const needed = asked.requirements.filter(({ required }) => required);
      expect(evaluate(asked, seen).satisfied).toBe(
        evaluate({ ...asked, requirements: needed }, seen).results.every(({ met }) => met),
      );
    });
  });

  it("has evidence for each requirement that it calls met, a detail for each other, and one answer for each", () => {
    holds((asked, seen) => {
      const { results, chosen } = evaluate(asked, seen);
      expect(results.length).toBe(asked.requirements.length);
      expect(results.filter(({ met }) => met).length).toBe(chosen.length);
      expect(
        results.filter(({ met, reason, detail }) => met !== (reason === "MET") || met !== (detail === null)),
      ).toEqual([]);
    });
  });

  it("does not look at evidence of kinds that were not asked for", () => {
    fc.assert(
      fc.property(
        questions,
        manyEvidence,
        fc.constantFrom<SubProductKind>("ADDRESS_CAPTURE", "LIVENESS_CAPTURE"),
        (asked, seen, kind) => {
          expect(evaluate(asked, [...seen, evidence({ id: 99, kind })])).toEqual(evaluate(asked, seen));
        },
      ),
      { numRuns: RUNS },
    );
  });
});

import fc from "fast-check";
import { SUB_PRODUCTS, SUB_PRODUCT_KINDS, type Field, type SubProductKind } from "../../src/attestation/sub-product.js";
import { faultsOfCondition, meets } from "../../src/policy/condition.js";
import { CONDITION_OPERATORS, type ConditionOperator, type PolicyCondition } from "../../src/policy/policy.js";

const RUNS = 1_000;

const condition = (field: string, operator: ConditionOperator, ...values: readonly string[]): PolicyCondition => ({
  field,
  operator,
  values,
});

const paths = (kind: SubProductKind, ...parts: Parameters<typeof condition>): string[] =>
  faultsOfCondition(condition(...parts), [kind], "c").map(({ path }) => path);

/** A field of each type, with a value that it could hold. */
const FIELDS: Readonly<Record<Field["type"], readonly [kind: SubProductKind, field: string, value: string]>> = {
  TEXT: ["LIVENESS_REVIEW", "livenessReviewOutcome", "live"],
  TEXTS: ["IDENTITY_CORROBORATION", "identityElementsCorroborated", "ssn"],
  DATE: ["DOCUMENT_CAPTURE", "documentExpirationDate", "2031-05-03"],
  BOOLEAN: ["DOCUMENT_REVIEW", "documentTamperReviewPerformed", "true"],
  COUNT: ["ADDRESS_VERIFICATION", "addressSourceCountFullMatch", "1"],
  SCORE: ["BIOMETRIC_REVIEW", "biometricComparisonScore", "0.9"],
};

/** Which operator goes with which type: written out, since it is the law and not to be computed. */
const ALLOWED: Readonly<Record<Field["type"], readonly ConditionOperator[]>> = {
  TEXT: ["EQ", "IN"],
  TEXTS: ["CONTAINS"],
  DATE: ["EQ", "GTE", "LTE"],
  BOOLEAN: ["EQ"],
  COUNT: ["EQ", "IN", "GTE", "LTE"],
  SCORE: ["GTE", "LTE"],
};

const TYPES = Object.keys(FIELDS) as Field["type"][];

const pairs = TYPES.flatMap((type) =>
  CONDITION_OPERATORS.map((operator) => [operator, type, ALLOWED[type].includes(operator)] as const),
);

describe("faultsOfCondition", () => {
  it.each(pairs.filter(([, , allowed]) => allowed))("allows %s on a %s", (operator, type) => {
    const [kind, field, value] = FIELDS[type];
    expect(paths(kind, field, operator, value)).toEqual([]);
  });

  it.each(pairs.filter(([, , allowed]) => !allowed))("refuses %s on a %s", (operator, type) => {
    const [kind, field, value] = FIELDS[type];
    expect(paths(kind, field, operator, value)).toEqual(["c.operator"]);
  });

  it.each([
    ["TEXT", "EQ", "alive"],
    ["TEXT", "IN", "alive"],
    ["TEXTS", "CONTAINS", "shoe_size"],
    ["DATE", "GTE", "2031-02-29"],
    ["DATE", "EQ", "soon"],
    ["BOOLEAN", "EQ", "TRUE"],
    ["BOOLEAN", "EQ", "1"],
    ["COUNT", "GTE", "-1"],
    ["COUNT", "GTE", "1.5"],
    ["COUNT", "GTE", "1e3"],
    ["COUNT", "IN", "one"],
    ["COUNT", "LTE", "10001"],
    ["SCORE", "GTE", "1.01"],
    ["SCORE", "LTE", ""],
    ["SCORE", "LTE", " 0.5"],
    ["SCORE", "LTE", "NaN"],
  ] as const)("refuses, on a %s, %s with a value that it can never have: %j", (type, operator, value) => {
    const [kind, field] = FIELDS[type];
    expect(paths(kind, field, operator, value)).toEqual(["c.values[0]"]);
  });

  it("names each wrong value by its place", () => {
    expect(paths("LIVENESS_REVIEW", "livenessReviewConfidenceTier", "IN", "high", "huge", "medium", "tiny")).toEqual([
      "c.values[1]",
      "c.values[3]",
    ]);
  });

  it.each(
    pairs.filter(([operator, , allowed]) => allowed && operator !== "IN" && operator !== "CONTAINS"),
  )("takes exactly one value for %s on a %s", (operator, type) => {
    const [kind, field, value] = FIELDS[type];
    expect(paths(kind, field, operator)).toEqual(["c.values"]);
    expect(paths(kind, field, operator, value, value)).toEqual(["c.values"]);
  });

  it.each(
    pairs.filter(([operator, , allowed]) => allowed && (operator === "IN" || operator === "CONTAINS")),
  )("takes 1 to 50 values for %s on a %s", (operator, type) => {
    const [kind, field, value] = FIELDS[type];
    const many = (length: number): string[] => Array.from({ length }, () => value);
    expect(paths(kind, field, operator)).toEqual(["c.values"]);
    expect(paths(kind, field, operator, ...many(50))).toEqual([]);
    expect(paths(kind, field, operator, ...many(51))).toEqual(["c.values"]);
  });

  it.each([
    "shoeSize",
    "toString",
    "__proto__",
    "",
    "livenessReviewOutcome ",
  ])("refuses a field that the kind does not have: %j", (field) => {
    expect(paths("LIVENESS_REVIEW", field, "EQ", "live")).toEqual(["c.field"]);
  });

  it("refuses a field that only one of several kinds has", () => {
    const faults = faultsOfCondition(
      condition("livenessReviewOutcome", "EQ", "live"),
      ["LIVENESS_REVIEW", "LIVENESS_CAPTURE"],
      "c",
    );
    expect(faults).toEqual([{ path: "c.field", message: "Is no data field of LIVENESS_CAPTURE." }]);
  });

  it("refuses to depend on anything personal: an answer would give it away", () => {
    const personal = SUB_PRODUCT_KINDS.flatMap((kind) =>
      Object.entries(SUB_PRODUCTS[kind].fields).flatMap(([name, field]) =>
        field.type === "TEXT" && field.personal ? [[kind, name] as const] : [],
      ),
    );
    expect(personal).toEqual([["DOCUMENT_CAPTURE", "documentNumber"]]);
    expect(paths("DOCUMENT_CAPTURE", "documentNumber", "EQ", "P1")).toEqual(["c.field"]);
  });

  it("never repeats what was sent", () => {
    const [fault] = faultsOfCondition(condition("livenessReviewOutcome", "EQ", "S3cret"), ["LIVENESS_REVIEW"], "c");
    expect(fault?.message).toMatch(/live/);
    expect(fault?.message).not.toContain("S3cret");
  });
});

describe("meets", () => {
  it.each<readonly [ConditionOperator, unknown, readonly string[], boolean]>([
    ["EQ", "live", ["live"], true],
    ["EQ", "spoof_suspected", ["live"], false],
    ["EQ", true, ["true"], true],
    ["EQ", false, ["true"], false],
    ["EQ", false, ["false"], true],
    ["EQ", 2, ["2"], true],
    ["EQ", 2, ["2.0"], true],
    ["EQ", 2, ["3"], false],
    ["IN", "medium", ["medium", "high"], true],
    ["IN", "low", ["medium", "high"], false],
    ["IN", 3, ["1", "3"], true],
    ["GTE", 1, ["1"], true],
    ["GTE", 0, ["1"], false],
    ["GTE", 10, ["9"], true],
    ["GTE", 0.97, ["0.9"], true],
    ["LTE", 1, ["1"], true],
    ["LTE", 10, ["9"], false],
    ["GTE", "2031-05-03", ["2031-05-03"], true],
    ["GTE", "2031-05-02", ["2031-05-03"], false],
    ["LTE", "2031-05-04", ["2031-05-03"], false],
    ["CONTAINS", ["ssn", "name", "dob"], ["dob", "ssn"], true],
    ["CONTAINS", ["ssn", "name"], ["ssn", "dob"], false],
    ["CONTAINS", [], ["ssn"], false],
    ["CONTAINS", "ssn", ["ssn"], false],
  ])("%s: %j against %j is %s", (operator, actual, values, expected) => {
    expect(meets(condition("field", operator, ...values), { field: actual })).toBe(expected);
  });

  it.each(CONDITION_OPERATORS)("%s is met by nothing that is absent or null", (operator) => {
    expect(meets(condition("field", operator, "null"), {})).toBe(false);
    expect(meets(condition("field", operator, "null"), { field: null })).toBe(false);
    expect(meets(condition("field", operator, "undefined"), { other: "undefined" })).toBe(false);
  });

  it("compares numbers by size and dates by time, either way", () => {
    const dates = fc
      .date({ min: new Date("1900-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    const scalar = fc.oneof(fc.tuple(fc.nat(), fc.nat()), fc.tuple(dates, dates));
    fc.assert(
      fc.property(scalar, ([actual, wanted]) => {
        expect(meets(condition("field", "GTE", String(wanted)), { field: actual })).toBe(actual >= wanted);
        expect(meets(condition("field", "LTE", String(wanted)), { field: actual })).toBe(actual <= wanted);
        expect(meets(condition("field", "EQ", String(wanted)), { field: actual })).toBe(actual === wanted);
      }),
      { numRuns: RUNS },
    );
  });
});

import fc from "fast-check";
import {
  dataOf,
  faultsOfChecks,
  fieldSchema,
  type Check,
  type Checks,
  type Source,
} from "../../src/attestation/check.js";
import {
  SUB_PRODUCTS,
  SUB_PRODUCT_KINDS,
  countsRule,
  type Field,
  type SubProductKind,
} from "../../src/attestation/sub-product.js";
import { plusMs } from "../../src/kernel/instant.js";
import { NOON } from "../support/app.js";
import { CHECKS } from "../support/given.js";

const RUNS = 1_000;

const EARLIER = plusMs(NOON, -60_000);

const check = (kind: SubProductKind, over: Partial<Check> = {}): Check => ({
  performedAt: NOON,
  ...CHECKS[kind],
  ...over,
});

const faults = (checks: Checks) => faultsOfChecks(checks, "record", NOON);

const paths = (checks: Checks): string[] => faults(checks).map(({ path }) => path);

const about = "A field.";

/** Each type of field, with values that it takes and values that it refuses. */
const VALUES: readonly (readonly [name: string, field: Field, good: readonly unknown[], bad: readonly unknown[]])[] = [
  ["free text", { type: "TEXT", about }, ["a", "é".repeat(200), "漢字"], ["", "a".repeat(201), 7, true, ["a"], {}]],
  [
    "text of a pattern",
    { type: "TEXT", about, pattern: /^[A-Z]{2}$/, shape: "two letters" },
    ["OR"],
    ["or", "ORE", " OR", "OR\n", "", 12],
  ],
  [
    "a word of a vocabulary",
    { type: "TEXT", about, words: ["live", "spoof"] },
    ["live", "spoof"],
    ["LIVE", "live ", "", 1, "toString", ["live"]],
  ],
  [
    "words of a vocabulary",
    { type: "TEXTS", about, words: ["ssn", "name"] },
    [[], ["ssn"], ["name", "ssn"]],
    ["ssn", ["dob"], ["ssn", "ssn"], ["ssn", "name", "ssn"], [1], { 0: "ssn" }],
  ],
  [
    "a date",
    { type: "DATE", about },
    ["2024-02-29", "1900-01-01"],
    ["2023-02-29", "2024-13-01", "2024-1-1", "24-01-01", "2024-01-01T00:00:00Z", "", 20240101],
  ],
  ["a truth", { type: "BOOLEAN", about }, [true, false], ["true", 1, 0, ""]],
  ["a count", { type: "COUNT", about }, [0, 1, 10_000], [-1, 1.5, 10_001, Number.NaN, Number.POSITIVE_INFINITY, "1"]],
  ["a score", { type: "SCORE", about }, [0, 0.5, 1], [-0.01, 1.01, Number.NaN, Number.POSITIVE_INFINITY, "0.5"]],
];

const cases = (column: 2 | 3) =>
  VALUES.flatMap((row) => row[column].map((value) => [row[0], JSON.stringify(value), row[1], value] as const));

describe("fieldSchema", () => {
  it.each(cases(2))("takes, as %s, %s", (_name, _text, field, value) => {
    expect(fieldSchema(field).safeParse(value).success).toBe(true);
  });

  it.each(cases(3))("refuses, as %s, %s", (_name, _text, field, value) => {
    expect(fieldSchema(field).safeParse(value).success).toBe(false);
  });

  it("names what is allowed and never what was sent", () => {
    const sent = "S3cret-value";
    const messages = VALUES.flatMap(
      ([, field]) => fieldSchema(field).safeParse(field.type === "TEXTS" ? [sent] : sent).error?.issues ?? [],
    );
    expect(messages.length).toBe(VALUES.length - 1);
    expect(JSON.stringify(messages.map(({ message }) => message))).not.toContain(sent);
  });
});

describe("faultsOfChecks", () => {
  it.each(SUB_PRODUCT_KINDS)("finds nothing wrong with a good %s", (kind) => {
    expect(faults({ [kind]: check(kind) })).toEqual([]);
  });

  it.each(SUB_PRODUCT_KINDS)("takes a %s without any data: that it was done is what is stated", (kind) => {
    expect(faults({ [kind]: { performedAt: NOON } })).toEqual([]);
    expect(faults({ [kind]: { performedAt: NOON, assertion: false } })).toEqual([]);
  });

  it("wants at least one check", () => {
    expect(paths({})).toEqual(["record"]);
  });

  it.each(SUB_PRODUCT_KINDS)("refuses each field of %s that is not of its type, all at once", (kind) => {
    const { fields, fieldName } = SUB_PRODUCTS[kind];
    const names = Object.keys(fields);
    const wrong = Object.fromEntries(names.map((name) => [name, { not: "a value" }]));
    expect(paths({ [kind]: { performedAt: NOON, ...wrong } }).toSorted()).toEqual(
      names.map((name) => `record.${fieldName}.${name}`).toSorted(),
    );
  });

  it.each(SUB_PRODUCT_KINDS)("refuses a %s performed a millisecond from now", (kind) => {
    expect(paths({ [kind]: check(kind, { performedAt: plusMs(NOON, 1) }) })).toEqual([
      `record.${SUB_PRODUCTS[kind].fieldName}.performedAt`,
    ]);
  });

  it("refuses a document issued tomorrow, and takes one that is issued today and expires later", () => {
    const dated = (documentIssueDate: string): string[] =>
      paths({ DOCUMENT_CAPTURE: { performedAt: NOON, documentIssueDate, documentExpirationDate: "2036-01-01" } });
    expect(dated("2026-03-02")).toEqual([]);
    expect(dated("2026-03-03")).toEqual(["record.documentCapture.documentIssueDate"]);
  });

  it("takes a document that has expired: whether that matters is the policy's to say", () => {
    expect(paths({ DOCUMENT_CAPTURE: check("DOCUMENT_CAPTURE", { documentExpirationDate: "2022-05-03" }) })).toEqual(
      [],
    );
  });

  it.each([
    "2021-05-04",
    "2021-05-03",
  ])("refuses a document issued on 2021-05-04 that expires on %s", (documentExpirationDate) => {
    expect(paths({ DOCUMENT_CAPTURE: check("DOCUMENT_CAPTURE", { documentExpirationDate }) })).toEqual([
      "record.documentCapture.documentExpirationDate",
    ]);
  });

  it.each([
    ["DOCUMENT_REVIEW", "DOCUMENT_CAPTURE"],
    ["BIOMETRIC_REVIEW", "BIOMETRIC_CAPTURE"],
    ["LIVENESS_REVIEW", "LIVENESS_CAPTURE"],
    ["ADDRESS_VERIFICATION", "ADDRESS_CAPTURE"],
  ] as const)("refuses a %s before the %s of the same record, and takes one at the same moment or alone", (review, capture) => {
    const both = (reviewed: Check["performedAt"]): string[] =>
      paths({ [capture]: check(capture), [review]: check(review, { performedAt: reviewed }) });
    expect(both(EARLIER)).toEqual([`record.${SUB_PRODUCTS[review].fieldName}.performedAt`]);
    expect(both(NOON)).toEqual([]);
    expect(paths({ [review]: check(review, { performedAt: EARLIER }) })).toEqual([]);
  });

  it.each([
    ["documentTamperIndicatorsObserved", "documentTamperReviewPerformed"],
    [
      "isDocumentMachineReadableDataValidationConsistentWithDocumentFace",
      "isDocumentMachineReadableDataValidationPerformed",
    ],
  ])("refuses %s unless %s is true", (field, condition) => {
    const stated = (data: Record<string, unknown>): string[] =>
      paths({ DOCUMENT_REVIEW: { performedAt: NOON, ...data } });
    expect(stated({ [field]: false })).toEqual([`record.documentReview.${field}`]);
    expect(stated({ [field]: true, [condition]: false })).toEqual([`record.documentReview.${field}`]);
    expect(stated({ [field]: true, [condition]: null })).toEqual([`record.documentReview.${field}`]);
    expect(stated({ [field]: false, [condition]: true })).toEqual([]);
    expect(stated({ [condition]: false })).toEqual([]);
  });

  it.each(SUB_PRODUCT_KINDS)("refuses every value of a %s that is not asserted", (kind) => {
    const { fieldName } = SUB_PRODUCTS[kind];
    const stated = Object.keys(CHECKS[kind]).map((name) => `record.${fieldName}.${name}`);
    expect(paths({ [kind]: check(kind, { assertion: false }) }).toSorted()).toEqual(stated.toSorted());
  });

  const counting = SUB_PRODUCT_KINDS.filter((kind) => countsRule(kind));

  it.each(counting)("refuses a total of %s that is not the sum of its counts", (kind) => {
    const { total, counts } = countsRule(kind)!;
    const [one, two] = Object.values(counts) as [string, string];
    const stated = (data: Record<string, unknown>): string[] => paths({ [kind]: { performedAt: NOON, ...data } });
    expect(stated({ [total]: 3, [one]: 1, [two]: 1 })).toEqual([`record.${SUB_PRODUCTS[kind].fieldName}.${total}`]);
    expect(stated({ [total]: 2, [one]: 1, [two]: 1 })).toEqual([]);
    expect(stated({ [total]: 2 })).toEqual([]);
    expect(stated({ [one]: 1, [two]: 1 })).toEqual([]);
  });

  it.each(counting)("refuses each count of %s that disagrees with its sources", (kind) => {
    const { total, counts, methods } = countsRule(kind)!;
    const field = SUB_PRODUCTS[kind].fields[methods];
    const method = field?.type === "TEXTS" ? field.words[0]! : "";
    const [outcome, counter] = Object.entries(counts)[0]!;
    const stated = (data: Record<string, unknown>): string[] =>
      paths({ [kind]: { performedAt: NOON, sources: [{ method, outcome }], ...data } });
    const base = `record.${SUB_PRODUCTS[kind].fieldName}`;
    expect(stated({ [total]: 2, [counter]: 0 })).toEqual([`${base}.${total}`, `${base}.${counter}`]);
    expect(stated({ [total]: 1, [counter]: 1 })).toEqual([]);
  });

  it.each([
    ["none", [], "record.addressVerification.sources"],
    [
      "more than 100",
      Array.from({ length: 101 }, () => ({ method: "utility", outcome: "no_match" })),
      "record.addressVerification.sources",
    ],
    [
      "one of an unknown method",
      [{ method: "gossip", outcome: "no_match" }],
      "record.addressVerification.sources[0].method",
    ],
    [
      "one of an unknown outcome",
      [{ method: "utility", outcome: "perhaps" }],
      "record.addressVerification.sources[0].outcome",
    ],
    [
      "one whose outcome names an inherited property",
      [{ method: "utility", outcome: "constructor" }],
      "record.addressVerification.sources[0].outcome",
    ],
  ])("refuses sources: %s", (_what, sources, path) => {
    expect(paths({ ADDRESS_VERIFICATION: { performedAt: NOON, sources } })).toEqual([path]);
  });

  it("reports the faults of every check at once, rules and types together", () => {
    const checks: Checks = {
      DOCUMENT_CAPTURE: check("DOCUMENT_CAPTURE", { documentNumber: "p-1", documentExpirationDate: "2021-01-01" }),
      DOCUMENT_REVIEW: check("DOCUMENT_REVIEW", {
        performedAt: EARLIER,
        documentReviewMethod: "glance",
        documentTamperReviewPerformed: false,
      }),
      LIVENESS_REVIEW: check("LIVENESS_REVIEW", { livenessReviewOutcome: "dead" }),
    };
    expect(paths(checks).toSorted()).toEqual([
      "record.documentCapture.documentExpirationDate",
      "record.documentCapture.documentNumber",
      "record.documentReview.documentReviewMethod",
      "record.documentReview.documentTamperIndicatorsObserved",
      "record.documentReview.performedAt",
      "record.livenessReview.livenessReviewOutcome",
    ]);
  });

  it("never repeats what was sent", () => {
    const text = JSON.stringify(
      faults({
        DOCUMENT_CAPTURE: check("DOCUMENT_CAPTURE", {
          documentNumber: "s3cret",
          documentType: "s3cret",
          documentIssueDate: "s3cret",
        }),
      }),
    );
    expect(text).toContain("documentNumber");
    expect(text).not.toContain("s3cret");
  });
});

/** Sources that a kind may name. */
function sourcesOf(kind: SubProductKind): fc.Arbitrary<Source[]> {
  const { counts, methods } = countsRule(kind)!;
  const field = SUB_PRODUCTS[kind].fields[methods];
  const method = fc.constantFrom(...(field?.type === "TEXTS" ? field.words : []));
  return fc.array(fc.record({ method, outcome: fc.constantFrom(...Object.keys(counts)) }), {
    minLength: 1,
    maxLength: 100,
  });
}

describe("dataOf", () => {
  it("states only what is present, under the names of the table", () => {
    expect(
      dataOf("DOCUMENT_REVIEW", {
        performedAt: NOON,
        assertion: true,
        documentReviewMethod: "manual",
        documentTamperReviewPerformed: null,
        stray: 1,
      }),
    ).toEqual({
      documentReviewMethod: "manual",
    });
  });

  it("adds the total that counts imply", () => {
    expect(
      dataOf("ADDRESS_VERIFICATION", {
        performedAt: NOON,
        addressSourceCountFullMatch: 2,
        addressSourceCountNoMatch: 1,
      }),
    ).toEqual({
      addressSourceCountFullMatch: 2,
      addressSourceCountNoMatch: 1,
      totalAddressSourcesConsulted: 3,
    });
  });

  it.each(
    SUB_PRODUCT_KINDS.filter((kind) => countsRule(kind)),
  )("counts every source of %s exactly once, whatever the sources", (kind) => {
    const { counts, total, methods, outcomes } = countsRule(kind)!;
    fc.assert(
      fc.property(sourcesOf(kind), (sources) => {
        const data = dataOf(kind, { performedAt: NOON, sources });
        expect(data[total]).toBe(sources.length);
        expect(Object.values(counts).reduce((sum, counter) => sum + Number(data[counter]), 0)).toBe(sources.length);
        for (const [outcome, counter] of Object.entries(counts))
          expect(data[counter]).toBe(sources.filter((one) => one.outcome === outcome).length);
        expect(data[methods]).toEqual([...new Set(sources.map(({ method }) => method))]);
        expect(data[outcomes]).toEqual([...new Set(sources.map(({ outcome }) => outcome))]);
      }),
      { numRuns: RUNS },
    );
  });

  it.each(SUB_PRODUCT_KINDS.filter((kind) => countsRule(kind)))("gives %s data that is itself a good check", (kind) => {
    fc.assert(
      fc.property(sourcesOf(kind), (sources) => {
        expect(faults({ [kind]: { performedAt: NOON, ...dataOf(kind, { performedAt: NOON, sources }) } })).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});

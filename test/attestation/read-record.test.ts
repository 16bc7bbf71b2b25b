import fc from "fast-check";
import { parseRecord, readRecord } from "../../src/attestation/read-record.js";
import { NOON } from "../support/app.js";
import { ADA, ALL_KINDS, CHECKS, record } from "../support/given.js";

const RUNS = 2_000;

const faultsOf = (value: unknown): readonly string[] =>
  (readRecord(value, NOON, "KYC").faults ?? []).map(({ path, message }) => `${path}: ${message}`);

const capture = (over: object): object => ({ ...ADA, documentCapture: { performedAt: NOON, ...over } });

const MOMENT = "Must be an RFC 3339 date and time, such as 2026-03-01T09:30:00Z.";

describe("readRecord", () => {
  it("gives a good record as it is, with its times in their one spelling", () => {
    expect(readRecord(record(), NOON, "KYC")).toEqual({ record: expect.objectContaining(record()), faults: null });
    const local = readRecord(capture({ performedAt: "2026-03-02T13:00:00+01:00" }), NOON, "KYC");
    expect(local.record?.["documentCapture"]).toEqual({ performedAt: NOON });
  });

  it.each([
    ["no object", [], ["record: Must be a JSON object."]],
    ["null", null, ["record: Must be a JSON object."]],
    ["no check", ADA, ["record: Must carry at least one check."]],
    [
      "an unknown field",
      { ...record(["ADDRESS_CAPTURE"]), "123-45-6789": 1 },
      ["record: Carries a field that a record does not have."],
    ],
    ["a check that is none", { ...ADA, documentCapture: 7 }, ["record.documentCapture: Must be an object."]],
    [
      "an unknown field in a check",
      capture({ colour: "red" }),
      ["record.documentCapture: Carries a field that this check does not have."],
    ],
    ["no time", capture({ performedAt: undefined }), [`record.documentCapture.performedAt: ${MOMENT}`]],
    [
      "a time without a zone",
      capture({ performedAt: "2026-03-02T10:00:00" }),
      [`record.documentCapture.performedAt: ${MOMENT}`],
    ],
    [
      "a day that is not",
      capture({ performedAt: "2026-02-30T10:00:00Z" }),
      [`record.documentCapture.performedAt: ${MOMENT}`],
    ],
    ["a number as a time", capture({ performedAt: 1 }), [`record.documentCapture.performedAt: ${MOMENT}`]],
    [
      "a time in the future, by its zone",
      capture({ performedAt: "2026-03-02T12:30:00-01:00" }),
      ["record.documentCapture.performedAt: Must not be in the future."],
    ],
    [
      "an assertion in words",
      capture({ assertion: "yes" }),
      ["record.documentCapture.assertion: Must be true or false."],
    ],
    [
      "an unknown field in a source",
      {
        ...ADA,
        addressVerification: { performedAt: NOON, sources: [{ method: "utility", outcome: "full_match", by: 1 }] },
      },
      ["record.addressVerification.sources[0]: Carries a field that a source does not have."],
    ],
  ])("refuses %s", (_what, value, faults) => {
    expect(faultsOf(value)).toEqual(faults);
  });

  it("says every fault of a record at once", () => {
    const faults = faultsOf({
      ...record(["ADDRESS_CAPTURE"]),
      firstName: "",
      documentCapture: 7,
      biometricReview: { performedAt: NOON, biometricComparisonScore: 2 },
    });
    expect(faults.map((fault) => fault.split(":")[0])).toEqual([
      "record.documentCapture",
      "record.firstName",
      "record.biometricReview.biometricComparisonScore",
    ]);
  });

  it("survives any JSON value anywhere in a record, and never repeats what was sent", () => {
    const names = [
      "firstName",
      "socialSecurityNumber",
      "documentCapture",
      "addressVerification",
      "identityCorroboration",
    ];
    const inner = fc.dictionary(
      fc.constantFrom("performedAt", "assertion", "sources", "documentType", "addressVerificationMethods", "__proto__"),
      fc.oneof(fc.jsonValue(), fc.constant(NOON), fc.constant(true)),
    );
    const any = fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.jsonValue(), inner));
    fc.assert(
      fc.property(any, (value) => {
        const { faults } = readRecord(JSON.parse(JSON.stringify({ ...value, secret: "zzSECRETzz" })), NOON, "KYC");
        expect(faults?.length).toBeGreaterThan(0);
        expect(JSON.stringify(faults)).not.toContain("zzSECRETzz");
      }),
      { numRuns: RUNS },
    );
  });

  it("knows every field that the table has", () => {
    expect(ALL_KINDS.length).toBe(9);
    expect(faultsOf(record(ALL_KINDS))).toEqual([]);
    const business = { legalName: "Alder Works LLC", ein: "12-3456789" };
    const checked = { ...CHECKS.BUSINESS_IDENTITY_VERIFICATION, performedAt: NOON };
    expect(readRecord({ ...business, businessIdentityVerification: checked }, NOON, "KYB").faults).toBeNull();
    expect(faultsOf({ ...business, businessIdentityVerification: checked })[0]).toMatch(/does not have/);
  });
});

describe("parseRecord", () => {
  it.each([
    "{",
    "",
    "nul",
    '{"firstName":"Ada",}',
    "{}{}",
    "\u0000",
  ])("refuses %j, which is no JSON, without saying it", (text) => {
    expect(parseRecord(text, NOON, "KYC").faults).toEqual([{ path: "record", message: "Must be JSON." }]);
  });

  it("refuses brackets that nest a hundred thousand deep", () => {
    expect(parseRecord("[".repeat(100_000), NOON, "KYC").faults).toEqual([
      { path: "record", message: "Must be JSON." },
    ]);
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    expect(parseRecord(`{"documentCapture":${deep}}`, NOON, "KYC").faults?.map(({ path }) => path)).toContain(
      "record.documentCapture",
    );
  });
});

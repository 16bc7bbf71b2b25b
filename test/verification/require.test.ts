import type { Entity } from "../../src/entity/entity.js";
import { SHIPPED_LEVELS } from "../../src/verification/level.js";
import {
  NOTHING_TO_DO,
  requiredDocuments,
  requirementsOfEntity,
  requirementsOfRun,
  type Situation,
} from "../../src/verification/require.js";
import type { RunStatus } from "../../src/verification/status.js";
import type { Verification } from "../../src/verification/verification.js";
import { NOON } from "../support/app.js";

const ADA: Entity = {
  id: "ent_00000000000000000000000001",
  entityType: "INDIVIDUAL",
  matchFingerprint: null,
  taxFingerprint: null,
  wrappedKey: null,
  createdAt: NOON,
  updatedAt: NOON,
};

const LEVEL = SHIPPED_LEVELS.find(({ name }) => name === "KYC-STANDARD")!;

const run = (status: RunStatus, tags: readonly string[] = [], over: Partial<Verification> = {}): Verification => ({
  id: "ver_00000000000000000000000001",
  entityId: ADA.id,
  participantId: "par_00000000000000000000000001",
  registrationId: "reg_00000000000000000000000001",
  kycLevel: LEVEL.name,
  status,
  attempt: 1,
  parentVerificationId: null,
  certificateId: null,
  provider: "sandbox",
  providerReference: null,
  answeredAt: NOON,
  score: null,
  reasons: "[]",
  tags: JSON.stringify(tags),
  requestedAt: NOON,
  updatedAt: NOON,
  dueAt: null,
  ...over,
});

const situation = (over: Partial<Situation> = {}): Situation => ({
  entity: ADA,
  staff: true,
  inConflict: false,
  runs: [run("PASSED")],
  levels: SHIPPED_LEVELS,
  outdated: false,
  waitingFor: [],
  uncertified: false,
  ...over,
});

const codes = (list: readonly { readonly code: string }[]): string[] => list.map(({ code }) => code);

describe("requirementsOfRun", () => {
  it.each([
    ["Name Mismatch", "DOCUMENT_NAME"],
    ["Name Not Verified", "DOCUMENT_NAME"],
    ["DOB Miskey", "DOCUMENT_DATE_OF_BIRTH"],
    ["DOB Not Verified", "DOCUMENT_DATE_OF_BIRTH"],
    ["SSN Miskey", "DOCUMENT_SSN"],
    ["SSN Not Verified", "DOCUMENT_SSN"],
    ["Address Not Matched", "DOCUMENT_ADDRESS"],
    ["Address Not Verified", "DOCUMENT_ADDRESS"],
    ["Fraud Warning", "DOCUMENT_IDENTITY"],
    ["Denied Fraud", "DOCUMENT_IDENTITY"],
    ["Fraud Risk", "DOCUMENT_IDENTITY"],
    ["Fraud Review", "DOCUMENT_IDENTITY"],
  ])("asks after the tag %s for %s", (tag, code) => {
    expect(codes(requirementsOfRun(run("FAILED", [tag]), LEVEL, ADA, true).currentlyDue)).toEqual([
      code,
      "CORRECT_DETAILS",
    ]);
  });

  it("asks after a tag that nobody knows for UNKNOWN, and fails at nothing", () => {
    const { currentlyDue } = requirementsOfRun(run("FAILED", ["Moon Phase Mismatch"]), LEVEL, ADA, true);
    expect(codes(currentlyDue)).toContain("UNKNOWN");
  });

  it("asks once for what two tags ask for", () => {
    const { currentlyDue } = requirementsOfRun(run("FAILED", ["Fraud Warning", "Denied Fraud"]), LEVEL, ADA, true);
    expect(codes(currentlyDue)).toEqual(["DOCUMENT_IDENTITY", "CORRECT_DETAILS"]);
  });

  it("offers another attempt only while one is left", () => {
    const { currentlyDue, attemptsLeft } = requirementsOfRun(
      run("FAILED", ["SSN Miskey"], { attempt: 2 }),
      LEVEL,
      ADA,
      true,
    );
    expect([codes(currentlyDue), attemptsLeft]).toEqual([["DOCUMENT_SSN"], 0]);
    expect(currentlyDue[0]?.alternatives).toEqual([]);
  });

  it("is past due once the deadline has failed the run", () => {
    const late = run("FAILED", ["Name Mismatch"], { reasons: '["DEADLINE_PASSED"]', attempt: 2 });
    const { currentlyDue, pastDue } = requirementsOfRun(late, LEVEL, ADA, true);
    expect([codes(currentlyDue), codes(pastDue)]).toEqual([[], ["DOCUMENT_NAME"]]);
  });

  it.each([
    "NO_PROVIDER",
    "PROVIDER_SILENT",
    "PROVIDER_UNAVAILABLE",
  ])("asks staff, not the person, after %s", (reason) => {
    const { currentlyDue, pendingVerification } = requirementsOfRun(
      run("REVIEW", [], { reasons: JSON.stringify([reason]) }),
      LEVEL,
      ADA,
      true,
    );
    expect([codes(currentlyDue), codes(pendingVerification)]).toEqual([[], ["STAFF_REVIEW"]]);
  });

  it.each([
    ["PENDING", "CHECKING"],
    ["WEBHOOK_PENDING", "CHECKING"],
    ["DOCUMENTS_RECEIVED", "DOCUMENT_REVIEW"],
  ] as const)("asks for patience while a run is %s", (status, code) => {
    const { currentlyDue, pendingVerification } = requirementsOfRun(run(status), LEVEL, ADA, true);
    expect([codes(currentlyDue), codes(pendingVerification)]).toEqual([[], [code]]);
  });

  it("asks for nothing once it has passed", () => {
    expect(requirementsOfRun(run("PASSED"), LEVEL, ADA, true)).toEqual(NOTHING_TO_DO);
  });

  it("tells the person neither tags nor what staff should know", () => {
    const shown = requirementsOfRun(run("FAILED", ["Denied Fraud", "SSN Miskey"]), LEVEL, ADA, false).currentlyDue;
    expect(shown.map(({ staffMessage }) => staffMessage)).toEqual([null, null, null]);
    expect(shown.map(({ publicMessage }) => publicMessage).join(" ")).not.toMatch(/fraud|miskey|denied/i);
  });
});

describe("requiredDocuments", () => {
  it("names documents of the level for each element that was not verified", () => {
    const required = requiredDocuments(run("FAILED", ["Name Mismatch", "SSN Miskey"]), LEVEL, true);
    expect(required.map(({ element }) => element)).toEqual(["NAME", "SSN"]);
    expect(required[1]?.acceptableDocuments).toEqual(LEVEL.documents.SSN);
  });

  it("names documents of identity where no single element is in doubt", () => {
    const [required] = requiredDocuments(run("REVIEW"), LEVEL, true);
    expect(required?.acceptableDocuments).toEqual(LEVEL.documents.DOCUMENT);
  });

  it.each([
    "PASSED",
    "PENDING",
    "WEBHOOK_PENDING",
    "DOCUMENTS_RECEIVED",
  ] as const)("are none while a run is %s", (status) => {
    expect(requiredDocuments(run(status, ["Name Mismatch"]), LEVEL, true)).toEqual([]);
  });
});

describe("requirementsOfEntity", () => {
  it("asks for nothing where nothing is wrong", () => {
    expect(requirementsOfEntity(situation())).toEqual(NOTHING_TO_DO);
  });

  it("asks for a first verification where there was none", () => {
    expect(codes(requirementsOfEntity(situation({ runs: [] })).currentlyDue)).toEqual(["REQUEST_VERIFICATION"]);
  });

  it("asks for a new verification where what passed is no longer registered", () => {
    expect(codes(requirementsOfEntity(situation({ outdated: true })).currentlyDue)).toEqual(["REVERIFICATION"]);
  });

  it("asks for a look at a conflict, and tells the person nothing of it", () => {
    const [staff] = requirementsOfEntity(situation({ inConflict: true })).currentlyDue;
    const [person] = requirementsOfEntity(situation({ inConflict: true, staff: false })).currentlyDue;
    expect([staff?.code, person?.staffMessage]).toEqual(["IDENTITY_CONFLICT", null]);
    expect(staff?.staffMessage).toContain("birth date");
    expect(person?.publicMessage).not.toMatch(/conflict|fraud|number|birth/i);
  });

  it("goes by the last run that is decided, and by those that are under way after it", () => {
    const runs = [run("PENDING"), run("FAILED", ["Name Mismatch"], { attempt: 2 }), run("FAILED", ["SSN Miskey"])];
    const { currentlyDue, pendingVerification } = requirementsOfEntity(situation({ runs }));
    expect([codes(currentlyDue), codes(pendingVerification)]).toEqual([["DOCUMENT_NAME"], ["CHECKING"]]);
  });

  it("names each member that a business waits for, and the certification", () => {
    const waiting = { ...ADA, id: "ent_00000000000000000000000002" as const };
    const { currentlyDue } = requirementsOfEntity(situation({ waitingFor: [waiting], uncertified: true }));
    expect(currentlyDue.map(({ code, entity }) => [code, entity?.id])).toEqual([
      ["CERTIFICATION", ADA.id],
      ["MEMBER_VERIFICATION", waiting.id],
    ]);
  });
});

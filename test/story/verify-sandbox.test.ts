import type { BusinessInput, IndividualInput } from "../../src/entity/facts.js";
import { callerOf } from "../support/caller.js";
import { ADDRESS } from "../support/given.js";
import type { KycCheck } from "../support/verify-operation.js";
import { givenSandboxGateway, worked } from "../support/verify.js";

interface Outcome {
  readonly status: string;
  readonly tags: readonly string[];
  /** What has to be done next, and who is asked for it. */
  readonly due: readonly string[];
}

const outcomeOf = ({ verificationStatus, verificationHistory, entity }: KycCheck): Outcome => ({
  status: verificationStatus,
  tags: verificationHistory[0]!.tags,
  due: entity.requirements.currentlyDue.map(({ code }) => code).filter((code) => code !== "CERTIFICATION"),
});

const NAME = "KYC Name Match";
const SSN = "KYC SSN Match";
const DOB = "KYC DOB Match";
const PHONE = "Phone Match";
const PLACE = "KYC Address Match";
const ALL = [NAME, SSN, DOB, PHONE, PLACE];
const AGAIN = "CORRECT_DETAILS";

const PASSES: Outcome = { status: "PASSED", tags: ALL, due: [] };

const NO_NAME: Outcome = {
  status: "FAILED",
  tags: ["Name Mismatch", "Name Not Verified", SSN, DOB, PHONE, PLACE],
  due: ["DOCUMENT_NAME", AGAIN],
};

const STREET = { ...ADDRESS, line1: "420 420th Street" };

const PEOPLE: readonly (readonly [trigger: string, registered: Partial<IndividualInput>, outcome: Outcome])[] = [
  ["nothing", {}, PASSES],
  ["the first name Fail", { firstName: "Fail" }, NO_NAME],
  ["the first name FAIL", { firstName: "FAIL" }, NO_NAME],
  ["the last name fail", { lastName: "fail" }, NO_NAME],
  // What is registered is trimmed, so that a blank behind the name is none.
  ["the name FAILURE", { lastName: "FAILURE" }, PASSES],
  ["the name fail1", { lastName: "fail1" }, PASSES],
  [
    "the name documents_required",
    { firstName: "documents_required" },
    { status: "DOCUMENTS_REQUIRED", tags: ALL, due: ["DOCUMENT_IDENTITY", AGAIN] },
  ],
  [
    "the name Fraud",
    { lastName: "Fraud" },
    { status: "FAILED", tags: [...ALL, "Fraud Warning", "Denied Fraud"], due: ["DOCUMENT_IDENTITY", AGAIN] },
  ],
  ["the name Review", { lastName: "Review" }, { status: "REVIEW", tags: ALL, due: ["DOCUMENT_IDENTITY", AGAIN] }],
  [
    "the street 420 420th Street",
    { address: STREET },
    {
      status: "FAILED",
      tags: [NAME, SSN, DOB, PHONE, "Address Not Matched", "Address Not Verified"],
      due: ["DOCUMENT_ADDRESS", AGAIN],
    },
  ],
  [
    "the birth date 1970-04-20",
    { dateOfBirth: "1970-04-20" },
    {
      status: "FAILED",
      tags: [NAME, SSN, "DOB Miskey", "DOB Not Verified", PHONE, PLACE],
      due: ["DOCUMENT_DATE_OF_BIRTH", AGAIN],
    },
  ],
  [
    "the number 420420420",
    { socialSecurityNumber: "420-42-0420" },
    {
      status: "FAILED",
      tags: [NAME, "SSN Miskey", "SSN Not Verified", DOB, PHONE, PLACE],
      due: ["DOCUMENT_SSN", AGAIN],
    },
  ],
  [
    "all at once",
    { lastName: "Fail", address: STREET, dateOfBirth: "1970-04-20", socialSecurityNumber: "420420420" },
    {
      status: "FAILED",
      tags: [
        "Name Mismatch",
        "Name Not Verified",
        "SSN Miskey",
        "SSN Not Verified",
        "DOB Miskey",
        "DOB Not Verified",
        PHONE,
        "Address Not Matched",
        "Address Not Verified",
      ],
      due: ["DOCUMENT_NAME", "DOCUMENT_SSN", "DOCUMENT_DATE_OF_BIRTH", "DOCUMENT_ADDRESS", AGAIN],
    },
  ],
  ["the name Pending", { lastName: "Pending" }, { status: "PENDING", tags: [], due: [] }],
  ["the name Webhook", { lastName: "Webhook" }, { status: "WEBHOOK_PENDING", tags: [], due: [] }],
];

describe("a person in the sandbox", () => {
  it.each(PEOPLE)("registered with %s comes to what is published", async (_trigger, registered, outcome) => {
    await using gateway = await givenSandboxGateway();
    const caller = callerOf(gateway, gateway.fintech.token);
    await caller.person({ phone: "503-555-0100", ...registered });
    await caller.request("ada");
    await worked(gateway);
    expect(outcomeOf(await caller.check("ada"))).toEqual(outcome);
  });
});

const COMPANY = ["Address Matched", "FEIN Found", "Company Name Verified", "Phone Matched", "Representative Match"];
const COMPANY_PASSES: Outcome = { status: "PASSED", tags: COMPANY, due: [] };

const without = (match: string, ...instead: string[]): string[] =>
  COMPANY.flatMap((tag) => (tag === match ? instead : [tag]));

const NO_COMPANY: Outcome = {
  status: "FAILED",
  tags: without("Company Name Verified", "Company Name Not Matched"),
  due: ["DOCUMENT_NAME", AGAIN],
};

const BUSINESSES: readonly (readonly [trigger: string, registered: Partial<BusinessInput>, outcome: Outcome])[] = [
  ["nothing", {}, COMPANY_PASSES],
  ["the name 420 Inc", { legalName: "420 Inc" }, NO_COMPANY],
  ["the name 420 Inc.", { legalName: "420 Inc." }, COMPANY_PASSES],
  ["the name Fail", { legalName: "Fail" }, NO_COMPANY],
  [
    "the number 420420420",
    { ein: "42-0420420" },
    {
      status: "FAILED",
      tags: without("FEIN Found", "FEIN Unmatched", "FEIN Document Required"),
      due: ["DOCUMENT_EIN", AGAIN],
    },
  ],
  [
    "the street 420 420th Street",
    { address: STREET },
    { status: "FAILED", tags: without("Address Matched", "Address Not Matched"), due: ["DOCUMENT_ADDRESS", AGAIN] },
  ],
  [
    "the name documents_required",
    { legalName: "documents_required" },
    { status: "DOCUMENTS_REQUIRED", tags: COMPANY, due: ["DOCUMENT_IDENTITY", AGAIN] },
  ],
  [
    "the name Fraud",
    { legalName: "Fraud" },
    { status: "FAILED", tags: [...COMPANY, "Fraud Warning", "Denied Fraud"], due: ["DOCUMENT_IDENTITY", AGAIN] },
  ],
  ["the name Review", { legalName: "Review" }, { status: "REVIEW", tags: COMPANY, due: ["DOCUMENT_IDENTITY", AGAIN] }],
  ["the name Webhook", { legalName: "Webhook" }, { status: "WEBHOOK_PENDING", tags: [], due: [] }],
];

describe("a business in the sandbox", () => {
  it.each(BUSINESSES)("registered with %s comes to what is published", async (_trigger, registered, outcome) => {
    await using gateway = await givenSandboxGateway();
    const caller = callerOf(gateway, gateway.fintech.token);
    await caller.person();
    await caller.business({ phone: "503-555-0101", ...registered });
    await caller.link("alder", "ada", "CONTROLLING_OFFICER");
    for (const handle of ["ada", "alder"]) await caller.request(handle);
    await worked(gateway);
    expect(outcomeOf(await caller.check("alder"))).toEqual(outcome);
  });
});

describe("the sandbox", () => {
  it("answers after its delay by the gateway's clock, and not before", async () => {
    await using gateway = await givenSandboxGateway({ environment: { SANDBOX_DELAY_SECONDS: "33" } });
    const caller = callerOf(gateway, gateway.fintech.token);
    await caller.person();
    await caller.request("ada");
    await worked(gateway);
    gateway.time.advance(32_999);
    await worked(gateway);
    expect((await caller.check("ada")).verificationStatus).toBe("PENDING");
    gateway.time.advance(1);
    await worked(gateway);
    expect((await caller.check("ada")).verificationStatus).toBe("PASSED");
  });

  it("passes who corrects what failed, by the second attempt", async () => {
    await using gateway = await givenSandboxGateway();
    const caller = callerOf(gateway, gateway.fintech.token);
    await caller.person({ dateOfBirth: "1970-04-20" });
    await caller.request("ada");
    await worked(gateway);
    await caller.person({ dateOfBirth: "1970-04-21" });
    expect((await caller.request("ada")).verification.attempt).toBe(2);
    await worked(gateway);
    const answer = await caller.check("ada");
    expect([answer.success, answer.verificationHistory.map(({ status }) => status)]).toEqual([
      true,
      ["PASSED", "FAILED"],
    ]);
  });
});

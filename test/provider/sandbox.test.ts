import { birthDate, ein, ssn } from "../../src/entity/facts.js";
import { plusMs, type Instant } from "../../src/kernel/instant.js";
import { createSandbox } from "../../src/provider/sandbox.js";
import type { Answer, Evidence, Finding, Inquiry } from "../../src/verification/provider.js";
import { NOON, stillClock } from "../support/app.js";
import { aboutCompany, aboutPerson, ADDRESS, COMPANY, NEVER, PERSON } from "./inquiry.js";

const ask = (inquiry: Inquiry, delayMs = 0, at: Instant = NOON): Promise<Answer> =>
  createSandbox({ clock: () => at, delayMs }).ask(inquiry, NEVER);

async function evidenceOf(inquiry: Inquiry): Promise<Evidence> {
  const answer = await ask(inquiry);
  if (answer.kind !== "EVIDENCE") throw new Error(`It answered ${answer.kind}.`);
  return answer.evidence;
}

/** The fields in which both sources contradict what was registered. */
async function contradicted(inquiry: Inquiry, plain: Inquiry): Promise<string[]> {
  const [{ findings }, { findings: expected }] = await Promise.all([evidenceOf(inquiry), evidenceOf(plain)]);
  const fields = Object.keys(expected[0]!) as (keyof Finding)[];
  const odd = (index: number): string[] =>
    fields.filter((field) => JSON.stringify(findings[index]![field]) !== JSON.stringify(expected[index]![field]));
  expect(odd(1)).toEqual(odd(0));
  return odd(0);
}

/** In how many places two numbers of the same length differ. */
const distance = (one: string, other: string): number =>
  Array.from(one).filter((digit, place) => digit !== other[place]).length + Math.abs(one.length - other.length);

const first = async (inquiry: Inquiry): Promise<Finding> => (await evidenceOf(inquiry)).findings[0]!;

const SOMEBODY_ELSE: readonly (readonly [string, Inquiry])[] = [
  ["first name Fail", aboutPerson({ firstName: "Fail" })],
  ["first name fail", aboutPerson({ firstName: "fail" })],
  ["first name FAIL", aboutPerson({ firstName: "FAIL" })],
  ["last name Fail", aboutPerson({ lastName: "Fail" })],
  ["last name fAiL", aboutPerson({ lastName: "fAiL" })],
];

const PASSES: readonly (readonly [string, Inquiry])[] = [
  ["anybody else", aboutPerson()],
  ["the name `Fail `", aboutPerson({ firstName: "Fail " })],
  ["the name FAILURE", aboutPerson({ firstName: "FAILURE" })],
  ["the name fail1", aboutPerson({ lastName: "fail1" })],
  ["the name Failing", aboutPerson({ lastName: "Failing" })],
  ["the name fraud", aboutPerson({ lastName: "fraud" })],
  ["the name Reviewer", aboutPerson({ lastName: "Reviewer" })],
  ["the street 421 420th Street", aboutPerson({ address: { ...ADDRESS, line1: "421 420th Street" } })],
  ["the birth date 1970-04-21", aboutPerson({ dateOfBirth: "1970-04-21" })],
  ["the number 420420421", aboutPerson({ socialSecurityNumber: "420420421" })],
  ["nothing but a name", aboutPerson({ socialSecurityNumber: null, phone: null, address: null })],
  ["any other business", aboutCompany()],
  ["the business 420 Incorporated", aboutCompany({ legalName: "420 Incorporated" })],
  ["a business without a number", aboutCompany({ ein: null, address: null })],
];

/** What two sources say that agree with everything that was registered. */
function agreement({ subject }: Inquiry): readonly object[] {
  const { address, phone } = subject.facts;
  if (subject.entityType === "BUSINESS") {
    const said = {
      legalName: subject.facts.legalName,
      taxNumber: subject.facts.ein,
      address,
      phone,
      representatives: null,
    };
    return [
      { source: "credit_bureau", ...said },
      { source: "secretary_of_state", ...said },
    ];
  }
  const { firstName, lastName, dateOfBirth, socialSecurityNumber: taxNumber } = subject.facts;
  const said = { firstName, lastName, dateOfBirth, taxNumber, address, phone };
  return [
    { source: "credit_bureau", ...said },
    { source: "public_records", ...said },
  ];
}

describe("createSandbox", () => {
  it.each(
    PASSES,
  )("finds %s as registered, in two sources, and leaves the verdict to the checks", async (_who, asked) => {
    expect(await evidenceOf(asked)).toEqual({
      findings: agreement(asked),
      fraud: [],
      tags: [],
      reasons: [],
      verdict: null,
    });
  });

  it.each(SOMEBODY_ELSE)("finds somebody else behind the %s", async (_name, asked) => {
    const finding = await first(asked);
    expect([finding.firstName, finding.lastName]).toEqual(["Somebody", "Else"]);
    expect(finding).toMatchObject({ dateOfBirth: PERSON.dateOfBirth, taxNumber: PERSON.socialSecurityNumber });
    expect(await evidenceOf(asked)).toMatchObject({ verdict: null, fraud: [] });
  });

  it("asks for documents of documents_required", async () => {
    expect(await evidenceOf(aboutPerson({ firstName: "documents_required" }))).toMatchObject({
      verdict: "DOCUMENTS_REQUIRED",
      findings: [{ firstName: "documents_required", taxNumber: PERSON.socialSecurityNumber }, {}],
      fraud: [],
    });
  });

  it("warns of Fraud and denies it", async () => {
    expect(await evidenceOf(aboutPerson({ lastName: "Fraud" }))).toMatchObject({
      verdict: "FAILED",
      fraud: ["FRAUD_WARNING", "DENIED_FRAUD"],
    });
  });

  it("leaves Review to staff", async () => {
    expect(await evidenceOf(aboutPerson({ lastName: "Review" }))).toMatchObject({ verdict: "REVIEW", fraud: [] });
  });

  it("finds another address than 420 420th Street, of people and of businesses", async () => {
    const address = { ...ADDRESS, line1: "420 420th Street" };
    expect(await contradicted(aboutPerson({ address }), aboutPerson({ address: ADDRESS }))).toEqual(["address"]);
    expect(await contradicted(aboutCompany({ address }), aboutCompany({ address: ADDRESS }))).toEqual(["address"]);
    const found = (await first(aboutPerson({ address }))).address!;
    expect(
      [found.line1, found.city, found.state, found.postalCode].filter((part) => Object.values(address).includes(part)),
    ).toEqual([]);
  });

  it("finds a birth date that is one digit from 1970-04-20", async () => {
    const dateOfBirth = "1970-04-20";
    const finding = await first(aboutPerson({ dateOfBirth }));
    expect(distance(finding.dateOfBirth!, dateOfBirth)).toBe(1);
    expect(birthDate("2026-03-02").safeParse(finding.dateOfBirth).success).toBe(true);
  });

  it("finds a number that is one digit from the Social Security number 420420420", async () => {
    const finding = await first(aboutPerson({ socialSecurityNumber: "420420420" }));
    expect(distance(finding.taxNumber!, "420420420")).toBe(1);
    expect(finding).toMatchObject({ firstName: PERSON.firstName, dateOfBirth: PERSON.dateOfBirth, address: ADDRESS });
  });

  it("finds another company than 420 Inc", async () => {
    const finding = await first(aboutCompany({ legalName: "420 Inc" }));
    expect(finding.legalName).not.toMatch(/420|Inc/);
    expect(finding).toMatchObject({ taxNumber: COMPANY.ein, address: ADDRESS });
  });

  it("finds quite another number than the EIN 420420420", async () => {
    const finding = await first(aboutCompany({ ein: "420420420" }));
    expect(distance(finding.taxNumber!, "420420420")).toBe(9);
    expect(ein.safeParse(finding.taxNumber).success).toBe(true);
    expect(finding).toMatchObject({ legalName: COMPANY.legalName, address: ADDRESS });
  });

  it("triggers on numbers that can be registered", () => {
    expect([ssn.safeParse("420420420").success, ein.safeParse("420420420").success]).toEqual([true, true]);
  });

  it("takes several triggers together", async () => {
    const evidence = await evidenceOf(
      aboutPerson({ firstName: "Fail", lastName: "Review", socialSecurityNumber: "420420420" }),
    );
    expect(evidence).toMatchObject({ verdict: "REVIEW", findings: [{ lastName: "Else", taxNumber: "420420421" }, {}] });
  });

  it("knows the officers of a business as those who act for it, by name alone", async () => {
    const officers = [{ ...PERSON }];
    const asked = aboutCompany();
    const subject = { ...asked.subject, officers } as Inquiry["subject"];
    const finding = await first({ ...asked, subject });
    expect(finding.representatives).toEqual([{ firstName: "Ada", lastName: "Byron" }]);
  });

  it("asks to be asked again for ever about Pending", async () => {
    const answer = await ask(aboutPerson({ lastName: "Pending" }), 0, plusMs(NOON, 365 * 86_400_000));
    expect(answer).toMatchObject({ kind: "AGAIN", evidence: null });
  });

  it("says about Webhook that it will call back", async () => {
    expect(await ask(aboutPerson({ lastName: "Webhook" }))).toMatchObject({ kind: "CALLBACK" });
  });

  it("answers when the delay is over by the clock it was given, and dates the answer from then", async () => {
    const time = stillClock();
    const sandbox = createSandbox({ clock: time.clock, delayMs: 5_000 });
    expect(await sandbox.ask(aboutPerson(), NEVER)).toMatchObject({ kind: "AGAIN", afterMs: 5_000, evidence: null });
    time.advance(4_999);
    expect(await sandbox.ask(aboutPerson(), NEVER)).toMatchObject({ kind: "AGAIN", afterMs: 1 });
    time.advance(1);
    const answer = await sandbox.ask(aboutPerson(), NEVER);
    expect(answer).toMatchObject({ kind: "EVIDENCE", at: plusMs(NOON, 5_000) });
    time.advance(60_000);
    expect(await sandbox.ask(aboutPerson(), NEVER)).toEqual(answer);
  });
});

describe("judgeDocuments", () => {
  const sandbox = createSandbox({ clock: () => NOON, delayMs: 0 });

  it("is for two minutes after the last document", () => {
    expect(sandbox.judgesDocumentsAfterMs).toBe(120_000);
  });

  it("takes the documents of everybody, and not those of Fraud", async () => {
    expect(await sandbox.judgeDocuments(aboutPerson({ firstName: "documents_required" }), NEVER)).toEqual({
      verdict: "PASSED",
    });
    expect(await sandbox.judgeDocuments(aboutCompany({ legalName: "420 Inc" }), NEVER)).toEqual({ verdict: "PASSED" });
    expect(await sandbox.judgeDocuments(aboutPerson({ firstName: "Fraud" }), NEVER)).toEqual({ verdict: "FAILED" });
  });
});

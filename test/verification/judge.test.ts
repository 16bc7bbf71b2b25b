import * as fc from "fast-check";
import { comparisonsOf, judge, type Judgement, type Verdict } from "../../src/verification/judge.js";
import { SHIPPED_LEVELS, type Level } from "../../src/verification/level.js";
import { FRAUD_SIGNS, type Evidence, type Finding, type Inquiry } from "../../src/verification/provider.js";
import { aboutCompany, aboutPerson, ADDRESS } from "../provider/inquiry.js";
import { agreeing, evidence } from "../support/scripted.js";

const levelOf = (name: string): Level => SHIPPED_LEVELS.find((level) => level.name === name)!;
const STANDARD = levelOf("KYC-STANDARD");
const DOCUMENTS = levelOf("DOC_KYC");
const COMPANY = levelOf("KYB-STANDARD");

const OFFICERS = [{ firstName: "Ada", lastName: "Byron" }];
const person = aboutPerson();
const company: Inquiry = (() => {
  const plain = aboutCompany();
  return { ...plain, subject: { ...plain.subject, officers: OFFICERS } as Inquiry["subject"] };
})();

const judged = (inquiry: Inquiry, over: Partial<Evidence>, level: Level = STANDARD): Judgement =>
  judge(level, inquiry.subject, evidence(over));

/** One source that agrees but for this. */
const found = (over: Partial<Finding> = {}, inquiry: Inquiry = person): Partial<Evidence> => ({
  findings: [agreeing(inquiry, over)],
});

const tags = ({ said, otherTags }: Judgement): string[] => [...said.map(({ tag }) => tag), ...otherTags];

const ALL_GOOD = ["KYC Name Match", "KYC SSN Match", "KYC DOB Match", "Phone Match", "KYC Address Match"];
const ELSEWHERE = { ...ADDRESS, line1: "99 Nowhere Road", city: "Nome", state: "AK", postalCode: "99762" };

describe("judge", () => {
  it("passes a person about whom everything agrees, in the published words and order", () => {
    const { verdict, score, ...rest } = judged(person, found());
    expect([verdict, score, tags({ verdict, score, ...rest })]).toEqual(["PASSED", "1.00", ALL_GOOD]);
  });

  it("passes a business about which everything agrees", () => {
    const judgement = judged(company, found({}, company), COMPANY);
    expect([judgement.verdict, judgement.score, tags(judgement)]).toEqual([
      "PASSED",
      "1.00",
      ["Address Matched", "FEIN Found", "Company Name Verified", "Phone Matched", "Representative Match"],
    ]);
  });

  it.each<[string, Partial<Finding>, Verdict, string[]]>([
    ["another name", { firstName: "Somebody", lastName: "Else" }, "FAILED", ["Name Mismatch", "Name Not Verified"]],
    ["a typing error in the number", { taxNumber: "123456798" }, "FAILED", ["SSN Miskey", "SSN Not Verified"]],
    ["another number", { taxNumber: "498310267" }, "FAILED", ["SSN Not Verified"]],
    ["a typing error in the birth date", { dateOfBirth: "1985-12-11" }, "FAILED", ["DOB Miskey", "DOB Not Verified"]],
    ["another birth date", { dateOfBirth: "1951-03-28" }, "FAILED", ["DOB Not Verified"]],
    ["another address", { address: ELSEWHERE }, "FAILED", ["Address Not Matched", "Address Not Verified"]],
    ["another telephone", { phone: "+12125550199" }, "PASSED", ["Phone Not Verified"]],
    ["no telephone", { phone: null }, "PASSED", []],
    ["no name", { firstName: null, lastName: null }, "REVIEW", ["Name Not Verified"]],
    ["no number", { taxNumber: null }, "REVIEW", ["SSN Not Verified"]],
    ["no birth date", { dateOfBirth: null }, "REVIEW", ["DOB Not Verified"]],
    ["no address", { address: null }, "REVIEW", ["Address Not Verified"]],
  ])("makes of %s in the only source what the level says", (_what, differs, verdict, expected) => {
    const judgement = judged(person, found(differs));
    expect(judgement.verdict).toBe(verdict);
    expect(tags(judgement).filter((tag) => !ALL_GOOD.includes(tag))).toEqual(expected);
    const documents = judged(person, found(differs), DOCUMENTS).verdict;
    expect(documents).toBe(verdict === "FAILED" ? "DOCUMENTS_REQUIRED" : verdict);
  });

  it("takes the best that any source says of each element", () => {
    const one = agreeing(person, { address: null });
    const other = agreeing(person, { taxNumber: "498310267", dateOfBirth: null });
    expect(judged(person, { findings: [one, other] })).toMatchObject({ verdict: "PASSED", score: "1.00" });
  });

  it("does not make one person of two: where no source has both name and number, people look", () => {
    const one = agreeing(person, { firstName: "Somebody", lastName: "Else", address: null });
    const other = agreeing(person, { taxNumber: "498310267", dateOfBirth: null });
    expect(judged(person, { findings: [one, other] })).toMatchObject({ verdict: "REVIEW", score: "1.00" });
  });

  it("knows four last digits of a number", () => {
    expect(tags(judged(person, found({ taxNumber: "6789" })))).toContain("KYC SSN Match");
    expect(tags(judged(person, found({ taxNumber: "0000" })))).not.toContain("KYC SSN Match");
  });

  it("leaves to people what nobody knows anything of", () => {
    const judgement = judged(person, {});
    expect(judgement).toMatchObject({ verdict: "REVIEW", score: null });
    expect(tags(judgement)).toEqual([
      "Name Not Verified",
      "SSN Not Verified",
      "DOB Not Verified",
      "Address Not Verified",
    ]);
  });

  it("takes a provider that shows nothing at its word", () => {
    for (const verdict of ["PASSED", "FAILED", "REVIEW", "DOCUMENTS_REQUIRED"] as const)
      expect(judged(person, { verdict })).toMatchObject({ verdict, score: null, said: [], elements: [] });
  });

  it.each([
    ["PASSED", {}, "PASSED"],
    ["REVIEW", {}, "REVIEW"],
    ["DOCUMENTS_REQUIRED", {}, "DOCUMENTS_REQUIRED"],
    ["FAILED", {}, "FAILED"],
    ["PASSED", { dateOfBirth: "1951-03-28" }, "FAILED"],
    ["REVIEW", { dateOfBirth: "1951-03-28" }, "FAILED"],
    ["PASSED", { dateOfBirth: null }, "REVIEW"],
  ] as const)("lets the provider's %s make ours worse, never better", (verdict, differs, expected) => {
    expect(judged(person, { ...found(differs), verdict }).verdict).toBe(expected);
  });

  it.each([
    ["FRAUD_WARNING", "REVIEW", "Fraud Warning"],
    ["FRAUD_RISK", "REVIEW", "Fraud Risk"],
    ["FRAUD_REVIEW", "REVIEW", "Fraud Review"],
    ["DENIED_FRAUD", "FAILED", "Denied Fraud"],
  ] as const)("makes of %s a %s, and says %s", (sign, verdict, tag) => {
    const judgement = judged(person, { ...found(), fraud: [sign] });
    expect([judgement.verdict, tags(judgement)]).toEqual([verdict, [...ALL_GOOD, tag]]);
    expect(judged(person, { fraud: [sign], verdict: "PASSED" }).verdict).toBe(verdict);
  });

  it("keeps what a provider says besides, as it came and once, and says nothing twice", () => {
    const judgement = judged(person, { ...found(), tags: ["Moon Phase", "KYC Name Match", "Moon Phase"] });
    expect(judgement.otherTags).toEqual(["Moon Phase"]);
    expect(judgement.verdict).toBe("PASSED");
  });

  it("weighs what was compared, and counts as nothing what was asked for and not found", () => {
    expect(judged(person, found({ address: null })).score).toBe("0.85");
    expect(judged(person, found({ address: null, phone: null })).score).toBe("0.84");
    expect(judged(person, found({ firstName: null, lastName: null, taxNumber: null })).score).toBe("0.40");
  });

  it("finds the officer of a business among those whom a source knows", () => {
    const representatives = [
      { firstName: "Jun", lastName: "Okafor" },
      { firstName: "ADA", lastName: "byron" },
    ];
    expect(tags(judged(company, found({ representatives }, company), COMPANY))).toContain("Representative Match");
    const others = judged(company, found({ representatives: representatives.slice(0, 1) }, company), COMPANY);
    expect([others.verdict, tags(others).includes("Representative Match")]).toEqual(["PASSED", false]);
  });

  it("does not depend on the order of the sources", () => {
    const source = fc.record({
      taxNumber: fc.constantFrom("123456789", "123456798", "498310267", null),
      dateOfBirth: fc.constantFrom("1985-12-10", "1985-12-11", null),
      address: fc.constantFrom(ADDRESS, ELSEWHERE, null),
    });
    fc.assert(
      fc.property(fc.array(source, { maxLength: 4 }), (differing) => {
        const findings = differing.map((over) => agreeing(person, over));
        expect(judged(person, { findings: findings.toReversed() })).toEqual(judged(person, { findings }));
      }),
    );
  });

  it("never becomes better by a sign of fraud or a verdict, whatever was found", () => {
    const order: readonly Verdict[] = ["PASSED", "REVIEW", "DOCUMENTS_REQUIRED", "FAILED"];
    const findings = fc.array(
      fc.record({ taxNumber: fc.constantFrom("123456789", "498310267"), address: fc.constantFrom(ADDRESS, ELSEWHERE) }),
      { minLength: 1, maxLength: 3 },
    );
    const more = fc.record({ fraud: fc.subarray([...FRAUD_SIGNS]), verdict: fc.constantFrom(...order) });
    fc.assert(
      fc.property(findings, more, (differing, worse) => {
        const plain = { findings: differing.map((over) => agreeing(person, over)) };
        const [before, after] = [judged(person, plain), judged(person, { ...plain, ...worse })];
        expect(order.indexOf(after.verdict)).toBeGreaterThanOrEqual(order.indexOf(before.verdict));
        expect(after.score).toBe(before.score);
      }),
    );
  });
});

describe("comparisonsOf", () => {
  it("says nothing where either side has nothing", () => {
    const without = aboutPerson({ socialSecurityNumber: null, phone: null, address: null });
    for (const element of ["SSN", "PHONE", "ADDRESS", "EIN", "REPRESENTATIVE", "DOCUMENT", "FRAUD"] as const)
      expect(comparisonsOf(element, without.subject, agreeing(person))).toEqual([]);
  });

  it("compares no person by what only businesses have, and no business by what only people have", () => {
    for (const element of ["SSN", "DATE_OF_BIRTH"] as const)
      expect(comparisonsOf(element, company.subject, agreeing(person))).toEqual([]);
    expect(comparisonsOf("EIN", person.subject, agreeing(company))).toEqual([]);
  });
});

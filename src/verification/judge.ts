import type { Decimal } from "../kernel/decimal.js";
import { compareAddresses } from "./compare/address.js";
import { compareBirthDates } from "./compare/birth-date.js";
import { compareBusinessNames } from "./compare/business-name.js";
import { compareNames } from "./compare/name.js";
import { compareNumbers } from "./compare/number.js";
import type { Comparison } from "./compare/outcome.js";
import { comparePhones } from "./compare/phone.js";
import type { Level } from "./level.js";
import type { Evidence, Finding, Inquiry } from "./provider.js";
import { fraudTag, tagsFor, type Compared, type Said } from "./tag.js";
import type { CheckedElement } from "./verification.js";

/** What a run comes to once its provider has answered. */
export type Verdict = "PASSED" | "REVIEW" | "DOCUMENTS_REQUIRED" | "FAILED";

export interface JudgedElement {
  readonly element: CheckedElement;
  readonly compared: Compared;
  /** 0 to 1; null where there was nothing to compare. */
  readonly score: number | null;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly elements: readonly JudgedElement[];
  readonly said: readonly Said[];
  /** The provider's own tags that we do not know, as they came. */
  readonly otherTags: readonly string[];
  /** Weighted mean of the elements' scores, with two decimals; null where nothing was compared. */
  readonly score: Decimal | null;
}

/** From best to worst: of several verdicts the worst counts. */
const WORSE: readonly Verdict[] = ["PASSED", "REVIEW", "DOCUMENTS_REQUIRED", "FAILED"];

/**
 * Compares what was registered with what the sources say, element by element, and decides by the level. Pure. A provider that decided
 * without showing what it found is taken at its word.
 */
export function judge(level: Level, subject: Inquiry["subject"], evidence: Evidence): Judgement {
  const atItsWord = evidence.findings.length === 0 && evidence.verdict !== null;
  const elements = atItsWord ? [] : judgeElements(level, subject, evidence.findings);
  const said = [
    ...elements.flatMap(({ element, compared }) => tagsFor(subject.entityType, element, compared)),
    ...evidence.fraud.map(fraudTag),
  ];
  const known = new Set(said.map(({ tag }) => tag));
  return {
    verdict: worst([
      atItsWord ? "PASSED" : verdictOf(level, elements),
      atItsWord || findingsOfSubject(subject, evidence.findings).length > 0 ? "PASSED" : "REVIEW",
      fraudVerdict(evidence),
      evidence.verdict ?? "PASSED",
    ]),
    elements,
    said,
    otherTags: [...new Set(evidence.tags)].filter((tag) => !known.has(tag)),
    score: scoreOf(level, elements),
  };
}

const worst = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.toSorted((a, b) => WORSE.indexOf(b) - WORSE.indexOf(a))[0]!;

/** Every element that the level asks about and that could be compared; one that is required is judged in any case. */
const judgeElements = (level: Level, subject: Inquiry["subject"], findings: readonly Finding[]): JudgedElement[] =>
  level.checks.flatMap(({ element, required }) => {
    const judged = judgeElement(element, subject, findings);
    return judged || required ? [judged ?? { element, compared: "NOT_VERIFIED" as const, score: null }] : [];
  });

/** The best that any source says of an element; null where either side has nothing on it. */
function judgeElement(
  element: CheckedElement,
  subject: Inquiry["subject"],
  findings: readonly Finding[],
): JudgedElement | null {
  const compared = findings.flatMap((finding) => comparisonsOf(element, subject, finding));
  const best = compared.toSorted((a, b) => b.score - a.score)[0];
  return best ? { element, compared: best.outcome, score: best.score } : null;
}

/** What tells one person, or one business, from another. */
const TELLS_APART: readonly CheckedElement[] = ["NAME", "SSN", "EIN", "DATE_OF_BIRTH"];

/**
 * The sources that speak of the very subject: each has the name and, where any has a number, the number, and contradicts neither these
 * nor the birth date. Records of two people do not add up to one.
 */
export function findingsOfSubject(subject: Inquiry["subject"], findings: readonly Finding[]): Finding[] {
  const numbered = findings.some((finding) => comparisonsOf(numberOf(subject), subject, finding).length > 0);
  return findings.filter((finding) => {
    const outcomeOf = (element: CheckedElement) => comparisonsOf(element, subject, finding)[0]?.outcome;
    const contradicts = TELLS_APART.map(outcomeOf).some((one) => one === "MISMATCH" || one === "MISKEY");
    return !contradicts && outcomeOf("NAME") === "MATCH" && (!numbered || outcomeOf(numberOf(subject)) === "MATCH");
  });
}

const numberOf = ({ entityType }: Inquiry["subject"]): CheckedElement => (entityType === "BUSINESS" ? "EIN" : "SSN");

/** One source's word on one element: none where it has nothing, or nothing was registered. */
export function comparisonsOf(element: CheckedElement, subject: Inquiry["subject"], finding: Finding): Comparison[] {
  const { facts } = subject;
  const both = <T>(mine: T | null | undefined, theirs: T | null | undefined, compare: (a: T, b: T) => Comparison) =>
    mine && theirs ? [compare(mine, theirs)] : [];
  switch (element) {
    case "NAME":
      if ("legalName" in facts) return both(facts.legalName, finding.legalName, compareBusinessNames);
      return both(facts, namedIn(finding), compareNames);
    case "SSN":
      return "legalName" in facts ? [] : both(facts.socialSecurityNumber, finding.taxNumber, compareNumbers);
    case "EIN":
      return "legalName" in facts ? both(facts.ein, finding.taxNumber, compareNumbers) : [];
    case "DATE_OF_BIRTH":
      return "legalName" in facts ? [] : both(facts.dateOfBirth, finding.dateOfBirth, compareBirthDates);
    case "ADDRESS":
      return both(facts.address, finding.address, compareAddresses);
    case "PHONE":
      return both(facts.phone, finding.phone, comparePhones);
    case "REPRESENTATIVE":
      return subject.entityType === "BUSINESS" ? representatives(subject.officers, finding) : [];
    case "DOCUMENT":
    case "FRAUD":
      return [];
  }
}

const namedIn = ({ firstName, lastName }: Finding) => (firstName && lastName ? { firstName, lastName } : null);

/** An officer whom the source knows as one who acts for the business: the likeliest pair of both lists. */
const representatives = (
  officers: readonly { readonly firstName: string; readonly lastName: string }[],
  finding: Finding,
): Comparison[] =>
  officers.flatMap((officer) => (finding.representatives ?? []).map((known) => compareNames(officer, known)));

/** What the checks alone make of it: a required element that is clearly another is a no; one that nobody can tell is for people. */
function verdictOf(level: Level, elements: readonly JudgedElement[]): Verdict {
  const required = new Set(level.checks.filter((check) => check.required).map(({ element }) => element));
  const counted = elements.filter(({ element }) => required.has(element)).map(({ compared }) => compared);
  if (counted.some((compared) => compared === "MISMATCH" || compared === "MISKEY")) return level.onMismatch;
  return counted.every((compared) => compared === "MATCH") ? "PASSED" : "REVIEW";
}

function fraudVerdict({ fraud }: Evidence): Verdict {
  if (fraud.includes("DENIED_FRAUD")) return "FAILED";
  return fraud.length > 0 ? "REVIEW" : "PASSED";
}

function scoreOf(level: Level, elements: readonly JudgedElement[]): Decimal | null {
  if (elements.every(({ score }) => score === null)) return null;
  const weights = new Map(level.checks.map(({ element, weight }) => [element, weight]));
  const total = elements.reduce((sum, { element }) => sum + weights.get(element)!, 0);
  const reached = elements.reduce((sum, { element, score }) => sum + weights.get(element)! * (score ?? 0), 0);
  return (total === 0 ? 0 : reached / total).toFixed(2) as Decimal;
}

import type { Instant } from "../kernel/instant.js";
import type { Entity } from "../entity/entity.js";
import { documentsFor, type Level } from "./level.js";
import { DEADLINE_PASSED, isOurs, reasonsOf } from "./reason.js";
import { OPEN_TO_DOCUMENTS, UNDECIDED, type RunStatus } from "./status.js";
import { askedBy } from "./tag.js";
import type { CheckedElement, Verification } from "./verification.js";

/** One thing to do. */
export interface Requirement {
  readonly code: string;
  readonly entity: Entity | null;
  readonly verification: Verification | null;
  readonly acceptableDocuments: readonly string[];
  readonly publicMessage: string;
  readonly staffMessage: string | null;
  readonly alternatives: readonly string[];
}

export interface Requirements {
  readonly currentlyDue: readonly Requirement[];
  readonly pastDue: readonly Requirement[];
  readonly pendingVerification: readonly Requirement[];
  readonly deadline: Instant | null;
  readonly attemptsLeft: number | null;
}

export const NOTHING_TO_DO: Requirements = {
  currentlyDue: [],
  pastDue: [],
  pendingVerification: [],
  deadline: null,
  attemptsLeft: null,
};

/** Documents that would prove one element at a level. */
export interface DocumentRequirement {
  readonly element: CheckedElement;
  readonly acceptableDocuments: readonly string[];
}

type Wording = readonly [code: string, toThePerson: string, toStaff: string];

/** What is asked for each element: a code, what the person concerned may be told, and what staff should know. */
const PROOFS: Readonly<Record<CheckedElement, Wording>> = {
  NAME: ["DOCUMENT_NAME", "Please send a document that shows the full name.", "The name was not verified."],
  DATE_OF_BIRTH: [
    "DOCUMENT_DATE_OF_BIRTH",
    "Please send a document that shows your date of birth.",
    "The date of birth was not verified.",
  ],
  SSN: [
    "DOCUMENT_SSN",
    "Please send a document that shows your Social Security number.",
    "The Social Security number was not verified.",
  ],
  ADDRESS: [
    "DOCUMENT_ADDRESS",
    "Please send a recent document that shows the address.",
    "The address was not verified.",
  ],
  PHONE: ["PHONE", "Please check your telephone number.", "The telephone number was not verified."],
  EIN: [
    "DOCUMENT_EIN",
    "Please send a letter of the IRS that shows the employer identification number.",
    "The EIN was not found with this name.",
  ],
  REPRESENTATIVE: [
    "DOCUMENT_REPRESENTATIVE",
    "Please send a document that shows who acts for the business.",
    "No officer was found to act for the business.",
  ],
  DOCUMENT: [
    "DOCUMENT_IDENTITY",
    "Please send an identity document.",
    "The run is in doubt as a whole: a document has to settle it.",
  ],
  FRAUD: [
    "DOCUMENT_IDENTITY",
    "Please send an identity document.",
    "There are signs of fraud: take a photo identity document and compare it with care.",
  ],
};

const say = (
  [code, publicMessage, staffMessage]: Wording,
  about: Partial<Pick<Requirement, "entity" | "verification" | "acceptableDocuments" | "alternatives">>,
  staff: boolean,
): Requirement => ({
  code,
  entity: about.entity ?? null,
  verification: about.verification ?? null,
  acceptableDocuments: about.acceptableDocuments ?? [],
  publicMessage,
  staffMessage: staff ? staffMessage : null,
  alternatives: about.alternatives ?? [],
});

const tagsOf = ({ tags }: Pick<Verification, "tags">): string[] => JSON.parse(tags) as string[];

const CHECKING: Wording = [
  "CHECKING",
  "We are checking your details. There is nothing for you to do now.",
  "The provider has not answered yet.",
];
const DOCUMENT_REVIEW: Wording = [
  "DOCUMENT_REVIEW",
  "We have received your documents and are looking at them.",
  "Documents came in: review them.",
];
const STAFF_REVIEW: Wording = [
  "STAFF_REVIEW",
  "We are looking at your details. You will hear from us.",
  "Nobody could tell: settle this run by review.",
];
const CORRECT_DETAILS: Wording = [
  "CORRECT_DETAILS",
  "Please check your details for mistakes, and correct them.",
  "Correct what is registered and request the verification again.",
];
const REQUEST: Wording = [
  "REQUEST_VERIFICATION",
  "Your details have yet to be checked.",
  "Nothing was verified yet: request a verification.",
];
const UNKNOWN: Wording = [
  "UNKNOWN",
  "We need to look at your details by hand. You will hear from us.",
  "The provider says something that we have no word for: read the tags.",
];

/** The documents that a run waits for, element by element, in the order of its tags. That it is about fraud, only staff are told. */
export function requiredDocuments(run: Verification, level: Level | undefined, staff: boolean): DocumentRequirement[] {
  if (!level || !OPEN_TO_DOCUMENTS.includes(run.status) || isOurs(run)) return [];
  const asked = tagsOf(run)
    .map(askedBy)
    .filter((one) => one !== null && one !== "UNKNOWN");
  const elements: readonly CheckedElement[] = asked.length > 0 ? asked : ["DOCUMENT"];
  return [...new Set(elements.map((one) => (one === "FRAUD" && !staff ? "DOCUMENT" : one)))]
    .map((element) => ({ element, acceptableDocuments: documentsOr(level, element) }))
    .filter(({ acceptableDocuments }) => acceptableDocuments.length > 0);
}

/** A level that names no documents for an element takes those for identity, or for the name. */
const documentsOr = (level: Level, element: CheckedElement): readonly string[] =>
  [element, "DOCUMENT" as const, "NAME" as const]
    .map((one) => documentsFor(level, one))
    .find(({ length }) => length > 0) ?? [];

/** What has to happen next about one run. */
export function requirementsOfRun(
  run: Verification,
  level: Level | undefined,
  entity: Entity,
  staff: boolean,
): Requirements {
  const about = { entity, verification: run };
  const attemptsLeft = level ? Math.max(0, level.attempts - run.attempt) : null;
  const base = { ...NOTHING_TO_DO, deadline: run.dueAt ?? null, attemptsLeft };
  if (run.status === "PASSED") return { ...base, attemptsLeft: null };
  if (UNDECIDED.includes(run.status)) return { ...base, pendingVerification: [say(CHECKING, about, staff)] };
  if (run.status === "DOCUMENTS_RECEIVED")
    return { ...base, pendingVerification: [say(DOCUMENT_REVIEW, about, staff)] };
  if (isOurs(run))
    return run.status === "REVIEW"
      ? { ...base, pendingVerification: [say(STAFF_REVIEW, about, staff)] }
      : { ...base, currentlyDue: [say(REQUEST, about, staff)] };
  const due = dueOf(run, level, entity, staff, (attemptsLeft ?? 0) > 0);
  if (reasonsOf(run).includes(DEADLINE_PASSED)) return { ...base, pastDue: due };
  return { ...base, currentlyDue: due };
}

function dueOf(
  run: Verification,
  level: Level | undefined,
  entity: Entity,
  staff: boolean,
  mayTryAgain: boolean,
): Requirement[] {
  const about = { entity, verification: run };
  const documents = requiredDocuments(run, level, staff);
  const codes = [...new Set(documents.map(({ element }) => PROOFS[element][0]))];
  const proofs = documents.map(({ element, acceptableDocuments }) =>
    say(
      PROOFS[element],
      { ...about, acceptableDocuments, alternatives: mayTryAgain ? [CORRECT_DETAILS[0]] : [] },
      staff,
    ),
  );
  const once = [...new Map(proofs.map((proof) => [proof.code, proof])).values()];
  const unknown = tagsOf(run).some((tag) => askedBy(tag) === "UNKNOWN") ? [say(UNKNOWN, about, staff)] : [];
  const again = mayTryAgain ? [say(CORRECT_DETAILS, { ...about, alternatives: codes }, staff)] : [];
  return [...once, ...unknown, ...again];
}

const IDENTITY_CONFLICT: Wording = [
  "IDENTITY_CONFLICT",
  "We need to check your details. Please contact us.",
  "The same tax number is on record with another birth date. Compare with a document before you rely on either.",
];
const REVERIFICATION: Wording = [
  "REVERIFICATION",
  "Your details have changed and have to be checked again.",
  "What passed is no longer what is registered, or its certificate has fallen: request a verification again.",
];
const MEMBER: Wording = [
  "MEMBER_VERIFICATION",
  "Somebody who owns or controls the business has yet to be verified.",
  "A member whose verification is required has not passed.",
];
const CERTIFICATION: Wording = [
  "CERTIFICATION",
  "The owners of the business have to be confirmed.",
  "Certify every beneficial owner, then the business.",
];

/** All that bears on what has to happen next for one entity. */
export interface Situation {
  readonly entity: Entity;
  /** Whether the caller may be shown words that are for staff. */
  readonly staff: boolean;
  readonly inConflict: boolean;
  /** Newest first. */
  readonly runs: readonly Verification[];
  readonly levels: readonly Level[];
  /** Whether what passed last is no longer what is registered, or no longer has its ground. */
  readonly outdated: boolean;
  /** Members of a business, below it, that keep it from passing. */
  readonly waitingFor: readonly Entity[];
  readonly uncertified: boolean;
}

/** What has to happen next for an entity: by the run that speaks for it, and by those that are under way. */
export function requirementsOfEntity(situation: Situation): Requirements {
  const { entity, staff, runs, levels, inConflict, outdated, waitingFor, uncertified } = situation;
  const deciding = runs.find(({ status }) => !UNDECIDED.includes(status)) ?? null;
  const each = runs
    .filter((run, place) => speaks(run, place, runs, deciding))
    .map((run) => requirementsOfRun(run, levelOf(levels, run), entity, staff));
  const due = [
    // That somebody else is on record under the same number is for staff alone to know.
    ...(inConflict ? [say(staff ? IDENTITY_CONFLICT : STAFF_REVIEW, { entity }, staff)] : []),
    ...(runs.length === 0 ? [say(REQUEST, { entity }, staff)] : []),
    ...(outdated ? [say(REVERIFICATION, { entity, verification: deciding }, staff)] : []),
    ...(uncertified ? [say(CERTIFICATION, { entity }, staff)] : []),
    ...waitingFor.map((member) => say(MEMBER, { entity: member }, staff)),
  ];
  return {
    currentlyDue: [...each.flatMap(({ currentlyDue }) => currentlyDue), ...due],
    pastDue: each.flatMap(({ pastDue }) => pastDue),
    pendingVerification: each.flatMap(({ pendingVerification }) => pendingVerification),
    deadline: each.flatMap(({ deadline }) => deadline ?? []).toSorted()[0] ?? null,
    attemptsLeft: attemptsLeft(runs[0], levels),
  };
}

/** The run that decides, what is under way after it, and what still waits for somebody at a level of its own. */
function speaks(
  run: Verification,
  place: number,
  runs: readonly Verification[],
  deciding: Verification | null,
): boolean {
  if (run === deciding || !deciding || place < runs.indexOf(deciding)) return true;
  const isLatestOfLevel = runs.findIndex(({ kycLevel }) => kycLevel === run.kycLevel) === place;
  return isLatestOfLevel && WAITING.includes(run.status);
}

const WAITING: readonly RunStatus[] = ["REVIEW", "DOCUMENTS_REQUIRED", "DOCUMENTS_RECEIVED"];

const levelOf = (levels: readonly Level[], { kycLevel }: Verification): Level | undefined =>
  levels.find(({ name }) => name === kycLevel);

const attemptsLeft = (last: Verification | undefined, levels: readonly Level[]): number | null => {
  const level = last && levelOf(levels, last);
  return level && last.status !== "PASSED" ? Math.max(0, level.attempts - last.attempt) : null;
};

/** Runs that more documents can still save, and that speak for their entity. */
export const awaitingDocuments = (runs: readonly Verification[], levels: readonly Level[]): Verification[] => {
  const deciding = runs.find(({ status }) => !UNDECIDED.includes(status)) ?? null;
  return runs.filter(
    (run, place) =>
      speaks(run, place, runs, deciding) && requiredDocuments(run, levelOf(levels, run), false).length > 0,
  );
};

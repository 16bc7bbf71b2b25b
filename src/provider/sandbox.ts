import { plusMs, type Clock, type Instant } from "../kernel/instant.js";
import type { Address } from "../entity/facts.js";
import type { Answer, DocumentVerdict, Evidence, Finding, Inquiry, Provider } from "../verification/provider.js";

/** How the sandbox keeps time. */
export interface SandboxSettings {
  readonly clock: Clock;
  /** How long after a request it has an answer; 0 answers at once. */
  readonly delayMs: number;
}

/** What was registered, in the words of a finding, so that people and businesses are matched alike. */
type Registered = Omit<Finding, "source"> & { readonly names: readonly string[] };

/** What a subject that was registered so gets instead of its own facts. */
interface Trigger {
  readonly matches: (registered: Registered) => boolean;
  /** What the sources have on record instead. */
  readonly differs?: Partial<Finding>;
  readonly fraud?: Evidence["fraud"];
  readonly verdict?: Evidence["verdict"];
  /** How it puts off its answer for ever. */
  readonly putsOff?: "AGAIN" | "CALLBACK";
  readonly documents?: NonNullable<DocumentVerdict>["verdict"];
}

const MINUTE_MS = 60_000;

/** How long after the last document it has judged. */
const DOCUMENTS_MS = 2 * MINUTE_MS;
const AGAIN_MS = MINUTE_MS;
const SILENT_MS = 60 * MINUTE_MS;

const TRIGGER_NUMBER = "420420420";

const ELSEWHERE: Address = {
  line1: "1 Elsewhere Avenue",
  line2: null,
  city: "Nome",
  state: "AK",
  postalCode: "99762",
  country: "US",
};

/** A name, as it was registered, of a person (first, last or both) or of a business. */
const named =
  (name: string) =>
  ({ names }: Registered): boolean =>
    names.includes(name);

const isPerson = ({ legalName }: Registered): boolean => legalName === undefined;

/** Every published trigger, and at the end two of our own; what matches none passes. One subject may match several. */
const TRIGGERS: readonly Trigger[] = [
  {
    matches: ({ names }) => names.some((name) => name.toLowerCase() === "fail"),
    differs: { firstName: "Somebody", lastName: "Else", legalName: "Somebody Else Holdings" },
  },
  { matches: named("documents_required"), verdict: "DOCUMENTS_REQUIRED" },
  {
    matches: named("Fraud"),
    fraud: ["FRAUD_WARNING", "DENIED_FRAUD"],
    verdict: "FAILED",
    documents: "FAILED",
  },
  { matches: named("Review"), verdict: "REVIEW" },
  { matches: ({ address }) => address?.line1 === "420 420th Street", differs: { address: ELSEWHERE } },
  { matches: ({ dateOfBirth }) => dateOfBirth === "1970-04-20", differs: { dateOfBirth: "1970-04-21" } },
  {
    matches: (registered) => isPerson(registered) && registered.taxNumber === TRIGGER_NUMBER,
    differs: { taxNumber: "420420421" },
  },
  { matches: ({ legalName }) => legalName === "420 Inc", differs: { legalName: "Somebody Else Holdings" } },
  {
    matches: (registered) => !isPerson(registered) && registered.taxNumber === TRIGGER_NUMBER,
    differs: { taxNumber: "981357246" },
  },
  { matches: named("Pending"), putsOff: "AGAIN" },
  { matches: named("Webhook"), putsOff: "CALLBACK" },
];

function registeredOf({ subject }: Inquiry): Registered {
  if (subject.entityType === "BUSINESS") {
    const { legalName, ein, address, phone } = subject.facts;
    const officers = subject.officers.map(({ firstName, lastName }) => ({ firstName, lastName }));
    const representatives = officers.length > 0 ? officers : null;
    return { names: [legalName], legalName, taxNumber: ein, address, phone, representatives };
  }
  const { firstName, lastName, dateOfBirth, socialSecurityNumber, address, phone } = subject.facts;
  const names = [firstName, lastName, `${firstName} ${lastName}`];
  return { names, firstName, lastName, dateOfBirth, taxNumber: socialSecurityNumber, address, phone };
}

const PERSON_SOURCES = ["credit_bureau", "public_records"];
const BUSINESS_SOURCES = ["credit_bureau", "secretary_of_state"];

/** What the sources have on record: what was registered, but for what a trigger changes of it. */
function findingsOf(registered: Registered, triggers: readonly Trigger[]): Finding[] {
  const { names: _names, ...facts } = registered;
  const differs = Object.assign({}, ...triggers.map(({ differs: other }) => other ?? {})) as Partial<Finding>;
  const changed = Object.entries(differs).filter(([field]) => field in facts);
  const sources = isPerson(registered) ? PERSON_SOURCES : BUSINESS_SOURCES;
  return sources.map((source) => ({ source, ...facts, ...Object.fromEntries(changed) }));
}

const evidenceOf = (registered: Registered, triggers: readonly Trigger[]): Evidence => ({
  findings: findingsOf(registered, triggers),
  fraud: triggers.flatMap(({ fraud = [] }) => fraud),
  tags: [],
  reasons: [],
  verdict: triggers.find(({ verdict }) => verdict)?.verdict ?? null,
});

/** What it answers once its time has come; the same whenever it is asked. */
function answerOf(inquiry: Inquiry, reference: string, at: Instant): Answer {
  const registered = registeredOf(inquiry);
  const triggers = TRIGGERS.filter(({ matches }) => matches(registered));
  switch (triggers.find(({ putsOff }) => putsOff)?.putsOff) {
    case "AGAIN":
      return { kind: "AGAIN", afterMs: AGAIN_MS, reference, evidence: null };
    case "CALLBACK":
      return { kind: "CALLBACK", reference, silentAfterMs: SILENT_MS };
    case undefined:
      return { kind: "EVIDENCE", evidence: evidenceOf(registered, triggers), reference, at };
  }
}

/**
 * A provider that asks nobody. It repeats what was registered, so that everybody passes, but for those whose name, address,
 * birth date or number is a published trigger. Nothing it says is about anybody; it is for trying things out.
 */
export const createSandbox = ({ clock, delayMs }: SandboxSettings): Provider => ({
  name: "sandbox",
  judgesDocumentsAfterMs: DOCUMENTS_MS,
  async ask(inquiry) {
    const reference = `sandbox:${inquiry.verificationId}`;
    const readyAt = plusMs(inquiry.requestedAt, delayMs);
    const waitMs = Date.parse(readyAt) - Date.parse(clock());
    if (waitMs > 0) return { kind: "AGAIN", afterMs: waitMs, reference, evidence: null };
    return answerOf(inquiry, reference, readyAt);
  },
  async judgeDocuments(inquiry) {
    const registered = registeredOf(inquiry);
    const refusing = TRIGGERS.find(({ matches, documents }) => documents && matches(registered));
    return { verdict: refusing?.documents ?? "PASSED" };
  },
});

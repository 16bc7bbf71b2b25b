import { workOff } from "../../src/verification/keep-working.js";
import type { Workplace } from "../../src/verification/do-work.js";
import type { Answer, DocumentVerdict, Evidence, Finding, Inquiry, Provider } from "../../src/verification/provider.js";
import { NOON, type TestApp } from "./app.js";

/** A provider that answers by a script, and remembers what it was asked. */
export interface Scripted extends Provider {
  readonly asked: Inquiry[];
}

export interface Script {
  readonly ask?: (inquiry: Inquiry, signal: AbortSignal) => Answer | Promise<Answer>;
  readonly judge?: (inquiry: Inquiry) => DocumentVerdict;
  readonly judgesDocumentsAfterMs?: number | null;
}

/** What one source says that has on record what was registered, but for what is said to differ. */
export function agreeing({ subject }: Inquiry, over: Partial<Finding> = {}): Finding {
  const { address, phone } = subject.facts;
  if (subject.entityType === "BUSINESS") {
    const { legalName, ein } = subject.facts;
    const representatives = subject.officers.map(({ firstName, lastName }) => ({ firstName, lastName }));
    return { source: "secretary_of_state", legalName, taxNumber: ein, address, phone, representatives, ...over };
  }
  const { firstName, lastName, dateOfBirth, socialSecurityNumber: taxNumber } = subject.facts;
  return { source: "credit_bureau", firstName, lastName, dateOfBirth, taxNumber, address, phone, ...over };
}

export const evidence = (over: Partial<Evidence> = {}): Evidence => ({
  findings: [],
  fraud: [],
  tags: [],
  reasons: [],
  verdict: null,
  ...over,
});

/** A final answer, of the still clock's noon unless it says otherwise. */
export const answering = (over: Partial<Evidence> = {}, at: string = NOON): Answer => ({
  kind: "EVIDENCE",
  evidence: evidence(over),
  reference: "scripted",
  at: at as typeof NOON,
});

/** The final answer that agrees with everything, or contradicts it in this. */
export const agrees =
  (over: Partial<Finding> = {}) =>
  (inquiry: Inquiry): Answer =>
    answering({ findings: [agreeing(inquiry, over)] });

export const CALLBACK: Answer = { kind: "CALLBACK", reference: "scripted", silentAfterMs: 3_600_000 };

export function scripted({ ask = agrees(), judge = () => null, judgesDocumentsAfterMs = null }: Script = {}): Scripted {
  const asked: Inquiry[] = [];
  return {
    name: "scripted",
    asked,
    judgesDocumentsAfterMs,
    ask: async (inquiry, signal) => {
      asked.push(inquiry);
      return ask(inquiry, signal);
    },
    judgeDocuments: async (inquiry) => judge(inquiry),
  };
}

/** The gateway's own workplace with another provider, or none. */
export const workplaceOf = (
  { app }: Pick<TestApp, "app">,
  provider: Provider | null,
  over: Partial<Workplace> = {},
): Workplace => ({ ...app.workplace, provider, random: () => 0, ...over });

export const UNSTOPPED = new AbortController().signal;

/** Does everything that is due now with that provider. */
export const workedBy = (
  test: Pick<TestApp, "app">,
  provider: Provider | null,
  over: Partial<Workplace> = {},
): Promise<number> => workOff(workplaceOf(test, provider, over), 25, UNSTOPPED);

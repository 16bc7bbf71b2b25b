import type { z } from "zod";
import type { Clock, Instant } from "../kernel/instant.js";
import type { Answer, Inbox, Inquiry, Provider } from "../verification/provider.js";
import { exchange, type Reply } from "./exchange.js";
import { createInbox } from "./inbox.js";
import type { Resolve } from "./reach.js";
import { signatureHeaders } from "./signature.js";
import { Unanswered } from "./unanswered.js";
import { decidedShape, pendingShape, questionOf } from "./wire-shape.js";
import { parseUnambiguous } from "./unambiguous.js";

/** Where a vendor is, and how we and it know each other. */
export interface HttpProviderSettings {
  readonly url: string;
  /** `whsec_…`. We sign with the first and believe any. */
  readonly secrets: readonly string[];
  /** Whether the vendor may be in a private network, and be spoken to without TLS. */
  readonly allowPrivate: boolean;
  readonly timeoutMs: number;
  /** How long it may stay silent after it has said that it will call back. */
  readonly silentAfterMs: number;
  readonly clock: Clock;
  /** Finds the addresses behind a name; the machine's own way where it is left out. */
  readonly resolve?: Resolve;
}

const NAME = "http";

/** The same for every try at one question: by it a vendor knows that it has been asked before. */
export const questionId = ({ verificationId, attempt }: Inquiry): string => `${verificationId}_${attempt}`;

const HEADERS = { "content-type": "application/json", accept: "application/json", "user-agent": "attestry" };

function judged<T>(shape: z.ZodType<T>, body: string): T {
  try {
    return shape.parse(parseUnambiguous(body));
  } catch {
    throw new Unanswered("UNREADABLE");
  }
}

function decided(body: string, now: Instant): Answer {
  const { evidence, reference, at } = judged(decidedShape(now), body);
  return { kind: "EVIDENCE", evidence, reference: reference ?? null, at: at ?? now };
}

function pending(body: string, silentAfterMs: number): Answer {
  const { reference = null, retryAfterMs, evidence = null } = judged(pendingShape, body);
  if (retryAfterMs == null) return { kind: "CALLBACK", reference, silentAfterMs };
  return { kind: "AGAIN", afterMs: retryAfterMs, reference, evidence };
}

const answerOf = ({ status, body }: Reply, now: Instant, silentAfterMs: number): Answer =>
  status === 202 ? pending(body, silentAfterMs) : decided(body, now);

/** A vendor behind a URL: a signed question out, evidence or a signed message back. Staff judge documents. */
export function createHttpProvider(settings: HttpProviderSettings): Provider & Inbox {
  const { allowPrivate, secrets, silentAfterMs, clock } = settings;
  const url = new URL(settings.url);
  const [secret] = secrets;
  if (secret === undefined) throw new Error("A vendor cannot be asked without a secret.");
  return {
    name: NAME,
    judgesDocumentsAfterMs: null,
    judgeDocuments: async () => null,
    async ask(inquiry, signal) {
      const body = questionOf(inquiry);
      const signed = signatureHeaders(secret, questionId(inquiry), clock(), body);
      const question = { headers: { ...HEADERS, ...signed }, body };
      const reply = await exchange({ url, allowPrivate }, question, settings, signal);
      return answerOf(reply, clock(), silentAfterMs);
    },
    ...createInbox({ provider: NAME, secrets, clock }),
  };
}

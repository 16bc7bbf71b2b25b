import type { Id } from "../kernel/id.js";
import type { Instant } from "../kernel/instant.js";
import type { Address, BusinessFacts, IndividualFacts } from "../entity/facts.js";

/** The interface to whoever checks people and businesses for us. The core owns it; adapters implement it. */

/** What is asked about one run. The run's id is the key by which the same question, asked twice, is answered once. */
export interface Inquiry {
  readonly verificationId: Id<"ver">;
  readonly kycLevel: string;
  readonly attempt: number;
  readonly requestedAt: Instant;
  readonly subject:
    | { readonly entityType: "INDIVIDUAL"; readonly facts: IndividualFacts }
    | {
        readonly entityType: "BUSINESS";
        readonly facts: BusinessFacts;
        /** Who controls it, by the members that are linked. */
        readonly officers: readonly { readonly firstName: string; readonly lastName: string }[];
      };
  /** What was handed in for this run, newest last. */
  readonly documents: readonly {
    readonly id: Id<"doc">;
    readonly documentType: string;
    readonly mimeType: string;
    readonly sha256: string;
    readonly receivedAt: Instant;
  }[];
}

/** What one outside source has on record. What it does not have is left out. */
export interface Finding {
  /** A word of the sub-products' methods, such as `credit_bureau` or `public_records`. */
  readonly source: string;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly dateOfBirth?: string | null;
  /** Nine digits, or the last four. */
  readonly taxNumber?: string | null;
  readonly address?: Address | null;
  readonly phone?: string | null;
  readonly legalName?: string | null;
  /** Names of people who act for a business. */
  readonly representatives?: readonly { readonly firstName: string; readonly lastName: string }[] | null;
}

export const FRAUD_SIGNS = ["FRAUD_WARNING", "DENIED_FRAUD", "FRAUD_RISK", "FRAUD_REVIEW"] as const;
export type FraudSign = (typeof FRAUD_SIGNS)[number];

/** What the sources say about a subject, and what the provider makes of it. */
export interface Evidence {
  readonly findings: readonly Finding[];
  readonly fraud: readonly FraudSign[];
  /** Tags of the provider's own; those that we do not know are kept as they are. */
  readonly tags: readonly string[];
  readonly reasons: readonly string[];
  /**
   * The provider's own verdict. Beside findings it can only make ours worse, never better; without any it is taken at its word. Null
   * where it leaves it to the checks.
   */
  readonly verdict: "PASSED" | "FAILED" | "REVIEW" | "DOCUMENTS_REQUIRED" | null;
}

/** What a provider answers. */
export type Answer =
  /** It is done. */
  | { readonly kind: "EVIDENCE"; readonly evidence: Evidence; readonly reference: string | null; readonly at: Instant }
  /** It will call back. */
  | { readonly kind: "CALLBACK"; readonly reference: string | null; readonly silentAfterMs: number }
  /** It asks to be asked again; what it has so far may come along. */
  | {
      readonly kind: "AGAIN";
      readonly afterMs: number;
      readonly reference: string | null;
      readonly evidence: Evidence | null;
    };

/** What a provider makes of the documents that were handed in; null leaves the run to staff. */
export type DocumentVerdict = { readonly verdict: "PASSED" | "FAILED" | "DOCUMENTS_REQUIRED" } | null;

/** Whoever checks. What it throws is tried again later, with the same question. */
export interface Provider {
  readonly name: string;
  ask(inquiry: Inquiry, signal: AbortSignal): Promise<Answer>;
  /** How long after the last document it has judged; null where staff judge. */
  readonly judgesDocumentsAfterMs: number | null;
  judgeDocuments(inquiry: Inquiry, signal: AbortSignal): Promise<DocumentVerdict>;
}

/** What came in by itself, signed, from a provider that had said it would call back. */
export interface ProviderMessage {
  readonly provider: string;
  /** The message's own id: the same again is the same message. */
  readonly messageId: string;
  /** When the provider says it decided so. */
  readonly at: Instant;
  readonly verificationId: string;
  readonly evidence: Evidence;
}

/** Reads a message that came in: throws a Failure for one that is not the provider's, too old, or unreadable. */
export interface Inbox {
  open(headers: Readonly<Record<string, string | string[] | undefined>>, body: Uint8Array): ProviderMessage;
}

import type { Id } from "../kernel/id.js";
import { plusDays, type Instant } from "../kernel/instant.js";
import type { Statement } from "../attestation/statement.js";
import type { SubProductKind } from "../attestation/sub-product.js";
import { meets } from "./condition.js";
import type { AttestationSelection, PolicyRequirement } from "./policy.js";

export const REQUIREMENT_REASONS = [
  "MET",
  "MISSING",
  "STALE",
  "REVOKED",
  "DISPUTED",
  "CONDITION_FAILED",
  "OUTSIDE_CONSENT",
  "NOT_ENTITLED",
  "FURNISHER_EXCLUDED",
] as const;
export type RequirementReason = (typeof REQUIREMENT_REASONS)[number];

/** An attestation as the evaluation sees it: only such as the caller may see are ever passed in. */
export interface Evidence {
  readonly attestationId: Id<"att">;
  readonly kind: SubProductKind;
  readonly furnisherId: Id<"par">;
  /** The first of the requested networks that it is visible in. */
  readonly networkId: Id<"net">;
  readonly performedAt: Instant;
  readonly statement: Statement;
  readonly contentHash: string;
  readonly revokedReason: string | null;
  /** Null while nobody doubts it. */
  readonly disputedReason: string | null;
}

export interface Question {
  readonly requirements: readonly PolicyRequirement[];
  readonly selection: AttestationSelection;
  /** The kinds that the consent names; null for all. */
  readonly consented: ReadonlySet<SubProductKind> | null;
  /** The furnishers that the caller accepts; null for all. */
  readonly furnishers: ReadonlySet<string> | null;
  /** The furnishers that the caller does not accept. */
  readonly excluded: ReadonlySet<string>;
  /** Whether disputed evidence counts. */
  readonly acceptsDisputed: boolean;
  readonly at: Instant;
}

/** One requirement's result, as it is answered and recorded. */
export interface RequirementResult {
  readonly key: string;
  readonly kinds: readonly SubProductKind[];
  readonly required: boolean;
  readonly met: boolean;
  readonly reason: RequirementReason;
  readonly detail: string | null;
}

export interface Verdict {
  readonly satisfied: boolean;
  readonly results: readonly RequirementResult[];
  /** The evidence chosen for each requirement that is met, in the order of the policy. */
  readonly chosen: readonly Chosen[];
}

export interface Chosen {
  readonly requirement: PolicyRequirement;
  readonly evidence: Evidence;
}

interface Finding {
  readonly evidence: Evidence;
  readonly reason: RequirementReason;
  readonly detail: string | null;
}

/** How far a piece of evidence came, from the first hurdle to the last: the furthest explains a "no" best. */
const HURDLES: readonly RequirementReason[] = [
  "FURNISHER_EXCLUDED",
  "REVOKED",
  "DISPUTED",
  "STALE",
  "CONDITION_FAILED",
  "MET",
];

/** Facts in, every requirement with its reason out. Coverage, query and re-derivation all ask here and nowhere else. */
export function evaluate(question: Question, evidence: readonly Evidence[]): Verdict {
  const judged = question.requirements.map((requirement) => judge(requirement, question, evidence));
  return {
    satisfied: judged.every(({ result }) => result.met || !result.required),
    results: judged.map(({ result }) => result),
    chosen: judged.flatMap(({ requirement, finding }) =>
      finding?.reason === "MET" ? [{ requirement, evidence: finding.evidence }] : [],
    ),
  };
}

function judge(requirement: PolicyRequirement, question: Question, evidence: readonly Evidence[]) {
  const { key, kinds, required } = requirement;
  const inside = kinds.filter((kind) => question.consented?.has(kind) ?? true);
  if (inside.length === 0) {
    const detail = "The subject's consent does not name this kind.";
    return {
      requirement,
      finding: null,
      result: { key, kinds, required, met: false, reason: "OUTSIDE_CONSENT", detail } as const,
    };
  }
  const findings = evidence
    .filter(({ kind }) => inside.includes(kind))
    .map((one) => assess(one, requirement, question));
  const finding = furthest(findings, question.selection);
  const reason = finding?.reason ?? "MISSING";
  const detail = finding ? finding.detail : "No attestation of this kind is visible to you in these networks.";
  return { requirement, finding, result: { key, kinds, required, met: reason === "MET", reason, detail } };
}

function assess(evidence: Evidence, requirement: PolicyRequirement, question: Question): Finding {
  const found = (reason: RequirementReason, detail: string | null): Finding => ({ evidence, reason, detail });
  if (!accepts(question, evidence.furnisherId))
    return found("FURNISHER_EXCLUDED", "Only furnishers that you did not accept have attested this.");
  if (requirement.furnisherIds && !requirement.furnisherIds.includes(evidence.furnisherId))
    return found("FURNISHER_EXCLUDED", "Only furnishers that the policy does not accept have attested this.");
  if (evidence.revokedReason !== null)
    return found("REVOKED", `${evidence.attestationId} was revoked by its furnisher: ${evidence.revokedReason}`);
  if (evidence.disputedReason !== null && !question.acceptsDisputed)
    return found("DISPUTED", `${evidence.attestationId} is disputed: ${evidence.disputedReason}`);
  const { maxAgeDays } = requirement;
  if (maxAgeDays !== null && plusDays(evidence.performedAt, maxAgeDays) <= question.at)
    return found(
      "STALE",
      `${evidence.attestationId} was performed on ${evidence.performedAt.slice(0, 10)}, more than ${maxAgeDays} days ago.`,
    );
  if (!evidence.statement.assertion)
    return found("CONDITION_FAILED", `${evidence.attestationId} says that the check does not hold.`);
  const failed = requirement.conditions.find((condition) => !meets(condition, evidence.statement.data));
  if (failed)
    return found(
      "CONDITION_FAILED",
      `${evidence.attestationId} does not meet ${failed.field} ${failed.operator} ${failed.values.join(", ")}.`,
    );
  return found("MET", null);
}

const accepts = ({ furnishers, excluded }: Question, furnisherId: string): boolean =>
  (furnishers?.has(furnisherId) ?? true) && !excluded.has(furnisherId);

/** Among equally far: the oldest or the freshest, as the policy says; ties by id. */
function furthest(findings: readonly Finding[], selection: AttestationSelection): Finding | null {
  const rank = ({ reason }: Finding): number => HURDLES.indexOf(reason);
  const direction = selection === "OLDEST" ? 1 : -1;
  const order = (a: Finding, b: Finding): number =>
    rank(b) - rank(a) ||
    direction * byText(a.evidence.performedAt, b.evidence.performedAt) ||
    byText(a.evidence.attestationId, b.evidence.attestationId);
  return findings.toSorted(order)[0] ?? null;
}

const byText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

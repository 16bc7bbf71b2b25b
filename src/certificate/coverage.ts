import type { Decimal } from "../kernel/decimal.js";
import { Failure } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import { plusMs, type Instant } from "../kernel/instant.js";
import type { Writer } from "../kernel/reader.js";
import type { SubProductKind } from "../attestation/sub-product.js";
import { permit } from "../network/permit.js";
import { evaluate, type RequirementResult } from "../policy/evaluate.js";
import { CoverageCheck } from "./certificate.js";
import { gather, type Ask, type Gathered } from "./gather.js";

export interface Coverage {
  readonly satisfiable: boolean;
  readonly requirements: readonly RequirementResult[];
  readonly furnishers: readonly FurnisherCoverage[];
  readonly price: Decimal;
  readonly noPrice: Decimal;
  readonly currency: string;
}

export interface FurnisherCoverage {
  readonly furnisherId: Id<"par">;
  /** Whether this furnisher alone would satisfy the policy. */
  readonly complete: boolean;
  /** The kinds that would come from it if it were the only one. */
  readonly kinds: readonly SubProductKind[];
}

const WINDOW_MS = 60_000;
const MAX_PER_CALLER = 120;
const MAX_PER_SUBJECT = 20;

/** The same evaluation as a query, without certificate or charge; recorded, and limited per caller and per subject. */
export async function checkCoverage(write: Writer, input: Ask): Promise<Coverage> {
  permit(write.actor, "checkCoverage");
  const gathered = await gather(write, input);
  await limit(write, gathered.consent.entityId);
  await write.insert(CoverageCheck, [
    {
      id: write.newId("cov"),
      participantId: write.actor.participantId,
      entityId: gathered.consent.entityId,
      consentId: gathered.consent.id,
      policyId: gathered.policy.id,
      noPrice: gathered.noPrice,
      currency: gathered.currency,
      checkedAt: write.now,
    },
  ]);
  const verdict = evaluate(gathered.question, gathered.evidence);
  return {
    satisfiable: verdict.satisfied,
    requirements: verdict.results,
    furnishers: byFurnisher(gathered),
    price: gathered.price,
    noPrice: gathered.noPrice,
    currency: gathered.currency,
  };
}

function byFurnisher({ question, evidence }: Gathered): FurnisherCoverage[] {
  const ids = [...new Set(evidence.map(({ furnisherId }) => furnisherId))].toSorted();
  return ids.flatMap((furnisherId) => {
    const alone = evaluate(
      question,
      evidence.filter((one) => one.furnisherId === furnisherId),
    );
    const kinds = alone.chosen.map((one) => one.evidence.kind);
    return kinds.length > 0 ? [{ furnisherId, complete: alone.satisfied, kinds }] : [];
  });
}

/** Each limit is free again when the check that filled it has left the window. */
async function limit(write: Writer, entityId: string): Promise<void> {
  const recent = await write.rows<{ entityId: string; checkedAt: Instant }>(
    `select entity_id as "entityId", checked_at as "checkedAt" from coverage_check
      where participant_id = ? and checked_at > ? order by checked_at desc, id desc limit ?`,
    [write.actor.participantId, plusMs(write.now, -WINDOW_MS), MAX_PER_CALLER],
  );
  const full = [recent[MAX_PER_CALLER - 1], recent.filter((check) => check.entityId === entityId)[MAX_PER_SUBJECT - 1]];
  const freeAtMs = full.flatMap((check) => (check ? [Date.parse(check.checkedAt) + WINDOW_MS] : []));
  if (freeAtMs.length === 0) return;
  const retryAfterMs = Math.max(...freeAtMs) - Date.parse(write.now);
  throw new Failure("RATE_LIMITED", "Coverage was checked too often in the last minute.", { retryAfterMs });
}

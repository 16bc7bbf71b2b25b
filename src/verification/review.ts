import { z } from "zod";
import { Failure, notFound } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import { faultsOf, optional, reasonText, refuse } from "../kernel/validate.js";
import { permit } from "../network/permit.js";
import { move } from "./move.js";
import type { RunStatus } from "./status.js";
import { Verification } from "./verification.js";

export interface ReviewVerification {
  readonly verificationId: string;
  readonly outcome: string;
  readonly reasons?: readonly string[] | null;
}

const OUTCOMES = ["PASSED", "FAILED", "DOCUMENTS_REQUIRED"] as const;
const MAX_REASONS = 10;

const schema = z.object({
  outcome: z.enum(OUTCOMES, `Must be one of ${OUTCOMES.join(", ")}.`),
  reasons: optional(z.array(reasonText).max(MAX_REASONS, `Must name at most ${MAX_REASONS} reasons.`)),
});

/** Where people decide: what nobody could tell, and documents that came in. Everywhere else the checks do. */
const REVIEWABLE: readonly RunStatus[] = ["REVIEW", "DOCUMENTS_RECEIVED"];

/** Settles a run by hand: passed, failed, or, once documents were looked at, other documents wanted. */
export async function reviewVerification(write: Writer, input: ReviewVerification): Promise<Id<"ver">> {
  permit(write.actor, "reviewVerification");
  refuse(faultsOf(schema, input, "input"));
  const [run] = await write.rows<Pick<Verification, "id" | "entityId" | "participantId" | "status">>(
    `select id, entity_id as "entityId", participant_id as "participantId", status from verification where id = ? and participant_id = ?`,
    [input.verificationId, write.actor.participantId],
  );
  if (!run) throw notFound("Verification", "input.verificationId");
  if (!REVIEWABLE.includes(run.status))
    throw new Failure("ILLEGAL_TRANSITION", `A verification that is ${run.status} is not for review.`);
  const outcome = input.outcome as (typeof OUTCOMES)[number];
  await move(write, [{ run, to: outcome, change: { reasons: JSON.stringify(input.reasons ?? []) } }]);
  return run.id;
}

import type { Actor } from "../kernel/actor.js";
import { sql, type Sql } from "../kernel/table.js";
import type { EntityType } from "../entity/entity.js";
import type { VerificationStatus } from "./status.js";

/** All of several conditions; none where there is none. */
function every(parts: readonly Sql[]): Sql | undefined {
  if (parts.length === 0) return undefined;
  return sql(parts.map(({ text }) => text).join(" and "), ...parts.flatMap(({ params }) => params));
}

/** Runs at a level, in one of these states, over the alias `t`. */
export const hasLevelAndStatus = (
  kycLevel: string | null | undefined,
  statuses: readonly VerificationStatus[] | null | undefined,
): Sql | undefined =>
  every([
    ...(typeof kycLevel === "string" ? [sql("t.kyc_level = ?", kycLevel)] : []),
    ...(statuses ? [sql("t.status in ??", statuses)] : []),
  ]);

/** Entities of a type whose verification has come to one of these in the actor's eyes, over the alias `t`. */
export const hasStanding = (
  { participantId }: Actor,
  entityType: EntityType | null | undefined,
  statuses: readonly VerificationStatus[] | null | undefined,
): Sql | undefined =>
  every([
    ...(entityType ? [sql("t.entity_type = ?", entityType)] : []),
    ...(statuses ? [standsAt(participantId, statuses)] : []),
  ]);

/** Who was never asked about stands nowhere: all others are found by an index. */
const standsAt = (participantId: string, statuses: readonly VerificationStatus[]): Sql =>
  statuses.includes("UNVERIFIED")
    ? sql(
        `coalesce((select s.status from standing s where s.participant_id = ? and s.entity_id = t.id), 'UNVERIFIED') in ??`,
        participantId,
        statuses,
      )
    : sql(
        `t.id in (select s.entity_id from standing s where s.participant_id = ? and s.status in ??)`,
        participantId,
        statuses,
      );

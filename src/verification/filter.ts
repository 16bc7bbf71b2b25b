import type { Actor } from "../kernel/actor.js";
import { sql, type Choice, type Narrowing, type Sql, type Way } from "../kernel/table.js";
import type { EntityType } from "../entity/entity.js";
import type { VerificationStatus } from "./status.js";

/** All of several conditions. */
const every = (parts: readonly Sql[]): Sql =>
  sql(parts.map(({ text }) => text).join(" and "), ...parts.flatMap(({ params }) => params));

/** Runs at a level, in one of these states, over the alias `t`. */
export function hasLevelAndStatus(
  kycLevel: string | null | undefined,
  statuses: readonly VerificationStatus[] | null | undefined,
): Narrowing | undefined {
  const level = typeof kycLevel === "string" ? [sql("t.kyc_level = ?", kycLevel)] : [];
  if (!statuses) return level[0];
  return {
    ...every([...level, sql("t.status in ??", statuses)]),
    each: [...new Set(statuses)].map((status) => every([...level, sql("t.status = ?", status)])),
  };
}

/** Entities of a type whose verification has come to one of these in the actor's eyes, over the alias `t`. */
export function hasStanding(
  { participantId }: Actor,
  entityType: EntityType | null | undefined,
  statuses: readonly VerificationStatus[] | null | undefined,
): Narrowing | undefined {
  const type = entityType ? [sql("t.entity_type = ?", entityType)] : [];
  if (!statuses) return type[0];
  const among = (some: readonly VerificationStatus[]): Choice =>
    some.includes("UNVERIFIED")
      ? every([...type, standsAt(participantId, some)])
      : { ...every([...type, ANY]), way: standingsAt(participantId, some) };
  return { ...among(statuses), each: [...new Set(statuses)].map((status) => among([status])) };
}

const ANY = sql("1 = 1");

/** Those who stand at one of these, as an index has them: of one state, in the order of who stands there. */
const standingsAt = (participantId: string, statuses: readonly VerificationStatus[]): Way => ({
  from: "standing s",
  by: "s.entity_id",
  where:
    statuses.length === 1
      ? sql("s.participant_id = ? and s.status = ?", participantId, statuses[0]!)
      : sql("s.participant_id = ? and s.status in ??", participantId, statuses),
});

/** Who was never asked about stands nowhere. */
const standsAt = (participantId: string, statuses: readonly VerificationStatus[]): Sql =>
  sql(
    `coalesce((select s.status from standing s where s.participant_id = ? and s.entity_id = t.id), 'UNVERIFIED') in ??`,
    participantId,
    statuses,
  );

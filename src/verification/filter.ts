import type { Actor } from "../kernel/actor.js";
import { sql, type Choice, type Narrowing, type Sql } from "../kernel/table.js";
import { ENTITY_TYPES, type EntityType } from "../entity/entity.js";
import { RUN_STATUSES, VERIFICATION_STATUSES, type VerificationStatus } from "./status.js";
import { levelAndStatus } from "./verification.js";

/** All of several conditions. */
const every = (parts: readonly Sql[]): Sql =>
  sql(parts.map(({ text }) => text).join(" and "), ...parts.flatMap(({ params }) => params));

/** Runs at a level, in one of these states, over the alias `t`. */
export function hasLevelAndStatus(
  kycLevel: string | null | undefined,
  statuses: readonly VerificationStatus[] | null | undefined,
): Narrowing | undefined {
  const level = typeof kycLevel === "string" ? kycLevel : null;
  if (level === null && !statuses) return undefined;
  const key = level === null ? "t.status" : levelAndStatus("t.");
  const asked = [...new Set(statuses ?? RUN_STATUSES)].map((status) =>
    level === null ? status : `${level} ${status}`,
  );
  return { ...sql(`${key} in ??`, asked), each: asked.map((one) => sql(`${key} = ?`, one)) };
}

/** Entities of a type whose verification has come to one of these in the actor's eyes: read by their standings, for each state and type. */
export function hasStanding(
  { participantId }: Actor,
  entityType: EntityType | null | undefined,
  statuses: readonly VerificationStatus[] | null | undefined,
): Narrowing | undefined {
  if (!entityType && !statuses) return undefined;
  const own = sql("s.participant_id = ?", participantId);
  const type = entityType ? [sql("s.entity_type = ?", entityType)] : [];
  const each = [...new Set(statuses ?? VERIFICATION_STATUSES)].flatMap((status) =>
    (entityType ? [entityType] : ENTITY_TYPES).map((one) =>
      standings([own, sql("s.status = ?", status), sql("s.entity_type = ?", one)]),
    ),
  );
  return { ...standings([own, ...(statuses ? [sql("s.status in ??", statuses)] : []), ...type]), each };
}

const standings = (parts: readonly Sql[]): Choice => ({
  ...sql("1 = 1"),
  way: { from: "standing s", by: "s.entity_id", where: every(parts) },
});

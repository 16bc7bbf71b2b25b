import { notFound } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import type { Reader } from "../kernel/reader.js";
import type { EntityType } from "./entity.js";

/** The entity behind one of the caller's own handles. Somebody else's handle is not found. */
export async function entityByHandle(read: Reader, handle: string, path: string): Promise<{ id: Id<"ent">; entityType: EntityType }> {
  const [row] = await read.rows<{ id: Id<"ent">; entityType: EntityType }>(
    `select e.id, e.entity_type as "entityType" from registration r join entity e on e.id = r.entity_id
      where r.participant_id = ? and r.handle = ? and r.superseded_at is null`,
    [read.actor.participantId, handle],
  );
  if (!row || (read.actor.entityId && read.actor.entityId !== row.id)) throw notFound("Entity", path);
  return row;
}

import { badInput, notFound } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import type { Reader } from "../kernel/reader.js";
import { permit } from "../network/permit.js";
import type { EntityType } from "./entity.js";

type Found = { readonly id: Id<"ent">; readonly entityType: EntityType };

async function behind(read: Reader, handle: string): Promise<Found | null> {
  const [row] = await read.rows<Found>(
    `select e.id, e.entity_type as "entityType" from registration r join entity e on e.id = r.entity_id
      where r.participant_id = ? and r.handle = ? and r.superseded_at is null`,
    [read.actor.participantId, handle],
  );
  return row && (!read.actor.entityId || read.actor.entityId === row.id) ? row : null;
}

/** The entity behind one of the caller's own handles. Somebody else's handle is not found. */
export async function entityByHandle(read: Reader, handle: string, path: string): Promise<Found> {
  const found = await behind(read, handle);
  if (!found) throw notFound("Entity", path);
  return found;
}

/** The id that is meant, by itself or behind one of the caller's handles; null where the handle names nothing. */
export async function idOf(
  read: Reader,
  id: string | null | undefined,
  handle: string | null | undefined,
): Promise<string | null> {
  permit(read.actor, "readEntities");
  const given = [id, handle].filter((one) => one !== null && one !== undefined);
  if (given.length === 0) throw badInput([{ path: "id", message: "Give `id` or `handle`." }]);
  if (given.length === 2) throw badInput([{ path: "handle", message: "Give `id` or `handle`, not both." }]);
  return id ?? (await behind(read, handle!))?.id ?? null;
}

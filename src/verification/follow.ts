import type { Reader } from "../kernel/reader.js";
import { entityByHandle } from "../entity/find.js";
import { permit } from "../network/permit.js";

/** The entities whose events can change what verification has come to for a handle: its own and, of a business, everybody below it. */
export async function checkedBy(read: Reader, handle: string): Promise<ReadonlySet<string>> {
  permit(read.actor, "readVerifications");
  const { id, entityType } = await entityByHandle(read, handle, "handle");
  if (entityType !== "BUSINESS") return new Set([id]);
  const below = await read.rows<{ id: string }>(
    `with recursive below(id) as (
       select m.entity_id from member m where m.participant_id = ? and m.unlinked_at is null and m.business_id = ?
       union
       select m.entity_id from below join member m on m.business_id = below.id and m.participant_id = ? and m.unlinked_at is null
     ) select id from below`,
    [read.actor.participantId, id, read.actor.participantId],
  );
  return new Set([id, ...below.map((row) => row.id)]);
}

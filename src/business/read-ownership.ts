import { Failure } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import type { Reader } from "../kernel/reader.js";
import { stakes, type Link, type Stakes } from "./ownership.js";

/** So many links below the businesses of one question are read. */
const MAX_LINKS = 20_000;

const OWNS = "m.participant_id = ? and m.unlinked_at is null and m.role = 'BENEFICIAL_OWNER'";

/**
 * Who owns what below these businesses, directly and through others, as the caller's participant knows it: one statement for all of
 * them, in the order of linking, which share the work that multiplying may take. A client token is told of its own business alone.
 */
export async function readOwnership(read: Reader, businessIds: readonly Id<"ent">[]): Promise<Stakes[]> {
  const { participantId, entityId } = read.actor;
  const links = await read.rows<Link>(
    `with recursive below(id, business_id, entity_id, stake) as (
       select m.id, m.business_id, m.entity_id, m.ownership_stake from member m where ${OWNS} and m.business_id in ??
       union
       select m.id, m.business_id, m.entity_id, m.ownership_stake from below cross join member m
        where m.business_id = below.entity_id and ${OWNS}
     )
     select id as "memberId", business_id as "businessId", entity_id as "entityId",
            (select e.entity_type from entity e where e.id = b.entity_id) as "entityType", stake
       from (select * from below limit ?) b order by id`,
    [participantId, businessIds, participantId, MAX_LINKS + 1],
  );
  if (links.length > MAX_LINKS)
    throw new Failure("CONFLICT", `More than ${MAX_LINKS} stakes lie below: ask of fewer businesses at once.`);
  const all = stakes(links);
  const nothing = stakes([]);
  return businessIds.map((id) => (entityId && entityId !== id ? nothing : all));
}

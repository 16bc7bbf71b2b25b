import type { Actor } from "../kernel/actor.js";
import { sql, type Listed, type Sql } from "../kernel/table.js";

const CURRENT = "r.participant_id = ? and r.superseded_at is null";

/** Whom a participant knows: by what it says now, which may be several things of one entity. A client token knows its own. */
export function knownTo({ participantId, entityId }: Actor): Listed {
  const narrowed = (text: string, id: string): Sql =>
    entityId ? sql(`${text} and ${id} = ?`, participantId, entityId) : sql(text, participantId);
  return {
    way: {
      from: "registration r",
      by: "r.entity_id",
      where: narrowed(CURRENT, "r.entity_id"),
      once: sql(
        `r.id = (select min(o.id) from registration o where o.participant_id = r.participant_id and o.entity_id = r.entity_id
                    and o.superseded_at is null)`,
      ),
    },
    amongAll: (id) => narrowed(`exists (select 1 from registration r where r.entity_id = ${id} and ${CURRENT})`, id),
    oneByOne: (id) =>
      narrowed(`(select min(r.id) from registration r where r.entity_id = ${id} and ${CURRENT}) is not null`, id),
  };
}

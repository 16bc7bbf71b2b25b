import type { Id } from "../kernel/id.js";
import type { Reader } from "../kernel/reader.js";
import type { Vault } from "../kernel/seal.js";
import type { Entity, Registration } from "../entity/entity.js";
import { openFacts } from "../entity/identity.js";

/**
 * One column of the registration by which a participant knows an entity, the same one that is shown of it: of those that hold now,
 * named ones before others, the oldest first. Both names are columns of the statement around it.
 */
export const shownColumn = (
  column: "sealed_facts" | "facts_fingerprint",
  participant: string,
  entity: string,
): string =>
  `(select r.${column} from registration r
     where r.participant_id = ${participant} and r.entity_id = ${entity} and r.superseded_at is null
     order by r.handle is null, r.created_at, r.id limit 1)`;

export type BusinessTypes = ReadonlyMap<Id<"ent">, string | null>;

/** The types of these businesses, as the caller knows them; null where it knows none. */
export async function businessTypes(read: Reader, businessIds: readonly Id<"ent">[]): Promise<BusinessTypes> {
  const rows = await read.rows<{ id: Id<"ent">; wrappedKey: string | null; sealedFacts: string | null }>(
    `select e.id, e.wrapped_key as "wrappedKey", ${shownColumn("sealed_facts", "?", "e.id")} as "sealedFacts"
       from entity e where e.id in ??`,
    [read.actor.participantId, businessIds],
  );
  return new Map(
    rows.map(({ id, wrappedKey, sealedFacts }) => [
      id,
      sealedFacts && typeIn(read.vault, { id, wrappedKey }, { sealedFacts }),
    ]),
  );
}

/** Of what type a business is by one registration; null where that does not say, or cannot be read any more. */
export function typeIn(
  vault: Vault,
  entity: Pick<Entity, "id" | "wrappedKey">,
  sealed: Pick<Registration, "sealedFacts">,
): string | null {
  const facts = openFacts(vault, entity, sealed);
  return facts && "businessType" in facts ? facts.businessType : null;
}

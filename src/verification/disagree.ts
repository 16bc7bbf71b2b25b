import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import type { Entity, Registration } from "../entity/entity.js";
import type { BusinessFacts, IndividualFacts } from "../entity/facts.js";
import { openFacts } from "../entity/identity.js";
import { compareAddresses } from "./compare/address.js";
import { compareBusinessNames } from "./compare/business-name.js";
import { compareNames } from "./compare/name.js";

type Facts = IndividualFacts | BusinessFacts;

/**
 * Who knows this entity under another name, or at another address, than these facts say. An entity is found by its number alone: what
 * such a participant has checked is not about who is asked about here, and must not pass anybody.
 */
export async function disagreeing(write: Writer, entityId: Id<"ent">, facts: Facts): Promise<Id<"par">[]> {
  const rows = await write.rows<Pick<Registration, "participantId" | "sealedFacts"> & Pick<Entity, "wrappedKey">>(
    `select r.participant_id as "participantId", r.sealed_facts as "sealedFacts", e.wrapped_key as "wrappedKey"
       from registration r join entity e on e.id = r.entity_id where r.entity_id = ? and r.superseded_at is null`,
    [entityId],
  );
  const byParticipant = Map.groupBy(rows, ({ participantId }) => participantId);
  return [...byParticipant]
    .filter(([, said]) => {
      const known = said.map((row) => openFacts(write.vault, { id: entityId, wrappedKey: row.wrappedKey }, row));
      return !known.some((one) => one !== null && agree(facts, one));
    })
    .map(([participantId]) => participantId);
}

/** Whether both are clearly about the same; where one says nothing of an address, nothing is held against it. */
export function agree(one: Facts, other: Facts): boolean {
  if (!sameName(one, other)) return false;
  return !one.address || !other.address || compareAddresses(one.address, other.address).outcome === "MATCH";
}

function sameName(one: Facts, other: Facts): boolean {
  if ("legalName" in one)
    return "legalName" in other && compareBusinessNames(one.legalName, other.legalName).outcome === "MATCH";
  return !("legalName" in other) && compareNames(one, other).outcome === "MATCH";
}

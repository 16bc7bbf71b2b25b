import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import { Entitlement } from "./attestation.js";
import type { SubProductKind } from "./sub-product.js";

export interface Earned {
  readonly entityId: Id<"ent">;
  readonly networkId: Id<"net">;
  readonly kind: SubProductKind;
}

/**
 * Whether an entitlement `e` counts, over one value: now. What was earned by furnishing stays; what was earned by querying
 * counts while the subject consents, and not a read longer.
 */
export const EARNED = `(e.earned_by = 'FURNISHING' or exists (
  select 1 from consent k where k.participant_id = e.participant_id and k.entity_id = e.entity_id
     and k.withdrawn_at is null and (k.expires_at is null or k.expires_at > ?)))`;

const keyOf = (earned: Earned): string => `${earned.entityId}|${earned.networkId}|${earned.kind}`;

/** Lets the actor see attestations of these kinds about these entities in these networks, from now on. */
export async function earn(write: Writer, by: Entitlement["earnedBy"], earned: readonly Earned[]): Promise<void> {
  const held = await write.rows<Earned & Pick<Entitlement, "earnedBy">>(
    `select entity_id as "entityId", network_id as "networkId", kind, earned_by as "earnedBy" from entitlement where participant_id = ? and entity_id in ??`,
    [write.actor.participantId, [...new Set(earned.map(({ entityId }) => entityId))]],
  );
  const known = new Set(held.filter(({ earnedBy }) => earnedBy === "FURNISHING" || by === "QUERYING").map(keyOf));
  const weaker = new Set(held.map(keyOf));
  const fresh = [...new Map(earned.map((one) => [keyOf(one), one])).values()].filter((one) => !known.has(keyOf(one)));
  for (const one of fresh.filter((each) => weaker.has(keyOf(each)))) await strengthen(write, one);
  const unheld = fresh.filter((each) => !weaker.has(keyOf(each)));
  if (unheld.length === 0) return;
  await write.insert(
    Entitlement,
    unheld.map(({ entityId, networkId, kind }) => ({
      participantId: write.actor.participantId,
      entityId,
      networkId,
      kind,
      earnedBy: by,
      earnedAt: write.now,
    })),
  );
}

/** Furnishing is the stronger ground: it outlives every consent. */
async function strengthen(write: Writer, { entityId, networkId, kind }: Earned): Promise<void> {
  await write.em.nativeUpdate(
    Entitlement,
    { participantId: write.actor.participantId, entityId, networkId, kind },
    { earnedBy: "FURNISHING", earnedAt: write.now },
  );
}

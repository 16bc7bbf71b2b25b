import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import { Entitlement } from "./attestation.js";
import type { SubProductKind } from "./sub-product.js";

export interface Earned {
  readonly entityId: Id<"ent">;
  readonly networkId: Id<"net">;
  readonly kind: SubProductKind;
}

const keyOf = (earned: Earned): string => `${earned.entityId}|${earned.networkId}|${earned.kind}`;

/** Lets the actor see attestations of these kinds about these entities in these networks, from now on. */
export async function earn(write: Writer, by: Entitlement["earnedBy"], earned: readonly Earned[]): Promise<void> {
  const held = await write.rows<Earned>(
    `select entity_id as "entityId", network_id as "networkId", kind from entitlement where participant_id = ? and entity_id in ??`,
    [write.actor.participantId, [...new Set(earned.map(({ entityId }) => entityId))]],
  );
  const known = new Set(held.map(keyOf));
  const fresh = [...new Map(earned.map((one) => [keyOf(one), one])).values()].filter((one) => !known.has(keyOf(one)));
  if (fresh.length === 0) return;
  await write.insert(
    Entitlement,
    fresh.map(({ entityId, networkId, kind }) => ({
      participantId: write.actor.participantId,
      entityId,
      networkId,
      kind,
      earnedBy: by,
      earnedAt: write.now,
    })),
  );
}

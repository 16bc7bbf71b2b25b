import type { Decimal } from "../kernel/decimal.js";
import { Failure } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import type { EntityType } from "../entity/entity.js";
import { components } from "./components.js";

/** That an entity owns a part of a business directly. */
export interface Link {
  readonly memberId: Id<"mem">;
  readonly businessId: Id<"ent">;
  /** The owner. */
  readonly entityId: Id<"ent">;
  readonly entityType: EntityType;
  /** Percent, exact. */
  readonly stake: Decimal;
}

/** Who owns what below one business, so ordered that rings are apart: the business itself first, nobody before whom it owns. */
export interface Ownership {
  readonly businessId: Id<"ent">;
  readonly components: readonly (readonly Id<"ent">[])[];
  /** The number of an entity's component. */
  readonly componentOf: ReadonlyMap<string, number>;
  /** The direct owners of a business. */
  readonly above: (businessId: string) => readonly Link[];
  /** What an entity owns directly, of what is owned here at all. */
  readonly below: (entityId: string) => readonly Link[];
}

export function ownership(links: readonly Link[], businessId: Id<"ent">): Ownership {
  const owners = Map.groupBy(links, (link) => link.businessId as string);
  const above = (id: string): readonly Link[] => owners.get(id) ?? [];
  const found = components(businessId, (id) => above(id).map(({ entityId }) => entityId)) as Id<"ent">[][];
  const componentOf = new Map<string, number>(found.flatMap((ids, number) => ids.map((id) => [id, number] as const)));
  const owned = Map.groupBy(
    links.filter((link) => componentOf.has(link.businessId)),
    ({ entityId }) => entityId as string,
  );
  return { businessId, components: found, componentOf, above, below: (id) => owned.get(id) ?? [] };
}

/** Work that is bounded: beyond it the answer is that there is none, never one that is wrong. */
export const tooEntangled = (): Failure =>
  new Failure("CONFLICT", "The ownership of this business is too entangled to be multiplied out.");

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

/** The work that answers about the same stakes may take together. */
export interface Allowance {
  /** Steps along rings. */
  steps: number;
  /** Digits multiplied. */
  digits: number;
  /** Chains tried, in the search for those that are shown. */
  chains: number;
}

/** Who owns what, from which any number of businesses can be answered: in a part of a second for all of them. */
export interface Stakes {
  /** The direct owners of a business. */
  readonly in: (businessId: string) => readonly Link[];
  readonly left: Allowance;
}

export function stakes(links: readonly Link[]): Stakes {
  const owners = Map.groupBy(links, ({ businessId }) => businessId as string);
  return {
    in: (businessId) => owners.get(businessId) ?? [],
    left: { steps: 100_000, digits: 2_000_000, chains: 10_000 },
  };
}

/** Everybody who owns a part of one business, so ordered that whoever owns comes after what is owned, and rings are apart. */
export interface Ownership extends Stakes {
  readonly businessId: Id<"ent">;
  readonly components: readonly (readonly Id<"ent">[])[];
  /** The number of an entity's component. */
  readonly componentOf: ReadonlyMap<string, number>;
  /** Every link between them. */
  readonly links: readonly Link[];
}

export function ownership(all: Stakes, businessId: Id<"ent">): Ownership {
  const found = components(businessId, (id) => all.in(id).map(({ entityId }) => entityId)) as Id<"ent">[][];
  return {
    ...all,
    businessId,
    components: found,
    componentOf: new Map<string, number>(found.flatMap((ids, number) => ids.map((id) => [id, number] as const))),
    links: found.flatMap((ids) => ids.flatMap((id) => all.in(id))),
  };
}

/** Takes from the work that is left. Where there is none, there is no answer: never one that is wrong. */
export function spend(left: Allowance, what: "steps" | "digits", amount: number): void {
  left[what] -= amount;
  if (left[what] >= 0) return;
  throw new Failure("CONFLICT", "This ownership is too entangled to be multiplied out.");
}

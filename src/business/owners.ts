import Big from "big.js";
import type { Decimal } from "../kernel/decimal.js";
import { badInput } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import { chains, type FindChains } from "./chains.js";
import { ownership, spend, type Stakes } from "./ownership.js";
import { shares } from "./shares.js";
import { normalised, percentageFault } from "./stake.js";

/** A natural person that owns enough of a business, directly or through others. */
export interface Owner {
  readonly entityId: Id<"ent">;
  /** Percent, exact, however many decimals that takes. */
  readonly percentage: Decimal;
  /** The chains that make it so, as members from the business on: up to 100, the most valuable first. Found when asked for. */
  readonly paths: () => readonly (readonly Id<"mem">[])[];
}

export const DEFAULT_THRESHOLD = "25" as Decimal;

/** At most so many owners are listed, the greatest first. */
export const MAX_OWNERS = 1_000;

/** The threshold that is meant, in percent. */
export function thresholdOf(text: string | null | undefined, path: string): Decimal {
  if (text === null || text === undefined) return DEFAULT_THRESHOLD;
  const message = percentageFault(text);
  if (message) throw badInput([{ path, message }]);
  return normalised(text);
}

/**
 * Every natural person at or above the threshold: stakes multiply along a chain and add over chains, exactly. 50 % of 60 % is 30 %,
 * and exactly 25 % is enough for 25. Chains visit nobody twice, so that cycles end. Greatest first, then by id.
 */
export function beneficialOwners(all: Stakes, businessId: Id<"ent">, threshold: Decimal = DEFAULT_THRESHOLD): Owner[] {
  spend(all.left, "digits", 0);
  const owned = ownership(all, businessId);
  const people = new Set(
    owned.links.filter(({ entityType }) => entityType === "INDIVIDUAL").map(({ entityId }) => entityId as string),
  );
  const enough = new Big(threshold);
  const owners = [...shares(owned)]
    .filter(([id]) => people.has(id))
    .map(([id, share]) => ({ entityId: id as Id<"ent">, share: share.times(100) }))
    .filter(({ share }) => share.gte(enough))
    .toSorted((one, other) => other.share.cmp(one.share) || (one.entityId < other.entityId ? -1 : 1));
  let find: FindChains | undefined;
  return owners.slice(0, MAX_OWNERS).map(({ entityId, share }) => ({
    entityId,
    percentage: share.toFixed() as Decimal,
    paths: () => (find ??= chains(owned))(entityId),
  }));
}

import type { Id } from "../kernel/id.js";
import type { Link, Ownership } from "./ownership.js";

/** A chain as far as it is known: from its end, an owner, down to `first`, which need not be the business yet. */
interface Open {
  readonly first: Id<"ent">;
  readonly links: Chain | null;
  readonly length: number;
  /** What is lost along what is known, and at least along the whole. */
  readonly loss: number;
  readonly least: number;
}

interface Chain {
  readonly link: Link;
  readonly rest: Chain | null;
}

/** Finds the chains from the business to an owner. */
export type FindChains = (ownerId: Id<"ent">) => Id<"mem">[][];

/** Of one owner: so many chains are shown, after so many were tried at most, of which so many are kept in mind. */
const MAX_SHOWN = 100;
const MAX_TRIED = 5_000;
const MAX_OPEN = 1_000;
/** Once there is no work left, only the best chain is still looked for, so far. */
const MIN_TRIED = 500;

/**
 * How much worth a link takes away, so that the losses along a chain sum where stakes multiply. In whole numbers, whose sums are
 * exact: chains of equal worth are equal. For the order of chains alone.
 */
const lossOf = ({ stake }: Link): number => Math.round(-Math.log(Number(stake) / 100) * 1e9);

/** The chains by which each owner has its part, from the business on, the most valuable first as far as bounded work can tell. */
export function chains(all: Ownership): FindChains {
  const losses = leastLosses(all);
  const owned = Map.groupBy(all.links, ({ entityId }) => entityId);
  return (ownerId) => {
    const found: Id<"mem">[][] = [];
    const open: Open[] = [{ first: ownerId, links: null, length: 0, loss: 0, least: 0 }];
    const shown = all.left.chains > 0 ? MAX_SHOWN : 1;
    const tries = Math.max(MIN_TRIED, Math.min(MAX_TRIED, all.left.chains));
    for (let tried = 0; tried < tries && found.length < shown; tried += 1) {
      const chain = open.pop();
      if (!chain) break;
      all.left.chains -= 1;
      if (chain.first === all.businessId) found.push([...linksOf(chain)].map(({ memberId }) => memberId));
      else for (const link of further(chain, owned)) keep(open, longer(chain, link, losses.get(link.businessId)!));
    }
    return found;
  };
}

/** What the most valuable chain from the business to each entity loses. */
function leastLosses(all: Ownership): ReadonlyMap<string, number> {
  const least = new Map<string, number>([[all.businessId, 0]]);
  all.components.forEach((ids, number) => {
    for (let changed = true; changed; ) {
      changed = false;
      for (const link of ids.flatMap((id) => all.in(id))) {
        const loss = (least.get(link.businessId) ?? Infinity) + lossOf(link);
        if (loss >= (least.get(link.entityId) ?? Infinity)) continue;
        least.set(link.entityId, loss);
        changed ||= all.componentOf.get(link.entityId) === number;
      }
    }
  });
  return least;
}

/** The links by which a chain goes on towards the business without visiting anybody twice. */
function further(chain: Open, owned: ReadonlyMap<string, readonly Link[]>): Link[] {
  const visited = new Set([...linksOf(chain)].map(({ entityId }) => entityId));
  return (owned.get(chain.first) ?? []).filter(({ businessId }) => !visited.has(businessId));
}

function* linksOf({ links }: Open): Generator<Link> {
  for (let one = links; one; one = one.rest) yield one.link;
}

function longer(chain: Open, link: Link, least: number): Open {
  const loss = chain.loss + lossOf(link);
  const links = { link, rest: chain.links };
  return { first: link.businessId, links, length: chain.length + 1, loss, least: loss + least };
}

/** Of two that promise the same, the one that has come further is more promising: it ends sooner. */
const promisesMore = (one: Open, other: Open): boolean =>
  one.least === other.least ? one.length > other.length : one.least < other.least;

/** Keeps them in order, the most promising last, and no more than there is room for. */
function keep(open: Open[], chain: Open): void {
  let [from, to] = [0, open.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (promisesMore(open[middle]!, chain)) to = middle;
    else from = middle + 1;
  }
  open.splice(from, 0, chain);
  if (open.length > MAX_OPEN) open.shift();
}

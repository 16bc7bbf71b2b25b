import type { Id } from "../kernel/id.js";
import type { Link, Ownership } from "./ownership.js";

/** A chain as far as it is known: from its end, an owner, down to `first`, which is not the business yet. */
interface Open {
  readonly first: Id<"ent">;
  readonly links: Chain | null;
  readonly length: number;
  /** Of what is known, and by how much the whole chain can be worth at most. */
  readonly worth: number;
  readonly hope: number;
}

interface Chain {
  readonly link: Link;
  readonly rest: Chain | null;
}

const MAX_CHAINS = 100;
const MAX_TRIED = 5_000;
const MAX_OPEN = 1_000;

/** What the most valuable chain to each entity is worth. For the order of chains alone, where a float is good enough. */
export function bestShares(all: Ownership): ReadonlyMap<string, number> {
  const best = new Map<string, number>([[all.businessId, 1]]);
  all.components.forEach((ids, number) => {
    for (let changed = true; changed; ) {
      changed = false;
      for (const id of ids)
        for (const { entityId, stake } of all.above(id)) {
          const share = (best.get(id) ?? 0) * (Number(stake) / 100);
          if (share <= (best.get(entityId) ?? -1)) continue;
          best.set(entityId, share);
          changed ||= all.componentOf.get(entityId) === number;
        }
    }
  });
  return best;
}

/**
 * The chains by which an owner has its part, from the business on, up to 100, the most valuable first as far as that can be told
 * in a bounded time. Visits nobody twice. Looks from the owner towards the business, always on from the most promising.
 */
export function chains(all: Ownership, best: ReadonlyMap<string, number>, ownerId: Id<"ent">): Id<"mem">[][] {
  const found: Id<"mem">[][] = [];
  const open: Open[] = [{ first: ownerId, links: null, length: 0, worth: 1, hope: 1 }];
  for (let tried = 0; tried < MAX_TRIED && found.length < MAX_CHAINS; tried += 1) {
    const chain = open.pop();
    if (!chain) break;
    if (chain.first === all.businessId) {
      found.push([...linksOf(chain.links)].map(({ memberId }) => memberId));
      continue;
    }
    const visited = new Set([ownerId, ...[...linksOf(chain.links)].map(({ businessId }) => businessId)]);
    for (const link of all.below(chain.first))
      if (!visited.has(link.businessId)) keep(open, longer(chain, link, best.get(link.businessId) ?? 0));
  }
  return found;
}

function* linksOf(chain: Chain | null): Generator<Link> {
  for (let one = chain; one; one = one.rest) yield one.link;
}

function longer(chain: Open, link: Link, best: number): Open {
  const worth = chain.worth * (Number(link.stake) / 100);
  const links = { link, rest: chain.links };
  return { first: link.businessId, links, length: chain.length + 1, worth, hope: worth * best };
}

/** Of two that promise the same, the one that has come further is more promising: it ends sooner. */
const promisesMore = (one: Open, other: Open): boolean =>
  one.hope === other.hope ? one.length > other.length : one.hope > other.hope;

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

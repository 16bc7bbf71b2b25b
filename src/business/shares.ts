import Big from "big.js";
import { spend, type Link, type Ownership } from "./ownership.js";

const NOTHING = new Big(0);
const ALL = new Big(1);
const PERCENT = new Big("0.01");

type Shares = Map<string, Big>;

/**
 * Which part of the business everybody who can be reached owns, as an exact fraction: the products along all chains that visit
 * nobody twice, summed. A chain never returns to a ring that it has left, so that what comes out of each component is known from
 * what goes in, and only inside of a ring are chains walked one by one.
 */
export function shares(all: Ownership): ReadonlyMap<string, Big> {
  const entering: Shares = new Map([[all.businessId, ALL]]);
  const totals: Shares = new Map();
  all.components.forEach((ids, number) => {
    const inside = ids.length === 1 ? entering : within(all, ids, number, entering);
    for (const id of ids) {
      const total = inside.get(id) ?? NOTHING;
      totals.set(id, total);
      for (const link of all.in(id))
        if (all.componentOf.get(link.entityId) !== number) add(entering, link.entityId, part(all, total, link));
    }
  });
  return totals;
}

/** What everybody in one ring has, from what enters it at each: every simple chain through the ring, from each entrance. */
function within(
  all: Ownership,
  ids: readonly string[],
  number: number,
  entering: ReadonlyMap<string, Big>,
): ReadonlyMap<string, Big> {
  const totals: Shares = new Map();
  for (const id of ids) {
    const share = entering.get(id);
    if (share) walk(all, number, id, share, totals);
  }
  return totals;
}

/** Walks every simple chain of one ring that begins at `start`, with what it carries. */
function walk(all: Ownership, number: number, start: string, share: Big, totals: Shares): void {
  const onChain = new Set([start]);
  const open = [{ id: start, share, rest: all.in(start).values() }];
  add(totals, start, share);
  for (let last = open.at(-1); last; last = open.at(-1)) {
    const { done, value: link } = last.rest.next();
    if (done) {
      onChain.delete(last.id);
      open.pop();
    } else if (all.componentOf.get(link.entityId) === number && !onChain.has(link.entityId)) {
      spend(all.left, "steps", 1);
      const carried = part(all, last.share, link);
      add(totals, link.entityId, carried);
      onChain.add(link.entityId);
      open.push({ id: link.entityId, share: carried, rest: all.in(link.entityId).values() });
    }
  }
}

/** A stake in a share. Exact: nothing is divided, and no digit is lost. */
function part({ left }: Ownership, share: Big, { stake }: Link): Big {
  spend(left, "digits", share.c.length);
  return share.times(stake).times(PERCENT);
}

function add(totals: Shares, id: string, share: Big): void {
  totals.set(id, (totals.get(id) ?? NOTHING).plus(share));
}

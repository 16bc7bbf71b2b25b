import Big from "big.js";
import { tooEntangled, type Link, type Ownership } from "./ownership.js";

const NOTHING = new Big(0);
const ALL = new Big(1);
const PERCENT = new Big("0.01");

/** So many steps are walked along rings, and so many digits multiplied: a part of a second. */
const MAX_STEPS = 100_000;
const MAX_DIGITS = 2_000_000;

type Shares = Map<string, Big>;

/** What is left of the work that one answer may take. */
interface Allowance {
  steps: number;
  digits: number;
}

/**
 * Which part of the business everybody who can be reached owns, as an exact fraction: the products along all chains that visit
 * nobody twice, summed. A chain never returns to a ring that it has left, so that what comes out of each component is known from
 * what goes in, and only inside of a ring are chains walked one by one.
 */
export function shares(all: Ownership): ReadonlyMap<string, Big> {
  const left: Allowance = { steps: MAX_STEPS, digits: MAX_DIGITS };
  const entering: Shares = new Map([[all.businessId, ALL]]);
  const totals: Shares = new Map();
  all.components.forEach((ids, number) => {
    const inside = ids.length === 1 ? entering : within(all, ids, number, entering, left);
    for (const id of ids) {
      const total = inside.get(id) ?? NOTHING;
      totals.set(id, total);
      for (const link of all.above(id))
        if (all.componentOf.get(link.entityId) !== number) add(entering, link.entityId, part(total, link, left));
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
  left: Allowance,
): Shares {
  const totals: Shares = new Map();
  for (const id of ids) {
    const share = entering.get(id);
    if (share) walk(all, number, id, share, totals, left);
  }
  return totals;
}

/** Walks every simple chain of one ring that begins at `start`, with what it carries. */
function walk(all: Ownership, number: number, start: string, share: Big, totals: Shares, left: Allowance): void {
  const onChain = new Set([start]);
  const open = [{ id: start, share, rest: all.above(start).values() }];
  add(totals, start, share);
  for (let last = open.at(-1); last; last = open.at(-1)) {
    const { done, value: link } = last.rest.next();
    if (done) {
      onChain.delete(last.id);
      open.pop();
    } else if (all.componentOf.get(link.entityId) === number && !onChain.has(link.entityId)) {
      left.steps -= 1;
      if (left.steps < 0) throw tooEntangled();
      const carried = part(last.share, link, left);
      add(totals, link.entityId, carried);
      onChain.add(link.entityId);
      open.push({ id: link.entityId, share: carried, rest: all.above(link.entityId).values() });
    }
  }
}

/** A stake in a share. Exact: nothing is divided, and no digit is lost. */
function part(share: Big, { stake }: Link, left: Allowance): Big {
  left.digits -= share.c.length;
  if (left.digits < 0) throw tooEntangled();
  return share.times(stake).times(PERCENT);
}

function add(totals: Shares, id: string, share: Big): void {
  totals.set(id, (totals.get(id) ?? NOTHING).plus(share));
}

import { LRUCache } from "lru-cache";
import { exhausted, MAX_PARTICIPANTS, monotonicMs, type Budget } from "./budget.js";

/** What a gateway asks of the bucket that it shares with others, and reports of what it drew before. All of it in microseconds of the minute. */
export interface Drawing {
  readonly participantId: string;
  /** The era in which it drew before: whatever it says of its holdings is about that one, and counts for nothing in another. */
  readonly era: number;
  /** What the bucket counts as held here. */
  readonly counted: number;
  /** What is held here indeed. */
  readonly keeps: number;
  /** What of it is given back. */
  readonly returned: number;
  /** Less than this is of no use, and is not given. */
  readonly least: number;
  readonly most: number;
  /** What is spent at once, as soon as it is granted. */
  readonly spends: number;
}

/** What was drawn, and the bucket as it is afterwards. */
export interface Drawn {
  /** Nothing, where less than the least is there. */
  readonly granted: number;
  readonly left: number;
  /** What all gateways hold together, at most. */
  readonly held: number;
  readonly era: number;
  /** How much longer what is held can be spent. */
  readonly fresh: number;
}

/** Draws from the shared bucket of a participant, in one step; rejects where it cannot be reached. */
export type Draw = (drawing: Drawing) => Promise<Drawn>;

const MINUTE_US = 60_000_000;

/** Fifty draws a minute at most, and a little that may lie idle with each gateway. */
const PORTION_US = MINUTE_US / 50;

/** What this gateway holds for a participant, and what it knows of the shared bucket. */
interface Purse {
  held: number;
  counted: number;
  era: number;
  /** By this gateway's own clock. */
  freshUntil: number;
  /** The bucket as it was when last seen; null before. */
  seen: { readonly left: number; readonly held: number; readonly at: number } | null;
  /** Resolves when the draw under way is over, with what went wrong with it. */
  drawing: Promise<unknown> | null;
}

const emptyPurse = (): Purse => ({ held: 0, counted: 0, era: 0, freshUntil: 0, seen: null, drawing: null });

/** What a request needs: so much has to be there, and so much of it goes. */
interface Bill {
  readonly participantId: string;
  readonly price: number;
  readonly spends: number;
}

const freshIn = (purse: Purse, now: number): number => (now < purse.freshUntil ? purse.held : 0);

function take(purse: Purse, { price, spends }: Bill, now: number): boolean {
  const held = freshIn(purse, now);
  if (held < price) return false;
  purse.held = held - spends;
  return true;
}

/**
 * How long until a price can be paid, if nobody else spends: what is held here goes stale when the era ends, and so does what others hold,
 * into whose room the bucket refills only then.
 */
function waitOf(purse: Purse, { price }: Bill, now: number): number {
  const { left, held, at } = purse.seen!;
  const room = MINUTE_US - held;
  const here = Math.min(room, left + now - at);
  const missing = price - freshIn(purse, now);
  const fresh = Math.max(0, purse.freshUntil - now);
  if (missing <= room && missing - here <= fresh) return missing - here;
  return fresh + price - Math.min(room, here + fresh);
}

/** Refuses without asking what is known not to be there yet: others can only have made it less. */
function refuseKnown(purse: Purse, bill: Bill, now: number): void {
  if (!purse.seen) return;
  const { left, at } = purse.seen;
  if (left + now - at < bill.price - freshIn(purse, now)) throw exhausted(waitOf(purse, bill, now) / 1_000);
}

/** Takes in what was drawn, and pays the bill at once where that is enough; answers whether it was. */
function takeIn(purse: Purse, bill: Bill, asked: Drawing, drawn: Drawn, sentAt: number, now: number): boolean {
  const same = drawn.era === asked.era;
  purse.counted =
    same || asked.keeps === 0 ? Math.max(asked.keeps, asked.keeps + drawn.granted - asked.spends) : drawn.granted;
  purse.held = (same ? freshIn(purse, now) : 0) + drawn.granted;
  purse.era = drawn.era;
  // From before it was asked: rather too early than too late.
  purse.freshUntil = sentAt + drawn.fresh;
  purse.seen = { left: drawn.left, held: drawn.held, at: now };
  return take(purse, bill, now);
}

/**
 * A budget that gateways share: each draws a portion of a participant's bucket, and spends it by itself. What all of them spend within any
 * time is never more than a bucket and what refills meanwhile; but what others hold is not there for whoever is refused here: for `n`
 * gateways up to `n - 1` portions, and what is not spent within a minute of its drawing is lost. Where the bucket cannot be reached, what is
 * held is spent, and then its failure is told.
 */
export function createSharedBudget(costPerMinute: number, draw: Draw, nowMs: () => number = monotonicMs): Budget {
  const purses = new LRUCache<string, Purse>({ max: MAX_PARTICIPANTS });
  const nowUs = (): number => nowMs() * 1_000;
  const priceOf = (cost: number): number => (Math.min(Math.max(cost, 0), costPerMinute) * MINUTE_US) / costPerMinute;
  const purseOf = (participantId: string): Purse => {
    const known = purses.get(participantId);
    if (known) return known;
    const purse = emptyPurse();
    purses.set(participantId, purse);
    return purse;
  };
  const drawFor = async (purse: Purse, bill: Bill): Promise<boolean> => {
    const sentAt = nowUs();
    const held = freshIn(purse, sentAt);
    const least = Math.ceil(bill.price - held);
    const asked: Drawing = {
      participantId: bill.participantId,
      era: purse.era,
      counted: purse.counted,
      keeps: Math.ceil(held),
      returned: 0,
      least,
      most: Math.max(PORTION_US, least),
      spends: Math.floor(bill.spends),
    };
    try {
      return takeIn(purse, bill, asked, await draw(asked), sentAt, nowUs());
    } catch (fault) {
      // It may have been drawn or not: what the bucket counts here is unknown, and goes with the era.
      purse.counted = 0;
      throw fault;
    }
  };
  /** Pays as soon as it can, or refuses. One draw is under way at a time: whoever comes meanwhile waits for it. */
  const pay = async (purse: Purse, bill: Bill): Promise<void> => {
    for (let fault: unknown = null; ; ) {
      if (purse.drawing) {
        fault = await purse.drawing;
        continue;
      }
      if (take(purse, bill, nowUs())) return;
      if (fault) throw fault;
      refuseKnown(purse, bill, nowUs());
      const drawing = drawFor(purse, bill);
      purse.drawing = drawing.then(
        () => null,
        (reason: unknown) => reason,
      );
      const paid = await drawing.finally(() => (purse.drawing = null));
      if (paid) return;
    }
  };
  const settle = (bill: Bill): void | Promise<void> => {
    const purse = purseOf(bill.participantId);
    if (purse.drawing || !take(purse, bill, nowUs())) return pay(purse, bill);
  };
  return {
    refuseEmpty: (participantId) => settle({ participantId, price: priceOf(1), spends: 0 }),
    spend: (participantId, cost) => settle({ participantId, price: priceOf(cost), spends: priceOf(cost) }),
    close: async () => {
      const now = nowUs();
      const full = [...purses].filter(([, purse]) => !purse.drawing && freshIn(purse, now) >= 1);
      const nothing = { keeps: 0, least: 0, most: 0, spends: 0 };
      const given = full.map(async ([participantId, purse]) => {
        const { era, counted, held } = purse;
        purse.held = 0;
        await draw({ ...nothing, participantId, era, counted, returned: Math.floor(held) });
      });
      await Promise.allSettled(given);
    },
  };
}

import { LRUCache } from "lru-cache";
import { Failure } from "../kernel/failure.js";

/** What one participant may still spend, and when that was counted. */
interface Bucket {
  left: number;
  countedAtMs: number;
}

/**
 * Cost that may be spent over time; refuses with `RATE_LIMITED` and the time after which it is worth asking again. Answers at once, without
 * a promise, where nobody else has to be asked.
 */
export interface Budget {
  /** Refuses a participant who has nothing left, before any work is done for the request. */
  refuseEmpty(participantId: string): void | Promise<void>;
  spend(participantId: string, cost: number): void | Promise<void>;
  /** Gives back what is kept for later. */
  close(): Promise<void>;
}

/** The least recently seen participant beyond this many starts anew. */
export const MAX_PARTICIPANTS = 10_000;

const MINUTE_MS = 60_000;

export const monotonicMs = (): number => performance.now();

/**
 * The budget of a gateway that is alone: a bucket of `costPerMinute` for each participant, refilled evenly. A request that costs more than
 * a whole bucket waits for a full one, so that no budget is too small to be used.
 */
export function createBudget(costPerMinute: number, nowMs: () => number = monotonicMs): Budget {
  const buckets = new LRUCache<string, Bucket>({ max: MAX_PARTICIPANTS });
  const refilled = (bucket: Bucket, now: number): number =>
    Math.min(costPerMinute, bucket.left + ((now - bucket.countedAtMs) * costPerMinute) / MINUTE_MS);
  const leftOf = (participantId: string, now: number): number => {
    const bucket = buckets.get(participantId);
    return bucket ? refilled(bucket, now) : costPerMinute;
  };
  /** What is left after a price, which is never more than a whole bucket. */
  const after = (participantId: string, cost: number, now: number): number => {
    const left = leftOf(participantId, now) - Math.min(Math.max(cost, 0), costPerMinute);
    if (left < 0) throw exhausted((-left * MINUTE_MS) / costPerMinute);
    return left;
  };
  return {
    refuseEmpty(participantId) {
      after(participantId, 1, nowMs());
    },
    spend(participantId, cost) {
      const now = nowMs();
      buckets.set(participantId, { left: after(participantId, cost, now), countedAtMs: now });
    },
    close: async () => undefined,
  };
}

export const exhausted = (waitMs: number): Failure =>
  new Failure("RATE_LIMITED", "The budget of this minute is spent.", { retryAfterMs: Math.ceil(waitMs) });

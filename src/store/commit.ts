import { setTimeout as pause } from "node:timers/promises";
import type { Actor } from "../kernel/actor.js";
import { Failure } from "../kernel/failure.js";
import type { NewId } from "../kernel/id.js";
import type { Clock } from "../kernel/instant.js";
import type { Commit } from "../kernel/reader.js";
import type { Vault } from "../kernel/seal.js";
import { codeOf, type Store } from "./store.js";

export interface CommitParts {
  readonly store: Pick<Store, "transact" | "attempts" | "isRace">;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Told of each attempt, from 1, that others got in the way of. */
  readonly lost?: (attempt: number, error: unknown) => void;
  /** Told after each transaction that is durable. */
  readonly committed?: () => void;
}

/** Whoever lost a race waits a moment of its own, longer each time, so that the same ones do not meet again. */
const FIRST_PAUSE_MS = 4;
const MAX_PAUSE_MS = 100;

const pauseMs = (attempt: number): number => Math.random() * Math.min(FIRST_PAUSE_MS * 2 ** attempt, MAX_PAUSE_MS);

/** What others do to whoever waits for them: a serialization, a deadlock, a lock that did not come. */
const IN_THE_WAY = /^(?:40001|40P01|55P03|SQLITE_BUSY.*)$/;

/** Others were in the way to the last attempt: that passes. A row that is there twice after so many is a fault of ours. */
const surrendered = (error: unknown): unknown =>
  IN_THE_WAY.test(codeOf(error))
    ? new Failure("SERVICE_UNAVAILABLE", "Too many write at the same time: try again in a moment.", {
        retryAfterMs: 1_000,
      })
    : error;

/** How a transaction ends: everything that `work` wrote is durable when this resolves, and nothing when it rejects. */
export const createCommit =
  ({ store, vault, clock, newId, lost, committed }: CommitParts) =>
  (actor: Actor): Commit =>
  async (work, how = "ALONE") => {
    const turn = { name: actor.participantId, alone: how === "ALONE" };
    for (let attempt = 1; ; attempt += 1) {
      try {
        const result = await store.transact(turn, (transaction) =>
          work({ ...transaction, actor, now: clock(), vault, newId, flush: () => transaction.em.flush() }),
        );
        committed?.();
        return result;
      } catch (error) {
        if (!store.isRace(error)) throw error;
        lost?.(attempt, error);
        if (attempt === store.attempts) throw surrendered(error);
        await pause(pauseMs(attempt));
      }
    }
  };

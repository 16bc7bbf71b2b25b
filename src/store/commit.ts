import { DeadlockException, LockWaitTimeoutException, UniqueConstraintViolationException } from "@mikro-orm/core";
import type { Actor } from "../kernel/actor.js";
import type { NewId } from "../kernel/id.js";
import type { Clock } from "../kernel/instant.js";
import type { Commit } from "../kernel/reader.js";
import type { Vault } from "../kernel/seal.js";
import { codeOf, type Store } from "./store.js";

export interface CommitParts {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Told after each transaction that is durable. */
  readonly committed?: () => void;
}

const ATTEMPTS = 3;

const RACES: ReadonlySet<unknown> = new Set([
  "SQLITE_BUSY",
  "SQLITE_CONSTRAINT_UNIQUE",
  "SQLITE_CONSTRAINT_PRIMARYKEY",
]);

/** What another transaction that was first can cause: the same work, done again, finds the world as it is now. */
const isRace = (error: unknown): boolean =>
  error instanceof UniqueConstraintViolationException ||
  error instanceof DeadlockException ||
  error instanceof LockWaitTimeoutException ||
  RACES.has(codeOf(error));

/** How a transaction ends: everything that `work` wrote is durable when this resolves, and nothing when it rejects. */
export const createCommit =
  ({ store, vault, clock, newId, committed }: CommitParts) =>
  (actor: Actor): Commit =>
  async (work) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const result = await store.orm.em.fork().transactional(async (em) => {
          await store.lock();
          return work({
            actor,
            now: clock(),
            rows: store.rowsIn(em),
            vault,
            em,
            newId,
            flush: () => em.flush(),
            insert: store.insertIn(em),
          });
        });
        committed?.();
        return result;
      } catch (error) {
        if (attempt === ATTEMPTS || !isRace(error)) throw error;
      }
    }
  };

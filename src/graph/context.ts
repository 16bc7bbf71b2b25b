import type { Actor } from "../kernel/actor.js";
import type { Clock } from "../kernel/instant.js";
import type { Commit, Reader, Rows } from "../kernel/reader.js";
import type { Vault } from "../kernel/seal.js";
import { createBatch, createLoad, type Batch, type Load } from "./load.js";

/** What one request's resolvers share: one actor, one moment, one set of loaders. */
export interface Context {
  readonly read: Reader;
  readonly commit: Commit;
  readonly load: Load;
  readonly batch: Batch;
  /** The public address of this gateway: `iss` of what it signs. */
  readonly issuer: string;
}

export interface ContextParts {
  readonly rows: Rows;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly commitAs: (actor: Actor) => Commit;
  readonly issuer: string;
}

export const createContext =
  ({ rows, vault, clock, commitAs, issuer }: ContextParts) =>
  (actor: Actor): Context => {
    const read: Reader = { actor, now: clock(), rows, vault };
    const batch = createBatch();
    return { read, commit: commitAs(actor), load: createLoad(read, batch), batch, issuer };
  };

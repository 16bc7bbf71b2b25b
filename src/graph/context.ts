import type { Actor } from "../kernel/actor.js";
import type { Clock } from "../kernel/instant.js";
import type { Commit, Reader, Rows } from "../kernel/reader.js";
import type { Vault } from "../kernel/seal.js";
import type { DocumentStore } from "../document/document-store.js";
import type { Level } from "../verification/level.js";
import { createBatch, createLoad, type Batch, type Load } from "./load.js";

/** What one request's resolvers share: one actor, one set of loaders, and one moment, which moves on only when something is done. */
export interface Context {
  readonly read: Reader;
  /**
   * Reads from the database itself from now on, for the rest of this request: that alone knows how far its log is settled, and what the log tells
   * of has to be found.
   */
  readonly settled: () => Reader;
  readonly commit: Commit;
  readonly load: Load;
  readonly batch: Batch;
  /** The public address of this gateway: `iss` of what it signs. */
  readonly issuer: string;
  /** The levels of verification that are configured here. */
  readonly levels: readonly Level[];
  /** Where the bytes of documents lie. */
  readonly documents: DocumentStore;
}

export interface ContextParts {
  readonly rows: Rows;
  /** Rows for one request that only asks. */
  readonly reading: () => Rows;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly commitAs: (actor: Actor) => Commit;
  readonly issuer: string;
  /** The levels of verification that are configured here. */
  readonly levels: readonly Level[];
  readonly documents: DocumentStore;
}

export const createContext =
  ({ rows, reading, vault, clock, commitAs, issuer, levels, documents }: ContextParts) =>
  (actor: Actor, operation?: "query" | "mutation" | "subscription"): Context => {
    let now = clock();
    let from = operation === "query" ? reading() : rows;
    const read: Reader = {
      actor,
      get now() {
        return now;
      },
      get rows() {
        return from;
      },
      vault,
    };
    const settled = (): Reader => {
      from = rows;
      return read;
    };
    const { batch, forget } = createBatch();
    const commitOne = commitAs(actor);
    const commit: Commit = async (work, how) => {
      const result = await commitOne(work, how);
      // What was read before is no longer so: the next field of this request sees what was done.
      forget();
      settled();
      now = clock();
      return result;
    };
    return { read, settled, commit, load: createLoad(read, batch), batch, issuer, levels, documents };
  };

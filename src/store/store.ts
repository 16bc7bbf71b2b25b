import type { EntityManager, IMigrator, MikroORM } from "@mikro-orm/core";
import { Failure } from "../kernel/failure.js";
import type { Insert, Rows } from "../kernel/reader.js";
import type { Leases } from "../server/places.js";
import type { Draw } from "../server/shared-budget.js";

/** What one transaction lets its work do. */
export interface Transaction {
  readonly em: EntityManager;
  /** Rows as this transaction sees them. */
  readonly rows: Rows;
  /** Adds many rows inside it. */
  readonly insert: Insert;
  /** Holds names until it ends. */
  readonly hold: (names: readonly string[]) => Promise<void>;
}

/** In whose name a transaction writes: alone, or together with others in the same name. */
export interface Turn {
  readonly name: string;
  readonly alone: boolean;
}

/** What the rest of the house needs of a database. */
export interface Store {
  readonly orm: MikroORM;
  /** Committed rows, outside any transaction. */
  readonly rows: Rows;
  /** The same for one request that only asks: as fresh, and read wherever it costs the least. */
  reading(): Rows;
  /** Runs work in one transaction, when its turn has come: all of it is durable when this resolves, none of it when it rejects. */
  transact<Result>(turn: Turn, work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /** How often a transaction is tried that others get in the way of. */
  readonly attempts: number;
  /** Whether a transaction failed because another one was first: the same work, done again, finds the world as it is now. */
  isRace(error: unknown): boolean;
  /** Rings whenever somebody else may have committed, until it is told to stop. A bell that is lost costs time, and nothing else. */
  hear(bell: () => void): Promise<() => Promise<void>>;
  /** Lets everybody else hear that something was committed. */
  tell(): void;
  /** Draws from budgets that gateways on this database share; absent where there is one gateway. */
  readonly draw?: Draw;
  /** Places that they share; absent likewise. */
  readonly leases?: Leases;
  /** Brings the tables up to date, one process at a time; answers the names of the migrations that it ran. */
  migrate(): Promise<string[]>;
  /** Takes the last migration back, and its data with it; answers its name. Refuses one that this version does not know. */
  takeBack(): Promise<string[]>;
  /** Why nobody may work on this database, in words: it was moved away, or has not wholly come. Null where anybody may. */
  barrier(): Promise<string | null>;
  /** Whether a query is answered now. */
  ready(): Promise<boolean>;
  close(): Promise<void>;
}

/** Only the version that brought a migration knows how to take it back. */
export async function takeBackLast(migrator: IMigrator): Promise<readonly { readonly name: string }[]> {
  const last = (await migrator.getExecuted()).at(-1);
  const taken = await migrator.down();
  if (last && taken.length === 0)
    throw new Failure(
      "CONFLICT",
      `The last migration, ${last.name}, is of a newer version: only that can take it back.`,
    );
  return taken;
}

/** Told of every statement that is about to run, and where it is not the database itself that runs it: what golden tests pin. */
export type OnStatement = (sql: string, on?: "REPLICA") => void;

/** The code that a driver gives an error; by its shape, since a native module's errors are of no class that can be relied on. */
export function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}

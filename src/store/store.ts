import type { EntityManager, MikroORM } from "@mikro-orm/core";
import type { Insert, Rows } from "../kernel/reader.js";

/** What the rest of the house needs of a database. SQLite implements it; another database would in one more file. */
export interface Store {
  readonly orm: MikroORM;
  /** Committed rows, outside any transaction. */
  readonly rows: Rows;
  /** Rows as the transaction of this entity manager sees them. */
  rowsIn(em: EntityManager): Rows;
  /** Takes the one lock on writing, inside a transaction that has done nothing yet; fails where somebody else holds it for too long. */
  lock(): Promise<void>;
  /** Adds many rows inside this transaction. */
  insertIn(em: EntityManager): Insert;
  /** Brings the tables up to date; answers the names of the migrations that it ran. */
  migrate(): Promise<string[]>;
  /** Whether a query is answered now. */
  ready(): Promise<boolean>;
  close(): Promise<void>;
}

/** Told of every statement that is about to run: what golden tests pin. */
export type OnStatement = (sql: string) => void;

/** The code that a driver gives an error; by its shape, since a native module's errors are of no class that can be relied on. */
export function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}

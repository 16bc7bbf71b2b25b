import type { EntityManager, EntityName, RequiredEntityData } from "@mikro-orm/core";
import type { Actor } from "./actor.js";
import type { NewId } from "./id.js";
import type { Instant } from "./instant.js";
import type { Vault } from "./seal.js";

export type Param = string | number | null | readonly string[];

/**
 * Plain rows of one SQL statement, the same on every database: `?` is a value, `in ??` a list of texts. `for update skip locked` at its end
 * passes over rows that another transaction is about to change, where there can be another.
 * Columns hold text and integers only, so that a row reads alike everywhere.
 */
export type Rows = <Row extends object>(sql: string, params?: readonly Param[]) => Promise<Row[]>;

/** What a question may use: it can read as one actor at one moment, and cannot write. */
export interface Reader {
  readonly actor: Actor;
  readonly now: Instant;
  readonly rows: Rows;
  readonly vault: Vault;
}

/** What a verb may use inside one transaction; `em` is flushed once, just before the commit. */
export interface Writer extends Reader {
  readonly em: EntityManager;
  readonly newId: NewId;
  /** Sends what is pending now, for a statement that must see it. */
  readonly flush: () => Promise<void>;
  /** Adds many rows at once, after what is pending. All rows name the same columns. */
  readonly insert: Insert;
}

export type Insert = <Row extends object>(
  table: EntityName<Row>,
  rows: readonly RequiredEntityData<Row>[],
) => Promise<void>;

/**
 * What keeps a transaction apart from others that run meanwhile. By `WORLD` it sees everything as if nobody else wrote, or is done again. By
 * `ROWS` nothing but the rows that it has taken by `for update` is sure: whatever it decides has to follow from those alone, and whoever
 * decides something by them elsewhere has to change them too. In return others who take other rows of the same table never make it fail.
 */
export type Apart = "WORLD" | "ROWS";

/** Runs `work` in one transaction: all of it is durable when this resolves, none of it when it rejects. Where nothing is said, by `WORLD`. */
export type Commit = <Result>(work: (write: Writer) => Promise<Result>, apart?: Apart) => Promise<Result>;

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
  /**
   * Waits for whoever holds any of these names, and holds them until this transaction ends: what is read from now on is as the others
   * left it. The names of one call are taken in an order that everybody keeps.
   */
  readonly hold: (names: readonly string[]) => Promise<void>;
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
 * Runs `work` in one transaction: all of it is durable when this resolves, none of it when it rejects. What one participant writes is done
 * one after another, as if nobody else of it were there; `TOGETHER` lets work run beside its own kind that holds by name what it is about.
 * What two participants share is always held by name.
 */
export type Commit = <Result>(work: (write: Writer) => Promise<Result>, how?: "ALONE" | "TOGETHER") => Promise<Result>;

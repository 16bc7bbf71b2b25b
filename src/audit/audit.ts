import type { DocumentStore } from "../document/document-store.js";
import type { EntitySchema } from "@mikro-orm/core";
import type { Instant } from "../kernel/instant.js";
import type { Rows } from "../kernel/reader.js";
import type { Vault } from "../kernel/seal.js";
import { column, columns } from "../kernel/table.js";
import type { Log } from "./log.js";

/** What an audit reads, as of one moment. It can write nothing. */
export interface Books {
  readonly rows: Rows;
  readonly vault: Vault;
  readonly documents: Pick<DocumentStore, "has">;
  readonly now: Instant;
  /** How far back the log reaches. */
  readonly log: Log;
}

/** A row as it is read: where a column holds nothing, it says so. */
export type Stored<Row> = { readonly [Name in keyof Row]-?: Exclude<Row[Name], undefined> };

/** One row that is judged, with at least the columns of its key. */
export type Subject = Readonly<Record<string, unknown>>;

/** Where the subjects of a check lie, and by what they are told apart: they are read in the order of that key, page by page. */
export interface Source {
  /** A table, or a statement in brackets. */
  readonly table: string;
  /** Properties of the key, in its order. */
  readonly key: readonly string[];
  /** What is read of each, over the alias `t`. */
  readonly select: string;
  /** Which of them are judged; all where nothing is said. */
  readonly where?: string;
}

/** The rows of a table, whole. */
export const rowsOf = (
  schema: Pick<EntitySchema, "meta">,
  key: readonly string[],
  more: { readonly where?: string; readonly apart?: readonly string[] } = {},
): Source => ({
  table: schema.meta.tableName,
  key,
  select: columns(schema, "t", more.apart ?? []),
  ...(more.where ? { where: more.where } : {}),
});

/** Rows that a statement answers, by a key whose properties are all that it answers. */
export const answersOf = (statement: string, key: readonly string[]): Source => ({
  table: `(${statement})`,
  key,
  select: key.map((property) => `t.${column(property)} as "${property}"`).join(", "),
});

/** That something is not as it should be: about whom, and what. Words and states of ours, never anything personal. */
export interface Wrong<Row = Subject> {
  readonly about: Row;
  readonly what: string;
}

/** Something that is always true of every subject of one source. */
export interface Check {
  readonly name: string;
  /** What is always true, in one sentence. */
  readonly says: string;
  readonly source: Source;
  /** Finds those of a page of whom it is not true, by a number of statements that does not grow with the page. */
  readonly judge: (books: Books, subjects: readonly Subject[]) => Promise<Wrong[]>;
}

/** A check over rows of one shape, among checks over others. */
export const check = <Row>(
  one: Omit<Check, "judge"> & {
    readonly judge: (books: Books, subjects: readonly Row[]) => Promise<Wrong<Row>[]> | Wrong<Row>[];
  },
): Check => ({
  ...one,
  judge: async (books, subjects) => (await one.judge(books, subjects as readonly Row[])) as unknown as Wrong[],
});

/** The subjects of whom something can be said, each with all that can. */
export const wrongs = <Row>(
  subjects: readonly Row[],
  judge: (subject: Row) => Iterable<string | null | false>,
): Wrong<Row>[] =>
  subjects.flatMap((about) => [...judge(about)].flatMap((what) => (typeof what === "string" ? [{ about, what }] : [])));

/** Each once. */
export const each = <Value>(values: Iterable<Value>): Value[] => [...new Set(values)];

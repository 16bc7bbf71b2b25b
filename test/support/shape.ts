import type { Rows } from "../../src/kernel/reader.js";
import { TABLES } from "../../src/store/tables.js";
import { onPostgres } from "./database.js";

/** A database in words that both kinds share: one line for each thing that holds. */
export type Shape = readonly string[];

interface Column {
  readonly name: string;
  readonly type: string;
  readonly required: number | boolean;
  readonly fallback: string | null;
}

const wordFor = (type: string): string => (/int/i.test(type) ? "whole number" : type.toLowerCase());

const columnLine = (table: string, { name, type, required, fallback }: Column): string =>
  [`${table}.${name}`, wordFor(type), required ? "required" : "nullable", fallback && `default ${fallback}`]
    .filter(Boolean)
    .join(" ");

/** `'0'::bigint` and `0` are the same; the next number of a sequence is given by itself, as SQLite gives it. */
const plainDefault = (text: string | null): string | null =>
  text === null || text.startsWith("nextval") ? null : text.replace(/::\w+$/, "").replaceAll("'", "");

const NAMES = TABLES.map(({ meta }) => meta.tableName).toSorted();

async function sqliteTable(rows: Rows, table: string): Promise<string[]> {
  const columns = await rows<Column & { pk: number }>(
    `select name, type, "notnull" as required, dflt_value as fallback, pk from pragma_table_info(?)`,
    [table],
  );
  const key = columns.filter(({ pk }) => pk > 0).toSorted((one, other) => one.pk - other.pk);
  const references = await rows<{ id: number; to: string; columns: string; other: string; gone: string }>(
    `select "table" as other, "from" as columns, "to" as "to", on_delete as gone from pragma_foreign_key_list(?)`,
    [table],
  );
  const indexes = await rows<{ name: string; unique: number; origin: string }>(
    `select name, "unique", origin from pragma_index_list(?)`,
    [table],
  );
  const lines = await Promise.all(
    indexes
      .filter(({ origin }) => origin !== "pk")
      .map(async ({ name, unique }) => {
        const parts = await rows<{ name: string }>(
          `select name from pragma_index_xinfo(?) where key = 1 order by seqno`,
          [name],
        );
        const [made] = await rows<{ sql: string | null }>("select sql from sqlite_schema where name = ?", [name]);
        // An expression has no name: it stands in what the index was made by.
        const [, written, only] = /\((.+?)\)(?: where (.+))?$/is.exec(made?.sql ?? "") ?? [];
        return indexLine(table, written ?? parts.map((part) => part.name).join(", "), unique === 1, only ?? null);
      }),
  );
  return [
    ...columns.map((column) => columnLine(table, { ...column, required: column.required || column.pk > 0 })),
    `${table} key ${key.map(({ name }) => name).join(", ")}`,
    ...references.map(({ columns: from, other, to, gone }) => referenceLine(table, from, other, to, gone)),
    ...lines,
  ];
}

const withoutMarks = (text: string): string =>
  text
    .replaceAll(/[()"`]|::text|\[\]/g, "")
    .replaceAll(/\s+/g, " ")
    .trim()
    .toLowerCase();

const indexLine = (table: string, columns: string, unique: boolean, only: string | null): string =>
  `${table} ${unique ? "unique " : ""}index ${withoutMarks(columns)}${only ? ` where ${withoutMarks(only)}` : ""}`;

const referenceLine = (table: string, from: string, other: string, to: string, gone: string): string =>
  `${table}.${from} refers to ${other}.${to}, deleted: ${gone.toLowerCase()}`;

async function postgresTable(rows: Rows, table: string): Promise<string[]> {
  const columns = await rows<Column>(
    `select a.attname as name, format_type(a.atttypid, null) as type, a.attnotnull as required,
            pg_get_expr(d.adbin, d.adrelid) as fallback
       from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = cast(? as regclass) and a.attnum > 0 and not a.attisdropped order by a.attnum`,
    [table],
  );
  const indexes = await rows<{ columns: string; unique: boolean; primary: boolean; only: string | null }>(
    `select (select string_agg(pg_get_indexdef(i.indexrelid, n, true), ', ' order by n) from generate_series(1, i.indnkeyatts) n) as columns,
            i.indisunique as "unique", i.indisprimary as "primary", pg_get_expr(i.indpred, i.indrelid) as only
       from pg_index i where i.indrelid = cast(? as regclass)`,
    [table],
  );
  const references = await rows<{ columns: string; other: string; to: string; gone: string }>(
    `select a.attname as columns, c.confrelid::regclass::text as other, b.attname as "to",
            case c.confdeltype when 'c' then 'cascade' when 'n' then 'set null' else 'no action' end as gone
       from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
       join pg_attribute b on b.attrelid = c.confrelid and b.attnum = c.confkey[1]
      where c.contype = 'f' and c.conrelid = cast(? as regclass)`,
    [table],
  );
  const key = indexes.find(({ primary }) => primary)?.columns.replaceAll('"', "");
  return [
    ...columns.map((column) => columnLine(table, { ...column, fallback: plainDefault(column.fallback) })),
    `${table} key ${key}`,
    ...references.map(({ columns: from, other, to, gone }) => referenceLine(table, from, other, to, gone)),
    ...indexes
      .filter(({ primary }) => !primary)
      .map(({ columns: names, unique, only }) => indexLine(table, names, unique, only)),
  ];
}

const SQLITE_NAMES = `select type || ' ' || name as line from sqlite_schema where type in ('table', 'view', 'trigger')
  and name not like 'sqlite_%' and name not like 'mikro_orm_%'`;

const POSTGRES_NAMES = `select case relkind when 'v' then 'view ' else 'table ' end || relname as line from pg_class
    where relkind in ('r', 'p', 'v') and relnamespace = 'public'::regnamespace and relname not like 'mikro_orm_%'
  union all select 'trigger ' || tgname from pg_trigger where not tgisinternal`;

/** What a database is made of; nothing of it where its tables are not there. */
export async function shapeOf(rows: Rows, kind = onPostgres ? "postgres" : "sqlite"): Promise<Shape> {
  const [names, tableOf] = kind === "postgres" ? [POSTGRES_NAMES, postgresTable] : [SQLITE_NAMES, sqliteTable];
  const things = await rows<{ line: string }>(names);
  const present = NAMES.filter((name) => things.some(({ line }) => line === `table ${name}`));
  const tables = await Promise.all(present.map((table) => tableOf(rows, table)));
  return [...things.map(({ line }) => line), ...tables.flat()].toSorted();
}

import type { Rows } from "../../kernel/reader.js";
import { column, columns } from "../../kernel/table.js";
import type { TABLES } from "../tables.js";

export type Table = (typeof TABLES)[number];

/** A row in the words of the code, with its columns in the order of the table. */
export type Row = Readonly<Record<string, string | number | null>>;

/** What a row's key holds; an empty one lies before every row. */
export type Key = readonly (string | number)[];

export const BEGINNING: Key = [];

/** From where to where a table is read. */
export interface Span {
  readonly after?: Key;
  /** The last key that counts; without one, the table is read to its end. */
  readonly upTo?: Key;
  /** So many rows a page at most. */
  readonly most?: number;
}

/** A page has at most so many rows, and about so much text. */
const MOST_ROWS = 2_000;
const PAGE_CHARACTERS = 2_000_000;

/** Nobody knows yet how long rows are. */
const FIRST_ROWS = 100;

const keyNames = ({ meta }: Table): string[] =>
  Object.entries(meta.properties as Record<string, { primary?: boolean }>).flatMap(([name, { primary }]) =>
    primary ? [name] : [],
  );

export const nameOf = ({ meta }: Table): string => meta.tableName;

export const keyOf = (table: Table): ((row: Row) => Key) => {
  const names = keyNames(table);
  return (row) => names.map((name) => row[name]!);
};

/** A row as text, the same from every database: only texts and whole numbers are in it. */
export const textOf = (row: Row): string => JSON.stringify(Object.values(row));

const lengthOf = (row: Row): number =>
  Object.values(row).reduce<number>((sum, cell) => sum + (typeof cell === "string" ? cell.length : 8), 0);

function statementOf(table: Table, behind: boolean, bounded: boolean): string {
  const key = keyNames(table).map((name) => `t.${column(name)}`);
  const places = `(${key.map(() => "?").join(", ")})`;
  const conditions = [
    ...(behind ? [`(${key.join(", ")}) > ${places}`] : []),
    ...(bounded ? [`(${key.join(", ")}) <= ${places}`] : []),
  ];
  const where = conditions.length > 0 ? `where ${conditions.join(" and ")}` : "";
  return `select ${columns(table, "t")} from ${nameOf(table)} t ${where} order by ${key.join(", ")} limit ?`;
}

/** The rows of a table in the order of its key, some at a time: what is held at once does not grow with the table. */
export async function* pagesOf(
  rows: Rows,
  table: Table,
  { after = BEGINNING, upTo, most = MOST_ROWS }: Span = {},
): AsyncGenerator<readonly Row[]> {
  const key = keyOf(table);
  let behind = after;
  let limit = Math.min(FIRST_ROWS, most);
  for (;;) {
    const statement = statementOf(table, behind.length > 0, upTo !== undefined);
    const page = await rows<Row>(statement, [...behind, ...(upTo ?? []), limit]);
    const last = page.at(-1);
    if (!last) return;
    yield page;
    if (page.length < limit) return;
    behind = key(last);
    const characters = page.reduce((sum, row) => sum + lengthOf(row), 0);
    limit = Math.max(1, Math.min(most, Math.floor((page.length * PAGE_CHARACTERS) / characters)));
  }
}

export async function countOf(rows: Rows, table: Table): Promise<number> {
  const [row] = await rows<{ n: number }>(`select count(*) as n from ${nameOf(table)}`);
  return row!.n;
}

export const isEmpty = async (rows: Rows, table: Table): Promise<boolean> =>
  (await rows(`select 1 as found from ${nameOf(table)} limit 1`)).length === 0;

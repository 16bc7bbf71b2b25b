import { Failure } from "../../kernel/failure.js";
import type { Rows } from "../../kernel/reader.js";
import type { Instant } from "../../kernel/instant.js";
import type { Key } from "./read-table.js";

/**
 * A table that only databases have which an installation is moved from or to. It has one row. In the target it is how far the move has
 * come, written with what it says; in the source it says that the installation is here no more.
 */
const TABLE = "move_mark";

const MAKE = `create table ${TABLE} (role text primary key, began_at text not null, table_name text not null, last_key text not null,
  row_count bigint not null, ended_at text)`;

/** How far a move has come. */
export interface Place {
  readonly table: string;
  readonly key: Key;
  readonly rowCount: number;
}

export interface Mark extends Place {
  readonly role: "SOURCE" | "TARGET";
  readonly endedAt: Instant | null;
}

/** How one kind of database is asked whether it has a table of the name. */
export const ON_SQLITE = "select 1 as found from sqlite_master where type = 'table' and name = ?";
export const ON_POSTGRES = "select 1 as found where to_regclass(?) is not null";

/** What a database says of a move; null where there was none. */
export async function readMark(rows: Rows, lookup: string): Promise<Mark | null> {
  if ((await rows(lookup, [TABLE])).length === 0) return null;
  const [row] = await rows<Omit<Mark, "key"> & { key: string }>(
    `select role, table_name as "table", last_key as "key", row_count as "rowCount", ended_at as "endedAt" from ${TABLE}`,
  );
  return row ? { ...row, key: JSON.parse(row.key) as Key } : null;
}

const INSERT = `insert into ${TABLE} (role, began_at, table_name, last_key, row_count, ended_at) values (?, ?, ?, ?, ?, ?)`;

/** Marks the target as one into which a move has begun: nobody else may work on it until it has ended. */
export async function beginMark(rows: Rows, now: Instant, { table, key, rowCount }: Place): Promise<void> {
  await rows(MAKE);
  await rows(INSERT, ["TARGET", now, table, JSON.stringify(key), rowCount, null]);
}

/** Moves the mark on from where it was believed to be, or refuses. */
export async function advanceMark(rows: Rows, from: Place, to: Place): Promise<void> {
  const moved = await rows(
    `update ${TABLE} set table_name = ?, last_key = ?, row_count = ?
      where role = 'TARGET' and ended_at is null and table_name = ? and last_key = ? returning role`,
    [to.table, JSON.stringify(to.key), to.rowCount, from.table, JSON.stringify(from.key)],
  );
  if (moved.length !== 1) throw new Failure("CONFLICT", "Somebody else moves into this database, too.");
}

/** The target is ready to be worked on. */
export const endMark = (rows: Rows, now: Instant): Promise<object[]> =>
  rows(`update ${TABLE} set ended_at = ? where role = 'TARGET'`, [now]);

/** Marks the source as one that was moved away. */
export async function leaveMark(rows: Rows, now: Instant, rowCount: number): Promise<void> {
  await rows(MAKE);
  await rows(INSERT, ["SOURCE", now, "", "[]", rowCount, now]);
}

export const removeMark = (rows: Rows): Promise<object[]> => rows(`drop table ${TABLE}`);

/** Why nobody may work on a database because of a move; null where anybody may. */
export async function barrierOf(rows: Rows, lookup: string): Promise<string | null> {
  const mark = await readMark(rows, lookup);
  if (mark?.role === "SOURCE")
    return `This installation was moved to PostgreSQL on ${mark.endedAt}: start on its new address. (\`attestry move --release\` opens this file again.)`;
  if (mark && !mark.endedAt)
    return "A move into this database has not come to its end: run the same `attestry move` again.";
  return null;
}

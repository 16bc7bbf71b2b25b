import { Failure } from "../../kernel/failure.js";
import type { Clock } from "../../kernel/instant.js";
import type { Commit, Rows } from "../../kernel/reader.js";
import type { Vault } from "../../kernel/seal.js";
import { columns } from "../../kernel/table.js";
import { Installation } from "../../network/installation.js";
import { requireSecrets } from "../../network/recognise.js";
import { compareTable, type Compared } from "./compare.js";
import {
  ON_POSTGRES,
  ON_SQLITE,
  advanceMark,
  beginMark,
  endMark,
  leaveMark,
  readMark,
  type Mark,
  type Place,
} from "./mark.js";
import { BEGINNING, countOf, isEmpty, keyOf, nameOf, pagesOf, type Key, type Row, type Table } from "./read-table.js";
import { sqliteMigrations, type StillFile } from "../sqlite.js";
import { TABLES } from "../tables.js";

/** Which two databases are compared, and under which secrets. */
export interface Pair {
  /** A SQLite file that stands still. */
  readonly source: Pick<StillFile, "rows">;
  /** A PostgreSQL database whose tables are up to date. */
  readonly target: { readonly rows: Rows };
  readonly vault: Vault;
}

export interface MoveParts extends Pair {
  readonly source: Pick<StillFile, "rows" | "commit">;
  readonly target: { readonly rows: Rows; readonly commit: Commit };
  readonly clock: Clock;
  /** So many rows go at once at most. */
  readonly most?: number;
}

/** How far a move has come: what is being done with which table, and of how many rows. */
export interface Moving {
  readonly step: "LOOKING_OVER" | "COPYING" | "COMPARING";
  readonly table: string;
  readonly done: number;
  readonly total: number;
}

/**
 * Copies an installation into an empty database, or goes on with what a move that was cut has left of it, and compares every row. Where
 * nothing differs, the source is marked as moved, and the target is free to be worked on; until then it is free to nobody.
 */
export async function* move(parts: MoveParts): AsyncGenerator<Moving, Compared[]> {
  await requireSource(parts);
  const total = await totalOf(parts);
  const place = await beginningOf(parts);
  yield* lookOver(parts, place, total);
  const end = yield* copy(parts, place, total);
  await followLog(parts);
  const compared = yield* compare(parts, total);
  if (compared.every(isSame)) await settle(parts, end);
  return compared;
}

/** Compares two databases, and changes neither. */
export async function* compareAll(pair: Pair): AsyncGenerator<Moving, Compared[]> {
  await requireSource(pair);
  return yield* compare(pair, await totalOf(pair));
}

export const isSame = ({ difference }: Compared): boolean => difference === null;

async function totalOf({ source }: Pair): Promise<number> {
  let total = 0;
  for (const table of TABLES) total += await countOf(source.rows, table);
  return total;
}

const isThere = async ({ rows }: Pair["source"], table: string): Promise<boolean> =>
  (await rows(ON_SQLITE, [table])).length > 0;

/** Refuses what is no installation of these secrets, or one whose tables are not those that are known here. */
async function requireSource({ source, vault }: Pair): Promise<void> {
  const tables = ["installation", "mikro_orm_migrations"];
  const there = await Promise.all(tables.map((table) => isThere(source, table)));
  if (there.includes(false)) throw new Failure("NOT_FOUND", "The source is no database of Attestry.");
  const done = new Set(
    (await source.rows<{ name: string }>("select name from mikro_orm_migrations")).map(({ name }) => name),
  );
  const known = sqliteMigrations();
  if (known.some((name) => !done.has(name)))
    throw new Failure("CONFLICT", "The source is not up to date: run `attestry migrate` on it first.");
  if (done.size > known.length)
    throw new Failure("CONFLICT", "The source was made by a later version of Attestry: move it with that one.");
  const installation = await installationIn(source.rows);
  if (!installation) throw new Failure("NOT_FOUND", "The source is empty: there is nothing to move.");
  requireSecrets(vault, installation);
}

async function installationIn(rows: Rows): Promise<Installation | undefined> {
  const [row] = await rows<Installation>(`select ${columns(Installation, "i")} from installation i`);
  return row;
}

/** Where the copy goes on; marks a target that is empty, and refuses one that is neither that nor left by a move of this source. */
async function beginningOf({ source, target, clock }: MoveParts): Promise<Place> {
  const mark = await readMark(target.rows, ON_POSTGRES);
  const [ours, theirs] = await Promise.all([installationIn(source.rows), installationIn(target.rows)]);
  if (theirs && theirs.sealedMark !== ours?.sealedMark)
    throw new Failure("CONFLICT", "The target holds another installation: take an empty database.");
  if (mark?.endedAt)
    throw new Failure("CONFLICT", `The source was moved into the target on ${mark.endedAt}: --verify compares them.`);
  if (mark) return mark;
  await requireUnmoved(source.rows);
  if (theirs)
    throw new Failure(
      "CONFLICT",
      "The target holds this installation already, and by no move: --verify compares them.",
    );
  for (const table of TABLES) await requireEmpty(target.rows, table, "take an empty database");
  const place: Place = { table: nameOf(TABLES[0]!), key: BEGINNING, rowCount: 0 };
  await target.commit((write) => beginMark(write.rows, clock(), place));
  return place;
}

async function requireUnmoved(rows: Rows): Promise<void> {
  const mark: Mark | null = await readMark(rows, ON_SQLITE);
  if (mark)
    throw new Failure(
      "CONFLICT",
      `The source was moved to PostgreSQL on ${mark.endedAt}, into another database. If that one is used no more, --release opens the source again.`,
    );
}

async function requireEmpty(target: Rows, table: Table, advice: string): Promise<void> {
  if (!(await isEmpty(target, table)))
    throw new Failure(
      "CONFLICT",
      `The target holds rows of ${nameOf(table)} that did not come from the source: ${advice}.`,
    );
}

const placeIn = (table: string): number => TABLES.findIndex((one) => nameOf(one) === table);

const AFRESH = "drop that database, make it anew, and move into it from the beginning";

/** What an earlier run has copied must still be what the source says: it was free to be written to in between, and so was the target. */
async function* lookOver({ source, target }: MoveParts, place: Place, total: number): AsyncGenerator<Moving, void> {
  const current = place.key.length > 0 ? placeIn(place.table) : placeIn(place.table) - 1;
  let done = 0;
  for (const [index, table] of TABLES.entries()) {
    if (index > current) {
      await requireEmpty(target.rows, table, AFRESH);
      continue;
    }
    const upTo: { upTo?: Key } = index === current ? { upTo: place.key } : {};
    const comparing = compareTable(table, source.rows, target.rows, upTo);
    let next = await comparing.next();
    for (; !next.done; next = await comparing.next()) {
      done += next.value;
      yield { step: "LOOKING_OVER", table: nameOf(table), done, total };
    }
    if (!isSame(next.value))
      throw new Failure(
        "CONFLICT",
        `What was copied of ${nameOf(table)} before is not what the source says now, from ${keyText(next.value)} on: ${AFRESH}.`,
      );
  }
}

export const keyText = ({ difference }: Compared): string => difference?.key.join(", ") ?? "";

/** Each page is one transaction, which also moves the mark: whatever becomes of this process, none is copied twice. */
async function* copy(parts: MoveParts, from: Place, total: number): AsyncGenerator<Moving, Place> {
  const { source, target, most } = parts;
  let place = from;
  for (const table of TABLES.slice(placeIn(from.table))) {
    const key = keyOf(table);
    const after = nameOf(table) === from.table ? from.key : BEGINNING;
    for await (const page of pagesOf(source.rows, table, { after, ...(most ? { most } : {}) })) {
      const before = place;
      place = { table: nameOf(table), key: key(page.at(-1)!), rowCount: place.rowCount + page.length };
      await target
        .commit(async (write) => {
          await advanceMark(write.rows, before, place);
          await write.insert(table as never, page);
        })
        .catch((error: unknown) => {
          throw understoodOf(table, page, error);
        });
      yield { step: "COPYING", table: nameOf(table), done: place.rowCount, total };
    }
  }
  return place;
}

const hasZero = (row: Row): boolean =>
  Object.values(row).some((cell) => typeof cell === "string" && cell.includes("\0"));

/** PostgreSQL's texts hold any character but one. */
function understoodOf(table: Table, page: readonly Row[], error: unknown): unknown {
  const row = page.find(hasZero);
  if (!row) return error;
  return new Failure(
    "CONFLICT",
    `The row ${keyOf(table)(row).join(", ")} of ${nameOf(table)} holds the character U+0000, which PostgreSQL cannot keep: take it out first.`,
  );
}

/** Numbers of the log go on behind the last that was ever given out, so that cursors stay what they are. */
async function followLog({ source, target }: MoveParts): Promise<void> {
  const [last] = await source.rows<{ seq: number }>("select seq from sqlite_sequence where name = 'event'");
  if (last) await target.commit((write) => write.rows("select setval('event_seq_seq', ?)", [last.seq]));
  const [ours, theirs] = await Promise.all([headOf(source.rows), headOf(target.rows)]);
  if (ours !== theirs)
    throw new Failure("CONFLICT", `The log of the target ends at ${theirs} instead of ${ours}: somebody works on it.`);
}

async function headOf(rows: Rows): Promise<number> {
  const [head] = await rows<{ seq: number }>("select seq from log_head");
  return head!.seq;
}

async function* compare({ source, target }: Pair, total: number): AsyncGenerator<Moving, Compared[]> {
  const compared: Compared[] = [];
  let done = 0;
  for (const table of TABLES) {
    const comparing = compareTable(table, source.rows, target.rows);
    let next = await comparing.next();
    for (; !next.done; next = await comparing.next()) {
      done += next.value;
      yield { step: "COMPARING", table: nameOf(table), done, total };
    }
    compared.push(next.value);
  }
  return compared;
}

/** First the source closes, and then the target opens: at no moment can both be worked on. */
async function settle({ source, target, clock }: MoveParts, { rowCount }: Place): Promise<void> {
  if (!(await readMark(source.rows, ON_SQLITE))) await leaveMark(source.rows, clock(), rowCount);
  source.commit();
  await target.commit((write) => endMark(write.rows, clock()));
}

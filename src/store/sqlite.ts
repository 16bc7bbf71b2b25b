import { mkdirSync, readdirSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Migrator } from "@mikro-orm/migrations";
import type { EntityManager } from "@mikro-orm/core";
import { MikroORM, defineConfig } from "@mikro-orm/sqlite";
import Database from "better-sqlite3";
import { SqliteDialect, type SqliteDatabase } from "kysely";
import { LRUCache } from "lru-cache";
import type { Insert, Param, Rows } from "../kernel/reader.js";
import { column } from "../kernel/table.js";
import { ON_SQLITE, barrierOf } from "./move/mark.js";
import { codeOf, takeBackLast, type OnStatement, type Store } from "./store.js";
import { TABLES } from "./tables.js";
import { migrationOptions, migrationsOf } from "./migrations.js";

const BUSY_MS = 5_000;

/**
 * WAL opens with `synchronous=NORMAL`, which a power cut makes forget acknowledged writes: FULL on every connection.
 * Without recursive triggers a row that is replaced is deleted past the trigger that keeps it.
 */
const PRAGMAS = [
  "journal_mode = WAL",
  "synchronous = FULL",
  "foreign_keys = ON",
  "recursive_triggers = ON",
  `busy_timeout = ${BUSY_MS}`,
  "trusted_schema = OFF",
];

const STATEMENTS_KEPT = 500;

const MIGRATIONS = migrationsOf("sqlite");

/** The ORM's view of one SQLite file; also what `mikro-orm.config.ts` gives to the migration generator. */
export function sqliteConfig(path: string, dialect?: SqliteDialect) {
  return defineConfig({
    dbName: path,
    entities: TABLES,
    extensions: [Migrator],
    driverOptions: dialect ?? {},
    ignoreUndefinedInQuery: true,
    logger: () => undefined,
    migrations: migrationOptions(MIGRATIONS, dialect === undefined),
  });
}

function connect(path: string, options: Database.Options): Database.Database {
  const database = new Database(path, options);
  for (const pragma of PRAGMAS) if (!options.readonly || !pragma.startsWith("journal_mode")) database.pragma(pragma);
  return database;
}

/** Nobody else writes while one does: there are no rows that others hold. */
const translated = (sql: string): string =>
  sql.replaceAll("in ??", "in (select value from json_each(?))").replace(/ for update skip locked$/, "");

/** The statement of a text, prepared once. */
type Prepare = (sql: string) => Database.Statement;

function preparedOn(database: Database.Database): Prepare {
  const prepared = new LRUCache<string, Database.Statement>({ max: STATEMENTS_KEPT });
  return (sql) => {
    const statement = prepared.get(sql) ?? database.prepare(translated(sql));
    prepared.set(sql, statement);
    return statement;
  };
}

/** Reads on one connection through statements that are prepared once. */
const rowsOn =
  (prepare: Prepare, onStatement: OnStatement): Rows =>
  async <Row extends object>(sql: string, params: readonly Param[] = []): Promise<Row[]> => {
    onStatement(sql);
    const statement = prepare(sql);
    const values = params.map((param) => (Array.isArray(param) ? JSON.stringify(param) : param));
    if (statement.reader) return statement.all(...values) as Row[];
    statement.run(...values);
    return [];
  };

/** Adds rows through one prepared statement a table, in one go: several times faster than statements of many rows. */
const insertOn =
  (prepare: Prepare, onStatement: OnStatement, em: EntityManager): Insert =>
  async (table, rows) => {
    await em.flush();
    const first = rows[0];
    if (!first) return;
    const { tableName } = em.getMetadata().get(table);
    const names = Object.keys(first);
    const text = `insert into ${tableName} (${names.map(column).join(", ")}) values (${names.map(() => "?").join(", ")})`;
    const statement = prepare(text);
    for (const row of rows) {
      onStatement(text);
      statement.run(names.map((name) => (row as Record<string, Param>)[name] ?? null));
    }
  };

function told(database: Database.Database, onStatement: OnStatement): SqliteDatabase {
  return {
    close: () => void database.close(),
    prepare: (sql) => {
      onStatement(sql);
      return database.prepare(sql);
    },
  };
}

/** Changes nothing; but even that takes the lock. */
const LOCK = "delete from installation where 1 = 0";

/** One looks for the lock every few milliseconds, each at moments of its own, for about five seconds. */
const MAX_LOOKS = 2_000;
const LOOK_MS = 4;

export const isBusy = (error: unknown): boolean => codeOf(error).startsWith("SQLITE_BUSY");

/**
 * A write transaction takes the lock before all else: two that both read first could otherwise never both go on. No `begin immediate`
 * does it: whoever begins in vain is never given back the connection. And nobody waits inside SQLite, which looks ever less often, so
 * that busy others starve it, and lets nothing else of the process go on.
 */
async function takeLock(database: Database.Database, lock: Database.Statement): Promise<void> {
  database.pragma("busy_timeout = 0");
  try {
    for (let look = 1; ; look += 1)
      try {
        lock.run();
        return;
      } catch (error) {
        if (!isBusy(error) || look === MAX_LOOKS) throw error;
        await pause(1 + Math.random() * LOOK_MS);
      }
  } finally {
    database.pragma(`busy_timeout = ${BUSY_MS}`);
  }
}

/** What another process that writes to the file can cause. */
const RACES: ReadonlySet<string> = new Set(["SQLITE_BUSY", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"]);

/** Opens a SQLite file: one connection writes, in turn; another reads what is committed. */
export async function openSqlite(path: string, onStatement: OnStatement = () => undefined): Promise<Store> {
  mkdirSync(dirname(path), { recursive: true });
  const writer = connect(path, {});
  const reader = connect(path, { readonly: true });
  const orm = await MikroORM.init(sqliteConfig(path, new SqliteDialect({ database: told(writer, onStatement) })));
  const rows = rowsOn(preparedOn(reader), onStatement);
  const prepareToWrite = preparedOn(writer);
  const rowsOfWriter = rowsOn(prepareToWrite, onStatement);
  return {
    orm,
    rows,
    reading: () => rows,
    attempts: 3,
    isRace: (error) => RACES.has(codeOf(error)),
    // Only one writes at a time: nothing has to be held besides.
    transact: (_turn, work) =>
      orm.em.fork().transactional(async (em) => {
        await takeLock(writer, prepareToWrite(LOCK));
        return work({
          em,
          rows: rowsOfWriter,
          insert: insertOn(prepareToWrite, onStatement, em),
          hold: async () => undefined,
        });
      }),
    // Whoever else has opened the file looks for itself.
    hear: async () => async () => undefined,
    tell: () => undefined,
    migrate: async () => (await orm.migrator.up()).map(({ name }) => name),
    takeBack: async () => (await takeBackLast(orm.migrator)).map(({ name }) => name),
    barrier: () => barrierOf(rows, ON_SQLITE),
    ready: async () => {
      await rows("select 1");
      return true;
    },
    close: async () => {
      // The writer goes last: only a connection that can write folds the log back into the file.
      reader.close();
      await orm.close(true);
      // The ORM closes it only where it has used it.
      if (writer.open) writer.close();
    },
  };
}

/** The names of all migrations, as a database lists those that it has. */
export const sqliteMigrations = (): string[] =>
  readdirSync(MIGRATIONS).flatMap((name) => /^(Migration\d+)\.(?:js|ts)$/.exec(name)?.[1] ?? []);

/** A SQLite file that stands still for as long as it is open. */
export interface StillFile extends Disposable {
  readonly rows: Rows;
  /** Keeps what was written. */
  readonly commit: () => void;
}

/**
 * Opens a file that is there, in one transaction. `alone` means that nobody else has it open, and that nobody gets to open it meanwhile; else
 * others go on, and it is read as it was at the beginning. Fails as busy where somebody has it open.
 */
export function openStill(path: string, alone: boolean): StillFile {
  const database = new Database(path, { fileMustExist: true, readonly: !alone, timeout: BUSY_MS });
  try {
    if (alone) database.pragma("locking_mode = EXCLUSIVE");
    database.pragma("synchronous = FULL");
    database.exec(alone ? "begin exclusive" : "begin");
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    rows: rowsOn(preparedOn(database), () => undefined),
    commit: () => void database.exec("commit"),
    [Symbol.dispose]: () => void database.close(),
  };
}

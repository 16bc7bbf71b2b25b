import { copyFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { BUDGET_TABLE } from "../../src/store/postgres/budget.js";
import { PLACES_TABLE } from "../../src/store/postgres/places.js";
import { TABLES } from "../../src/store/tables.js";

/** Which database the tests of this run are on: the same laws hold on each. */
export const ON = process.env["ATTESTRY_TEST_ON"] === "postgres" ? "postgres" : "sqlite";
export const onPostgres = ON === "postgres";

/** Below the one folder of the run, which is removed when the run ends. */
const folder = mkdtempSync(join(process.env["ATTESTRY_TEST_FOLDER"] ?? tmpdir(), "database-"));

let made = 0;
const next = (): number => (made += 1);

/** Where files beside a database are kept. */
export const placeBeside = (): string => join(folder, `beside-${next()}`);

const serverUrl = (database: string): string => {
  const url = new URL(process.env["ATTESTRY_TEST_POSTGRES"]!);
  url.pathname = `/${database}`;
  return url.href;
};

const nameIn = (url: string): string => new URL(url).pathname.slice(1);

/** Sends the server itself something to do: no database can be made or dropped from within. */
async function operate(statement: string): Promise<void> {
  const client = new pg.Client(serverUrl("postgres"));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

const newPostgresUrl = (): string =>
  serverUrl(`t_${process.pid}_${process.env["JEST_WORKER_ID"] ?? 0}_${Date.now().toString(36)}_${next()}`);

/** The address of a database that is not there yet: of a file, or of a name on the server. */
export async function emptyDatabase(): Promise<string> {
  if (!onPostgres) return `sqlite:${join(folder, `${next()}.sqlite`)}`;
  const url = newPostgresUrl();
  await operate(`create database ${nameIn(url)}`);
  return url;
}

/** A copy of a database that nobody has open. */
export async function copyOf(source: string): Promise<string> {
  if (!onPostgres) {
    const path = join(folder, `${next()}.sqlite`);
    copyFileSync(source.slice("sqlite:".length), path);
    return `sqlite:${path}`;
  }
  const url = newPostgresUrl();
  await operate(`create database ${nameIn(url)} template ${nameIn(source)}`);
  return url;
}

/** Databases with every table and no row: to empty one takes a fraction of the time that it takes to make one. */
const empty: string[] = [];

/** An empty database with every table: one that was given back, or a copy of the template. */
export const migratedDatabase = async (template: () => Promise<string>): Promise<string> =>
  empty.pop() ?? copyOf(await template());

export const dropDatabase = (url: string): Promise<void> =>
  operate(`drop database if exists ${nameIn(url)} with (force)`);

/** Takes back a database that is used no more; files go with their folder. */
export async function giveBack(url: string): Promise<void> {
  if (!onPostgres) return;
  if (await emptied(url)) empty.push(url);
  else await dropDatabase(url);
}

/** Empties a database of which nobody has anything open, past the triggers that keep rows; answers whether it is as good as new. */
async function emptied(url: string): Promise<boolean> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows: others } = await client.query(
      "select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    const { rows } = await client.query<{ name: string }>(tableNames());
    const isWhole = String(rows.map(({ name }) => name)) === NAMES && (await hasTriggers(client));
    if (others.length > 0 || !isWhole) return false;
    const deletes = rows.map(({ name }) => `delete from ${name}`);
    await client.query(
      [
        "begin; set local session_replication_role = replica",
        ...deletes,
        "select setval('event_seq_seq', 1, false)",
        "commit",
      ].join("; "),
    );
    return true;
  } finally {
    await client.end();
  }
}

/** A test may have renamed a table, or taken it away. */
const NAMES = String([...TABLES.map(({ meta }) => meta.tableName), BUDGET_TABLE, PLACES_TABLE].toSorted());

/** Tables that only the database of this run has. */
export const TABLES_ALONE: readonly string[] = onPostgres ? [BUDGET_TABLE, PLACES_TABLE] : [];

/** A test may have taken one away. */
async function hasTriggers(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query("select 1 from pg_trigger where not tgisinternal");
  return rows.length === TRIGGERS;
}

/** Two of attestations, which are kept as they are, one that announces events, and one that gives who is registered a standing. */
const TRIGGERS = 4;

/** The names of the tables of a database, sorted, but for the list of migrations. */
export const tableNames = (): string =>
  onPostgres
    ? `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
         and table_name not like 'mikro_orm_%' order by table_name collate "C"`
    : "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'mikro_orm_%' order by name";

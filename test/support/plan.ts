import pg from "pg";
import type { App } from "../../src/app.js";
import { spelled } from "../../src/store/postgres/text.js";
import { onPostgres } from "./database.js";
import { stepsOf, type Step } from "./explain.js";

type Asked = Pick<App, "store" | "config">;

/** Tables of which one participant may have as many rows as there are people. */
const GROWING: ReadonlySet<string> = new Set([
  "registration",
  "verification",
  "standing",
  "member",
  "event",
  "attestation",
]);

/** A list that ends after a page may begin wherever its index does. */
const isPaged = (sql: string): boolean => / order by \w+\.\w+ desc limit (?:\?|\$\d+)$/.test(sql);

/**
 * The statements that read a table from end to end, or all that a participant has of one, each with what it reads so: as SQLite plans
 * them, or as PostgreSQL would where each table had a million rows.
 */
export async function fullScans(app: Asked, statements: readonly string[]): Promise<string[]> {
  const asked = [...new Set(statements)].filter((sql) => /^\s*(?:select|with|update|delete)\b/.test(sql));
  const scans = onPostgres ? await scansOnPostgres(app, asked) : await scansOnSqlite(app, asked);
  return asked.flatMap((sql, index) =>
    scans[index]!.length > 0 ? [`${scans[index]!.join(", ")}: ${sql.replaceAll(/\s+/g, " ")}`] : [],
  );
}

/** Of no account for a plan: which values a statement is given. */
const valuesFor = (sql: string): (string | readonly string[])[] =>
  [...sql.replaceAll(/'(?:[^']|'')*'/g, "''").matchAll(/in \?\?|\?/g)].map(([place]) => (place === "?" ? "" : []));

/** What a table is called within a statement. */
function tablesBehind(sql: string, tables: ReadonlySet<string>): ReadonlyMap<string, string> {
  const named = new Map([...tables].map((table) => [table, table]));
  for (const [, table, alias] of sql.matchAll(/\b(?:from|join|update|into) `?(\w+)`?(?: (?:as )?`?(\w+)`?)?/g))
    if (table && alias && tables.has(table)) named.set(alias, table);
  return named;
}

/** What a step of a plan of SQLite's reads from end to end: a table, or all that one participant has of it. */
function readWhole(detail: string, behind: ReadonlyMap<string, string>): string[] {
  const [, how, name = ""] = /^(SCAN|SEARCH) (\w+)/.exec(detail) ?? [];
  const table = behind.get(name);
  if (!table) return [];
  if (how === "SCAN") return [table];
  return GROWING.has(table) && detail.endsWith("(participant_id=?)") ? [`${table} of a participant`] : [];
}

async function scansOnSqlite({ store: { rows } }: Asked, statements: readonly string[]): Promise<string[][]> {
  const names = await rows<{ name: string }>("select name from sqlite_master where type = 'table'");
  const tables = new Set(names.map(({ name }) => name));
  const scans: string[][] = [];
  for (const sql of statements) {
    const plan = await rows<{ detail: string }>(`explain query plan ${sql}`, valuesFor(sql));
    const behind = tablesBehind(sql, tables);
    const isSorted = plan.every(({ detail }) => detail !== "USE TEMP B-TREE FOR ORDER BY");
    scans.push(isPaged(sql) && isSorted ? [] : plan.flatMap(({ detail }) => readWhole(detail, behind)));
  }
  return scans;
}

/** As small as they are, no index would be worth the way. */
const AS_IF_LARGE = `update pg_class set reltuples = 1000000, relpages = 1, relallvisible = 0
  where relnamespace = 'public'::regnamespace and relkind in ('r', 'i')`;

/** A row of nothing for each table that has none: what is known to be empty is read as if that cost nothing. */
const EMPTY = `select c.relname as name, string_agg(case a.atttypid when 'text'::regtype then quote_literal('') else '0' end, ', ' order by a.attnum) as cells
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
   where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and pg_relation_size(c.oid) = 0 group by c.relname`;

/** Where a thousand rows are of one business, as they may be in a test, all of them is what is asked for: once the server has noticed. */
const AS_IF_UNKNOWN = `delete from pg_statistic where starelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)`;

async function seemLarge(client: pg.Client): Promise<void> {
  await client.query("set local session_replication_role = replica");
  const { rows } = await client.query<{ name: string; cells: string }>(EMPTY);
  for (const { name, cells } of rows) await client.query(`insert into "${name}" values (${cells})`);
  await client.query(AS_IF_LARGE);
  await client.query(AS_IF_UNKNOWN);
}

async function scansOnPostgres({ config }: Asked, statements: readonly string[]): Promise<string[][]> {
  const client = new pg.Client(config.databaseUrl);
  await client.connect();
  try {
    await client.query("begin");
    await seemLarge(client);
    await client.query("set local random_page_cost = 1.1; set local enable_seqscan = off");
    const scans: string[][] = [];
    for (const sql of statements) {
      const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: Step }] }>(
        `explain (generic_plan, format json) ${spelled(sql)}`,
      );
      scans.push(isPaged(sql) ? [] : stepsOf(rows[0]!["QUERY PLAN"][0].Plan).flatMap(readWholeStep));
    }
    return scans;
  } finally {
    await client.query("rollback");
    await client.end();
  }
}

/** The same of a step of PostgreSQL's. A bitmap is made of an index by a step of its own, which names no table. */
function readWholeStep(step: Step): string[] {
  const name = step["Relation Name"] ?? step["Index Name"];
  if (!name || step["Node Type"] === "Bitmap Heap Scan") return [];
  const condition = step["Index Cond"];
  if (condition === undefined) return step["Node Type"] === "ModifyTable" ? [] : [name];
  const isOfParticipant = /^\(participant_id = (?:\$\d+|\(?'[^']*'\)?::text|\(\$\d+\)::text)\)$/.test(condition);
  const table = [...GROWING].find((one) => name === one || name.startsWith(`${one}_`));
  return table && isOfParticipant ? [`${table} of a participant`] : [];
}

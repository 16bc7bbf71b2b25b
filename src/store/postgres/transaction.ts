import { createHash } from "node:crypto";
import type { EntityManager } from "@mikro-orm/core";
import { Kysely, PostgresDialect, type PostgresPoolClient } from "kysely";
import type pg from "pg";
import type { Insert, Param, Rows } from "../../kernel/reader.js";
import { column } from "../../kernel/table.js";
import { isAway, isOutage, isOutdated, NO_CHARACTER, unknownOutcome } from "./fault.js";
import type { Spell } from "./text.js";
import type { OnStatement, Transaction, Turn } from "../store.js";

/** PostgreSQL keeps no such character in a text. Within a statement it would be the end of it: said here, with the code of the server itself. */
function refuseNul(text: unknown): void {
  if (typeof text === "string" && text.includes("\0")) throw Object.assign(new Error("U+0000"), { code: NO_CHARACTER });
}

export type Ask = (statement: pg.QueryConfig) => Promise<pg.QueryResult>;

/** Sends a statement as it is prepared, and has it prepared anew once it is found outdated. */
async function askIn(ask: Ask, spell: Spell, sql: string, values: readonly unknown[]): Promise<pg.QueryResult> {
  const one = spell(sql);
  values.flat(2).forEach(refuseNul);
  try {
    return await ask({ ...one, values: values as unknown[] });
  } catch (error) {
    if (isOutdated(error)) spell.rename(sql, one);
    throw error;
  }
}

export const rowsOn =
  (ask: Ask, spell: Spell, onStatement: OnStatement, on?: "REPLICA"): Rows =>
  async <Row extends object>(sql: string, params: readonly Param[] = []): Promise<Row[]> => {
    onStatement(sql, on);
    const { rows } = await askIn(ask, spell, sql, params);
    return rows as Row[];
  };

/** Reads once more what had to be prepared anew. */
export const readAnew =
  (rows: Rows): Rows =>
  <Row extends object>(sql: string, params?: readonly Param[]) =>
    rows<Row>(sql, params).catch((error: unknown) => {
      if (!isOutdated(error)) throw error;
      return rows<Row>(sql, params);
    });

/** Rows are sent as one array a column: one statement, however many there are. */
export const insertOn =
  (ask: Ask, spell: Spell, onStatement: OnStatement, em: EntityManager): Insert =>
  async (table, rows) => {
    await em.flush();
    const first = rows[0];
    if (!first) return;
    const { tableName, properties } = em.getMetadata().get(table);
    const names = Object.keys(first);
    const arrays = names.map((name) => {
      const type = (properties as Record<string, { columnTypes?: string[] }>)[name]?.columnTypes?.[0];
      return `?::${/int|serial/.test(type ?? "") ? "bigint" : "text"}[]`;
    });
    const text = `insert into ${tableName} (${names.map(column).join(", ")}) select * from unnest(${arrays.join(", ")})`;
    onStatement(text);
    const values = names.map((name) => rows.map((row) => (row as Record<string, Param>)[name] ?? null));
    await askIn(ask, spell, text, values);
  };

/** The ORM on one connection, inside the transaction that runs there. */
export function ormOn(client: pg.PoolClient, onStatement: OnStatement): Kysely<unknown> {
  const one: PostgresPoolClient = {
    query: ((sql: string, parameters: readonly unknown[]) => {
      onStatement(sql);
      refuseNul(sql);
      return client.query(sql, parameters as unknown[]);
    }) as unknown as PostgresPoolClient["query"],
    release: () => undefined,
  };
  const pool = { connect: async () => one, end: async () => undefined, options: {} };
  return new Kysely({ dialect: new PostgresDialect({ pool }) });
}

/** Locks have numbers: those of names lie below 2^62, where those of the log begin. */
const lockOf = (name: string): bigint =>
  BigInt.asUintN(62, createHash("sha256").update(name).digest().readBigUInt64BE());

const HOLD = "select pg_advisory_xact_lock(name) from unnest(?::bigint[]) as name";

/** In one order, so that no two wait for each other. */
export const holdOn =
  (ask: Ask, spell: Spell, onStatement: OnStatement): Transaction["hold"] =>
  async (names) => {
    if (names.length === 0) return;
    onStatement(HOLD);
    const locks = [...new Set(names.map(lockOf))].toSorted((one, other) => (one < other ? -1 : 1));
    await askIn(ask, spell, HOLD, [locks.map(String)]);
  };

export const beginning = ({ name, alone }: Turn): string =>
  `begin isolation level read committed; select pg_advisory_xact_lock${alone ? "" : "_shared"}(${lockOf(name)})`;

async function end(client: pg.PoolClient): Promise<void> {
  const outcome = await client.query("commit").catch((error: unknown) => {
    throw isAway(error) ? unknownOutcome() : error;
  });
  // A transaction in which a statement has failed says nothing when it is committed: it is rolled back.
  if (outcome.command !== "COMMIT") throw new Error("The transaction had failed before it was committed.");
}

export async function inTransaction<Result>(
  pool: pg.Pool,
  onStatement: OnStatement,
  begin: string,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    onStatement("begin");
    await client.query(begin);
    const result = await work(client);
    onStatement("commit");
    await end(client);
    return result;
  } catch (error) {
    // Whoever is away is not asked for a rollback, which it could take as long to leave unanswered: it has forgotten, or will.
    if (isOutage(error)) broken = error as Error;
    else await client.query("rollback").catch((fault: Error) => (broken = fault));
    throw error;
  } finally {
    client.release(broken);
  }
}

import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { BigIntType, IntegerType, type EntityManager, type EntityMetadata } from "@mikro-orm/core";
import { Migrator } from "@mikro-orm/migrations";
import { MikroORM, defineConfig } from "@mikro-orm/postgresql";
import { Kysely, PostgresDialect, type PostgresPoolClient } from "kysely";
import pg from "pg";
import type { Insert, Param, Rows } from "../kernel/reader.js";
import { column } from "../kernel/table.js";
import { ON_POSTGRES, barrierOf } from "./move-mark.js";
import { createLine } from "./line.js";
import { createBell } from "./postgres-bell.js";
import { BUDGET_TABLE, createDraw } from "./postgres-budget.js";
import { crowded, isAway, isOutage, isOutdated, isRace, understood, unknownOutcome } from "./postgres-fault.js";
import { migrating } from "./postgres-migrating.js";
import { createLeases, PLACES_TABLE } from "./postgres-places.js";
import { readingOn, REPLICA_ANSWER_MS } from "./postgres-replica.js";
import { createSpelling, type Spell } from "./postgres-text.js";
import { takeBackLast, type OnStatement, type Store, type Transaction, type Turn } from "./store.js";
import { TABLES } from "./tables.js";

export interface PostgresSettings {
  readonly url: string;
  /** A streaming replica of it, of which queries are asked that it can answer as well. */
  readonly replicaUrl?: string | null;
  /** How many connections there may be: half of them write. */
  readonly poolSize: number;
  /** Longer than this no statement runs. */
  readonly statementMs: number;
  readonly onStatement?: OnStatement;
  /** Told of connections that were lost while nobody used them. */
  readonly onFault?: (error: unknown) => void;
}

const MIGRATIONS = fileURLToPath(new URL("../migration/postgres", import.meta.url));

/** PL/pgSQL's word for what a trigger of SQLite says by `raise`. */
const inPlpgsql = (body: string): string =>
  body.replace(/^select raise\(abort, ('[^']*')\);$/, "raise exception $1 using errcode = 'restrict_violation';");

/** What differs here from what the tables say of themselves: texts sort by their bytes, as on every other database, and whole numbers have 64 bits. */
function adapt({ props, triggers }: EntityMetadata): void {
  for (const prop of props) {
    if ((prop.type as unknown) === IntegerType) prop.type = new BigIntType("number") as never;
    else prop.collation = "C";
  }
  for (const trigger of triggers ?? []) if (typeof trigger.body === "string") trigger.body = inPlpgsql(trigger.body);
}

/** The ORM's view of a PostgreSQL database; also what `mikro-orm.config.ts` gives to the migration generator. */
export function postgresConfig(url: string, dialect?: PostgresDialect) {
  return defineConfig({
    entities: TABLES,
    extensions: [Migrator],
    clientUrl: url,
    dbName: decodeURIComponent(new URL(url).pathname.slice(1)),
    driverOptions: dialect ?? {},
    ignoreUndefinedInQuery: true,
    logger: () => undefined,
    discovery: { onMetadata: adapt },
    schemaGenerator: { skipTables: [BUDGET_TABLE, PLACES_TABLE] },
    migrations: {
      path: MIGRATIONS,
      pathTs: MIGRATIONS,
      glob: "!(*.d).{js,ts}",
      snapshotName: ".snapshot",
      snapshot: dialect === undefined,
      emit: "ts",
      transactional: true,
      // Each is a transaction of its own, or none: an index that is made while others write cannot be made within one.
      allOrNothing: false,
    },
  });
}

const INT8: number = pg.types.builtins.INT8;

/** The driver reads 64-bit numbers as text: ours are counts and sizes, and far from what a number can hold. */
const TYPES: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text") =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig["getTypeParser"],
};

const CONNECT_MS = 5_000;
/** How long a request waits for its turn on a connection, which is no sign that the database is away. */
const TURN_MS = 30_000;
const LOCK_MS = 10_000;
const IDLE_IN_TRANSACTION_MS = 60_000;

/** So much later than the server itself gives up on a statement, it counts as gone: a machine that vanished answers nothing, ever. */
const SILENT_MS = 5_000;

type ClientSettings = Pick<PostgresSettings, "url" | "statementMs">;

const clientConfig = ({ url, statementMs }: ClientSettings): pg.ClientConfig => ({
  connectionString: url,
  application_name: "attestry",
  types: TYPES,
  keepAlive: true,
  connectionTimeoutMillis: CONNECT_MS,
  statement_timeout: statementMs,
  query_timeout: statementMs + SILENT_MS,
  lock_timeout: LOCK_MS,
  idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
});

/** What an acknowledged write needs, whatever the server does otherwise; an address with options of its own knows better. */
const DURABLE = "-c synchronous_commit=on";
/**
 * What is asked here takes few rows by an index: a page, a chain, a batch. So the planner takes a page that is read somewhere to cost
 * hardly more than the next one, as on any disk of today, compiles nothing first, and starts no helpers.
 */
export const PLANNING = "-c random_page_cost=1.1 -c jit=off -c max_parallel_workers_per_gather=0";
const READING = "-c default_transaction_read_only=on";

/** A pool knows one limit for both: to reach the server, and to get a turn. */
class QuickClient extends pg.Client {
  constructor(config: pg.ClientConfig) {
    super({ ...config, connectionTimeoutMillis: CONNECT_MS });
  }
}

function poolOf(settings: PostgresSettings, options: string, over: pg.PoolConfig = {}): pg.Pool {
  const own = new URL(settings.url).searchParams.get("options");
  const pool = new pg.Pool({
    ...clientConfig(settings),
    Client: QuickClient as unknown as NonNullable<pg.PoolConfig["Client"]>,
    connectionTimeoutMillis: TURN_MS,
    options: [options, PLANNING, own].filter(Boolean).join(" "),
    max: Math.max(1, Math.floor(settings.poolSize / 2)),
    ...over,
  });
  // A connection that nobody uses is lost when the database restarts: the pool has already let go of it.
  pool.on("error", (error) => settings.onFault?.(error));
  pool.on("connect", (client) => void client.on("error", () => undefined));
  return pool;
}

type Ask = (statement: pg.QueryConfig) => Promise<pg.QueryResult>;

/** Sends a statement as it is prepared, and has it prepared anew once it is found outdated. */
async function askIn(ask: Ask, spell: Spell, sql: string, values: readonly unknown[]): Promise<pg.QueryResult> {
  const one = spell(sql);
  try {
    return await ask({ ...one, values: values as unknown[] });
  } catch (error) {
    if (isOutdated(error)) spell.rename(sql, one);
    throw error;
  }
}

const rowsOn =
  (ask: Ask, spell: Spell, onStatement: OnStatement, on?: "REPLICA"): Rows =>
  async <Row extends object>(sql: string, params: readonly Param[] = []): Promise<Row[]> => {
    onStatement(sql, on);
    const { rows } = await askIn(ask, spell, sql, params);
    return rows as Row[];
  };

/** Reads once more what had to be prepared anew. */
const readAnew =
  (rows: Rows): Rows =>
  <Row extends object>(sql: string, params?: readonly Param[]) =>
    rows<Row>(sql, params).catch((error: unknown) => {
      if (!isOutdated(error)) throw error;
      return rows<Row>(sql, params);
    });

/** Rows are sent as one array a column: one statement, however many there are. */
const insertOn =
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
function ormOn(client: pg.PoolClient, onStatement: OnStatement): Kysely<unknown> {
  const one: PostgresPoolClient = {
    query: ((sql: string, parameters: readonly unknown[]) => {
      onStatement(sql);
      return client.query(sql, parameters as unknown[]);
    }) as unknown as PostgresPoolClient["query"],
    release: () => undefined,
  };
  const pool = { connect: async () => one, end: async () => undefined, options: {} };
  return new Kysely({ dialect: new PostgresDialect({ pool }) });
}

/** How often a transaction is tried that a unique row, a deadlock or a lock that did not come got in the way of. */
const ATTEMPTS = 5;

/** Locks have numbers: those of names lie below 2^62, where those of the log begin. */
const lockOf = (name: string): bigint =>
  BigInt.asUintN(62, createHash("sha256").update(name).digest().readBigUInt64BE());

const HOLD = "select pg_advisory_xact_lock(name) from unnest(?::bigint[]) as name";

/** In one order, so that no two wait for each other. */
const holdOn =
  (ask: Ask, spell: Spell, onStatement: OnStatement): Transaction["hold"] =>
  async (names) => {
    if (names.length === 0) return;
    onStatement(HOLD);
    const locks = [...new Set(names.map(lockOf))].toSorted((one, other) => (one < other ? -1 : 1));
    await askIn(ask, spell, HOLD, [locks.map(String)]);
  };

const beginning = ({ name, alone }: Turn): string =>
  `begin isolation level read committed; select pg_advisory_xact_lock${alone ? "" : "_shared"}(${lockOf(name)})`;

async function end(client: pg.PoolClient): Promise<void> {
  const outcome = await client.query("commit").catch((error: unknown) => {
    throw isAway(error) ? unknownOutcome() : error;
  });
  // A transaction in which a statement has failed says nothing when it is committed: it is rolled back.
  if (outcome.command !== "COMMIT") throw new Error("The transaction had failed before it was committed.");
}

async function inTransaction<Result>(
  pool: pg.Pool,
  begin: string,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(client);
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

/** Reads for one request, on the replica where there is one, and how to let go of it. */
function replicaOf(
  settings: PostgresSettings,
  primary: Rows,
  spell: Spell,
): { readonly reading: () => Rows; readonly close: () => Promise<void> } {
  const { replicaUrl, onStatement = () => undefined, onFault = () => undefined } = settings;
  if (!replicaUrl) return { reading: () => primary, close: async () => undefined };
  const pool = poolOf({ ...settings, url: replicaUrl }, READING, { connectionTimeoutMillis: REPLICA_ANSWER_MS });
  const reading = readingOn({
    pool,
    primary,
    rowsOn: (client, withinMs) =>
      rowsOn(
        (one) => client.query({ ...one, query_timeout: withinMs } as pg.QueryConfig),
        spell,
        onStatement,
        "REPLICA",
      ),
    onFault,
  });
  return { reading, close: () => pool.end() };
}

/** Opens a PostgreSQL database, without asking it for anything yet. */
export async function openPostgres(settings: PostgresSettings): Promise<Store> {
  const { onStatement = () => undefined } = settings;
  const writers = poolOf(settings, DURABLE);
  const readers = poolOf(settings, READING);
  const orm = await MikroORM.init(postgresConfig(settings.url, new PostgresDialect({ pool: writers })));
  const spell = createSpelling();
  const clear = async <Result>(work: Promise<Result>): Promise<Result> =>
    work.catch((error: unknown) => {
      throw understood(error);
    });
  const rows = readAnew(rowsOn((statement) => clear(readers.query(statement)), spell, onStatement));
  const replica = replicaOf(settings, rows, spell);
  const contexts = new WeakMap<pg.PoolClient, Kysely<unknown>>();
  const emOn = (client: pg.PoolClient): EntityManager => {
    const context = contexts.get(client) ?? ormOn(client, onStatement);
    contexts.set(client, context);
    const em = orm.em.fork();
    em.setTransactionContext(context);
    return em;
  };
  const migrate = (work: Parameters<typeof migrating>[2]): Promise<string[]> =>
    migrating(settings.url, (dialect) => MikroORM.init(postgresConfig(settings.url, dialect)), work);
  const inLine = createLine();
  const bell = createBell(clientConfig(settings), (text) => writers.query(text));
  return {
    orm,
    rows,
    reading: replica.reading,
    attempts: ATTEMPTS,
    isRace,
    transact: (turn, work) => {
      const askedAt = performance.now();
      const transacted = async () => {
        // Whoever stood in line behind one that hung is not made to hang as long again.
        if (performance.now() - askedAt > LOCK_MS) throw crowded();
        return inTransaction(writers, beginning(turn), async (client) => {
          const em = emOn(client);
          const ask: Ask = (statement) => client.query(statement);
          const result = await work({
            em,
            rows: rowsOn(ask, spell, onStatement),
            insert: insertOn(ask, spell, onStatement, em),
            hold: holdOn(ask, spell, onStatement),
          });
          await em.flush();
          return result;
        });
      };
      return clear(turn.alone ? inLine(turn.name, transacted) : transacted());
    },
    ...bell,
    draw: createDraw((statement) => clear(writers.query(statement))),
    leases: createLeases((statement) => clear(writers.query(statement))),
    migrate: () => clear(migrate((migrator) => migrator.up())),
    takeBack: () => clear(migrate(takeBackLast)),
    barrier: () => barrierOf(rows, ON_POSTGRES),
    ready: async () => {
      const [row] = await rows<{ standby: boolean }>("select pg_is_in_recovery() as standby");
      return row?.standby === false;
    },
    close: async () => {
      await Promise.all([orm.close(true), replica.close()]);
      // The ORM ends a pool only where it has used it by itself.
      await Promise.all([writers, readers].filter(({ ended }) => !ended).map((pool) => pool.end()));
    },
  };
}

import { BigIntType, IntegerType, type EntityManager, type EntityMetadata } from "@mikro-orm/core";
import { Migrator } from "@mikro-orm/migrations";
import { MikroORM, defineConfig } from "@mikro-orm/postgresql";
import { type Kysely, PostgresDialect } from "kysely";
import type pg from "pg";
import type { Param, Rows } from "../../kernel/reader.js";
import { createLine } from "../line.js";
import { ON_POSTGRES, barrierOf } from "../move/mark.js";
import { createBell } from "./bell.js";
import { BUDGET_TABLE, createDraw } from "./budget.js";
import { migrating } from "./migrating.js";
import { createLeases, PLACES_TABLE } from "./places.js";
import { readingOn, REPLICA_ANSWER_MS } from "./replica.js";
import { TABLES } from "../tables.js";
import { crowded, isRace, understood } from "./fault.js";
import { clientConfig, DURABLE, LOCK_MS, poolOf, READING, type PostgresSettings } from "./pool.js";
import { createSpelling, type Spell } from "./text.js";
import { beginning, holdOn, insertOn, inTransaction, ormOn, readAnew, rowsOn, type Ask } from "./transaction.js";
import { takeBackLast, type Store } from "../store.js";
import { migrationOptions, migrationsOf } from "../migrations.js";

const MIGRATIONS = migrationsOf("postgres");

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
export function postgresConfig(url: string, dialect?: PostgresDialect, ensureDatabase = true) {
  return defineConfig({
    entities: TABLES,
    extensions: [Migrator],
    clientUrl: url,
    dbName: decodeURIComponent(new URL(url).pathname.slice(1)),
    driverOptions: dialect ?? {},
    // Whoever writes has a connection by then, and may not get another one to look with: only migrations see to it that there is a database.
    ensureDatabase,
    ignoreUndefinedInQuery: true,
    logger: () => undefined,
    discovery: { onMetadata: adapt },
    schemaGenerator: { skipTables: [BUDGET_TABLE, PLACES_TABLE] },
    migrations: {
      ...migrationOptions(MIGRATIONS, dialect === undefined),
      // Each is a transaction of its own, or none: an index that is made while others write cannot be made within one.
      allOrNothing: false,
    },
  });
}

/** How often a transaction is tried that a unique row, a deadlock or a lock that did not come got in the way of. */
const ATTEMPTS = 5;

/** No participant takes more than one of so many parts of the connections that write: others have their turn meanwhile. */
const PARTS = 2;

/** For what takes a moment and holds nobody up: draws of budgets, leases, bells. */
const SMALL_POOL = 2;

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
  const moments = poolOf(settings, DURABLE, { max: SMALL_POOL });
  const orm = await MikroORM.init(postgresConfig(settings.url, new PostgresDialect({ pool: writers }), false));
  const spell = createSpelling();
  const clear = async <Result>(work: Promise<Result>): Promise<Result> =>
    work.catch((error: unknown) => {
      throw understood(error);
    });
  const read = readAnew(rowsOn((statement) => readers.query(statement), spell, onStatement));
  const rows: Rows = <Row extends object>(sql: string, params?: readonly Param[]) => clear(read<Row>(sql, params));
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
  const alone = createLine(1);
  const together = createLine(Math.max(1, Math.floor(settings.poolSize / 2 / PARTS)));
  const bell = createBell(clientConfig(settings), (text) => moments.query(text));
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
        return inTransaction(writers, onStatement, beginning(turn), async (client) => {
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
      return clear((turn.alone ? alone : together)(turn.name, transacted));
    },
    ...bell,
    draw: createDraw((statement) => clear(moments.query(statement))),
    leases: createLeases((statement) => clear(moments.query(statement))),
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
      await Promise.all([writers, readers, moments].filter(({ ended }) => !ended).map((pool) => pool.end()));
    },
  };
}

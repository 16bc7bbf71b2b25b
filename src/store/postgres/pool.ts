import { setTimeout } from "node:timers/promises";
import pg from "pg";
import type { OnStatement } from "../store.js";

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

const INT8: number = pg.types.builtins.INT8;

/** The driver reads 64-bit numbers as text: ours are counts and sizes, and far from what a number can hold. */
const TYPES: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text") =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig["getTypeParser"],
};

const CONNECT_MS = 5_000;
/** How long a request waits for its turn on a connection, which is no sign that the database is away. */
const TURN_MS = 30_000;
export const LOCK_MS = 10_000;
const IDLE_IN_TRANSACTION_MS = 20_000;

/** So much later than the server itself gives up on a statement, it counts as gone: a machine that vanished answers nothing, ever. */
const SILENT_MS = 5_000;

type ClientSettings = Pick<PostgresSettings, "url" | "statementMs">;

export const clientConfig = ({ url, statementMs }: ClientSettings): pg.ClientConfig => ({
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
export const DURABLE = "-c synchronous_commit=on";
/**
 * Where the log is settled is looked at first, and what is there then; and who waits for a row goes on from what was left there: a database
 * that says otherwise would show what was there before, and refuse whoever came second.
 */
const ISOLATION = "-c default_transaction_isolation=read\\ committed";
/**
 * What is asked here takes few rows by an index: a page, a chain, a batch. So the planner takes a page that is read somewhere to cost
 * hardly more than the next one, as on any disk of today, compiles nothing first, and starts no helpers.
 */
export const PLANNING = "-c random_page_cost=1.1 -c jit=off -c max_parallel_workers_per_gather=0";
export const READING = "-c default_transaction_read_only=on";

/** A pool knows one limit for both: to reach the server, and to get a turn. */
class QuickClient extends pg.Client {
  constructor(config: pg.ClientConfig) {
    super({ ...config, connectionTimeoutMillis: CONNECT_MS });
  }
}

const LOOK_MS = 5;

/** A pool that ends forgets whoever still waits for a connection: here they have their turn first, or wait too long as they would anyway. */
class PatientPool extends pg.Pool {
  override async end(): Promise<void> {
    while (this.waitingCount > 0) await setTimeout(LOOK_MS);
    await super.end();
  }
}

export function poolOf(settings: PostgresSettings, options: string, over: pg.PoolConfig = {}): pg.Pool {
  const own = new URL(settings.url).searchParams.get("options");
  const pool = new PatientPool({
    ...clientConfig(settings),
    Client: QuickClient as unknown as NonNullable<pg.PoolConfig["Client"]>,
    connectionTimeoutMillis: TURN_MS,
    options: [options, ISOLATION, PLANNING, own].filter(Boolean).join(" "),
    max: Math.max(1, Math.floor(settings.poolSize / 2)),
    ...over,
  });
  // A connection that nobody uses is lost when the database restarts: the pool has already let go of it.
  pool.on("error", (error) => settings.onFault?.(error));
  pool.on("connect", (client) => void client.on("error", () => undefined));
  return pool;
}

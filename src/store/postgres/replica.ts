import type pg from "pg";
import { Failure } from "../../kernel/failure.js";
import type { Param, Rows } from "../../kernel/reader.js";
import { isAway } from "./fault.js";

/** How far a database is: bytes of its log, on one timeline of one cluster. Places of different histories say nothing of each other. */
interface Place {
  readonly history: string;
  readonly bytes: number;
}

const HISTORY = (timeline: string): string =>
  `concat_ws(' ', s.system_identifier, current_database(), ${timeline}) as history`;

/** What was committed, and so seen by anybody, lies before this: a commit is flushed before it is told. */
const WRITTEN = `select pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0')::bigint as bytes,
  ${HISTORY("('x' || left(pg_walfile_name(pg_current_wal_flush_lsn()), 8))::bit(32)::int")} from pg_control_system() s`;

/**
 * What can be read on a replica; nothing once it is one no more. A replica that went another way than the database which took over may well be
 * further in bytes, but on a timeline that has ended.
 */
const REPLAYED = `select pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint as bytes,
  ${HISTORY("r.min_recovery_end_timeline")} from pg_control_system() s, pg_control_recovery() r where pg_is_in_recovery()`;

/** Longer than this nobody waits to learn whether a replica has caught up, nor for a connection to it. */
export const REPLICA_ANSWER_MS = 500;

/** Longer than this no statement runs on a replica: then the database itself is asked, which may take its time. */
const STATEMENT_MS = 2_000;

/** So long a replica that is away is left alone; then one request tries it. */
const REST_MS = 1_000;

/** What answers is no replica, or none of this database's present history. The log keeps words of plain errors alone. */
const NO_REPLICA = "DATABASE_REPLICA_URL names what is no replica of the database, or not yet again.";
const isNoReplica = (error: unknown): boolean => error instanceof Error && error.message === NO_REPLICA;

/** The driver has no code for an answer that does not come. */
const isLate = (error: unknown): boolean => error instanceof Error && error.message === "Query read timeout";

export interface ReplicaParts {
  readonly pool: pg.Pool;
  /** Rows of the database itself. */
  readonly primary: Rows;
  /** Rows on one connection, each within a time. */
  readonly rowsOn: (client: pg.PoolClient, withinMs: number) => Rows;
  readonly onFault: (error: unknown) => void;
}

/** Asks a question anew for whoever asks, once for all who ask at the same time: the answer is never older than the question. */
function asTogether<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<Answer> | null = null;
  const sendNext = async (): Promise<Answer> => {
    await running;
    next = null;
    const one = ask();
    running = one.catch(() => undefined);
    return one;
  };
  return () => (next ??= sendNext());
}

/** Who failed is left alone for a while; after it, one at a time tries again. */
function createRest() {
  let failed = false;
  let until = 0;
  return {
    mayTry: (): boolean => {
      const now = performance.now();
      if (failed && now < until) return false;
      until = now + REST_MS;
      return true;
    },
    /** Answers whether this is news. */
    fail: (): boolean => {
      const news = !failed;
      failed = true;
      until = performance.now() + REST_MS;
      return news;
    },
    succeed: (): void => {
      failed = false;
    },
  };
}

/** What requests that began together need of a replica: which place, and which connections were found to have reached it. */
interface Need {
  readonly place: Place;
  readonly reached: WeakSet<pg.PoolClient>;
}

/** Rows of a replica; null where it has not got so far, or gives no answer. */
function rowsFrom({ pool, rowsOn, onFault }: ReplicaParts) {
  const rest = createRest();
  // Those who come later look anew: what was a replica may have become a database of its own, without losing a connection.
  const hasReached = async (client: pg.PoolClient, { place, reached }: Need): Promise<boolean> => {
    if (reached.has(client)) return true;
    const [now] = await rowsOn(client, REPLICA_ANSWER_MS)<Place>(REPLAYED);
    if (now?.history !== place.history) throw new Error(NO_REPLICA);
    if (now.bytes < place.bytes) return false;
    reached.add(client);
    return true;
  };
  return async <Row extends object>(need: Need, sql: string, params: readonly Param[]): Promise<Row[] | null> => {
    if (!rest.mayTry()) return null;
    let client: pg.PoolClient | undefined;
    let isLost = false;
    try {
      client = await pool.connect();
      const answer = (await hasReached(client, need)) ? await rowsOn(client, STATEMENT_MS)<Row>(sql, params) : null;
      rest.succeed();
      return answer;
    } catch (error) {
      isLost = isLate(error) || isAway(error);
      if (!(isLost || isNoReplica(error)) || rest.fail()) onFault(error);
      return null;
    } finally {
      client?.release(isLost);
    }
  };
}

/**
 * Rows for one request that only asks, read on a replica as long as that has everything that was committed before the request first read. Where it
 * has not, or fails, the rest of the request is read from the database itself, and never from the replica again: what was seen
 * does not vanish. So no answer is older than it would be without a replica.
 */
export function readingOn(parts: ReplicaParts): () => Rows {
  const { primary, onFault } = parts;
  const whereWritten = asTogether(async () => {
    const [place] = await primary<Place>(WRITTEN);
    return place ? { place, reached: new WeakSet<pg.PoolClient>() } : null;
  });
  const onReplica = rowsFrom(parts);
  // Where the database itself is away, what it is asked next says so.
  const unknown = (error: unknown): null => {
    if (!(error instanceof Failure)) onFault(error);
    return null;
  };
  return () => {
    let need: Promise<Need | null> | undefined;
    let left = false;
    return async <Row extends object>(sql: string, params: readonly Param[] = []): Promise<Row[]> => {
      const needed = left ? null : await (need ??= whereWritten().catch(unknown));
      const rows = needed && !left ? await onReplica<Row>(needed, sql, params) : null;
      if (rows) return rows;
      left = true;
      return primary(sql, params);
    };
  };
}

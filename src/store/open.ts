import { openPostgres } from "./postgres/postgres.js";
import { openSqlite } from "./sqlite.js";
import type { OnStatement, Store } from "./store.js";

export interface StoreSettings {
  readonly databaseUrl: string;
  readonly replicaUrl?: string | null;
  readonly databasePoolSize: number;
  readonly statementMs: number;
}

export interface StoreListeners {
  readonly onStatement?: OnStatement;
  /** Told of connections that were lost while nobody used them. */
  readonly onFault?: (error: unknown) => void;
}

/** The path of the file in an address that begins with `sqlite:`; null for a database that is a server. */
export const sqlitePathOf = (url: string): string | null => /^sqlite:(.+)$/.exec(url)?.[1] ?? null;

/** Opens the database of an address: the address alone says which. */
export function openStore(settings: StoreSettings, listeners: StoreListeners = {}): Promise<Store> {
  const path = sqlitePathOf(settings.databaseUrl);
  if (path !== null) return openSqlite(path, listeners.onStatement);
  const { databaseUrl: url, replicaUrl = null, databasePoolSize: poolSize, statementMs } = settings;
  return openPostgres({ url, replicaUrl, poolSize, statementMs, ...listeners });
}

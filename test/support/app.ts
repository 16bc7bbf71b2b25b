import { pino } from "pino";
import { createApp, type App, type Overrides } from "../../src/app.js";
import { readConfig } from "../../src/config.js";
import { countingIds } from "../../src/kernel/id.js";
import { plusMs, toInstant, type Clock, type Instant } from "../../src/kernel/instant.js";
import { copyOf, emptyDatabase, giveBack, migratedDatabase, placeBeside } from "./database.js";

/** A clock that stands still until a test moves it. */
export interface StillClock {
  readonly clock: Clock;
  readonly advance: (ms: number) => void;
}

export const NOON = toInstant("2026-03-02T12:00:00.000Z");

export function stillClock(at: Instant = NOON): StillClock {
  let now = at;
  return {
    clock: () => now,
    advance: (ms) => {
      now = plusMs(now, ms);
    },
  };
}

/** A gateway on a database of its own, with a still clock, counting ids and every statement noted. */
export interface TestApp extends AsyncDisposable {
  readonly app: App;
  readonly time: StillClock;
  /** The statements since `statements.length = 0`. */
  readonly statements: string[];
  /** The lines of the log, as JSON text. */
  readonly logged: string[];
  /** One more on the same database: by the same clock, with ids from the same count, noted and logged at the same place. */
  readonly another: () => Promise<App>;
  /** Those that do the work of this one, where there are such. */
  readonly workers?: readonly App[];
}

const KEYS = {
  ATTESTRY_MASTER_KEY: Buffer.from("an-obvious-master-key-for-tests!").toString("base64url"),
  ATTESTRY_INDEX_KEY: Buffer.from("an-obvious-index--key-for-tests!").toString("base64url"),
};

const configFor = (databaseUrl: string, environment: Readonly<Record<string, string>> = {}) =>
  readConfig({
    ...KEYS,
    PORT: "0",
    // Tests say when work is done.
    WORKERS: "0",
    DOCUMENTS_FOLDER: placeBeside(),
    // Many tests run at once on one server.
    DATABASE_POOL_SIZE: "8",
    COST_PER_MINUTE: "100000000",
    DRAIN_SECONDS: "5",
    ...environment,
    DATABASE_URL: databaseUrl,
  });

let template: Promise<string> | null = null;

/** An empty database with every table, made once and copied for each test. */
const migrated = (): Promise<string> =>
  (template ??= (async () => {
    const url = await emptyDatabase();
    await using app = await createApp({ ...configFor(url), logLevel: "silent" });
    await app.store.migrate();
    return url;
  })());

export interface TestOptions extends Overrides {
  readonly environment?: Readonly<Record<string, string>>;
  readonly time?: StillClock;
  /** The address of a closed database to start from, instead of an empty one. */
  readonly from?: string;
  /** The address of a database to work on, which is the test's own affair; its tables are brought up to date. */
  readonly at?: string;
  /** Leaves the database for others to start from, or to open again. */
  readonly kept?: boolean;
}

export async function testApp({
  environment,
  time = stillClock(),
  from,
  at,
  kept = at !== undefined,
  ...overrides
}: TestOptions = {}): Promise<TestApp> {
  const url = at ?? (await (from ? copyOf(from) : migratedDatabase(migrated)));
  const statements: string[] = [];
  const logged: string[] = [];
  const parts: Overrides = {
    clock: time.clock,
    newId: countingIds(),
    log: pino({ level: "info", base: null }, { write: (line: string) => void logged.push(line) }),
    onStatement: (sql) => void statements.push(sql),
    ...overrides,
  };
  const app = await createApp(configFor(url, environment), parts);
  if (at) await app.store.migrate();
  const dispose = async (): Promise<void> => {
    await app[Symbol.asyncDispose]();
    if (!kept) await giveBack(url);
  };
  const another = (): Promise<App> => createApp(app.config, parts);
  return { app, time, statements, logged, another, [Symbol.asyncDispose]: dispose };
}

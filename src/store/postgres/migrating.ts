import { setTimeout as pause } from "node:timers/promises";
import type { IMigrator, MikroORM } from "@mikro-orm/core";
import { PostgresDialect } from "kysely";
import pg from "pg";
import { codeOf } from "../store.js";

/** Any number that is ours: whoever migrates holds it. */
const MIGRATING = 4_011_990;

/** How often whoever waits for somebody else's migrations looks whether they are done. */
const LOOK_MS = 200;

/**
 * Whoever waits for a table that is in use makes everybody else wait behind it: so nobody waits long, but lets the others go on and tries again.
 * A migration that needs another limit sets it.
 */
const LOCK_MS = 2_000;
const TRIES = 100;
const CONNECT_MS = 5_000;
const BETWEEN_MS = 1_000;

/** A table that was in use for too long, or a deadlock with whoever uses it. */
const IN_USE: ReadonlySet<string> = new Set(["55P03", "40P01"]);

/** What a driver says, however deep the ORM has wrapped it. */
const isInUse = (error: unknown): boolean =>
  IN_USE.has(codeOf(error)) || (error instanceof Error && error.cause !== undefined && isInUse(error.cause));

/** Looks for the lock again and again: a statement that waits would keep an index from ever being finished, whose making waits for all who look. */
async function takeTurn(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ mine: boolean }>("select pg_try_advisory_lock($1) as mine", [MIGRATING]);
    if (rows[0]?.mine) return;
    await pause(LOOK_MS);
  }
}

async function untilFree<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await work();
    } catch (error) {
      if (attempt === TRIES || !isInUse(error)) throw error;
      await pause(BETWEEN_MS);
    }
}

/**
 * Lets one process at a time work on the tables, on one connection, whose statements may take their time but not wait for others. What was
 * done of several migrations stays done, so trying again goes on where it was.
 */
export async function migrating(
  url: string,
  open: (dialect: PostgresDialect) => Promise<MikroORM>,
  work: (migrator: IMigrator) => Promise<readonly { readonly name: string }[]>,
): Promise<string[]> {
  const settings = {
    connectionString: url,
    application_name: "attestry migrate",
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
  };
  const pool = new pg.Pool({ ...settings, lock_timeout: LOCK_MS, max: 1 });
  pool.on("error", () => undefined);
  pool.on("connect", (client) => void client.on("error", () => undefined));
  const keeper = new pg.Client(settings);
  keeper.on("error", () => undefined);
  const orm = await open(new PostgresDialect({ pool }));
  const done: string[] = [];
  orm.migrator.on("migrated", ({ name }) => void done.push(name));
  try {
    await keeper.connect();
    await takeTurn(keeper);
    const last = await untilFree(() => work(orm.migrator));
    return done.length > 0 ? done : last.map(({ name }) => name);
  } finally {
    await keeper.end();
    await orm.close(true);
  }
}

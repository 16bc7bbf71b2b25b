import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { createApp, type App } from "../../src/app.js";
import { fillDemo, type Filled } from "../../src/command/demo-world.js";
import type { Config } from "../../src/config.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import { randomId } from "../../src/kernel/id.js";
import type { Compared } from "../../src/store/move/compare.js";
import { move, type Moving } from "../../src/store/move/move.js";
import { openStill } from "../../src/store/sqlite.js";
import { TABLES } from "../../src/store/tables.js";
import { NOON, stillClock, testApp, type TestApp } from "./app.js";
import { placeBeside } from "./database.js";

const SANDBOX = { PROVIDER: "sandbox" } as const;

/** A SQLite file with the world of the demo, which nobody has open. */
export interface Source extends Filled {
  readonly path: string;
  readonly config: Config;
}

/** An empty database with every table, to move into. */
export const givenTarget = (): Promise<TestApp> =>
  testApp({ environment: SANDBOX, newId: randomId, time: stillClock(NOON) });

export const openedAt = (config: Config): Promise<App> =>
  createApp({ ...config, logLevel: "silent" }, { clock: () => NOON, newId: randomId });

async function makeSource(target: TestApp): Promise<Source> {
  const path = join(placeBeside(), "source.sqlite");
  mkdirSync(dirname(path), { recursive: true });
  const config = { ...target.app.config, databaseUrl: `sqlite:${path}` };
  await using app = await openedAt(config);
  await app.store.migrate();
  return { path, config, ...(await fillDemo(app, NOON)) };
}

let made: Promise<Source> | null = null;

/** A file of its own under the secrets of the target; the world is made once, and copied. */
export async function givenSource(target: TestApp): Promise<Source> {
  made ??= makeSource(target);
  const { keys, blanks, path: original } = await made;
  const path = join(placeBeside(), "source.sqlite");
  mkdirSync(dirname(path), { recursive: true });
  copyFileSync(original, path);
  return { keys, blanks, path, config: { ...target.app.config, databaseUrl: `sqlite:${path}` } };
}

/** Opens a source for some work. */
export async function withSource<Result>(source: Source, work: (app: App) => Promise<Result>): Promise<Result> {
  await using app = await openedAt(source.config);
  return await work(app);
}

/** Changes a file past everything that guards it. */
export function tamper({ path }: Pick<Source, "path">, sql: string): void {
  const database = new Database(path);
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
}

/** What a generator returns, past what it yields on its way; it is told of each. */
export async function outcomeOf<Step, Result>(
  steps: AsyncGenerator<Step, Result>,
  each: (step: Step) => void = () => undefined,
): Promise<Result> {
  for (;;) {
    const { value, done } = await steps.next();
    if (done) return value;
    each(value);
  }
}

/** Moves a file into a database, in pages of at most so many rows. */
export async function moved(
  { path }: Pick<Source, "path">,
  { app }: Pick<TestApp, "app">,
  { most = 2_000, each = (_step: Moving): void => undefined } = {},
): Promise<Compared[]> {
  using source = openStill(path, true);
  const target = { rows: app.store.rows, commit: app.commitAs(OPERATOR) };
  return await outcomeOf(move({ source, target, vault: app.vault, clock: () => NOON, most }), each);
}

/** Every row of every table as text, sorted, read without the reader that moves them. */
export async function contentOf({ store }: Pick<App, "store">): Promise<Readonly<Record<string, readonly string[]>>> {
  const tables = await Promise.all(
    TABLES.map(async ({ meta }) => {
      const rows = await store.rows<Record<string, unknown>>(`select * from ${meta.tableName}`);
      const texts = rows.map((row) =>
        JSON.stringify(Object.entries(row).toSorted(([one], [other]) => (one < other ? -1 : 1))),
      );
      return [meta.tableName, texts.toSorted()] as const;
    }),
  );
  return Object.fromEntries(tables);
}

import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { createApp, type App } from "../src/app.js";
import { fillDemo, type Filled } from "../src/command/demo-world.js";
import { DEMO_ENVIRONMENT } from "../src/command/open-demo.js";
import { readConfig } from "../src/config.js";
import { countingIds } from "../src/kernel/id.js";
import { plusMs, toInstant } from "../src/kernel/instant.js";
import { askOnce, type Asked } from "./drive.js";
import type { Databases } from "./gateway-databases.js";
import type { Town } from "./town.js";

/** What one request sent to its database. */
export interface Sent {
  readonly statements: number;
  /** How often it waited for PostgreSQL, with what begins and ends a transaction; 0 on SQLite, which nobody waits for. */
  readonly waits: number;
}

/** A gateway in this process, of which every statement is counted. */
export interface Counted extends AsyncDisposable {
  readonly sent: (asked: Asked) => Promise<Sent>;
}

let waits = 0;

/** The driver's own method, since no statement goes past it. */
const query = Reflect.get(pg.Client.prototype, "query") as (...given: unknown[]) => unknown;
pg.Client.prototype.query = function counted(this: pg.Client, ...given: unknown[]) {
  waits += 1;
  return query.apply(this, given);
} as never;

export async function openCounted(
  environment: Readonly<Record<string, string>>,
  overrides: Parameters<typeof createApp>[1] = {},
): Promise<Counted> {
  let statements = 0;
  const config = { ...readConfig({ ...environment, COST_LIMIT: "1000000" }), logLevel: "silent" };
  const app: App = await createApp(config, { ...overrides, onStatement: () => (statements += 1) });
  // The bell is rung behind the answer: it is no part of what a request waits for.
  Object.assign(app.store, { tell: () => undefined });
  const server = await app.listen();
  return {
    sent: async (asked) => {
      const before = { statements, waits };
      const answer = await askOnce(server.url, asked);
      const sent = { statements: statements - before.statements, waits: waits - before.waits };
      if (answer.includes('"errors":[')) throw new Error(answer.toString().slice(0, 500));
      return sent;
    },
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await app[Symbol.asyncDispose]();
    },
  };
}

/** The demo in both databases, where every example has an answer. */
export interface Demo extends Filled, AsyncDisposable {
  /** Opens a copy; what is done there is gone with it. */
  readonly open: (on: "SQLite" | "PostgreSQL") => Promise<Counted>;
}

const NOON = toInstant("2026-03-02T12:00:00.000Z");
const MODEL = "demo_model";

export async function openDemo(town: Town, databases: Databases, folder: string): Promise<Demo> {
  const place = join(folder, `demo-${process.pid}`);
  mkdirSync(place, { recursive: true });
  const model = join(place, "model.sqlite");
  const environment = (url: string): Record<string, string> => ({
    ...town.environment,
    ...DEMO_ENVIRONMENT,
    DATABASE_URL: url,
    DOCUMENTS_FOLDER: join(place, "documents"),
  });
  const fill = async (url: string): Promise<Filled> => {
    await using app = await createApp({ ...readConfig(environment(url)), logLevel: "silent" }, { clock: () => NOON });
    await app.store.migrate();
    return await fillDemo(app, NOON);
  };
  const filled = await fill(`sqlite:${model}`);
  await databases.bring({ ...town, path: model, environment: environment(`sqlite:${model}`) }, MODEL);
  let copies = 0;
  return {
    ...filled,
    open: async (on) => {
      copies += 1;
      const path = join(place, `${copies}.sqlite`);
      if (on === "SQLite") copyFileSync(model, path);
      else await databases.copy(MODEL, town, "demo");
      const url = on === "SQLite" ? `sqlite:${path}` : databases.urlOf("demo");
      // A moment later, so that what has to be newer than the demo is.
      return openCounted(environment(url), { clock: () => plusMs(NOON, 1), newId: countingIds(9_001) });
    },
    [Symbol.asyncDispose]: async () => rmSync(place, { recursive: true, force: true }),
  };
}

import { join } from "node:path";
import pg from "pg";
import { createApp } from "../src/app.js";
import { readConfig } from "../src/config.js";
import { copyRows } from "./gateway-copy.js";
import type { Town } from "./town.js";

/** A PostgreSQL server that keeps its promises to the disk, with databases that hold what a SQLite file holds. */
export interface Databases extends AsyncDisposable {
  /** Runs with the settings of a server as it is installed, but for the place of its data. */
  readonly version: string;
  /** The address of a database of this name, which is not there yet. */
  readonly urlOf: (name: string) => string;
  /** Brings what is in a town's file into a database of this name, to be copied. */
  readonly bring: (town: Town, name: string) => Promise<void>;
  /** A copy of a database that nobody has open, as the town that it holds. */
  readonly copy: (from: string, town: Town, name: string) => Promise<Town>;
  readonly operate: <Row extends pg.QueryResultRow>(database: string, statement: string) => Promise<Row[]>;
}

/** The plain module tells no types. */
interface StartedPostgres {
  readonly urlOf: (database: string) => string;
  readonly stop: () => Promise<void>;
}

async function startServer(): Promise<StartedPostgres> {
  const path = "../scripts/postgres.mjs";
  const { startPostgres } = (await import(path)) as {
    startPostgres: (options: { durable: boolean }) => Promise<StartedPostgres>;
  };
  return startPostgres({ durable: true });
}

export async function openDatabases(folder: string): Promise<Databases> {
  const server = await startServer();
  const operate: Databases["operate"] = async (database, statement) => {
    const client = new pg.Client(server.urlOf(database));
    await client.connect();
    try {
      return (await client.query(statement)).rows as never;
    } finally {
      await client.end();
    }
  };
  const on = (town: Town, name: string): Town => ({
    ...town,
    environment: {
      ...town.environment,
      DATABASE_URL: server.urlOf(name),
      DOCUMENTS_FOLDER: join(folder, `documents-${process.pid}`),
    },
  });
  const [row] = await operate<{ server_version: string }>("postgres", "show server_version");
  return {
    version: row!.server_version,
    urlOf: server.urlOf,
    operate,
    bring: async (town, name) => {
      await operate("postgres", `create database ${name}`);
      {
        await using app = await createApp({ ...readConfig(on(town, name).environment), logLevel: "silent" });
        await app.store.migrate();
      }
      await copyRows(town.path, server.urlOf(name));
    },
    copy: async (from, town, name) => {
      await operate("postgres", `drop database if exists ${name} with (force)`);
      await operate("postgres", `create database ${name} template ${from}`);
      return on(town, name);
    },
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

import { readConfig } from "../config.js";
import { createApp, isSandbox, type App } from "../app.js";
import { OPERATOR } from "../kernel/actor.js";
import { Failure } from "../kernel/failure.js";
import type { Writer } from "../kernel/reader.js";
import { recognise } from "../network/recognise.js";

/** Opens the configured installation, runs the work, closes it, whatever happens. */
export async function withApp<Result>(work: (app: App) => Promise<Result>): Promise<Result> {
  await using app = await createApp({ ...readConfig(), logLevel: "silent" });
  return await work(app);
}

/** One transaction at the command line, on tables that are up to date. */
export const asOperator = <Result>(work: (write: Writer) => Promise<Result>): Promise<Result> =>
  withApp(async (app) => {
    await requireTables(app);
    return app.commitAs(OPERATOR)(async (write) => {
      await recognise(write, isSandbox(app.config));
      return work(write);
    });
  });

/** A list at the command line, from tables that are up to date. */
export const listRows = (sql: string, params: readonly string[] = []): Promise<void> =>
  withApp(async (app) => {
    await requireTables(app);
    const rows = await app.store.rows(sql, params);
    if (rows.length === 0) console.log("None yet.");
    else console.table(rows);
  });

/** Refuses to work on tables that are not up to date. */
export async function requireTables({ store }: App): Promise<void> {
  const pending = await store.orm.migrator.getPending();
  if (pending.length > 0)
    throw new Failure("CONFLICT", "The database is not up to date: run `attestry migrate` first.");
}

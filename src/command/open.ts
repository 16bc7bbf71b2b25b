import { Option } from "commander";
import { readConfig, type Config } from "../config.js";
import { createApp, isSandbox, requireNoBarrier, type App } from "../app.js";
import { OPERATOR } from "../kernel/actor.js";
import { Failure } from "../kernel/failure.js";
import type { Writer } from "../kernel/reader.js";
import { recognise } from "../network/recognise.js";
import { configOfDemo } from "./open-demo.js";

/** Lets a command work on the demo, whose secrets lie beside it. */
export const demoOption = (): Option =>
  new Option("--demo <folder>", "work on the demo in this folder, such as .data, not on what the environment says");

/** The installation that is meant: that of the environment, or the demo in a folder. */
export const configAt = (demo: string | undefined): Config => (demo === undefined ? readConfig() : configOfDemo(demo));

/** The same without a log: what a command has to say, it says itself. */
export const quiet = (config: Config): Config => ({ ...config, logLevel: "silent" });

/** Opens an installation, the configured one where none is given, runs the work, closes it, whatever happens. */
export async function withApp<Result>(
  work: (app: App) => Promise<Result>,
  config: Config = quiet(readConfig()),
): Promise<Result> {
  await using app = await createApp(config);
  return await work(app);
}

/** The same on tables that are up to date and were made with these secrets, by the installation's own clock. */
export const withInstallation = <Result>(
  work: (app: App) => Promise<Result>,
  config: Config = quiet(readConfig()),
): Promise<Result> =>
  withApp(async (app) => {
    await requireWorkable(app);
    await app.commitAs(OPERATOR)((write) => recognise(write, isSandbox(config)));
    await app.refreshClock();
    return work(app);
  }, config);

/** One transaction at the command line, on tables that are up to date. */
export const asOperator = <Result>(work: (write: Writer, app: App) => Promise<Result>): Promise<Result> =>
  withApp(async (app) => {
    await requireWorkable(app);
    await app.refreshClock();
    return app.commitAs(OPERATOR)(async (write) => {
      await recognise(write, isSandbox(app.config));
      return work(write, app);
    });
  });

/** A list at the command line, from tables that are up to date. */
export const listRows = (sql: string, params: readonly string[] = []): Promise<void> =>
  withApp(async (app) => {
    await requireWorkable(app);
    const rows = await app.store.rows(sql, params);
    if (rows.length === 0) console.log("None yet.");
    else console.table(rows);
  });

/** Refuses to work on tables that are not up to date, and where an installation was moved away or has not wholly come. */
export async function requireWorkable(app: App): Promise<void> {
  await requireTables(app);
  await requireNoBarrier(app.store);
}

/** Refuses tables that are not up to date. */
export async function requireTables({ store }: App): Promise<void> {
  const pending = await store.orm.migrator.getPending();
  if (pending.length > 0)
    throw new Failure("CONFLICT", "The database is not up to date: run `attestry migrate` first.");
}

import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InvalidArgumentError, type Command } from "commander";
import { createApp, type Overrides } from "../app.js";
import { readConfig, type Config } from "../config.js";
import { systemClock, type Instant } from "../kernel/instant.js";
import { fillDemo, type DemoKey } from "./demo-world.js";
import { PLAYGROUND_DIRECTORY, examples } from "./example.js";
import { serve } from "./start.js";
import { writeRecords } from "./write-records.js";

/** What a demo folder keeps beside its database, for this machine alone and for nothing real. */
export interface DemoSecrets {
  readonly note: string;
  readonly masterKey: string;
  readonly indexKey: string;
  readonly keys: readonly DemoKey[];
}

interface DemoOptions {
  readonly port: string;
  readonly data: string;
  readonly fresh?: boolean;
  readonly records?: number;
  readonly seed: number;
  readonly out?: string;
}

/** There are no more numbers of people than that. */
const MAX_RECORDS = 100_000_000;

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) > MAX_RECORDS)
    throw new InvalidArgumentError(`Must be a whole number up to ${MAX_RECORDS}.`);
  return Number(text);
}

export function addDemo(program: Command): void {
  program
    .command("demo")
    .description("Start a gateway with demo data and a playground, on a SQLite file of its own. Nothing to set up.")
    .option("--port <port>", "the port to listen on; 0 takes any that is free", "4000")
    .option("--data <folder>", "where the demo is kept", ".data")
    .option("--fresh", "throw the demo away first and make it anew")
    .option(
      "--records <count>",
      "start nothing: write so many invented records as JSON Lines, to try `furnish` with",
      whole,
    )
    .option("--seed <number>", "with --records: the same seed makes the same records", whole, 1)
    .option("--out <file>", "with --records: write to a file instead of standard output")
    .action(async ({ port, data, fresh, records, seed, out }: DemoOptions) => {
      if (records !== undefined) return writeRecords(records, seed, out);
      if (fresh) removeDemo(data);
      const { config, keys } = await openDemo(data, { PORT: port });
      await serve(config, { playground: playgroundOf(keys) }, (url) => console.error(welcome(url, keys)));
    });
}

export const playgroundOf = (keys: readonly DemoKey[]): NonNullable<Overrides["playground"]> => ({
  directory: PLAYGROUND_DIRECTORY,
  config: () => ({ keys, tabs: examples() }),
});

const databaseOf = (folder: string): string => join(folder, "demo.sqlite");
const secretsOf = (folder: string): string => join(folder, "demo.json");

function removeDemo(folder: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(databaseOf(folder) + suffix, { force: true });
  rmSync(secretsOf(folder), { force: true });
}

/** The demo in a folder, made if it is not there: its configuration and one key a participant. */
export async function openDemo(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
  now: Instant = systemClock(),
): Promise<{ config: Config; keys: readonly DemoKey[] }> {
  if (existsSync(secretsOf(folder)) && existsSync(databaseOf(folder))) {
    const secrets = JSON.parse(readFileSync(secretsOf(folder), "utf8")) as DemoSecrets;
    return { config: configOf(folder, secrets, environment), keys: secrets.keys };
  }
  removeDemo(folder);
  mkdirSync(folder, { recursive: true });
  const made = { masterKey: randomBytes(32).toString("base64url"), indexKey: randomBytes(32).toString("base64url") };
  const config = configOf(folder, made, environment);
  await using app = await createApp({ ...config, logLevel: "silent" });
  await app.store.migrate();
  const keys = await fillDemo(app, now);
  const note =
    "Demo only: made at the first start, on this machine, for invented people. Never use these keys for anything real.";
  writeFileSync(secretsOf(folder), `${JSON.stringify({ note, ...made, keys }, null, 2)}\n`, { mode: 0o600 });
  return { config, keys };
}

const configOf = (
  folder: string,
  { masterKey, indexKey }: Pick<DemoSecrets, "masterKey" | "indexKey">,
  environment: Readonly<Record<string, string>>,
): Config =>
  readConfig({
    LOG_LEVEL: "warn",
    ...environment,
    DATABASE_URL: `sqlite:${databaseOf(folder)}`,
    ATTESTRY_MASTER_KEY: masterKey,
    ATTESTRY_INDEX_KEY: indexKey,
    PLAYGROUND: "true",
  });

const welcome = (url: string, keys: readonly DemoKey[]): string =>
  `
  Attestry is running, with demo data.

    Playground  ${url}/playground/
    GraphQL     ${url}/graphql

  Demo keys, for this machine only:
${keys.map(({ name, token }) => `    ${name.padEnd(28)}${token}`).join("\n")}

  Ctrl-C stops it.`;

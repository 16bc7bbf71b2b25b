import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createApp } from "../app.js";
import { readConfig, type Config } from "../config.js";
import { Failure } from "../kernel/failure.js";
import { systemClock, type Instant } from "../kernel/instant.js";
import { fillDemo, type DemoKey } from "./demo-world.js";

/** What a demo folder keeps beside its database, for this machine alone and for nothing real. */
interface DemoSecrets {
  readonly note: string;
  /** Which demo it is: one that was made before is made anew. */
  readonly edition: number;
  readonly masterKey: string;
  readonly indexKey: string;
  readonly keys: readonly DemoKey[];
  readonly blanks: Readonly<Record<string, string>>;
}

/** A demo that is there: its configuration, one key a participant, and what its examples leave blank. */
export interface Demo {
  readonly config: Config;
  readonly keys: readonly DemoKey[];
  readonly blanks: Readonly<Record<string, string>>;
}

/** Counts up whenever what the demo is filled with, or made of, changes. */
const EDITION = 2;

/** Nobody is really checked in a demo; the sandbox takes a moment, so that one sees what pending looks like. */
export const DEMO_ENVIRONMENT = { PROVIDER: "sandbox", SANDBOX_DELAY_SECONDS: "3" } as const;

const databaseOf = (folder: string): string => join(folder, "demo.sqlite");
const secretsOf = (folder: string): string => join(folder, "demo.json");
const documentsOf = (folder: string): string => join(folder, "demo-documents");

export function removeDemo(folder: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(databaseOf(folder) + suffix, { force: true });
  rmSync(documentsOf(folder), { recursive: true, force: true });
  rmSync(secretsOf(folder), { force: true });
}

function secretsIn(folder: string): DemoSecrets | null {
  if (!existsSync(secretsOf(folder)) || !existsSync(databaseOf(folder))) return null;
  return JSON.parse(readFileSync(secretsOf(folder), "utf8")) as DemoSecrets;
}

/** The configuration of a demo that is there, for commands that work on it. */
export function configOfDemo(folder: string): Config {
  const secrets = secretsIn(folder);
  if (secrets?.edition === EDITION) return configOf(folder, secrets, {});
  throw new Failure(
    "NOT_FOUND",
    `There is no demo of this version in ${folder}: start one with \`attestry demo\` first.`,
  );
}

/** The demo in a folder, made if it is not there, and made anew where an earlier version made it. */
export async function openDemo(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
  now: Instant = systemClock(),
): Promise<Demo> {
  const secrets = secretsIn(folder);
  if (secrets?.edition === EDITION)
    return { config: configOf(folder, secrets, environment), keys: secrets.keys, blanks: secrets.blanks };
  if (secrets) console.error(`The demo in ${folder} is of an earlier version: it is made anew, with new keys.`);
  removeDemo(folder);
  mkdirSync(folder, { recursive: true });
  const made = { masterKey: randomBytes(32).toString("base64url"), indexKey: randomBytes(32).toString("base64url") };
  const config = configOf(folder, made, environment);
  await using app = await createApp({ ...config, logLevel: "silent" });
  await app.store.migrate();
  const filled = await fillDemo(app, now);
  const note =
    "Demo only: made at the first start, on this machine, for invented people. Never use these keys for anything real.";
  const kept: DemoSecrets = { note, edition: EDITION, ...made, ...filled };
  writeFileSync(secretsOf(folder), `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  return { config, ...filled };
}

const configOf = (
  folder: string,
  { masterKey, indexKey }: Pick<DemoSecrets, "masterKey" | "indexKey">,
  environment: Readonly<Record<string, string>>,
): Config =>
  readConfig({
    LOG_LEVEL: "warn",
    ...environment,
    ...DEMO_ENVIRONMENT,
    DATABASE_URL: `sqlite:${databaseOf(folder)}`,
    DOCUMENTS_FOLDER: documentsOf(folder),
    ATTESTRY_MASTER_KEY: masterKey,
    ATTESTRY_INDEX_KEY: indexKey,
    PLAYGROUND: "true",
  });

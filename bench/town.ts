import { createHash } from "node:crypto";
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { createApp, type App } from "../src/app.js";
import { Submission } from "../src/attestation/attestation.js";
import { queryCertificate } from "../src/certificate/query.js";
import { ensureSigningKey } from "../src/certificate/sign.js";
import { readConfig } from "../src/config.js";
import { OPERATOR, SCOPES, type Actor } from "../src/kernel/actor.js";
import type { Id } from "../src/kernel/id.js";
import type { Writer } from "../src/kernel/reader.js";
import { createNetwork, createParticipant, grantRoles, setPrice } from "../src/network/create.js";
import { issueKey } from "../src/network/issue-key.js";
import { shipPolicies } from "../src/policy/shipped.js";
import { fillRows, type Size } from "./rows.js";

/** Who takes part in the benchmark. */
export interface Parties {
  readonly networkId: Id<"net">;
  readonly furnishers: readonly Id<"par">[];
  /** One of each furnisher, which all of its attestations belong to. */
  readonly submissions: readonly Id<"sub">[];
  readonly queriers: readonly { readonly participantId: Id<"par">; readonly token: string }[];
}

/** A subject on whom all nine checks were done, and who consented to one of the queriers. */
export interface Subject {
  readonly querier: number;
  readonly consentId: Id<"con">;
}

/** A database of many people, and how to run a gateway on it. */
export interface Town extends Parties {
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly entities: number;
  readonly subjects: readonly Subject[];
}

type Kept = Omit<Town, "path" | "environment">;

const FURNISHERS = 4;
const QUERIERS = 20;

/** How many of a town's people can be certified; they are spread evenly over all. */
export const SUBJECTS = 5_000;

/** How many certificates the first querier holds before anything is measured. */
const CERTIFICATES = 100;

/** The same at every run, since towns are kept; it guards nobody real. */
const keyFor = (use: string): string => createHash("sha256").update(`benchmark ${use}`).digest("base64url");

/** Limits are on and counted, and so high that no burst of a benchmark meets one. */
const environmentOf = (path: string): Record<string, string> => ({
  DATABASE_URL: `sqlite:${path}`,
  ATTESTRY_MASTER_KEY: keyFor("sealing"),
  ATTESTRY_INDEX_KEY: keyFor("matching"),
  COST_PER_MINUTE: "100000000",
  PORT: "0",
  LOG_LEVEL: "info",
});

export const openApp = (path: string): Promise<App> =>
  createApp({ ...readConfig(environmentOf(path)), logLevel: "silent" });

export const actorOf = (participantId: Id<"par">): Actor => ({
  ...OPERATOR,
  via: "API_KEY",
  participantId,
  scopes: new Set(SCOPES),
  credentialId: "bench",
});

async function found(write: Writer): Promise<Parties> {
  await ensureSigningKey(write);
  const networkId = await createNetwork(write, "Measured Exchange");
  const named = (count: number, role: string): Promise<Id<"par">[]> =>
    Promise.all(Array.from({ length: count }, (_, index) => createParticipant(write, `${role} ${index + 1}`)));
  const furnishers = await named(FURNISHERS, "Furnisher");
  const queriers = await named(QUERIERS, "Querier");
  await write.flush();
  for (const id of furnishers) await grantRoles(write, networkId, id, ["FURNISHER"]);
  for (const id of queriers) await grantRoles(write, networkId, id, ["QUERIER"]);
  await setPrice(write, { networkId, product: "KYC", amount: "2.50", currency: "USD" });
  await shipPolicies(write, networkId);
  const keys = [];
  for (const participantId of queriers) {
    const { token } = await issueKey(write, { participantId, label: "bench", scopes: SCOPES });
    keys.push({ participantId, token });
  }
  const submissions = furnishers.map((participantId) => {
    const id = write.newId("sub");
    write.em.create(Submission, { id, participantId, recordCount: 0, attestationCount: 0, furnishedAt: write.now });
    return id;
  });
  return { networkId, furnishers, submissions, queriers: keys };
}

async function certify(app: App, { networkId, queriers }: Parties, subjects: readonly Subject[]): Promise<void> {
  const mine = subjects.filter(({ querier }) => querier === 0).slice(-CERTIFICATES);
  const commit = app.commitAs(actorOf(queriers[0]!.participantId));
  for (const { consentId } of mine)
    await commit((write) =>
      queryCertificate(write, { consentId, networkIds: [networkId], product: "KYC" }, app.config.issuer),
    );
}

async function build(path: string, { entities, subjects: certifiable }: Size): Promise<Kept> {
  let parties: Parties;
  {
    await using app = await openApp(path);
    await app.store.migrate();
    parties = await app.commitAs(OPERATOR)(found);
  }
  await using app = await openApp(path);
  const subjects = fillRows(path, app.vault, parties, { entities, subjects: certifiable });
  await certify(app, parties, subjects);
  return { ...parties, entities, subjects };
}

/** What a town's rows depend on: other tables or other filling make another town. */
function version(): string {
  const hash = createHash("sha256");
  const migrations = new URL("../src/migration/sqlite/", import.meta.url);
  for (const name of readdirSync(migrations)
    .filter((one) => one.endsWith(".ts"))
    .toSorted())
    hash.update(readFileSync(new URL(name, migrations)));
  for (const name of ["town.ts", "rows.ts", "people.ts"]) hash.update(readFileSync(new URL(name, import.meta.url)));
  return hash.digest("hex").slice(0, 12);
}

const remove = (path: string): void => {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
};

/** Puts everything into the one file, which then can be renamed and copied. */
function fold(path: string): void {
  const database = new Database(path);
  database.pragma("wal_checkpoint(TRUNCATE)");
  database.close();
  for (const suffix of ["-wal", "-shm"]) rmSync(path + suffix, { force: true });
}

/** The town of this size in a folder, built if it is not there yet. */
export async function openTown(folder: string, entities: number, subjects = SUBJECTS): Promise<Town> {
  const size = subjects === SUBJECTS ? `${entities}` : `${entities}x${subjects}`;
  const path = join(folder, `town-${size}-${version()}.sqlite`);
  const kept = `${path}.json`;
  if (!existsSync(kept) || !existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    const part = `${path}.part`;
    for (const name of readdirSync(folder)) if (name.startsWith(`town-${size}-`)) rmSync(join(folder, name));
    const made = await build(part, { entities, subjects });
    fold(part);
    renameSync(part, path);
    writeFileSync(kept, JSON.stringify(made));
  }
  return { path, environment: environmentOf(path), ...(JSON.parse(readFileSync(kept, "utf8")) as Kept) };
}

/** Waits until a file is on the disk, so that writing it back does not slow what is measured next. */
function settle(path: string): void {
  const file = openSync(path, "r+");
  fsyncSync(file);
  closeSync(file);
}

/** A copy that may be written to; what a benchmark leaves in it does not reach the next run. */
export function copyOf(town: Town, name: string): Town & Disposable {
  const path = `${town.path}.${name}-${process.pid}`;
  remove(path);
  copyFileSync(town.path, path, constants.COPYFILE_FICLONE);
  settle(path);
  return { ...town, path, environment: environmentOf(path), [Symbol.dispose]: () => remove(path) };
}

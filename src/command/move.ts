import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import type { App } from "../app.js";
import { readConfig, readConfigFor, type Config } from "../config.js";
import { OPERATOR } from "../kernel/actor.js";
import { Failure } from "../kernel/failure.js";
import type { Compared, Content } from "../store/move/compare.js";
import { compareAll, isSame, keyText, move, type Moving } from "../store/move/move.js";
import { ON_SQLITE, readMark, removeMark } from "../store/move/mark.js";
import { sqlitePathOf } from "../store/open.js";
import { isBusy, openStill, type StillFile } from "../store/sqlite.js";
import { quiet, requireTables, withApp } from "./open.js";
import { openRowProgress } from "./progress.js";

interface Options {
  readonly from: string;
  readonly to?: string;
  readonly verify?: boolean;
  readonly release?: boolean;
}

/** Something is not the same in both databases: nobody may go on with either before somebody has looked. */
const DIFFERS = 2;

const HELP = `
The whole procedure:
  (stop every gateway and worker)
  export DATABASE_URL=postgresql://attestry:PASSWORD@db.example:5432/attestry   an empty database
  attestry move --from sqlite:.data/attestry.sqlite
  export DOCUMENTS_FOLDER=.data/documents        the documents' bytes stay where they are
  attestry start                                 with the same secrets as before

The source stands still meanwhile: the move refuses to begin while anybody has the file open, and nobody can open it before
it has ended. Nothing is served for so long; nothing that a gateway has acknowledged can be left behind. The tables of the
target are made where there are none. Cut at any moment, the same command goes on where it was, and copies nothing twice.

At the end every row is read anew from both, and counts and SHA-256 digests are printed. Where nothing differs, the old file
is marked: no gateway starts on it any more. --release takes the mark away, for the way back: what was written to PostgreSQL
meanwhile does not come along. --verify compares and changes nothing; it may run while others use either.

Exit code 0: moved, or the same. 1: refused, nothing has changed. 2: something differs; it is said where.`;

export function addMove(program: Command): void {
  program
    .command("move")
    .description("Move an installation from a SQLite file into PostgreSQL; every row is compared.")
    .requiredOption("--from <url>", "the source: sqlite: and the path of its file")
    .option("--to <url>", "the target: postgresql://user:password@host:port/database; by default DATABASE_URL")
    .option("--verify", "only compare what was moved before")
    .option("--release", "only open a source again that was moved away")
    .addHelpText("after", HELP)
    .action(async ({ from, to, verify, release }: Options) => {
      const path = pathOf(from);
      if (release) return releaseSource(path);
      const config = quiet(to === undefined ? readConfig() : readConfigFor(to));
      if (sqlitePathOf(config.databaseUrl) !== null)
        throw new Failure("BAD_USER_INPUT", "The target must be PostgreSQL: give --to, or set DATABASE_URL.");
      await withApp((app) => (verify ? verifyOnly(app, path) : moveInto(app, path)), { ...config, replicaUrl: null });
    });
}

function pathOf(from: string): string {
  const path = sqlitePathOf(from);
  if (path === null) throw new Failure("BAD_USER_INPUT", "--from must be sqlite: and the path of a file.");
  if (!existsSync(path)) throw new Failure("NOT_FOUND", `There is no file ${path}.`);
  return path;
}

/** Opens the source, and says in words that it is in use. */
function openSource(path: string, alone: boolean): StillFile {
  try {
    return openStill(path, alone);
  } catch (error) {
    if (!isBusy(error)) throw error;
    throw new Failure("CONFLICT", `Somebody has ${path} open: stop every gateway, worker and command on it first.`);
  }
}

async function moveInto(app: App, path: string): Promise<void> {
  const { store, vault } = app;
  using source = openSource(path, true);
  await store.ready();
  await store.migrate();
  const target = { rows: store.rows, commit: app.commitAs(OPERATOR) };
  const compared = await followed(move({ source, target, vault, clock: app.workplace.clock }));
  report(compared);
  if (compared.every(isSame)) console.error(done(path, app.config));
}

async function verifyOnly(app: App, path: string): Promise<void> {
  await requireTables(app);
  using source = openSource(path, false);
  report(await followed(compareAll({ source, target: app.store, vault: app.vault })));
}

async function followed(moving: AsyncGenerator<Moving, Compared[]>): Promise<Compared[]> {
  using progress = openRowProgress();
  for (;;) {
    const { value, done: isDone } = await moving.next();
    if (isDone) return value;
    progress.show(STEPS[value.step], value.table, value.done, value.total);
  }
}

const STEPS: Readonly<Record<Moving["step"], string>> = {
  LOOKING_OVER: "looking over",
  COPYING: "copying",
  COMPARING: "comparing",
};

const FAULTS = {
  MISSING: "is missing in the target",
  UNEXPECTED: "is in the target alone",
  ANOTHER: "is another row in the target",
} as const;

const contentText = ({ count, digest }: Content): string => `${String(count).padStart(10)}  ${digest}`;

/** A line for each table on standard output; what differs is told apart. */
function report(compared: readonly Compared[]): void {
  for (const { table, source } of compared) console.log(`${table.padEnd(20)}${contentText(source)}`);
  for (const each of compared) {
    if (!each.difference) continue;
    process.exitCode = DIFFERS;
    console.error(`${each.table} differs: ${keyText(each)} ${FAULTS[each.difference.fault]}, which has`);
    console.error(`${"".padEnd(20)}${contentText(each.target)}`);
  }
  if (compared.every(isSame)) console.error("Every row of every table is the same in both.");
}

const done = (path: string, { databaseUrl, documentsFolder }: Config): string => {
  const before = readConfigFor(`sqlite:${path}`).documentsFolder;
  const same = resolve(before) === resolve(documentsFolder);
  return `The installation is in ${new URL(databaseUrl).pathname.slice(1)} now; ${path} is marked as moved.
Documents' bytes were not moved: ${same ? `they stay in ${before}.` : `set DOCUMENTS_FOLDER=${resolve(before)} for the new gateways.`}`;
};

async function releaseSource(path: string): Promise<void> {
  using source = openSource(path, true);
  if ((await source.rows(ON_SQLITE, ["installation"])).length === 0 || !(await readMark(source.rows, ON_SQLITE)))
    throw new Failure("CONFLICT", "This file is not marked as moved: nothing to release.");
  await removeMark(source.rows);
  source.commit();
  console.error(`${path} can be used again. What was written to PostgreSQL since it was moved is not in it.`);
}

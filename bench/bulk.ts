import Database from "better-sqlite3";
import { once } from "node:events";
import { createWriteStream, rmSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { finished } from "node:stream/promises";
import { toInstant } from "../src/kernel/instant.js";
import { startNode } from "./child.js";
import { ratioOf, spread, type Outcome } from "./figures.js";
import { KINDS_OF_A_PERSON, recordAt } from "./people.js";
import type { Run } from "./scenario.js";
import { copyOf, openTown, type Town } from "./town.js";

const BAR = 1 / 3;
const MEMORY_BAR = 1.5;

const FIRST_CHECK = toInstant("2026-01-05T09:00:00.000Z");

interface Furnished {
  readonly attestationCount: number;
  readonly ms: number;
  readonly maxRssKilobytes: number;
}

/** A file of records with at least so many checks, one record a line. */
async function writeRecords(file: string, checks: number): Promise<void> {
  const out = createWriteStream(file);
  for (let index = 0; index * KINDS_OF_A_PERSON < checks; index += 1)
    if (!out.write(`${JSON.stringify(recordAt(index, FIRST_CHECK))}\n`)) await once(out, "drain");
  out.end();
  await finished(out);
}

async function furnishFile(run: Run, file: string, town: Town, flags: readonly string[] = []): Promise<Furnished> {
  const script = [...flags, "--import", "./scripts/register.mjs", "bench/furnish-file.ts"];
  const args = [...script, file, town.furnishers[0]!, town.networkId];
  const child = startNode(args, town.environment, run.profile);
  const [said, [code]] = await Promise.all([text(child.stdout!), once(child, "exit") as Promise<[number | null]>]);
  if (code !== 0) throw new Error("Furnishing a file failed.");
  return JSON.parse(said) as Furnished;
}

/** All that furnishing adds rows to, in an order in which they may refer to one another. */
const TABLES = ["entity", "registration", "attestation", "attestation_network", "entitlement", "event"];

type Cells = (string | number | null)[];

/**
 * The least that storing those rows can cost: the driver alone, one prepared statement a table, one transaction, the same
 * tables and indexes. Answers milliseconds.
 */
function insertBare(from: string, into: string, tables: readonly string[]): number {
  const source = new Database(from, { readonly: true });
  const target = new Database(into);
  for (const pragma of ["journal_mode = WAL", "synchronous = FULL", "foreign_keys = OFF"]) target.pragma(pragma);
  const work = tables.map((table) => {
    const rows = source.prepare(`select * from ${table} order by rowid`).raw().all() as Cells[];
    const places = rows[0]!.map(() => "?").join(", ");
    return { rows, insert: target.prepare(`insert into ${table} values (${places})`) };
  });
  const startedAt = performance.now();
  target.transaction(() => {
    for (const { rows, insert } of work) for (const row of rows) insert.run(row);
  })();
  const ms = performance.now() - startedAt;
  target.close();
  source.close();
  return ms;
}

const perSecond = (count: number, ms: number): number => (count * 1_000) / ms;

/** Records of one file into an empty database, against bare inserts of the attestations that come of it. */
async function compareRate(run: Run, empty: Town): Promise<Outcome> {
  const file = join(run.folder, `records-${process.pid}.jsonl`);
  await writeRecords(file, run.quick ? 9_000 : 45_000);
  const rounds: { ours: number; bare: number; everything: number }[] = [];
  for (let round = 0; round < run.rounds; round += 1) {
    using town = copyOf(empty, "bulk");
    using attestations = copyOf(empty, "bare");
    using everything = copyOf(empty, "everything");
    const { attestationCount, ms } = await furnishFile(run, file, town);
    rounds.push({
      ours: perSecond(attestationCount, ms),
      bare: perSecond(attestationCount, insertBare(town.path, attestations.path, ["attestation"])),
      everything: perSecond(attestationCount, insertBare(town.path, everything.path, TABLES)),
    });
  }
  rmSync(file);
  const ratio = ratioOf(rounds.map(({ ours, everything }) => [ours, everything]));
  return {
    name: "bulk, rate",
    about:
      "records of a file furnished, against bare inserts of the same rows, all that come of it, in one transaction",
    bar: "ratio ≥ 1/3",
    met: ratio.median >= BAR,
    figures: {
      ratio,
      "ratio to bare inserts of the attestation rows alone": ratioOf(rounds.map(({ ours, bare }) => [ours, bare])),
      "furnished, checks/s": spread(rounds.map(({ ours }) => ours)),
      "bare, attestation rows alone/s": spread(rounds.map(({ bare }) => bare)),
      "bare, checks/s with all their rows": spread(rounds.map(({ everything }) => everything)),
    },
  };
}

/** A heap that may grow does, since that is cheaper than collecting: in a small one, what grows is what is held. */
const SMALL_HEAP = ["--max-old-space-size=160", "--max-semi-space-size=4"];

async function furnishMany(run: Run, empty: Town, checks: number): Promise<Furnished> {
  const file = join(run.folder, `records-${process.pid}.jsonl`);
  await writeRecords(file, checks);
  using town = copyOf(empty, "memory");
  const furnished = await furnishFile(run, file, town, SMALL_HEAP);
  rmSync(file);
  return furnished;
}

/** The most memory that a long file takes, against a short one. */
async function compareMemory(run: Run, empty: Town): Promise<Outcome> {
  const [few, many] = run.quick ? [10_000, 40_000] : [10_000, 1_000_000];
  const short = await furnishMany(run, empty, few);
  const long = await furnishMany(run, empty, many);
  const ratio = long.maxRssKilobytes / short.maxRssKilobytes;
  const count = (checks: number): string => checks.toLocaleString("en-US");
  return {
    name: "bulk, memory",
    about: `most memory of ${count(many)} checks in one file, against ${count(few)}`,
    bar: `ratio ≤ ${MEMORY_BAR}`,
    met: ratio <= MEMORY_BAR,
    figures: {
      ratio: spread([ratio]),
      "long, MB": spread([long.maxRssKilobytes / 1024]),
      "short, MB": spread([short.maxRssKilobytes / 1024]),
      "long, checks/s": spread([perSecond(long.attestationCount, long.ms)]),
    },
  };
}

export async function compareBulk(run: Run): Promise<readonly Outcome[]> {
  const empty = await openTown(run.folder, 0);
  return [await compareRate(run, empty), await compareMemory(run, empty)];
}

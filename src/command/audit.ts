import { setTimeout as pause } from "node:timers/promises";
import type { Command } from "commander";
import type { App } from "../app.js";
import { CHECKS } from "../audit/checks.js";
import { conduct, type Looking, type Verdict } from "../audit/conduct.js";
import { countEvents, readLog, type Log } from "../audit/log.js";
import { configAt, demoOption, quiet, withInstallation } from "./open.js";
import { duration } from "./progress.js";

interface Options {
  readonly demo?: string;
  readonly json?: boolean;
}

/** Something is not as it should be: somebody has to look. */
const FAULTY = 2;

/** Whatever was on its way when it was looked at has arrived by then. */
const MEANWHILE_MS = 1_000;

/** What reads everything may take longer than what somebody waits for. */
const STATEMENT_MS = 600_000;

const HELP = `
Reads everything, changes nothing, and may run beside gateways: what is suspected is looked at again before it is called a fault.
Each check is a row of the table: how many it looked at, and of how many its sentence is not true. The first faults of each are
named by ids and states alone, never by anything personal. The exit code is 0 where there are none, and 2 where there are.

  attestry audit                  the installation that the environment names
  attestry audit --json           the same as one JSON document, for machines
  attestry audit --demo .data     the demo in a folder`;

export function addAudit(program: Command): void {
  program
    .command("audit")
    .description(
      "Derive again whatever is derived, prove the books, and tell of everything lost, doubled or half done.",
    )
    .option("--json", "print one JSON document in place of the table")
    .addOption(demoOption())
    .addHelpText("after", HELP)
    .action(({ demo, json = false }: Options) =>
      withInstallation((app) => audit(app, json), { ...quiet(configAt(demo)), statementMs: STATEMENT_MS }),
    );
}

async function audit(app: App, json: boolean): Promise<void> {
  const startedAt = performance.now();
  const verdicts = await conducted(app);
  const log = { events: await countEvents(app.store.rows), ...placesOf(await readLog(app.store.rows)) };
  const faults = verdicts.reduce((sum, verdict) => sum + verdict.faults, 0);
  if (json) console.log(JSON.stringify({ faults, log, checks: verdicts }, null, 2));
  else print(verdicts);
  const { events, first, last } = log;
  if (!json && first && last)
    console.error(`The log holds ${events} events, from ${first.seq} (${first.at}) to ${last.seq} (${last.at}).`);
  console.error(`${verdicts.length} checks in ${duration((performance.now() - startedAt) / 1_000)}: ${faults} faults.`);
  if (faults > 0) process.exitCode = FAULTY;
}

const placesOf = ({ first, last }: Log): Pick<Log, "first" | "last"> => ({ first, last });

async function conducted({ store, vault, documents, workplace, refreshClock }: App): Promise<Verdict[]> {
  const { rows } = store;
  const show = openShow();
  const looking = conduct({
    checks: CHECKS,
    open: async () => {
      await refreshClock();
      return { rows, vault, documents, now: workplace.clock(), log: await readLog(rows) };
    },
    pause: () => pause(MEANWHILE_MS),
  });
  let step = await looking.next();
  for (; !step.done; step = await looking.next()) show(step.value);
  return step.value;
}

/** A log gets a line now and then, and one that is short gets none. */
const SHOW_MS = 5_000;

function openShow(): (looking: Looking) => void {
  let shownAt = performance.now();
  return ({ name, looked, suspects }) => {
    if (performance.now() - shownAt < SHOW_MS) return;
    shownAt = performance.now();
    console.error(`${name}: ${looked} looked at, ${suspects} suspected.`);
  };
}

function print(verdicts: readonly Verdict[]): void {
  console.table(
    Object.fromEntries(verdicts.map(({ name, looked, faults }) => [name, { "looked at": looked, faults }])),
  );
  for (const { name, says, faults, first } of verdicts.filter((verdict) => verdict.faults > 0)) {
    console.log(`\n${name}: ${says} Not so for ${faults}:`);
    for (const { about, what } of first) console.log(`  ${about}: ${what}`);
  }
}

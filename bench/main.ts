import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { Command } from "commander";
import { compareBulk } from "./bulk.js";
import { compareEvidence } from "./compare.js";
import { describeSpread, describeTable, type Outcome } from "./figures.js";
import { compareGateways } from "./gateways.js";
import { compareGraph } from "./graph.js";
import { sustainQueries } from "./query.js";
import type { Run, Scenario } from "./scenario.js";
import { compareSizes } from "./size.js";
import { measureStreams } from "./streams.js";
import { settleVerifications } from "./verify.js";

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  graph: compareGraph,
  query: sustainQueries,
  bulk: compareBulk,
  verify: settleVerifications,
  size: compareSizes,
  compare: compareEvidence,
  streams: measureStreams,
  gateways: compareGateways,
};

interface Options {
  readonly quick?: boolean;
  readonly profile?: boolean;
  readonly json: string;
  readonly data: string;
  readonly rounds: string;
}

const program = new Command("npm run bench --")
  .description(
    "Measure the gateway as it is shipped against plain ways of doing the same, in turn, and print the ratios.\n" +
      "Everything runs on this machine, on 127.0.0.1. Only ratios of one run compare: machines differ, and are shared.",
  )
  .argument("[scenarios...]", `which to run: ${Object.keys(SCENARIOS).join(", ")}; all where none is named`)
  .option("--quick", "shorter rounds and a large town of 100,000 people instead of 1,000,000")
  .option("--rounds <count>", "alternating rounds of each comparison, at least 5", "5")
  .option("--json <file>", "where the figures are written", "dist/bench.json")
  .option("--data <folder>", "where the towns are kept between runs", join(tmpdir(), "attestry-bench"))
  .option("--profile", "leave CPU profiles of the gateways in dist/profile");

const lines = ({ name, about, bar, met, figures, table }: Outcome): string =>
  [
    `${bar === null ? "told  " : met ? "met   " : "MISSED"}  ${name}: ${about}`,
    ...(bar === null ? [] : [`        bar: ${bar}`]),
    ...Object.entries(figures).map(([figure, spread]) => `        ${figure}: ${describeSpread(spread)}`),
    ...(table ? ["", describeTable(table), ""] : []),
  ].join("\n");

function machine() {
  return { cores: availableParallelism(), processor: cpus()[0]?.model ?? "unknown", node: process.version };
}

async function measure(names: readonly string[], run: Run): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const name of names) {
    run.tell(name);
    const startedAt = performance.now();
    const found = await SCENARIOS[name]!(run);
    for (const outcome of found) console.log(lines(outcome));
    run.tell(`${name} took ${Math.round((performance.now() - startedAt) / 1_000)} s`);
    outcomes.push(...found);
  }
  return outcomes;
}

program.action(async (named: readonly string[], { quick = false, profile = false, json, data, rounds }: Options) => {
  const unknown = named.filter((name) => !Object.hasOwn(SCENARIOS, name));
  if (unknown.length > 0) program.error(`There is no scenario ${unknown.join(", ")}.`);
  if (!/^\d{1,3}$/.test(rounds) || Number(rounds) < 5) program.error("--rounds is a whole number of at least 5.");
  const tell = (what: string): void => console.error(`… ${what}`);
  const names = named.length > 0 ? named : Object.keys(SCENARIOS);
  const outcomes = await measure(names, { quick, profile, folder: data, rounds: Number(rounds), tell });
  const report = { at: new Date().toISOString(), quick, rounds: Number(rounds), machine: machine(), outcomes };
  mkdirSync(dirname(json), { recursive: true });
  writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  const barred = outcomes.filter(({ bar }) => bar !== null);
  const missed = barred.filter(({ met }) => !met).length;
  const { cores } = report.machine;
  console.log(`${barred.length - missed} met, ${missed} missed, on ${cores} cores; ratios are medians (least–most)`);
  process.exitCode = missed > 0 ? 1 : 0;
});

await program.parseAsync();

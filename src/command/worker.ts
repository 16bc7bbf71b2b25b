import { InvalidArgumentError, type Command } from "commander";
import type { Config } from "../config.js";
import { configAt, demoOption, withInstallation } from "./open.js";
import { signalled } from "./signalled.js";

const DEFAULT_AT_ONCE = 25;
const MAX_AT_ONCE = 1_000;

const HELP = `
Asks the provider of PROVIDER about runs that are due, and settles them. Gateways do the same beside requests, unless WORKERS is 0;
workers can run beside them and beside each other, on the same database. Each run is held under a lease: nothing is asked twice,
and what a worker that died had begun is done by another a minute later.`;

function atOnceOf(text: string): number {
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > MAX_AT_ONCE)
    throw new InvalidArgumentError(`Must be a whole number from 1 to ${MAX_AT_ONCE}.`);
  return count;
}

export function addWorker(program: Command): void {
  program
    .command("worker")
    .description("Work off verifications beside the gateways. Drains on SIGTERM or SIGINT.")
    .option("--at-once <count>", "how many at once; by default WORKERS, or 25 where that is 0", atOnceOf)
    .addOption(demoOption())
    .addHelpText("after", HELP)
    .action(({ atOnce, demo }: { atOnce?: number; demo?: string }) => {
      const config = configAt(demo);
      return workAt({ ...config, workers: atOnce ?? (config.workers || DEFAULT_AT_ONCE) });
    });
}

const workAt = (config: Config): Promise<void> =>
  withInstallation(async (app) => {
    const stop = new AbortController();
    const asked = signalled();
    const working = app.work(stop.signal);
    console.error(beginning(config));
    const signal = await asked;
    console.error(`${signal}: finishing what is under way.`);
    stop.abort();
    await working;
  }, config);

const PROVIDERS: Readonly<Record<Config["provider"]["kind"], string>> = {
  none: "No provider is configured, so that people have to decide",
  sandbox: "The sandbox answers: nothing is really checked",
  http: "A vendor is asked over http",
};

const beginning = ({ workers, provider }: Config): string =>
  `Working off verifications, up to ${workers} at once. ${PROVIDERS[provider.kind]}. SIGTERM or SIGINT ends it.`;

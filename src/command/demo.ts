import { InvalidArgumentError, type Command } from "commander";
import type { Overrides } from "../app.js";
import type { DemoKey } from "./demo-world.js";
import { PLAYGROUND_DIRECTORY, examples } from "./example.js";
import { openDemo, removeDemo, type Demo } from "./open-demo.js";
import { serve } from "./start.js";
import { writeRecords } from "./write-records.js";

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
      const demo = await openDemo(data, { PORT: port });
      await serve(demo.config, { playground: playgroundOf(demo) }, (url) =>
        console.error(welcome(url, demo.keys, data)),
      );
    });
}

export const playgroundOf = ({ keys, blanks }: Demo): NonNullable<Overrides["playground"]> => ({
  directory: PLAYGROUND_DIRECTORY,
  config: () => ({ keys, tabs: examples(blanks) }),
});

const welcome = (url: string, keys: readonly DemoKey[], folder: string): string =>
  `
  Attestry is running, with demo data.

    Playground  ${url}/playground/
    GraphQL     ${url}/graphql

  Demo keys, for this machine only:
${keys.map(({ name, token }) => `    ${name.padEnd(28)}${token}`).join("\n")}

  Verifications are answered by the sandbox, after three seconds. A month goes by with
    attestry clock advance 30d --demo ${folder}

  Ctrl-C stops it.`;

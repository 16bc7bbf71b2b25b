import { InvalidArgumentError, type Command } from "commander";
import { isSandbox, type App } from "../app.js";
import { Failure } from "../kernel/failure.js";
import { systemClock } from "../kernel/instant.js";
import { MAX_ADVANCE_MS, advanceClock, type Passed } from "../verification/advance-clock.js";
import { configAt, demoOption, quiet, withInstallation } from "./open.js";
import { spanOf, spanText } from "./span.js";

const HELP = `
A span is days, hours and minutes: 30d, 12h, 90m, 1d12h. On the way everything happens that would have happened, in its order:
providers answer, silence ends, deadlines are warned of and pass. Each move is one line on standard output. A gateway that runs
follows within a second. The clock never goes back: a new demo (attestry demo --fresh) begins at today.`;

function parse(text: string): number {
  const ms = spanOf(text);
  if (!ms || ms > MAX_ADVANCE_MS)
    throw new InvalidArgumentError("Must be days, hours and minutes, such as 30d, 12h or 1d12h: at most 3652 days.");
  return ms;
}

export function addClock(program: Command): void {
  const clock = program
    .command("clock")
    .description("The sandbox's clock: print what it shows, or move it forward.")
    .addOption(demoOption())
    .action(({ demo }: { demo?: string }) => onSandbox(demo, show));

  clock
    .command("advance")
    .argument("<span>", "how far: days, hours and minutes, such as 30d or 1d12h", parse)
    .description("Move the sandbox's clock forward, and let everything happen that is due on the way.")
    .addOption(demoOption())
    .addHelpText("after", HELP)
    .action((ms: number, { demo }: { demo?: string }) =>
      onSandbox(demo ?? clock.opts<{ demo?: string }>().demo, (app) => advance(app, ms)),
    );
}

/** Where anything is really checked, time goes by itself. */
async function onSandbox(demo: string | undefined, work: (app: App) => Promise<void>): Promise<void> {
  const config = configAt(demo);
  if (!isSandbox(config))
    throw new Failure("CONFLICT", "Only the sandbox has a clock that can be moved: set PROVIDER=sandbox.");
  await withInstallation(work, quiet(config));
}

async function show({ workplace }: App): Promise<void> {
  const now = workplace.clock();
  console.log(now);
  console.error(`${spanText(Date.parse(now) - Date.parse(systemClock()))} ahead of this machine's clock.`);
}

async function advance(app: App, ms: number): Promise<void> {
  const passing = advanceClock(app, ms);
  let count = 0;
  let next = await passing.next();
  for (; !next.done; next = await passing.next()) {
    console.log(line(next.value));
    count += 1;
  }
  console.error(`The clock shows ${next.value}. Moves and warnings on the way: ${count}.`);
}

const line = ({ occurredAt, verificationId, from, to }: Passed): string =>
  `${occurredAt}  ${verificationId}  ${to === null ? "deadline near" : `${from} -> ${to}`}`;

import type { Command } from "commander";
import type { App } from "../app.js";
import { ensureSigningKey } from "../certificate/sign.js";
import { OPERATOR, type Actor } from "../kernel/actor.js";
import { notFound } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import { requestVerification } from "../verification/request.js";
import { configAt, demoOption, quiet, withInstallation } from "./open.js";
import { signalled } from "./signalled.js";
import { outcomeOf } from "./verify-outcome.js";
import { watchRun } from "./watch-run.js";

interface Options {
  readonly participant: Id<"par">;
  readonly level?: string;
  readonly key?: string;
  readonly maxPrice?: string;
  readonly watch?: boolean;
  readonly demo?: string;
}

/** The run has not passed, or not yet: somebody has to look. */
const NOT_PASSED = 2;

const HELP = `
Asks for a run, as requestVerification does, and prints what it has come to. With --watch it goes on until the run has passed or failed,
is in review or waits for documents: each change of state is a line with its time on standard error, the outcome with what is
to be done next goes to standard output, and the exit code is 0 for PASSED and 2 otherwise. Unless WORKERS is 0 it works too, so
that no gateway has to run; beside gateways it is one more worker.`;

export function addVerify(program: Command): void {
  program
    .command("verify <handle>")
    .description("Request the verification of a person or business as one institution, and follow it.")
    .requiredOption("--participant <id>", "who asks; the handle is its own")
    .option("--level <level>", "how thoroughly; by default the first level that fits")
    .option("--key <key>", "an idempotency key: the same again answers the same run")
    .option("--max-price <amount>", "the most that a certificate of the network may cost, such as 2.50")
    .option("--watch", "follow the run until somebody has to act, or nobody")
    .addOption(demoOption())
    .addHelpText("after", HELP)
    .action((handle: string, options: Options) =>
      withInstallation((app) => verify(app, handle, options), quiet(configAt(options.demo))),
    );
}

async function verify(app: App, handle: string, options: Options): Promise<void> {
  const { verificationId, replayed } = await request(app, handle, options);
  if (replayed) console.error("This run was asked for before.");
  if (options.watch) await follow(app, verificationId);
  const { passed, text } = await outcomeOf(app, verificationId);
  console.log(text);
  if (options.watch && !passed) process.exitCode = NOT_PASSED;
}

const actorOf = (participantId: Id<"par">): Actor => ({
  ...OPERATOR,
  participantId,
  scopes: new Set(["verify", "query"]),
});

async function request({ config, commitAs, store }: App, handle: string, options: Options) {
  const [known] = await store.rows("select 1 from participant where id = ?", [options.participant]);
  if (!known) throw notFound("Participant", "participant");
  await commitAs(OPERATOR)(ensureSigningKey);
  const { level: kycLevel = null, key: idempotencyKey = null, maxPrice = null } = options;
  return commitAs(actorOf(options.participant))((write) =>
    requestVerification(
      write,
      { levels: config.levels, iss: config.issuer },
      { handle, kycLevel, idempotencyKey, maxPrice },
    ),
  );
}

/** Prints each change as it comes, and works while it waits; a signal ends both. */
async function follow(app: App, verificationId: Id<"ver">): Promise<void> {
  const stop = new AbortController();
  void signalled().then(() => stop.abort());
  if (app.config.workers === 0) console.error("WORKERS is 0: somebody else has to work this off.");
  const working = app.config.workers > 0 ? app.work(stop.signal) : null;
  try {
    for await (const { occurredAt, to } of watchRun(app.store.rows, verificationId, stop.signal))
      console.error(`${occurredAt}  ${to}`);
  } finally {
    stop.abort();
    await working;
  }
}

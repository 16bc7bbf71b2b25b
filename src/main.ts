import { Command } from "commander";
import { addCertificate } from "./command/certificate.js";
import { addDemo } from "./command/demo.js";
import { addFurnish } from "./command/furnish.js";
import { addKey } from "./command/key.js";
import { addMigrate } from "./command/migrate.js";
import { addNetwork } from "./command/network.js";
import { addParticipant } from "./command/participant.js";
import { addSchema } from "./command/schema.js";
import { addSigningKey } from "./command/signing-key.js";
import { addStart } from "./command/start.js";
import { ConfigError } from "./config.js";
import { Failure } from "./kernel/failure.js";

const program = new Command("attestry")
  .description(
    "A self-hosted GraphQL gateway over an identity-verification core: furnish once, query with consent, never poll.",
  )
  .showHelpAfterError("(add --help for how it is used)")
  .addHelpText(
    "after",
    `
A first minute:
  attestry demo                            a gateway with demo data and a playground, nothing to set up

A gateway of your own:
  export ATTESTRY_MASTER_KEY=$(attestry secret) ATTESTRY_INDEX_KEY=$(attestry secret)
  attestry migrate
  attestry participant create "First Harbor Bank"
  attestry network create "Harbor Exchange" --price 2.50
  attestry network grant NETWORK PARTICIPANT FURNISHER QUERIER
  attestry key create PARTICIPANT --scope entities --scope furnish --scope query
  attestry start`,
  );

for (const add of [
  addStart,
  addDemo,
  addMigrate,
  addSchema,
  addParticipant,
  addNetwork,
  addKey,
  addSigningKey,
  addFurnish,
  addCertificate,
])
  add(program);

/** What the machine refuses, in its words: a port that is taken, a file that cannot be opened or is no database. */
const REFUSED =
  /^(?:E(?:ADDRINUSE|ADDRNOTAVAIL|ACCES|PERM|NOENT|NOTDIR|ISDIR|ROFS|NOSPC)|SQLITE_(?:CANTOPEN|NOTADB|READONLY|FULL|CORRUPT|BUSY))$/;

const isRefused = (error: Error): boolean =>
  "code" in error && typeof error.code === "string" && REFUSED.test(error.code);

/** What an operator did wrong is one line for each fault; anything else is a bug and shows its stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof ConfigError || isRefused(error)) return error.message;
  if (!(error instanceof Failure)) return error.stack ?? error.message;
  const faults = error.details.validationDetails ?? [];
  return [error.message, ...faults.map(({ path, message }) => `  ${path}: ${message}`)].join("\n");
}

try {
  await program.parseAsync();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

import { Command } from "commander";
import { addAudit } from "./command/audit.js";
import { addCertificate } from "./command/certificate.js";
import { addClock } from "./command/clock.js";
import { addDemo } from "./command/demo.js";
import { addFurnish } from "./command/furnish.js";
import { addKey } from "./command/key.js";
import { addMigrate } from "./command/migrate.js";
import { addMove } from "./command/move.js";
import { addNetwork } from "./command/network.js";
import { addParticipant } from "./command/participant.js";
import { addSchema } from "./command/schema.js";
import { addSigningKey } from "./command/signing-key.js";
import { addStart } from "./command/start.js";
import { addTail } from "./command/tail.js";
import { addVerify } from "./command/verify.js";
import { addWorker } from "./command/worker.js";
import { ConfigError } from "./config.js";
import { Failure } from "./kernel/failure.js";
import { understood } from "./store/postgres/fault.js";

const program = new Command("attestry")
  .description(
    "A self-hosted GraphQL gateway over an identity-verification core: verify once, furnish, query with consent, never poll.",
  )
  .showHelpAfterError("(add --help for how it is used)")
  .addHelpText(
    "after",
    `
A first minute:
  attestry demo                            a gateway with demo data and a playground, nothing to set up
  attestry verify uma --participant par_00000000000000000000000001 --watch --demo .data
                                           verify somebody of the demo, and follow it (the bank asks)
  attestry clock advance 30d --demo .data  let a month go by in it: deadlines pass, evidence grows old

A gateway of your own:
  export ATTESTRY_MASTER_KEY=$(attestry secret) ATTESTRY_INDEX_KEY=$(attestry secret)
  attestry migrate
  attestry participant create "First Harbor Bank"
  attestry network create "Harbor Exchange" --price 2.50
  attestry network grant NETWORK PARTICIPANT FURNISHER QUERIER
  attestry participant approve PARTICIPANT DOC_KYC
  attestry key create PARTICIPANT --scope entities --scope verify --scope review --scope furnish --scope query
  attestry start                           PROVIDER says who checks: none, sandbox, or http with PROVIDER_URL
  attestry worker                          more hands for verifications, beside it, where one process is not enough
  attestry audit                           prove the books: derive again whatever is derived, and count what was done`,
  );

for (const add of [
  addStart,
  addDemo,
  addMigrate,
  addMove,
  addSchema,
  addParticipant,
  addNetwork,
  addKey,
  addSigningKey,
  addFurnish,
  addVerify,
  addWorker,
  addClock,
  addCertificate,
  addAudit,
  addTail,
])
  add(program);

/**
 * What the machine refuses, in its words: a port that is taken, a file that cannot be opened or is no database, a database server that does
 * not let us in (28…), has no such database (3D000) or forbids what has to be done (42501).
 */
const REFUSED =
  /^(?:E(?:ADDRINUSE|ADDRNOTAVAIL|ACCES|PERM|NOENT|NOTDIR|ISDIR|ROFS|NOSPC)|SQLITE_(?:CANTOPEN|NOTADB|READONLY|FULL|CORRUPT|BUSY)|28000|28P01|3D000|42501)$/;

const isRefused = (error: Error): boolean =>
  "code" in error && typeof error.code === "string" && REFUSED.test(error.code);

/** What an operator did wrong is one line for each fault; anything else is a bug and shows its stack. */
function explain(thrown: unknown): string {
  const error = understood(thrown);
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

import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { Option, type Command } from "commander";
import type { App } from "../app.js";
import { linesOf } from "../attestation/lines.js";
import { upload, type Standing } from "../attestation/upload.js";
import { OPERATOR, type Actor } from "../kernel/actor.js";
import type { Id } from "../kernel/id.js";
import { CERTIFICATE_PRODUCTS } from "../network/network.js";
import { openProgress } from "./progress.js";
import { openReport } from "./report.js";
import { withInstallation } from "./open.js";

interface Options {
  readonly participant: Id<"par">;
  readonly network: readonly string[];
  readonly product: string;
  readonly key?: string;
  readonly report?: string;
}

/** Some lines were bad: the rest is stored, and somebody has to look. */
const SOME_BAD = 2;

const HELP = `
Each line is one JSON object with the fields of KycRecordInput (or KybRecordInput). Good lines are stored whatever others are;
bad ones are listed in the report with line number and path. Run again after a cut, it goes on where it was: the file itself is
the key, and nothing is stored twice. Exit code 2 says that some lines were bad.`;

export function addFurnish(program: Command): void {
  program
    .command("furnish <file>")
    .description("Furnish any number of records from a file of JSON Lines, straight into the database.")
    .requiredOption("--participant <id>", "whose checks they are")
    .requiredOption("--network <id...>", "the networks that may use them")
    .addOption(
      new Option("--product <product>", "what the records are about").choices(CERTIFICATE_PRODUCTS).default("KYC"),
    )
    .option("--key <key>", "the key under which a cut upload goes on; by default the file's own fingerprint")
    .option("--report <file>", "where bad lines are listed; by default FILE.bad.jsonl")
    .addHelpText("after", HELP)
    .action((file: string, options: Options) => withInstallation((app) => furnishFile(app, file, options)));
}

async function furnishFile(app: App, file: string, options: Options): Promise<void> {
  const key = options.key ?? (await keyOf(app, file));
  const commit = app.commitAs(actorOf(options.participant));
  const input = { networkIds: options.network, product: options.product, key };
  const path = options.report ?? `${file}.bad.jsonl`;
  using report = openReport(path);
  using progress = openProgress(statSync(file).size);
  const told = upload(commit, input, linesOf(progress.counted(createReadStream(file))));
  let next = await told.next();
  for (; !next.done; next = await told.next()) {
    if ("fault" in next.value) report.add(next.value.fault);
    else progress.show(next.value.progress, next.value.readCount);
  }
  progress.end();
  console.log(summary(next.value));
  if (report.count === 0) return;
  console.error(`Bad lines are listed in ${path}.`);
  process.exitCode = SOME_BAD;
}

const actorOf = (participantId: Id<"par">): Actor => ({ ...OPERATOR, participantId, scopes: new Set(["furnish"]) });

/** A keyed fingerprint of the file: a plain hash of personal data could be searched for. */
async function keyOf({ vault }: App, file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return vault.fingerprint("FILE", hash.digest("hex"));
}

const summary = ({ id, lineCount, recordCount, attestationCount, badCount }: Standing): string =>
  JSON.stringify({ id, lines: lineCount, records: recordCount, attestations: attestationCount, bad: badCount });

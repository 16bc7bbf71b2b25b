import { readFileSync } from "node:fs";
import type { Command } from "commander";
import type { JSONWebKeySet } from "jose";
import { deviations } from "../certificate/rederive.js";
import { verifyCertificate } from "../certificate/sign.js";
import { Failure } from "../kernel/failure.js";
import { withApp } from "./open.js";

export function addCertificate(program: Command): void {
  const certificate = program.command("certificate").description("Certificates as files.");

  certificate
    .command("audit")
    .description(
      "Derive every certificate again from its policy and evidence, and tell of each that differs by a byte.",
    )
    .action(() =>
      withApp(async ({ store }) => {
        const all = deviations(store.rows);
        let step = await all.next();
        for (; !step.done; step = await all.next()) {
          console.log(`${step.value.certificateId}: ${step.value.what}`);
          process.exitCode = 1;
        }
        console.error(`${step.value} certificates were derived again.`);
      }),
    );

  certificate
    .command("verify <file>")
    .description(
      "Judge a certificate without a network: its signature, and every block's hash. The file holds the `jws` of the graph.",
    )
    .requiredOption("--keys <file>", "the gateway's public keys, as /.well-known/jwks.json answered them")
    .option("--json", "print the whole certificate")
    .action(async (file: string, { keys, json }: { keys: string; json?: boolean }) => {
      const document = await verifyCertificate(read(file), parse(keys));
      if (json) return console.log(JSON.stringify(document, null, 2));
      console.log(
        `The signature is valid. ${document.certificate} was issued by ${document.iss} on ${document.issuedAt}.`,
      );
      console.log("Whether it still stands, only the gateway knows: ask for its status.");
      console.table(
        document.blocks.map(({ kind, attestation, statement }) => ({
          kind,
          attestation,
          furnisher: statement.furnisher,
          performedAt: statement.performedAt,
        })),
      );
    });
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new Failure("BAD_USER_INPUT", `${file} cannot be read.`);
  }
}

function parse(file: string): JSONWebKeySet {
  try {
    return JSON.parse(read(file)) as JSONWebKeySet;
  } catch (error) {
    throw error instanceof Failure ? error : new Failure("BAD_USER_INPUT", `${file} is no JSON.`);
  }
}

import type { Command } from "commander";
import { rotateSigningKey } from "../certificate/sign.js";
import { asOperator, listRows } from "./open.js";

export function addSigningKey(program: Command): void {
  const key = program.command("signing-key").description("The keys that sign certificates.");

  key
    .command("rotate")
    .description("Make a new signing key. Certificates signed with the old one still verify. Prints the new key's id.")
    .action(async () => console.log(await asOperator(rotateSigningKey)));

  key
    .command("list")
    .description("Every signing key, newest first.")
    .action(() =>
      listRows(
        `select kid, created_at as "createdAt", retired_at as "retiredAt" from signing_key order by created_at desc, kid`,
      ),
    );
}

import type { Command } from "commander";
import { createParticipant } from "../network/create.js";
import { asOperator, listRows } from "./open.js";

export function addParticipant(program: Command): void {
  const participant = program.command("participant").description("Institutions with credentials here.");

  participant
    .command("create <name>")
    .description("Admit an institution. Prints its id.")
    .action(async (name: string) => console.log(await asOperator((write) => createParticipant(write, name))));

  participant
    .command("list")
    .description("Every institution.")
    .action(() => listRows(`select id, name, created_at as "createdAt" from participant order by id`));
}

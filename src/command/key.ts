import { Option, type Command } from "commander";
import { SCOPES, type Scope } from "../kernel/actor.js";
import type { Id } from "../kernel/id.js";
import { issueKey, revokeKey, rotateKey, type IssuedKey } from "../network/issue-key.js";
import { asOperator, listRows } from "./open.js";

/** The secret goes to standard output alone, so that it can be piped into a secret store. */
function show({ keyId, token }: IssuedKey): void {
  console.error(`Key ${keyId}. Keep what follows: it is shown now and never again.`);
  console.log(token);
}

export function addKey(program: Command): void {
  const key = program.command("key").description("API keys of institutions. Only their hashes are stored.");

  key
    .command("create <participant>")
    .description("Make a key. It is shown once.")
    .addOption(new Option("--scope <scope...>", "what it may do").choices(SCOPES).makeOptionMandatory())
    .option("--label <text>", "what it is for", "default")
    .action(async (participantId: Id<"par">, { scope, label }: { scope: Scope[]; label: string }) =>
      show(await asOperator((write) => issueKey(write, { participantId, label, scopes: scope }))),
    );

  key
    .command("list <participant>")
    .description("The keys of an institution, without their secrets.")
    .action((participantId: string) =>
      listRows(
        `select id, label, scopes, created_at as "createdAt", expires_at as "expiresAt", revoked_at as "revokedAt"
           from api_key where participant_id = ? order by id`,
        [participantId],
      ),
    );

  key
    .command("rotate <key>")
    .description("Make a successor with the same scopes. The old key works on for a while, so that nobody is cut off.")
    .option("--overlap-hours <hours>", "how long the old key still works", "24")
    .action(async (keyId: string, { overlapHours }: { overlapHours: string }) =>
      show(await asOperator((write) => rotateKey(write, keyId, Number(overlapHours)))),
    );

  key
    .command("revoke <key>")
    .description("End a key at once.")
    .action((keyId: string) => asOperator((write) => revokeKey(write, keyId)));
}

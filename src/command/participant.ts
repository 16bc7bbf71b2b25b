import type { Command } from "commander";
import { notFound } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import { createParticipant } from "../network/create.js";
import { approveLevel, approvedLevels } from "../verification/approve.js";
import { asOperator, listRows } from "./open.js";

export function addParticipant(program: Command): void {
  const participant = program
    .command("participant")
    .description("Institutions with credentials here, and the levels of verification that they may use.");

  participant
    .command("create <name>")
    .description("Admit an institution. Prints its id.")
    .action(async (name: string) => console.log(await asOperator((write) => createParticipant(write, name))));

  participant
    .command("list")
    .description("Every institution.")
    .action(() => listRows(`select id, name, created_at as "createdAt" from participant order by id`));

  participant
    .command("approve <participant> <level>")
    .description("Let an institution use a level of verification that is not open to all. What is under way goes on.")
    .option("--withdraw", "take the level away instead, also where it is open to all")
    .action((participantId: Id<"par">, kycLevel: string, { withdraw = false }: { withdraw?: boolean }) =>
      asOperator((write, { config }) =>
        approveLevel(write, config.levels, { participantId, kycLevel, approved: !withdraw }),
      ),
    );

  participant
    .command("levels <participant>")
    .description("Every level of verification, whom it is for, and whether this institution may use it.")
    .action(async (participantId: Id<"par">) => console.table(await levelsOf(participantId)));
}

const levelsOf = (participantId: Id<"par">): Promise<object[]> =>
  asOperator(async (write, { config }) => {
    const [known] = await write.rows("select 1 from participant where id = ?", [participantId]);
    if (!known) throw notFound("Participant", "participantId");
    const approved = await approvedLevels({ ...write, actor: { ...write.actor, participantId } }, config.levels);
    return config.levels.map((level) => ({
      level: level.name,
      for: level.entityTypes.join(", "),
      policy: level.policy ?? "none",
      attempts: level.attempts,
      approved: approved.includes(level),
    }));
  });

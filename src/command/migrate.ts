import type { Command } from "commander";
import { Failure } from "../kernel/failure.js";
import { withApp } from "./open.js";

export function addMigrate(program: Command): void {
  program
    .command("migrate")
    .description("Bring the tables up to date. Every migration can be taken back.")
    .option("--down", "take the last migration back instead; its data is lost")
    .option("--yes", "for --down: I know that its data is lost")
    .option("--list", "only say what is pending")
    .action(async ({ down, yes, list }: { down?: boolean; yes?: boolean; list?: boolean }) =>
      withApp(async ({ store }) => {
        const { migrator } = store.orm;
        if (list)
          return say(
            "Pending",
            (await migrator.getPending()).map(({ name }) => name),
          );
        if (down && !yes) throw new Failure("BAD_USER_INPUT", "Taking a migration back loses its data: add --yes.");
        if (down) return say("Taken back", await store.takeBack());
        return say("Migrated", await store.migrate());
      }),
    );
}

const say = (what: string, names: readonly string[]): void =>
  console.log(names.length > 0 ? `${what}: ${names.join(", ")}` : "Nothing to do: the tables are up to date.");

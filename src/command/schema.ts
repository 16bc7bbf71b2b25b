import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import { createSchema, printed } from "../graph/schema.js";

export function addSchema(program: Command): void {
  program
    .command("schema")
    .description("Print the GraphQL schema that the gateway serves, sorted.")
    .option("--out <file>", "write it to a file instead")
    .action(({ out }: { out?: string }) => {
      const text = printed(createSchema());
      if (out) writeFileSync(out, text);
      else process.stdout.write(text);
    });
}

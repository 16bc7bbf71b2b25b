import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import { createApp, type App, type Overrides } from "../app.js";
import { configHelp, readConfig, type Config } from "../config.js";
import { examples, PLAYGROUND_DIRECTORY } from "./example.js";
import { signalled } from "./signalled.js";

export function addStart(program: Command): void {
  program
    .command("start")
    .description("Start the gateway: brings the tables up to date, listens, and drains on SIGTERM or SIGINT.")
    .addHelpText("after", `\nEnvironment:\n${configHelp()}`)
    .action(async () => {
      const config = readConfig();
      await serve(
        config,
        config.playground
          ? { playground: { directory: PLAYGROUND_DIRECTORY, config: () => ({ keys: [], tabs: examples() }) } }
          : {},
      );
    });

  program
    .command("secret")
    .description("Print 32 random bytes as base64url: a value for ATTESTRY_MASTER_KEY or ATTESTRY_INDEX_KEY.")
    .action(() => console.log(randomBytes(32).toString("base64url")));
}

/** Runs a gateway until a signal comes; then no request is cut. */
export async function serve(
  config: Config,
  overrides: Overrides,
  ready: (url: string, app: App) => void = () => undefined,
): Promise<void> {
  await using app = await createApp(config, overrides);
  const migrated = await app.store.migrate();
  if (migrated.length > 0) app.log.info({ migrated }, "migrated");
  const server = await app.listen();
  const asked = signalled();
  app.log.info({ url: server.url }, "listening");
  ready(server.url, app);
  const signal = await asked;
  app.log.info({ signal }, "draining");
  await server.close();
}

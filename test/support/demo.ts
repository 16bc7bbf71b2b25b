import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApp } from "../../src/app.js";
import { playgroundOf } from "../../src/command/demo.js";
import { openDemo } from "../../src/command/open-demo.js";
import type { DemoKey } from "../../src/command/demo-world.js";

export interface Demo {
  readonly url: string;
  readonly keys: readonly DemoKey[];
  readonly close: () => Promise<void>;
}

/** The demo as `attestry demo` starts it, on a free port and in a folder of its own. */
export async function startDemo(): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), "attestry-demo-"));
  const opened = await openDemo(folder, { PORT: "0", LOG_LEVEL: "silent" });
  const app = await createApp(opened.config, { playground: playgroundOf(opened) });
  const server = await app.listen();
  const close = async (): Promise<void> => {
    await server.close();
    await app[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: server.url, keys: opened.keys, close };
}

#!/usr/bin/env node
// The command `attestry`, whatever Node starts it: an older one hands over to the Node 24 that npm installed.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { adviceOnNode, bundledNode, runsAttestry } from "./runtime.mjs";

/** Becomes, as far as the caller can tell, the same command under another Node. */
function handOver(node) {
  const child = spawn(node, [...process.execArgv, ...process.argv.slice(1)], { stdio: "inherit" });
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  // A terminal sends Ctrl-C to both of us; a second one would ask for haste.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  child.on("error", (error) => {
    console.error(`The bundled Node did not start: ${error.message}`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

/** Runs the sources where there are any, else what was built from them. */
async function run() {
  process.setSourceMapsEnabled(true);
  // Without it graphql compares the names of classes for every value that it completes, to warn of a second copy of itself.
  process.env.NODE_ENV ??= "production";
  const source = new URL("../src/main.ts", import.meta.url);
  if (!existsSync(source)) return import("../dist/src/main.js");
  await import("./register.mjs");
  return import(source.href);
}

/**
 * The first process of a container is spared every signal that it does not listen for: `docker stop` would wait in vain while tables are
 * brought up to date. So it listens, and does what is done to other processes, unless somebody else listens, too.
 */
function heed(name) {
  process.on(name, () => process.listenerCount(name) > 1 || process.exit(128 + constants.signals[name]));
}

if (process.pid === 1) for (const name of ["SIGTERM", "SIGINT"]) heed(name);

if (runsAttestry()) await run();
else {
  const node = bundledNode();
  if (node) handOver(node);
  else {
    console.error(adviceOnNode());
    process.exitCode = 1;
  }
}

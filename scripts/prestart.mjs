// Bundles the playground when there is no bundle yet or one of its sources is newer; otherwise costs nothing.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { adviceOnNode, bundledNode, runsBundler } from "./runtime.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const sources = join(root, "src/playground");
const bundle = join(root, "dist/playground/index.html");

const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const newest = (folder) =>
  Math.max(...readdirSync(folder, { recursive: true }).map((name) => changedAt(join(folder, name))));

const isStale = () => existsSync(sources) && changedAt(bundle) < newest(sources);

/** Where the bundler is, or null in an installation without development packages. */
function bundler() {
  try {
    return join(createRequire(import.meta.url).resolve("vite/package.json"), "../bin/vite.js");
  } catch {
    return null;
  }
}

/** True when the bundle was made; the gateway itself works without it. */
function make() {
  const vite = bundler();
  const node = runsBundler() ? process.execPath : bundledNode();
  if (!vite || !node) {
    console.error(vite ? adviceOnNode() : "No bundler is installed: the gateway starts without its playground.");
    return !vite;
  }
  console.log("Bundling the playground …");
  const config = join(sources, "vite.config.mjs");
  const options = { cwd: root, stdio: ["ignore", "ignore", "inherit"] };
  return spawnSync(node, [vite, "build", "--config", config], options).status === 0;
}

if (isStale() && !make()) process.exitCode = 1;

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Town } from "./town.js";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PROFILES = fileURLToPath(new URL("../dist/profile", import.meta.url));

/** A gateway in a process of its own. */
export interface Gateway extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
}

/** `attestry start` as it is shipped, or the plain way to compare it with. */
export type Way = "shipped" | "plain";

const ARGUMENTS: Readonly<Record<Way, readonly string[]>> = {
  shipped: ["scripts/attestry.mjs", "start"],
  plain: ["--import", "./scripts/register.mjs", "bench/plain-server.ts"],
};

/** Every process of ours that may run, so that none outlives the benchmark. */
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Starts Node at the root of the repository, its output readable and its complaints ours. */
export function startNode(args: readonly string[], env: NodeJS.ProcessEnv, profile = false): ChildProcess {
  if (profile) mkdirSync(PROFILES, { recursive: true });
  const flags = profile ? ["--cpu-prof", `--cpu-prof-dir=${PROFILES}`] : [];
  const child = spawn(process.execPath, [...flags, ...args], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

/** The address in the log line that says it listens. What follows is read and dropped, as a log shipper would. */
async function urlIn(child: ChildProcess): Promise<string> {
  const lines = createInterface({ input: child.stdout! });
  for await (const line of lines) {
    const said = JSON.parse(line) as { msg?: string; url?: string };
    if (said.msg !== "listening" || !said.url) continue;
    lines.close();
    child.stdout!.resume();
    return said.url;
  }
  throw new Error("The gateway ended before it listened.");
}

export async function startGateway(way: Way, town: Town, profile = false): Promise<Gateway> {
  const child = startNode(ARGUMENTS[way], town.environment, profile);
  const url = await urlIn(child);
  return {
    url,
    pid: child.pid!,
    [Symbol.asyncDispose]: async () => {
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
}

import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Answer, Orders } from "./stream-order.js";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PROFILES = fileURLToPath(new URL("../dist/profile", import.meta.url));

/** Nothing that is ordered may take longer: then something hangs, and the benchmark says so. */
const PATIENCE_MS = 300_000;
const ENDING_MS = 10_000;

/** A process that is told what to do. */
export interface Child<Known extends Orders> extends AsyncDisposable {
  readonly ask: <Name extends keyof Known & string>(
    name: Name,
    order: Parameters<Known[Name]>[0],
  ) => Promise<Awaited<ReturnType<Known[Name]>>>;
}

const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

function forked(args: readonly string[], env: NodeJS.ProcessEnv, profile: boolean): ChildProcess {
  if (profile) mkdirSync(PROFILES, { recursive: true });
  const [script, ...rest] = args;
  const child = fork(script!, rest, {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: "production", ...env },
    execArgv: [
      "--expose-gc",
      "--import",
      "./scripts/register.mjs",
      ...(profile ? ["--cpu-prof", `--cpu-prof-dir=${PROFILES}`] : []),
    ],
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  // What it logs is read and dropped, as a log shipper would.
  child.stdout!.resume();
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  const impatient = setTimeout(() => child.kill("SIGKILL"), ENDING_MS);
  child.kill("SIGTERM");
  await gone;
  clearTimeout(impatient);
}

/** Starts a script of ours in a process of its own, and relays orders to it. */
export function startChild<Known extends Orders>(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  profile = false,
): Child<Known> {
  const child = forked(args, env, profile);
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const fail = (why: string): void => {
    for (const { reject } of waiting.values()) reject(new Error(why));
    waiting.clear();
  };
  child.on("message", ({ id, answer, fault }: Answer) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (fault === undefined) asked?.resolve(answer);
    else asked?.reject(new Error(`${args.join(" ")}: ${fault}`));
  });
  child.once("exit", (code, signal) => fail(`${args.join(" ")} ended with ${signal ?? code}.`));
  let asked = 0;
  return {
    ask: async (name, order) => {
      const id = (asked += 1);
      const answer = Promise.withResolvers<unknown>();
      waiting.set(id, answer);
      const impatient = setTimeout(
        () => answer.reject(new Error(`${args.join(" ")} does not get on with ${name}.`)),
        PATIENCE_MS,
      );
      try {
        child.send({ id, name, order });
        return (await answer.promise) as never;
      } finally {
        clearTimeout(impatient);
        waiting.delete(id);
      }
    },
    [Symbol.asyncDispose]: () => end(child),
  };
}

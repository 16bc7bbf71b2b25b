import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { startNode } from "./child.js";
import type { Town } from "./town.js";

/** How many workers, how many runs each takes at once, and how long they hold them. */
export interface Crewing {
  readonly workers: number;
  readonly atOnce: number;
  readonly leaseMs: number;
}

/** Worker processes on one town. */
export interface Crew extends AsyncDisposable {
  /** Kills one of them, any, and puts another in its place. */
  readonly killOne: () => Promise<void>;
  /** Throws where one of them has ended by itself. */
  readonly check: () => void;
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

async function end(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (hasEnded(child)) return;
  const gone = once(child, "exit");
  child.kill(signal);
  await gone;
}

/** Resolves when all of them are ready to work. */
export async function startCrew(town: Town, { workers, atOnce, leaseMs }: Crewing): Promise<Crew> {
  const alive = new Set<ChildProcess>();
  const start = (): ChildProcess => {
    const script = ["--import", "./scripts/register.mjs", "bench/work-off.ts"];
    const child = startNode([...script, String(atOnce), String(leaseMs)], town.environment);
    alive.add(child);
    return child;
  };
  await Promise.all(Array.from({ length: workers }, () => once(start().stdout!, "data")));
  return {
    killOne: async () => {
      const all = [...alive];
      const victim = all[Math.floor(Math.random() * all.length)]!;
      alive.delete(victim);
      await end(victim, "SIGKILL");
      start();
    },
    check: () => {
      if ([...alive].some(hasEnded)) throw new Error("A worker ended by itself.");
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...alive].map((child) => end(child, "SIGTERM")));
    },
  };
}

import { setTimeout as pause } from "node:timers/promises";
import type { Ended, Running } from "../command/attestry.js";

/** A process that is started anew whenever it has ended, as whoever runs services does. */
export interface KeptRunning {
  /** What `kill -9` does; another takes its place. */
  readonly kill: () => Promise<void>;
  /** Asks it to end, and lets it. */
  readonly stop: () => Promise<void>;
  /** How often it was started. */
  readonly starts: () => number;
  /** Those that ended by themselves. */
  readonly deaths: readonly Ended[];
  /** All that any of them wrote, once it was stopped. */
  readonly outputs: readonly string[];
}

const BETWEEN_MS = 200;

export function keepRunning(start: () => Running): KeptRunning {
  const deaths: Ended[] = [];
  const outputs: string[] = [];
  let starts = 0;
  let isOver = false;
  let killed: Running | null = null;
  let running = start();
  const keep = async (): Promise<void> => {
    for (;;) {
      starts += 1;
      const ended = await running.ended;
      outputs.push(ended.out);
      if (isOver) return;
      if (killed !== running) deaths.push(ended);
      await pause(BETWEEN_MS);
      if (isOver) return;
      running = start();
    }
  };
  const keeping = keep();
  return {
    deaths,
    outputs,
    starts: () => starts,
    kill: async () => {
      killed = running;
      const { ended } = running;
      running.signal("SIGKILL");
      await ended;
    },
    stop: async () => {
      isOver = true;
      running.signal("SIGTERM");
      await keeping;
    },
  };
}

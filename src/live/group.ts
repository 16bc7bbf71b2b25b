import { setTimeout as pause } from "node:timers/promises";
import type { Stir } from "./tail.js";
import type { Sink } from "./live.js";

/** One receiver of a group. */
export interface Member {
  readonly sink: Sink;
  /** How far in the log it has been told. */
  place: number;
  /** False while it is told by itself what it has missed. */
  inStep: boolean;
  gone: boolean;
}

/** Everybody who subscribed to the same operation, with the same variables and rights: what happens is worked out once for all. */
export interface Group {
  readonly members: Set<Member>;
  readonly stirred: (stirs: readonly Stir[]) => void;
}

/** So many receivers are sent to at a stretch; then others have their turn. */
const STRETCH = 1_000;

/** Lets others have their turn. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Sends to each of many, a stretch at a time. */
export async function eachInTurn<One>(all: Iterable<One>, send: (one: One) => void): Promise<void> {
  let sent = 0;
  for (const one of all) {
    send(one);
    sent += 1;
    if (sent % STRETCH === 0) await turn();
  }
}

/** What failed is tried again after so long: nobody else may come to ask for it. */
const RETRY_MS = 1_000;

/** Waits until it is worth trying again, without keeping the process alive for it. */
const untilRetry = (): Promise<void> => pause(RETRY_MS, undefined, { ref: false });

/** Does a piece of work until it succeeds, or is over. */
export async function insist(
  work: () => Promise<void>,
  isOver: () => boolean,
  onFault: (error: unknown) => void,
): Promise<void> {
  while (!isOver())
    try {
      return await work();
    } catch (error) {
      onFault(error);
      await untilRetry();
    }
}

/** Runs a piece of work one at a time: asked again meanwhile, it runs once more. What fails is tried again. */
export function oneAtATime(work: () => Promise<void>, onFault: (error: unknown) => void): () => void {
  let running = false;
  let wanted = false;
  const run = async (): Promise<void> => {
    running = true;
    while (wanted) {
      wanted = false;
      await work().catch((error: unknown) => {
        onFault(error);
        wanted = true;
        return untilRetry();
      });
    }
    running = false;
  };
  return () => {
    wanted = true;
    if (!running) void run();
  };
}

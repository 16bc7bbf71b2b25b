import { setTimeout as pause } from "node:timers/promises";
import { doWork, type Workplace } from "./do-work.js";

/** How a worker goes about it. */
export interface Pace {
  /** Pieces of work taken at once. */
  readonly limit: number;
  /** How long to wait where nothing is due. */
  readonly idleMs: number;
  /** How it waits; where nothing is said, it sleeps. */
  readonly rest?: (mostMs: number, stop: AbortSignal) => Promise<void>;
  /** Done before each look: where the clock can be moved by others, it is read anew. */
  readonly beforeEach?: () => Promise<void>;
}

/** Works off what is due until it is told to stop; what is being done then is finished. What fails is told, and work goes on. */
export async function keepWorking(place: Workplace, pace: Pace, stop: AbortSignal) {
  const { limit, idleMs, rest = sleep, beforeEach } = pace;
  while (!stop.aborted) {
    let did = 0;
    try {
      await beforeEach?.();
      did = (await isDue(place)) ? await doWork(place, limit, stop) : 0;
    } catch (error) {
      place.onFault("", error);
    }
    if (did === 0) await rest(idleMs, stop);
  }
}

const sleep = (ms: number, stop: AbortSignal): Promise<void> =>
  pause(ms, undefined, { signal: stop }).catch(() => undefined);

/** Whether there is anything to do: asked without a transaction, since most of the time there is not. */
async function isDue({ rows, clock }: Workplace): Promise<boolean> {
  const due = await rows("select 1 from verification_work where due_at <= ? order by due_at limit 1", [clock()]);
  return due.length > 0;
}

/** Works off what is due now, whatever follows from it too, and answers how much that was. */
export async function workOff(place: Workplace, limit: number, stop: AbortSignal): Promise<number> {
  let all = 0;
  for (let did = await doWork(place, limit, stop); did > 0; did = await doWork(place, limit, stop)) all += did;
  return all;
}

import { setTimeout as pause } from "node:timers/promises";

/** The bells of one process: whatever is to look when something was committed, here or elsewhere. */
export interface Wake {
  readonly ring: () => void;
  /** Has a bell rung from now on; answers how to take it away. */
  readonly hear: (bell: () => void) => () => void;
}

export function createWake(): Wake {
  const bells = new Set<() => void>();
  return {
    ring: () => {
      for (const bell of bells) bell();
    },
    hear: (bell) => {
      bells.add(bell);
      return () => void bells.delete(bell);
    },
  };
}

/** Between two looks lies so much, however often it rings. */
const REST_MS = 20;

/**
 * How somebody waits who looks whenever it rings, and after a while all the same. What rings between two looks is remembered, so that a
 * commit during a look is not missed.
 */
export function createRest(wake: Pick<Wake, "hear">): {
  readonly rest: (mostMs: number, stop: AbortSignal) => Promise<void>;
  readonly close: () => void;
} {
  let rung = false;
  let wakeUp = (): void => undefined;
  const close = wake.hear(() => {
    rung = true;
    wakeUp();
  });
  const rest = async (mostMs: number, stop: AbortSignal): Promise<void> => {
    await pause(Math.min(REST_MS, mostMs), undefined, { signal: stop }).catch(() => undefined);
    const over = new AbortController();
    wakeUp = () => over.abort();
    if (!rung) await pause(mostMs, undefined, { signal: AbortSignal.any([stop, over.signal]) }).catch(() => undefined);
    rung = false;
  };
  return { rest, close };
}

import { underWay } from "./under-way.js";

const DEADLINE_MS = 10_000;

/** The same, unless it takes too long: then it fails, with words on what was waited for. */
export async function soon<Result>(
  work: Promise<Result>,
  what: () => string,
  deadlineMs = DEADLINE_MS,
): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`Waited too long: ${what()}`)), deadlineMs);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Resolves when it holds: looks at every turn of the loop, and no longer than a deadline. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what: () => string,
  deadlineMs = DEADLINE_MS,
): Promise<void> {
  const lateAt = performance.now() + deadlineMs;
  while (!(await holds())) {
    if (performance.now() > lateAt) throw new Error(`Waited too long: ${what()}`);
    await turn();
  }
}

/** Lets everything that is under way come so far as it comes without anything from outside: what a server was asked is waited for. */
export async function settled(turns = 20): Promise<void> {
  for (let n = 0; n < turns; n += 1) {
    if (underWay() > 0) n = -1;
    await turn();
  }
}

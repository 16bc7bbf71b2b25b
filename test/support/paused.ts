import type { Commit, Writer } from "../../src/kernel/reader.js";
import type { TestApp } from "./app.js";
import { until } from "./soon.js";

/** A transaction that has done its work and is not committed: what others find meanwhile is up to the test. */
export interface Paused<Result> extends AsyncDisposable {
  /** Resolves when the work is done. */
  readonly done: Promise<Result>;
  readonly end: () => Promise<unknown>;
}

/** Pauses a transaction once its work is done, and everything of it is sent, before it is committed. */
export function paused<Result>(
  commit: Commit,
  work: (write: Writer) => Promise<Result>,
  how?: Parameters<Commit>[1],
): Paused<Result> {
  const done = Promise.withResolvers<Result>();
  const ending = Promise.withResolvers<void>();
  const committed = commit(async (write) => {
    const result = await work(write);
    await write.flush();
    done.resolve(result);
    await ending.promise;
  }, how);
  committed.catch(done.reject);
  const end = (): Promise<unknown> => {
    ending.resolve();
    return committed;
  };
  // A test that fails amid it leaves nobody waiting.
  return { done: done.promise, end, [Symbol.asyncDispose]: async () => void (await end()) };
}

const HELD_UP = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";

/** Lets work come as far as it comes: until it is over, or waits for whoever holds a name or a row that it needs. */
export async function asFarAsItComes({ app }: Pick<TestApp, "app">, work: Promise<unknown>): Promise<"OVER" | "WAITS"> {
  let isOver = false;
  const over = (): void => void (isOver = true);
  work.then(over, over);
  let waits = false;
  await until(
    async () => isOver || (waits = (await app.store.rows(HELD_UP)).length > 0),
    () => "work to be over, or to wait",
  );
  return waits ? "WAITS" : "OVER";
}

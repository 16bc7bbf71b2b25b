import type { App } from "../../src/app.js";
import { runBeside, type Beside } from "./process.js";

export interface WorkersOptions {
  readonly count: number;
  /** Runs that each takes at once. */
  readonly limit: number;
  readonly leaseMs: number;
}

/** Worker processes on the database of an app. None outlives the test. */
export interface Workers extends AsyncDisposable {
  /** Kills one that is amid its work, puts another in its place, and answers how many runs it died holding. */
  readonly killOne: () => Promise<number>;
  /** What any of them complained of, and that one ended by itself. */
  readonly complaints: () => readonly string[];
}

/** Resolves once something holds, which is looked at again and again; fails when it has not for too long. */
export async function until(what: string, holds: () => Promise<boolean>, withinMs = 60_000): Promise<void> {
  const last = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > last) throw new Error(`Not within ${withinMs} ms: ${what}.`);
    await new Promise((resolve) => void setTimeout(resolve, 2));
  }
}

const pidOf = ({ lines }: Beside): string => lines[0]!;

/** The process that holds a run is the beginning of the run's lease. */
async function holdersIn({ store }: App): Promise<string[]> {
  const rows = await store.rows<{ lease: string }>(
    "select distinct lease from verification_work where lease is not null",
  );
  return rows.map(({ lease }) => lease.split(":")[0]!);
}

async function heldBy({ store }: App, pid: string): Promise<number> {
  const [row] = await store.rows<{ n: number }>("select count(*) as n from verification_work where lease like ?", [
    `${pid}:%`,
  ]);
  return row!.n;
}

export async function givenWorkers(app: App, { count, limit, leaseMs }: WorkersOptions): Promise<Workers> {
  const every: Beside[] = [];
  const alive = new Set<Beside>();
  const ends: string[] = [];
  const start = (): Beside => {
    const worker = runBeside(app.config, "worker.ts", [limit, leaseMs]);
    every.push(worker);
    alive.add(worker);
    void worker.ended.then(({ code, complaint }) => alive.has(worker) && ends.push(`${code}: ${complaint}`));
    return worker;
  };
  const busy = async (): Promise<Beside[]> => {
    const holders = new Set(await holdersIn(app));
    return [...alive].filter((worker) => worker.lines.length > 0 && holders.has(pidOf(worker)));
  };
  const killOne = async (): Promise<number> => {
    let found: Beside[] = [];
    await until("a worker is amid its work", async () => (found = await busy()).length > 0);
    const victim = found[Math.floor(Math.random() * found.length)]!;
    alive.delete(victim);
    await victim.kill();
    start();
    return heldBy(app, pidOf(victim));
  };
  await Promise.all(Array.from({ length: count }, () => start().printed(1)));
  return {
    killOne,
    complaints: () => [...ends, ...every.flatMap(({ lines }) => lines.slice(1))],
    [Symbol.asyncDispose]: async () => {
      const left = [...alive];
      alive.clear();
      await Promise.all(left.map((worker) => worker.kill()));
    },
  };
}

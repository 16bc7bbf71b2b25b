// The gateway as it is shipped, or streams as they are plainly made, with a hand to commit events by. Started by the benchmark alone.
import { setTimeout as pause } from "node:timers/promises";
import { createApp } from "../src/app.js";
import { readConfig } from "../src/config.js";
import { append } from "../src/event/append.js";
import { cursorOf } from "../src/event/cursor.js";
import type { Id } from "../src/kernel/id.js";
import { openPlainStreams } from "./stream-plain.js";
import { microseconds, obey } from "./stream-order.js";
import type { ToldRun } from "./stream-town.js";
import { actorOf } from "./town.js";

interface Committing {
  readonly participantId: Id<"par">;
  /** The runs that are told of, in turn. */
  readonly runs: readonly ToldRun[];
  readonly events: number;
}

const [way] = process.argv.slice(2);
let statements = 0;
await using app = await createApp(readConfig(), { onStatement: () => (statements += 1) });
const tell = app.store.tell.bind(app.store);
const plain = way === "plain" ? await openPlainStreams(app) : null;
const shipped = plain ? null : await app.listen();

/** The changes of one transaction, and when it was durable. */
async function commit({ participantId, runs, events }: Committing): Promise<number> {
  const actor = actorOf(participantId);
  const facts = Array.from({ length: events }, (_, index) => ({
    type: "VERIFICATION_STATUS_CHANGED" as const,
    participantId,
    ...runs[index % runs.length]!,
    from: "PENDING" as const,
    to: "REVIEW" as const,
  }));
  await app.commitAs(actor)((write) => append(write, facts));
  const at = microseconds();
  await plain?.publish(actor);
  return at;
}

/** The orders of a process that serves. */
export type ServerOrders = typeof orders;

const orders = {
  url: async (_order: null): Promise<string> => (plain ?? shipped)!.url,
  commit,
  /** Commits one at a time, so many a second, whether or not those before have been received; answers when each was durable. */
  pace: async ({ perSecond, count, ...what }: Committing & { perSecond: number; count: number }): Promise<number[]> => {
    const startedAt = performance.now();
    const commits: Promise<number>[] = [];
    for (let index = 0; index < count; index += 1) {
      const left = startedAt + (index * 1_000) / perSecond - performance.now();
      // Whatever is due is asked for at once, as requests are that have come meanwhile.
      if (left > 0) await pause(left);
      commits.push(commit(what));
    }
    return (await Promise.all(commits)).toSorted((one, other) => one - other);
  },
  /** Whether others on the database are to hear of what is committed here. */
  bell: async ({ rings }: { rings: boolean }): Promise<void> =>
    void Object.assign(app.store, { tell: rings ? tell : () => undefined }),
  cursor: async ({ participantId, seq }: { participantId: string; seq: number }): Promise<string> =>
    cursorOf(app.vault, participantId, seq),
  /** How many have subscribed to the plain way, which does not say so by itself. */
  subscribers: async (_order: null): Promise<number> => plain?.subscribers() ?? Number.NaN,
  statements: async (_order: null): Promise<number> => statements,
  /** What it holds when nothing is left to collect. */
  memory: async (_order: null): Promise<{ rss: number; heap: number }> => {
    for (let time = 0; time < 3; time += 1) {
      gc!();
      await pause(200);
    }
    const { rss, heapUsed, external } = process.memoryUsage();
    return { rss, heap: heapUsed + external };
  },
};

obey(orders);
await new Promise<void>((resolve) => void process.once("SIGTERM", () => resolve()));
await shipped?.close();
process.exit();

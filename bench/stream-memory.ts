import { setTimeout as pause } from "node:timers/promises";
import { spread, type Outcome } from "./figures.js";
import type { Run } from "./scenario.js";
import type { Opening } from "./stream-load.js";
import { EVENTS, openStage } from "./stream-stage.js";
import { twinOf, type StreamTown } from "./stream-town.js";

const BAR_KILOBYTES = 25;
const BAR_STATEMENTS = 10;
const CHECK = `subscription ($handle: String!) {
  checkKyc(handle: $handle) { success message verificationStatus entity { id } }
}`;

type Crowd = Pick<Opening, "query" | "subscribers" | "views">;

/** Everybody follows somebody else. */
const ofEntities = ({ everybody }: StreamTown, count: number): Crowd => ({
  query: CHECK,
  subscribers: everybody.slice(0, count).map(({ token, handle }) => ({ token, variables: { handle } })),
  views: "STATES",
});

/** Everybody follows the same. */
const ofEvents = ({ token }: StreamTown, count: number): Crowd => ({
  query: EVENTS,
  subscribers: Array.from({ length: count }, () => ({ token, variables: {} })),
  views: "ONE",
});

interface Idle {
  readonly rss: number;
  readonly heap: number;
  /** Statements a second, with nobody and with everybody there. */
  readonly alone: number;
  readonly crowded: number;
}

/** So many come and go before: what the gateway holds for having worked is not held for whoever is there. */
const WARM = 1_000;

/** What each of a crowd that does nothing takes of a fresh gateway, in kilobytes, and how often the database is asked meanwhile. */
async function holdIdle(run: Run, town: StreamTown, crowd: (count: number) => Crowd, count: number): Promise<Idle> {
  await using stage = await openStage(town, "shipped");
  const { server, load } = stage;
  const seconds = run.quick ? 1 : 3;
  const statements = async (): Promise<number> => {
    const before = await server.ask("statements", null);
    await pause(seconds * 1_000);
    return ((await server.ask("statements", null)) - before) / seconds;
  };
  await stage.open(crowd(WARM));
  await load.ask("close", null);
  await pause(200);
  const before = await server.ask("memory", null);
  const alone = await statements();
  await stage.open(crowd(count));
  const after = await server.ask("memory", null);
  const crowded = await statements();
  const each = (figure: "rss" | "heap"): number => (after[figure] - before[figure]) / count / 1_000;
  return { rss: each("rss"), heap: each("heap"), alone, crowded };
}

/** So many that wait for something to happen. */
export async function holdSubscribers(run: Run, town: StreamTown): Promise<Outcome[]> {
  const count = run.quick ? 2_000 : 10_000;
  const outcomes: Outcome[] = [];
  using own = twinOf(town, "memory");
  for (const [of, crowd] of [
    ["checkKyc of distinct entities", ofEntities],
    ["events of one participant", ofEvents],
  ] as const) {
    const rounds: Idle[] = [];
    for (let round = 0; round < (run.quick ? 1 : run.rounds); round += 1)
      rounds.push(await holdIdle(run, own, (some) => crowd(own, some), count));
    const rss = spread(rounds.map((one) => one.rss));
    const heap = spread(rounds.map((one) => one.heap));
    const crowded = spread(rounds.map((one) => one.crowded));
    outcomes.push({
      name: `streams, memory, ${of}`,
      about: `${count.toLocaleString("en-US")} idle subscribers on as many sockets, against the same gateway after ${WARM.toLocaleString("en-US")} have come and gone`,
      bar: `< ${BAR_KILOBYTES} kB each, ≤ ${BAR_STATEMENTS} statements/s for all`,
      met: Math.max(rss.median, heap.median) < BAR_KILOBYTES && crowded.median <= BAR_STATEMENTS,
      figures: {
        "kB a subscriber": rss,
        "of it heap and buffers, kB": heap,
        "statements/s": crowded,
        "statements/s without": spread(rounds.map((one) => one.alone)),
      },
    });
  }
  return outcomes;
}

import { alternate, ratioOf, spread, type Outcome } from "./figures.js";
import type { Run } from "./scenario.js";
import { EVENTS, openStage, refuseUneven, type Stage } from "./stream-stage.js";
import { twinOf, type StreamTown } from "./stream-town.js";

const SINGLE_BAR = 4;
const BURST_BAR = 15;
const BURST = 50;

interface Size {
  readonly subscribers: number;
  readonly rounds: number;
  /** Events one by one in a round, each committed when the one before has come to everybody. */
  readonly singles: number;
  readonly bursts: number;
}

/** Deliveries a second, from the commit on until the last has come. */
async function rateOf(stage: Stage, subscribers: number, times: number, events: number): Promise<number> {
  let ms = 0;
  for (let time = 0; time < times; time += 1) ms += await stage.deliver(events, subscribers);
  return (subscribers * events * times * 1_000) / ms;
}

interface Rates {
  readonly single: number;
  readonly burst: number;
}

async function compareAt(
  run: Run,
  town: StreamTown,
  { subscribers, rounds, singles, bursts }: Size,
): Promise<Outcome[]> {
  using one = twinOf(town, "shipped");
  using other = twinOf(town, "plain");
  await using shipped = await openStage(one, "shipped", run.profile);
  await using plain = await openStage(other, "plain", run.profile);
  const all = Array.from({ length: subscribers }, () => ({ token: town.token, variables: {} }));
  for (const stage of [shipped, plain]) await stage.open({ query: EVENTS, subscribers: all, views: "ONE" });
  run.tell(`${subscribers.toLocaleString("en-US")} have subscribed to each of two servers`);
  const round = async (stage: Stage): Promise<Rates> => ({
    single: await rateOf(stage, subscribers, singles, 1),
    burst: await rateOf(stage, subscribers, bursts, BURST),
  });
  for (const stage of [shipped, plain]) await rateOf(stage, subscribers, 5, 1);
  const pairs = await alternate(
    rounds,
    () => round(shipped),
    () => round(plain),
  );
  for (const stage of [shipped, plain]) await refuseUneven(stage, 5 + rounds * (singles + bursts * BURST));
  const outcome = (kind: keyof Rates, about: string, bar: number): Outcome => {
    const ratio = ratioOf(pairs.map(([ours, theirs]) => [ours[kind], theirs[kind]]));
    return {
      name: `streams, ${kind}, ${subscribers.toLocaleString("en-US")} subscribers`,
      about: `${about} to everybody, against one execution for each of them`,
      bar: `ratio ≥ ${bar}`,
      met: ratio.median >= bar,
      figures: {
        ratio,
        "shipped, deliveries/s": spread(pairs.map(([ours]) => ours[kind])),
        "plain, deliveries/s": spread(pairs.map(([, theirs]) => theirs[kind])),
      },
    };
  };
  return [
    outcome("single", "single events", SINGLE_BAR),
    outcome("burst", `bursts of ${BURST} events of one transaction`, BURST_BAR),
  ];
}

/** One operation of many subscribers: what happens is worked out once and written to each. */
export async function fanOut(run: Run, town: StreamTown): Promise<Outcome[]> {
  const { rounds } = run;
  if (run.quick) return compareAt(run, town, { subscribers: 200, rounds, singles: 10, bursts: 1 });
  return [
    ...(await compareAt(run, town, { subscribers: 2_000, rounds, singles: 20, bursts: 2 })),
    // The plain way takes the better part of a minute for each of these.
    ...(await compareAt(run, town, { subscribers: 10_000, rounds: 3, singles: 6, bursts: 1 })),
  ];
}

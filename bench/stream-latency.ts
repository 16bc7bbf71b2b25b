import { spread, type Outcome } from "./figures.js";
import type { Run } from "./scenario.js";
import { EVENTS, openStage, refuseUneven } from "./stream-stage.js";
import { twinOf, type StreamTown } from "./stream-town.js";

const SUBSCRIBERS = 1_000;
const PER_SECOND = 200;
const BAR_P99_MS = 250;

/** How long it takes from a commit until each of a thousand has it, while others are committed. */
export async function timeReceipts(run: Run, town: StreamTown): Promise<Outcome[]> {
  const each = run.quick ? PER_SECOND / 2 : PER_SECOND * 5;
  using own = twinOf(town, "latency");
  await using stage = await openStage(own, "shipped", run.profile);
  const { participantId, runs } = town;
  const subscribers = Array.from({ length: SUBSCRIBERS }, () => ({ token: town.token, variables: {} }));
  await stage.open({ query: EVENTS, subscribers, views: "ONE" });
  const measure = async (count: number) => {
    await stage.load.ask("watch", { each: count });
    await stage.load.ask("expect", { messages: count * SUBSCRIBERS });
    const committing = { participantId, runs, events: 1, perSecond: PER_SECOND, count };
    const committedAt = await stage.server.ask("pace", committing);
    await stage.load.ask("arrived", null);
    const [p50, p99, worst] = await stage.load.ask("latencies", { committedAt, shares: [0.5, 0.99, 1] });
    const perSecond = ((count - 1) * 1_000_000) / (committedAt.at(-1)! - committedAt[0]!);
    return { p50: p50!, p99: p99!, worst: worst!, perSecond };
  };
  await measure(PER_SECOND);
  const rounds = [];
  for (let round = 0; round < run.rounds; round += 1) rounds.push(await measure(each));
  await refuseUneven(stage, PER_SECOND + run.rounds * each);
  const p99 = spread(rounds.map((one) => one.p99));
  return [
    {
      name: "streams, latency",
      about: `from commit to receipt, ${SUBSCRIBERS.toLocaleString("en-US")} subscribers of one operation, ${PER_SECOND} changes a second`,
      bar: `p99 < ${BAR_P99_MS} ms`,
      met: p99.median < BAR_P99_MS,
      figures: {
        "p50, ms": spread(rounds.map((one) => one.p50)),
        "p99, ms": p99,
        "slowest, ms": spread(rounds.map((one) => one.worst)),
        "changes/s": spread(rounds.map((one) => one.perSecond)),
      },
    },
  ];
}

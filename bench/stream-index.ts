import { alternate, ratioOf, spread, type Outcome } from "./figures.js";
import type { Run } from "./scenario.js";
import { EVENTS, openStage, type Stage } from "./stream-stage.js";
import { twinOf, type StreamTown } from "./stream-town.js";

const BAR = 1.5;
const FEW = 100;

/** The median milliseconds from the commit of an event of one entity until its only subscriber has it. */
async function timePerEvent(
  stage: Stage,
  { runs, everybody }: StreamTown,
  among: number,
  events: number,
): Promise<number> {
  const times: number[] = [];
  for (let event = 0; event < events; event += 1) {
    const { entityId } = everybody[Math.floor(Math.random() * among)]!;
    times.push(await stage.deliver(1, 1, [{ ...runs[0]!, entityId }]));
  }
  return spread(times).median;
}

/** One subscriber of one entity is found among many as fast as among few. */
export async function findByIndex(run: Run, town: StreamTown): Promise<Outcome[]> {
  const many = run.quick ? 2_000 : 10_000;
  const events = run.quick ? 60 : 300;
  using one = twinOf(town, "many");
  using other = twinOf(town, "few");
  await using crowded = await openStage(one, "shipped", run.profile);
  await using quiet = await openStage(other, "shipped");
  const open = (stage: Stage, count: number): Promise<void> =>
    stage.open({
      query: EVENTS,
      subscribers: town.everybody
        .slice(0, count)
        .map(({ entityId }) => ({ token: town.token, variables: { entityIds: [entityId] } })),
      views: "OWN",
    });
  await open(crowded, many);
  await open(quiet, FEW);
  for (const [stage, among] of [
    [crowded, many],
    [quiet, FEW],
  ] as const)
    await timePerEvent(stage, town, among, 100);
  const pairs = await alternate(
    run.rounds,
    () => timePerEvent(crowded, town, many, events),
    () => timePerEvent(quiet, town, FEW, events),
  );
  const ratio = ratioOf(pairs);
  const figure = (count: number): string => `ms an event, ${count.toLocaleString("en-US")} subscribers`;
  return [
    {
      name: "streams, index",
      about: `an event of one entity that one of ${many.toLocaleString("en-US")} follows, each another, against one of ${FEW}`,
      bar: `ratio ≤ ${BAR}`,
      met: ratio.median <= BAR,
      figures: {
        ratio,
        [figure(many)]: spread(pairs.map(([crowd]) => crowd)),
        [figure(FEW)]: spread(pairs.map(([, few]) => few)),
      },
    },
  ];
}

import { spread, type Outcome } from "./figures.js";
import type { Run } from "./scenario.js";
import { EVENTS, openStage, refuseUneven } from "./stream-stage.js";
import { fillLog, twinOf, type StreamTown } from "./stream-town.js";
import { microseconds } from "./stream-order.js";

const BAR_PER_SECOND = 5_000;

/** A subscriber that begins at the very beginning of a long log. */
export async function replayLog(run: Run, town: StreamTown): Promise<Outcome[]> {
  const events = run.quick ? 10_000 : 100_000;
  using own = twinOf(town, "replay");
  fillLog(own, events);
  await using stage = await openStage(own, "shipped", run.profile);
  const after = await stage.server.ask("cursor", { participantId: town.participantId, seq: 0 });
  const rates: number[] = [];
  for (let round = -1; round < run.rounds; round += 1) {
    await stage.load.ask("expect", { messages: events });
    const startedAt = microseconds();
    await stage.open({ query: EVENTS, subscribers: [{ token: town.token, variables: { after } }], views: "ONE" });
    const endedAt = await stage.load.ask("arrived", null);
    await refuseUneven(stage, events);
    await stage.load.ask("close", null);
    if (round >= 0) rates.push((events * 1_000_000) / (endedAt - startedAt));
  }
  const rate = spread(rates);
  return [
    {
      name: "streams, replay",
      about: `one subscriber reads a log of ${events.toLocaleString("en-US")} events of its own from the beginning`,
      bar: `≥ ${BAR_PER_SECOND.toLocaleString("en-US")} events/s`,
      met: rate.median >= BAR_PER_SECOND,
      figures: { "events/s": rate },
    },
  ];
}

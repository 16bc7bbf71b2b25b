import type { Outcome } from "./figures.js";
import type { Run } from "./scenario.js";
import { fanOut } from "./stream-fanout.js";
import { findByIndex } from "./stream-index.js";
import { timeReceipts } from "./stream-latency.js";
import { holdSubscribers } from "./stream-memory.js";
import { replayLog } from "./stream-replay.js";
import { openStreamTown } from "./stream-town.js";

/** Live streams over sockets: how many are told how fast, what waiting costs, and how fast who was away is back. */
export async function measureStreams(run: Run): Promise<readonly Outcome[]> {
  using town = await openStreamTown(run);
  const outcomes: Outcome[] = [];
  for (const part of [fanOut, timeReceipts, findByIndex, replayLog, holdSubscribers])
    outcomes.push(...(await part(run, town)));
  return outcomes;
}

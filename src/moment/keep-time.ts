import { setTimeout as pause } from "node:timers/promises";
import { OPERATOR, type Actor } from "../kernel/actor.js";
import type { Clock } from "../kernel/instant.js";
import type { Commit, Rows } from "../kernel/reader.js";
import { prune } from "../event/prune.js";
import { comeDue } from "./come-due.js";

/** What keeps time. */
export interface Timekeeping {
  readonly commitAs: (actor: Actor) => Commit;
  readonly rows: Rows;
  readonly clock: Clock;
  /** How long events are kept; null for ever. */
  readonly keepEventsDays: number | null;
  readonly onFault: (error: unknown) => void;
}

/** In the order of the index, which PostgreSQL would leave aside for one row of a table that it takes to be full of them. */
const LOOK = "select 1 from due_moment where due_at <= ? order by due_at limit 1";

const BATCH = 200;
const LOOK_MS = 1_000;
const PRUNE_EVERY_LOOKS = 600;

/** Tells of everything that has come due by now; answers how much that was. */
export async function catchUpWithTime({ commitAs, rows, clock }: Timekeeping): Promise<number> {
  let all = 0;
  for (;;) {
    const due = await rows(LOOK, [clock()]);
    if (due.length === 0) return all;
    all += await commitAs(OPERATOR)((write) => comeDue(write, BATCH));
  }
}

/** Lets go of events that were kept long enough, a batch at a time. */
async function letGo({ commitAs, keepEventsDays }: Timekeeping): Promise<void> {
  if (keepEventsDays === null) return;
  while ((await commitAs(OPERATOR)((write) => prune(write, keepEventsDays))) > 0);
}

/** Tells of what time brings about as it comes, until it is told to stop. */
export async function keepTime(time: Timekeeping, stop: AbortSignal): Promise<void> {
  for (let look = 0; !stop.aborted; look += 1) {
    await catchUpWithTime(time).catch(time.onFault);
    if (look % PRUNE_EVERY_LOOKS === 0) await letGo(time).catch(time.onFault);
    await pause(LOOK_MS, undefined, { signal: stop }).catch(() => undefined);
  }
}

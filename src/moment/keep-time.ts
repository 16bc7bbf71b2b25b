import { setTimeout as pause } from "node:timers/promises";
import { OPERATOR, type Actor } from "../kernel/actor.js";
import type { Clock } from "../kernel/instant.js";
import type { Commit, Rows, Writer } from "../kernel/reader.js";
import { prune } from "../event/prune.js";
import { forgetCallbacks } from "../verification/forget-callbacks.js";
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

/**
 * Whether nobody else keeps time at this moment. One who does is enough, and others would only get in its way; whoever dies at it lets go of
 * the row with its transaction, and has told of nothing. Where there is no installation yet, there is nobody else.
 */
async function isTurn(write: Writer): Promise<boolean> {
  const free = await write.rows("select id from installation for update skip locked");
  return free.length > 0 || (await write.rows("select id from installation")).length === 0;
}

/** One piece of it, in one transaction; null where somebody else is at it. */
const inTurn = ({ commitAs }: Timekeeping, piece: (write: Writer) => Promise<number>): Promise<number | null> =>
  commitAs(OPERATOR)(async (write) => ((await isTurn(write)) ? piece(write) : null), "TOGETHER");

/** Tells of everything that has come due by now, but for what somebody else is telling of; answers how much that was. */
export async function catchUpWithTime(time: Timekeeping): Promise<number> {
  for (let all = 0; ; ) {
    const due = await time.rows(LOOK, [time.clock()]);
    if (due.length === 0) return all;
    const told = await inTurn(time, (write) => comeDue(write, BATCH));
    if (told === null) return all;
    all += told;
  }
}

/** Lets go of what was kept long enough, a batch at a time. */
async function letGo(time: Timekeeping): Promise<void> {
  const { keepEventsDays } = time;
  while (((await inTurn(time, forgetCallbacks)) ?? 0) > 0);
  if (keepEventsDays === null) return;
  while (((await inTurn(time, (write) => prune(write, keepEventsDays))) ?? 0) > 0);
}

/** Tells of what time brings about as it comes, until it is told to stop. */
export async function keepTime(time: Timekeeping, stop: AbortSignal): Promise<void> {
  for (let look = 0; !stop.aborted; look += 1) {
    await catchUpWithTime(time).catch(time.onFault);
    if (look % PRUNE_EVERY_LOOKS === 0) await letGo(time).catch(time.onFault);
    await pause(LOOK_MS, undefined, { signal: stop }).catch(() => undefined);
  }
}

import { createApp, type App } from "../../src/app.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import { DAY_MS, plusDays } from "../../src/kernel/instant.js";
import { recognise } from "../../src/network/recognise.js";
import { advanceClock, type Movable } from "../../src/verification/advance-clock.js";
import { NOON } from "../support/app.js";
import { asFarAsItComes } from "../support/paused.js";
import { givenSandbox } from "../support/verify.js";

/** The same, whose first transaction is not committed before it may be. */
function halted({ workplace, time, refreshClock }: App) {
  const at = Promise.withResolvers<void>();
  const on = Promise.withResolvers<void>();
  const movable: Movable = {
    time,
    refreshClock,
    workplace: {
      ...workplace,
      commitAs: (actor) => (work, how) =>
        workplace.commitAs(actor)(async (write) => {
          const result = await work(write);
          at.resolve();
          await on.promise;
          return result;
        }, how),
    },
  };
  return { movable, at: at.promise, go: on.resolve };
}

describe("advanceClock beside another", () => {
  it("stands where both were to send it, and not as far again", async () => {
    await using world = await givenSandbox();
    const { app, time } = world;
    await app.commitAs(OPERATOR)((write) => recognise(write, true));
    await using other = await createApp(app.config, { clock: time.clock, log: app.log });
    const first = halted(app);
    const one = advanceClock(first.movable, DAY_MS).next();
    await first.at;
    const two = advanceClock(other, DAY_MS).next();
    const came = await asFarAsItComes(world, two);
    first.go();
    const ends = [await one, await two].map(({ value }) => value);
    await app.refreshClock();
    expect([came, ...ends, app.workplace.clock()]).toEqual(["WAITS", ...Array(3).fill(plusDays(NOON, 1))]);
  });
});

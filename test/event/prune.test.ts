import { prune } from "../../src/event/prune.js";
import { readEvents } from "../../src/event/read.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import { givenRegistered, givenWorld, type World } from "../support/given.js";
import { refusal } from "../support/refusal.js";
import { DAY_MS } from "../support/verify.js";

const ALL = { types: null, entityIds: null };

const page = ({ app, bank }: World, after: string | null) => readEvents(app.context(bank.actor).read, after, ALL, 100);

describe("prune", () => {
  it("lets go of what is older than it is kept, and refuses a cursor from before what is left", async () => {
    await using world = await givenWorld();
    await givenRegistered(world.bank, { handle: "one", socialSecurityNumber: null });
    await givenRegistered(world.bank, { handle: "two", socialSecurityNumber: null });
    world.time.advance(10 * DAY_MS);
    await givenRegistered(world.bank, { handle: "three", socialSecurityNumber: null });
    await givenRegistered(world.bank, { handle: "four", socialSecurityNumber: null });
    const [first, second] = (await page(world, null)).events;
    world.time.advance(25 * DAY_MS);
    expect(await world.app.commitAs(OPERATOR)((write) => prune(write, 30))).toBe(2);
    expect(await refusal(page(world, first!.cursor))).toMatchObject({ code: "CURSOR_EXPIRED" });
    // Nothing was lost behind the last that went.
    expect((await page(world, second!.cursor)).events).toHaveLength(2);
    expect((await page(world, null)).events).toHaveLength(2);
  });

  it("keeps the last event whatever its age: the log never forgets where it ends", async () => {
    await using world = await givenWorld();
    await givenRegistered(world.bank);
    world.time.advance(1_000 * DAY_MS);
    expect(await world.app.commitAs(OPERATOR)((write) => prune(write, 1))).toBe(0);
    expect((await page(world, null)).events).toHaveLength(1);
  });
});

import { holdAll } from "../../src/entity/resolve.js";
import { settledHead } from "../../src/event/read.js";
import { ADA, givenRegistered, givenWorld } from "../support/given.js";
import { asFarAsItComes, paused } from "../support/paused.js";
import { scripted, workedBy } from "../support/scripted.js";
import { givenRequested, runOf } from "../support/verify.js";

describe("settle beside others", () => {
  it("waits for whoever speaks of the person before it tells of anything: who reads the log is not held up", async () => {
    await using world = await givenWorld();
    const { app, bank, vendor, stranger } = world;
    await givenRegistered(bank);
    const run = await givenRequested(world, bank);
    const who = {
      entityType: "INDIVIDUAL" as const,
      taxNumber: ADA.socialSecurityNumber.replaceAll("-", ""),
      dateOfBirth: ADA.dateOfBirth,
    };
    await using speaking = paused(vendor.commit, (write) => holdAll(write, [who]));
    await speaking.done;
    const working = workedBy(world, scripted());
    const came = await asFarAsItComes(world, working);
    await givenRegistered(stranger, { socialSecurityNumber: null });
    const [last] = await app.store.rows<{ seq: number }>("select max(seq) as seq from event");
    const head = await settledHead(app.store.rows);
    await speaking.end();
    await working;
    expect([came, head]).toEqual(["WAITS", last!.seq]);
    expect((await runOf(world, run)).status).toBe("PASSED");
  });
});

import { OPERATOR } from "../../src/kernel/actor.js";
import { plusMs } from "../../src/kernel/instant.js";
import type { Writer } from "../../src/kernel/reader.js";
import { claim, type Claimed } from "../../src/verification/claim.js";
import { schedule } from "../../src/verification/move.js";
import type { World } from "../support/given.js";
import { paused, type Paused } from "../support/paused.js";
import { givenThree } from "../support/verify.js";

const claimed = ({ app }: World, lease: string, limit = 25): Promise<Claimed[]> =>
  app.commitAs(OPERATOR)((write) => claim(write, lease, limit, 60_000), "TOGETHER");

const idsOf = (work: readonly Claimed[]): string[] => work.map(({ verificationId }) => verificationId);

const taking = <Result>({ app }: World, work: (write: Writer) => Promise<Result>): Paused<Result> =>
  paused(app.commitAs(OPERATOR), work, "TOGETHER");

describe("claim beside others", () => {
  it("takes at once what another is not about to take", async () => {
    await using world = await givenThree();
    await using first = taking(world, (write) => claim(write, "one", 2, 60_000));
    expect(idsOf(await first.done)).toEqual(world.ids.slice(0, 2));
    expect(idsOf(await claimed(world, "two", 2))).toEqual(world.ids.slice(2));
    await first.end();
    expect(await claimed(world, "three")).toEqual([]);
  });

  it("is not done again because others claim too", async () => {
    await using world = await givenThree();
    let tries = 0;
    const both = ["one", "two", "three"].map((lease) =>
      world.app.commitAs(OPERATOR)(async (write) => {
        tries += 1;
        return claim(write, lease, 1, 60_000);
      }, "TOGETHER"),
    );
    expect((await Promise.all(both)).flatMap(idsOf).toSorted()).toEqual(world.ids);
    expect(tries).toBe(3);
  });

  it("passes over what is being given other work, and takes no old word of it", async () => {
    await using world = await givenThree();
    const [first, ...others] = world.ids;
    const run = { id: first!, participantId: world.fintech.id };
    await using scheduling = taking(world, (write) => schedule(write, run, ["WARN", plusMs(write.now, 60_000)]));
    await scheduling.done;
    expect(idsOf(await claimed(world, "one"))).toEqual(others);
    await scheduling.end();
    expect(await claimed(world, "two")).toEqual([]);
  });
});

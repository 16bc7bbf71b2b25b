import { OPERATOR } from "../../src/kernel/actor.js";
import { plusMs } from "../../src/kernel/instant.js";
import { claim, putOff, stillHeld, type Claimed } from "../../src/verification/claim.js";
import { workOff } from "../../src/verification/keep-working.js";
import { schedule } from "../../src/verification/move.js";
import type { World } from "../support/given.js";
import { givenSandbox, givenThree, workOn } from "../support/verify.js";

const claimed = ({ app }: World, lease: string, limit = 25): Promise<Claimed[]> =>
  app.commitAs(OPERATOR)((write) => claim(write, lease, limit, 60_000), "TOGETHER");

const held = async ({ app }: World, work: readonly Claimed[]): Promise<string[]> =>
  [...(await app.commitAs(OPERATOR)((write) => stillHeld(write, work)))].toSorted();

const idsOf = (work: readonly Claimed[]): string[] => work.map(({ verificationId }) => verificationId);

describe("claim", () => {
  it("takes the longest due first, and no more than the limit", async () => {
    await using world = await givenThree();
    expect(idsOf(await claimed(world, "one", 2))).toEqual(world.ids.slice(0, 2));
    expect(idsOf(await claimed(world, "two", 2))).toEqual(world.ids.slice(2));
    expect(await claimed(world, "three", 2)).toEqual([]);
  });

  it("takes nothing before it is due", async () => {
    await using world = await givenThree();
    const [first] = await claimed(world, "one", 1);
    await world.fintech.commit((write) => putOff(write, first!, { dueAt: plusMs(write.now, 5_000), tries: 3 }));
    expect(idsOf(await claimed(world, "two"))).toEqual(world.ids.slice(1));
    world.time.advance(5_000);
    expect(await claimed(world, "three")).toMatchObject([{ verificationId: world.ids[0], tries: 3, step: "ASK" }]);
  });

  it("gives what one holds to nobody else until the lease ends, and then to another", async () => {
    await using world = await givenThree();
    const first = await claimed(world, "one");
    world.time.advance(59_999);
    expect(await claimed(world, "two")).toEqual([]);
    expect(await held(world, first)).toEqual(world.ids);
    world.time.advance(1);
    expect(idsOf(await claimed(world, "two"))).toEqual(world.ids);
    expect(await held(world, first)).toEqual([]);
  });

  it("gives each piece to one of many who come at once", async () => {
    await using world = await givenThree();
    const all = await Promise.all(Array.from({ length: 10 }, (_, number) => claimed(world, `lease ${number}`, 1)));
    expect(all.flatMap(idsOf).toSorted()).toEqual(world.ids);
  });
});

describe("stillHeld", () => {
  it("no longer names what was put off, scheduled anew or done", async () => {
    await using world = await givenThree();
    const [first, second, third] = await claimed(world, "one");
    await world.fintech.commit(async (write) => {
      await putOff(write, first!, { dueAt: write.now, tries: 1 });
      await schedule(write, { id: second!.verificationId, participantId: second!.participantId }, ["WARN", write.now]);
      await schedule(write, { id: third!.verificationId, participantId: third!.participantId }, null);
    });
    expect(await held(world, [first!, second!, third!])).toEqual([]);
    expect(await workOn(world, world.ids[1]!)).toMatchObject({ step: "WARN", tries: 0, lease: null });
    expect(await workOn(world, world.ids[2]!)).toBeNull();
  });
});

describe("a lease", () => {
  it("lets only one of two take in what came of work whose lease was given on meanwhile", async () => {
    await using world = await givenThree(givenSandbox);
    const slow = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const provider = world.app.workplace.provider!;
    const late = {
      ...world.app.workplace,
      provider: {
        ...provider,
        ask: async (...about: Parameters<typeof provider.ask>) => {
          asked.resolve();
          await slow.promise;
          return provider.ask(...about);
        },
      },
    };
    const first = workOff(late, 25, new AbortController().signal);
    await asked.promise;
    world.time.advance(60_000);
    expect(await workOff(world.app.workplace, 25, new AbortController().signal)).toBe(3);
    slow.resolve();
    await first;
    const moved = await world.app.store.rows<{ id: string }>(
      `select subject_id as id from event where type = 'VERIFICATION_STATUS_CHANGED' and from_status = 'PENDING' order by seq`,
    );
    expect(moved.map(({ id }) => id).toSorted()).toEqual(world.ids);
  });
});

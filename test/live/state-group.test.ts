import fc from "fast-check";
import type { Context } from "../../src/graph/context.js";
import { notFound } from "../../src/kernel/failure.js";
import { createInterests } from "../../src/live/interest.js";
import { createStateGroup, type StateGroup, type StateParts } from "../../src/live/state-group.js";
import type { Stir } from "../../src/live/tail.js";
import type { EventType } from "../../src/event/event.js";
import { settled, until } from "../support/soon.js";
import { listener, type Listener } from "./sink.js";

/** A state that a test changes, a group that shows it, and the index by which it is told of changes. */
interface Showing {
  readonly group: StateGroup;
  /** Changes what is to be seen, and tells whoever watches the entity. */
  readonly become: (state: number, entityId?: Stir["entityId"], type?: EventType) => void;
  /** Done inside the next reading of the state, or of whom to watch, after what it answers was read. */
  readonly during: { state: (() => void) | null; watched: (() => void) | null };
  /** Whose events can change the state. */
  watched: readonly string[] | Error;
  state: number | Error;
  readonly looks: () => number;
  readonly interests: () => number;
  readonly faults: unknown[];
}

/** Nothing of it is asked for: what is read here lies in the test. */
const CONTEXT = {} as Context;

/** Does what lies there, once. */
function once(during: Showing["during"], which: "state" | "watched"): void {
  const work = during[which];
  during[which] = null;
  work?.();
}

const orThrow = <Value>(value: Value | Error): Value => {
  if (value instanceof Error) throw value;
  return value;
};

function showing(): Showing {
  const interests = createInterests();
  const faults: unknown[] = [];
  let looks = 0;
  let seq = 0;
  const parts: StateParts = {
    participantId: "par_1",
    context: () => CONTEXT,
    watched: async () => {
      const found = new Set(orThrow(one.watched));
      once(one.during, "watched");
      return found;
    },
    resultOf: async () => {
      looks += 1;
      const result = Buffer.from(String(orThrow(one.state)));
      await settled(1);
      once(one.during, "state");
      return result;
    },
    reindex: (group) => {
      interests.remove(group);
      interests.add(group);
    },
    onFault: (error) => void faults.push(error),
  };
  const group = createStateGroup(parts, new Set(["ent_1"]));
  interests.add(group);
  const one: Showing = {
    group,
    during: { state: null, watched: null },
    watched: ["ent_1"],
    state: 0,
    become: (state, entityId = "ent_1", type = "ENTITY_STATUS_CHANGED") => {
      one.state = state;
      interests.tell([{ seq: (seq += 1), participantId: "par_1", entityId, type }]);
    },
    looks: () => looks,
    interests: interests.size,
    faults,
  };
  return one;
}

const ends = async ({ heard }: Listener<number>, state: number): Promise<void> => {
  await until(
    () => heard.at(-1) === state,
    () => `${state}, and it is ${heard.at(-1)}`,
  );
  await settled();
};

describe("a state group", () => {
  it("shows the state as it is first, then as it becomes", async () => {
    const one = showing();
    const sink = listener<number>();
    one.group.join(sink);
    await ends(sink, 0);
    one.become(1);
    await ends(sink, 1);
    one.become(2);
    await ends(sink, 2);
    expect(sink.heard).toEqual([0, 1, 2]);
  });

  it("loses nothing that comes while the state is read for the first time", async () => {
    const one = showing();
    const sink = listener<number>();
    one.during.state = () => one.become(1);
    one.group.join(sink);
    await ends(sink, 1);
    expect(sink.heard).toEqual([0, 1]);
  });

  it("says nothing twice where something happened that changes nothing", async () => {
    const one = showing();
    const sink = listener<number>();
    one.group.join(sink);
    await ends(sink, 0);
    one.become(0);
    await until(
      () => one.looks() === 2,
      () => "another look",
    );
    await settled();
    expect(sink.heard).toEqual([0]);
  });

  it("shows who comes in later what holds then, not what was told last", async () => {
    const one = showing();
    const [first, second] = [listener<number>(), listener<number>()];
    one.group.join(first);
    await ends(first, 0);
    // Committed, and not told yet.
    one.state = 1;
    one.group.join(second);
    await ends(second, 1);
    expect(second.heard).toEqual([1]);
  });

  it("shows who comes in during a look only what was read after", async () => {
    const one = showing();
    const [first, second] = [listener<number>(), listener<number>()];
    one.during.state = () => {
      one.state = 1;
      one.group.join(second);
    };
    one.group.join(first);
    await ends(second, 1);
    expect([first.heard, second.heard]).toEqual([[0, 1], [1]]);
  });

  it("looks once for everybody", async () => {
    const one = showing();
    const all = Array.from({ length: 1_500 }, () => listener<number>());
    for (const sink of all) one.group.join(sink);
    await Promise.all(all.map((sink) => ends(sink, 0)));
    const before = one.looks();
    one.become(1);
    await Promise.all(all.map((sink) => ends(sink, 1)));
    expect(one.looks() - before).toBe(1);
  });

  it("tells who is behind the latest alone, once that has left", async () => {
    const one = showing();
    const [slow, quick] = [listener<number>(), listener<number>()];
    one.group.join(slow);
    one.group.join(quick);
    await ends(slow, 0);
    slow.stall();
    for (const state of [1, 2, 3, 4]) {
      one.become(state);
      await ends(quick, state);
    }
    expect(slow.heard).toEqual([0, 1]);
    slow.drain();
    await ends(slow, 4);
    expect([slow.heard, quick.heard]).toEqual([
      [0, 1, 4],
      [0, 1, 2, 3, 4],
    ]);
  });

  it("never shows anybody an older state after a newer, and ends with the last, whoever comes, goes and stalls", async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom("change" as const, "turn" as const) },
      { weight: 2, arbitrary: fc.constant("join" as const) },
      { weight: 1, arbitrary: fc.record({ leave: fc.nat({ max: 4 }) }) },
      { weight: 1, arbitrary: fc.record({ stall: fc.nat({ max: 4 }) }) },
      { weight: 1, arbitrary: fc.record({ drain: fc.nat({ max: 4 }) }) },
      { weight: 1, arbitrary: fc.constant("within" as const) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 50 }), async (all) => {
        const one = showing();
        let state = 0;
        const present: { sink: Listener<number>; since: number; leave: () => void }[] = [];
        for (const now of all)
          if (now === "change") one.become((state += 1));
          else if (now === "turn") await settled(1);
          else if (now === "within") one.during.state = () => one.become((state += 1));
          else if (now === "join") {
            const sink = listener<number>();
            const member = one.group.join(sink);
            present.push({ sink, since: state, leave: () => one.group.leave(member) });
          } else if ("leave" in now) for (const { leave } of present.splice(now.leave, 1)) leave();
          else if ("stall" in now) present[now.stall]?.sink.stall();
          else present[now.drain]?.sink.drain();
        for (const { sink } of present) sink.drain();
        one.become((state += 1));
        await Promise.all(
          present.map(({ sink }) =>
            until(
              () => sink.heard.at(-1) === state,
              () => "the last",
            ),
          ),
        );
        for (const { sink, since } of present) {
          expect(sink.heard).toEqual([...new Set(sink.heard)].toSorted((a, b) => a - b));
          expect(sink.heard[0]).toBeGreaterThanOrEqual(since);
        }
        expect(one.faults).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("watches whoever has come in under it from then on, and nobody who has left", async () => {
    const one = showing();
    const sink = listener<number>();
    one.group.join(sink);
    await ends(sink, 0);
    one.watched = ["ent_1", "ent_2"];
    one.become(1, "ent_1", "MEMBER_LINKED");
    await ends(sink, 1);
    one.become(2, "ent_2");
    await ends(sink, 2);
    one.watched = ["ent_1"];
    one.become(3, "ent_1", "MEMBER_UNLINKED");
    await ends(sink, 3);
    one.become(4, "ent_2");
    await settled();
    expect(sink.heard).toEqual([0, 1, 2, 3]);
  });

  it("watches who came in before anybody told it of changes", async () => {
    const one = showing();
    const sink = listener<number>();
    one.watched = ["ent_1", "ent_2"];
    one.group.join(sink);
    await ends(sink, 0);
    one.become(1, "ent_2");
    await ends(sink, 1);
    expect(sink.heard).toEqual([0, 1]);
  });

  it("watches who came in below one that it had just begun to watch", async () => {
    const one = showing();
    const sink = listener<number>();
    one.group.join(sink);
    await ends(sink, 0);
    one.watched = ["ent_1", "ent_2"];
    one.during.watched = () => {
      one.watched = ["ent_1", "ent_2", "ent_3"];
      one.become(1, "ent_2", "MEMBER_LINKED");
    };
    one.become(1, "ent_1", "MEMBER_LINKED");
    await ends(sink, 1);
    one.become(2, "ent_3");
    await ends(sink, 2);
    expect(sink.heard).toEqual([0, 1, 2]);
  });

  it("is put back under nothing where the last has left while it read whom to watch", async () => {
    const one = showing();
    const sink = listener<number>();
    const member = one.group.join(sink);
    await ends(sink, 0);
    one.during.watched = () => {
      one.group.leave(member);
      one.watched = ["ent_1", "ent_2"];
    };
    const before = one.interests();
    one.watched = ["ent_1", "ent_9"];
    one.become(1, "ent_1", "MEMBER_LINKED");
    await settled();
    one.become(2, "ent_9");
    await settled();
    expect([before, one.looks(), sink.heard]).toEqual([1, 2, [0]]);
  });

  it("shows what is left to be shown where there is nobody to watch any more", async () => {
    const one = showing();
    const sink = listener<number>();
    one.group.join(sink);
    await ends(sink, 0);
    one.watched = notFound("Entity", "handle");
    one.become(1, "ent_1", "ENTITY_REGISTERED");
    await ends(sink, 1);
    expect(one.faults).toEqual([]);
  });

  it.each(["state", "watched"] as const)("looks again by itself after a look that failed (%s)", async (which) => {
    const one = showing();
    const sink = listener<number>();
    one.group.join(sink);
    await ends(sink, 0);
    const fault = new Error("The database is away.");
    one.during[which] = () => {
      throw fault;
    };
    one.become(1, "ent_1", "MEMBER_LINKED");
    await ends(sink, 1);
    expect([sink.heard, one.faults]).toEqual([[0, 1], [fault]]);
  });
});

import fc from "fast-check";
import { followLog, followWhenWanted, type Tail, type TailParts } from "../../src/live/tail.js";
import { settled, until } from "../support/soon.js";
import { scriptedLog, type ScriptedLog } from "./scripted-log.js";

/** Longer than any test: whoever is not rung for is not heard. */
const NEVER_MS = 3_600_000;

interface Following extends AsyncDisposable {
  readonly log: ScriptedLog;
  readonly tail: Tail;
  /** The numbers that were told, in order. */
  readonly told: number[];
  readonly faults: unknown[];
}

const partsOf = ({ rows, gate }: ScriptedLog, over: Partial<TailParts> = {}): TailParts => ({
  rows,
  gate,
  pollMs: NEVER_MS,
  stirred: () => undefined,
  everyRound: async () => undefined,
  onFault: () => undefined,
  ...over,
});

async function following(over: Partial<TailParts> = {}, log = scriptedLog()): Promise<Following> {
  const told: number[] = [];
  const faults: unknown[] = [];
  const tail = await followLog(
    partsOf(log, {
      stirred: (stirs) => void told.push(...stirs.map(({ seq }) => seq)),
      onFault: (error) => void faults.push(error),
      ...over,
    }),
  );
  await settled();
  return { log, tail, told, faults, [Symbol.asyncDispose]: () => tail.stop() };
}

const upTo = (last: number, first = 1): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

const hears = ({ told }: Following, count: number): Promise<void> =>
  until(
    () => told.length >= count,
    () => `${count} events, and there are ${told.length}`,
  );

describe("followLog", () => {
  it("begins at the end of the log, and tells of what is committed from then on", async () => {
    const log = scriptedLog();
    log.begin(3)();
    await using one = await following({}, log);
    expect(one.tail.head()).toBe(3);
    log.begin(2)();
    one.tail.nudge();
    await hears(one, 2);
    expect([one.told, one.tail.head()]).toEqual([[4, 5], 5]);
  });

  it.each([
    "gate",
    "rows",
  ] as const)("hears whoever rings while it reads (%s), though it has read already what was there before", async (which) => {
    await using one = await following();
    const { log, tail, told } = one;
    log.during[which] = () => {
      log.begin(1)();
      tail.nudge();
    };
    log.begin(1)();
    tail.nudge();
    await hears(one, 2);
    expect(told).toEqual([1, 2]);
  });

  it("hears whoever rings during the last of many readings in a row, each of which was rung for in the one before", async () => {
    await using one = await following();
    const { log, tail, told } = one;
    let left = 50;
    const again = (): void => {
      log.begin(1)();
      if ((left -= 1) > 0) log.during[left % 2 === 0 ? "gate" : "rows"] = again;
      tail.nudge();
    };
    again();
    await hears(one, 50);
    expect(told).toEqual(upTo(50));
  });

  it("sees by itself, after a while, what nobody has rung for", async () => {
    await using one = await following({ pollMs: 5 });
    one.log.begin(2)();
    await hears(one, 2);
    expect(one.told).toEqual([1, 2]);
  });

  it("waits for the transaction that began first, where the other is committed first", async () => {
    await using one = await following();
    const { log, tail, told } = one;
    const first = log.begin(2);
    const second = log.begin(2);
    second();
    tail.nudge();
    await settled();
    expect([told, tail.head()]).toEqual([[], 0]);
    first();
    tail.nudge();
    await hears(one, 4);
    expect(told).toEqual([1, 2, 3, 4]);
  });

  it("tells of each event once and in order, however transactions overlap, and whenever it is rung for", async () => {
    const step = fc.oneof(
      fc.record({ begin: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ commit: fc.nat({ max: 4 }) }),
      fc.constant("ring" as const),
      fc.constant("turn" as const),
      fc.record({ within: fc.constantFrom("gate" as const, "rows" as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        await using one = await following();
        const { log, tail, told } = one;
        const open: (() => void)[] = [];
        const commit = (which: number): void => open.splice(which % Math.max(open.length, 1), 1)[0]?.();
        for (const now of steps) {
          if (now === "ring") tail.nudge();
          else if (now === "turn") await settled(1);
          else if ("begin" in now) open.push(log.begin(now.begin));
          else if ("commit" in now) commit(now.commit);
          else
            log.during[now.within] = () => {
              commit(0);
              tail.nudge();
            };
        }
        while (open.length > 0) commit(open.length - 1);
        tail.nudge();
        await hears(one, log.committed().length);
        await settled(3);
        expect(told).toEqual(upTo(log.committed().length));
      }),
      { numRuns: 200 },
    );
  });

  it("reads very many in pages, and tells of all", async () => {
    await using one = await following();
    one.log.begin(12_001)();
    one.tail.nudge();
    await hears(one, 12_001);
    expect(one.told).toEqual(upTo(12_001));
  });

  it.each([
    "gate",
    "rows",
  ] as const)("goes on after a reading that failed (%s), and has missed nothing", async (which) => {
    await using one = await following({ pollMs: 5 });
    const { log, tail, told, faults } = one;
    const fault = new Error("The database is away.");
    log.begin(2)();
    log.during[which] = () => {
      throw fault;
    };
    tail.nudge();
    await hears(one, 2);
    log.begin(1)();
    await hears(one, 3);
    expect([told, faults]).toEqual([[1, 2, 3], [fault]]);
  });

  it("does what is due every round before it tells of what is new, and says whether there is any", async () => {
    const order: (string | number)[] = [];
    const stirred: TailParts["stirred"] = (stirs) => void order.push(...stirs.map(({ seq }) => seq));
    const everyRound = async (isNews: boolean): Promise<void> => void order.push(isNews ? "news" : "none");
    await using one = await following({ stirred, everyRound });
    one.log.begin(2)();
    one.tail.nudge();
    await settled();
    one.tail.nudge();
    await settled();
    expect(order).toEqual(["none", "news", 1, 2, "none"]);
  });

  it("tells of nothing before what is due has been done: where that fails, it is tried again", async () => {
    let left = 2;
    const everyRound = async (isNews: boolean): Promise<void> => {
      if (isNews && (left -= 1) >= 0) throw new Error("Not now.");
    };
    await using one = await following({ everyRound, pollMs: 5 });
    one.log.begin(1)();
    await hears(one, 1);
    expect([one.told, one.faults.length]).toEqual([[1], 2]);
  });

  it("tells of nothing more once it has stopped", async () => {
    const one = await following({ pollMs: 1 });
    await one.tail.stop();
    one.log.begin(1)();
    one.tail.nudge();
    await settled();
    expect(one.told).toEqual([]);
  });
});

describe("followWhenWanted", () => {
  it("asks nothing before somebody wants to know, then follows for all of them as one", async () => {
    const log = scriptedLog();
    let asked = 0;
    const gate = (): Promise<number> => {
      asked += 1;
      return log.gate();
    };
    const lazy = followWhenWanted(partsOf(log, { gate }));
    lazy.nudge();
    await settled();
    expect(asked).toBe(0);
    expect(await lazy.wanted()).toBe(await lazy.wanted());
    await lazy.stop();
  });

  it("tries again for the next one where it could not begin", async () => {
    const log = scriptedLog();
    log.during.gate = () => {
      throw new Error("The database is away.");
    };
    const lazy = followWhenWanted(partsOf(log));
    await expect(lazy.wanted()).rejects.toThrow("The database is away.");
    expect((await lazy.wanted()).head()).toBe(0);
    await lazy.stop();
  });

  it("stops where nobody ever wanted to know", async () => {
    const log = scriptedLog();
    const lazy = followWhenWanted(partsOf(log));
    await expect(lazy.stop()).resolves.toBeUndefined();
  });
});

import fc from "fast-check";
import pg from "pg";
import { Failure } from "../../src/kernel/failure.js";
import type { Budget } from "../../src/server/budget.js";
import { createSharedBudget, type Draw } from "../../src/server/shared-budget.js";
import { createDraw } from "../../src/store/postgres/budget.js";
import { testApp } from "../support/app.js";

/** 600 a minute: ten a second, and portions of twelve. */
const PER_MINUTE = 600;
const PORTION = 12;
const WHOSE = "par_a";

/** 2026, in microseconds: the database's clock, which gateways do not know. */
const START_US = 1_770_000_000_000_000;

interface Shared extends AsyncDisposable {
  /** Another gateway, whose own clock began at another time. */
  readonly gateway: (perMinute?: number) => Budget;
  readonly pass: (ms: number) => void;
  readonly setClockBack: (ms: number) => void;
  readonly nowMs: () => number;
  readonly draws: () => number;
  /** Lets every draw fail, as where the database is away. */
  readonly cut: () => void;
}

async function givenShared(): Promise<Shared> {
  const test = await testApp();
  const pool = new pg.Pool({ connectionString: test.app.config.databaseUrl, max: 4 });
  let now = 0;
  let setBack = 0;
  let draws = 0;
  let gateways = 0;
  let away = false;
  const onDatabase = createDraw(
    (statement) => pool.query(statement),
    () => START_US + (now - setBack) * 1_000,
  );
  const draw: Draw = (drawing) => {
    draws += 1;
    return away ? Promise.reject(new Failure("SERVICE_UNAVAILABLE", "The database is away.")) : onDatabase(drawing);
  };
  return {
    gateway: (perMinute = PER_MINUTE) => {
      const began = (gateways += 1) * 12_345;
      return createSharedBudget(perMinute, draw, () => now + began);
    },
    pass: (ms) => void (now += ms),
    setClockBack: (ms) => void (setBack += ms),
    nowMs: () => now,
    draws: () => draws,
    cut: () => void (away = true),
    [Symbol.asyncDispose]: async () => {
      await pool.end();
      await test[Symbol.asyncDispose]();
    },
  };
}

/** The failure of what is refused; null where it is not. */
async function refusalOf(act: () => void | Promise<void>): Promise<Failure | null> {
  try {
    await act();
    return null;
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown;
    throw thrown;
  }
}

const waitOf = async (act: () => void | Promise<void>): Promise<number | null> => {
  const refusal = await refusalOf(act);
  expect(refusal?.code ?? "RATE_LIMITED").toBe("RATE_LIMITED");
  return refusal && (refusal.details.retryAfterMs ?? null);
};

/** Spends one at a time until it is refused, and answers how much that was. */
async function spendAll(budget: Budget, whose = WHOSE): Promise<number> {
  for (let spent = 0; ; spent += 1) if (await refusalOf(() => budget.spend(whose, 1))) return spent;
}

describe("a shared budget", () => {
  it("is one for all gateways, however each of them spends it", async () => {
    await using shared = await givenShared();
    const [one, two, three] = [shared.gateway(), shared.gateway(), shared.gateway()];
    await one.spend(WHOSE, 200);
    await two.spend(WHOSE, 200);
    const rest = (await spendAll(three)) + (await spendAll(two)) + (await spendAll(one));
    expect(rest).toBe(200);
  });

  it("asks the database once for a portion, and answers without a promise while that lasts", async () => {
    await using shared = await givenShared();
    const budget = shared.gateway();
    await budget.spend(WHOSE, 1);
    for (let spent = 1; spent < PORTION; spent += 1) expect(budget.spend(WHOSE, 1)).toBeUndefined();
    expect(shared.draws()).toBe(1);
    await budget.spend(WHOSE, 1);
    expect(shared.draws()).toBe(2);
  });

  it("draws what one request costs where that is more than a portion", async () => {
    await using shared = await givenShared();
    await shared.gateway().spend(WHOSE, 400);
    expect(await spendAll(shared.gateway())).toBe(200);
  });

  it("says truly how long to wait, and is not asked again before", async () => {
    await using shared = await givenShared();
    const budget = shared.gateway();
    await budget.spend(WHOSE, 600);
    expect(await waitOf(() => budget.spend(WHOSE, 15))).toBe(1_500);
    expect(await waitOf(() => budget.refuseEmpty(WHOSE))).toBe(100);
    const draws = shared.draws();
    shared.pass(1_499);
    expect(await waitOf(() => budget.spend(WHOSE, 15))).toBe(1);
    expect(shared.draws()).toBe(draws);
    shared.pass(1);
    expect(await waitOf(() => budget.spend(WHOSE, 15))).toBeNull();
  });

  it("lets a request that costs more than a bucket wait for a full one, into which what others held has gone back", async () => {
    await using shared = await givenShared();
    const [one, two] = [shared.gateway(), shared.gateway()];
    await two.spend(WHOSE, 1);
    const wait = await waitOf(() => one.spend(WHOSE, 5_000));
    expect(wait).toBeGreaterThan(60_000);
    shared.pass(wait! - 1);
    expect(await waitOf(() => one.spend(WHOSE, 5_000))).toBe(1);
    shared.pass(1);
    expect(await waitOf(() => one.spend(WHOSE, 5_000))).toBeNull();
  });

  it("lets a portion that is not spent go stale after a minute, and holds no more than one minute ever", async () => {
    await using shared = await givenShared();
    const [one, two] = [shared.gateway(), shared.gateway()];
    await one.spend(WHOSE, 1);
    shared.pass(3_600_000);
    expect((await spendAll(two)) + (await spendAll(one))).toBe(600);
  });

  it("gives back what it holds when it is closed", async () => {
    await using shared = await givenShared();
    const [one, two] = [shared.gateway(), shared.gateway()];
    await one.spend(WHOSE, 5);
    await one.close();
    expect(await spendAll(two)).toBe(595);
  });

  it("gives each participant a bucket", async () => {
    await using shared = await givenShared();
    const budget = shared.gateway();
    await budget.spend(WHOSE, 600);
    expect(await spendAll(budget, "par_b")).toBe(600);
  });

  it("lets gateways that come at once have no more than there is", async () => {
    await using shared = await givenShared();
    const gateways = Array.from({ length: 5 }, () => shared.gateway());
    const tries = gateways.flatMap((one) => Array.from({ length: 40 }, () => refusalOf(() => one.spend(WHOSE, 5))));
    const paid = (await Promise.all(tries)).filter((refusal) => refusal === null).length;
    const rest = await Promise.all(gateways.map((one) => spendAll(one)));
    expect(rest.reduce((sum, one) => sum + one, paid * 5)).toBe(600);
  });

  it("goes on when the clock of the database is set back", async () => {
    await using shared = await givenShared();
    const budget = shared.gateway();
    await budget.spend(WHOSE, 600);
    shared.setClockBack(3_600_000);
    shared.pass(500);
    await waitOf(() => budget.spend(WHOSE, 1));
    shared.pass(2_000);
    expect(await waitOf(() => budget.spend(WHOSE, 20))).toBeNull();
  });

  it("spends what it has while the database is away, and then says so", async () => {
    await using shared = await givenShared();
    const budget = shared.gateway();
    await budget.spend(WHOSE, 2);
    shared.cut();
    expect(await refusalOf(() => budget.spend(WHOSE, 100))).toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    for (let spent = 2; spent < PORTION; spent += 1) expect(await refusalOf(() => budget.spend(WHOSE, 1))).toBeNull();
    const refusals = await Promise.all([1, 2, 3].map(() => refusalOf(() => budget.spend(WHOSE, 1))));
    expect(refusals).toMatchObject(refusals.map(() => ({ code: "SERVICE_UNAVAILABLE" })));
    expect(await refusalOf(() => budget.spend("par_b", 1))).toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  });

  it("never lets gateways spend more, within any time, than a bucket and what refills meanwhile", async () => {
    await using shared = await givenShared();
    let whose = 0;
    const step = fc.record({
      gateway: fc.nat({ max: 3 }),
      cost: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 40 }) }, fc.integer({ min: 41, max: 700 })),
      passMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 1, max: 90_000 })),
      closes: fc.integer({ min: 0, max: 30 }).map((die) => die === 0),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 80 }), async (steps) => {
        const participant = `par_${(whose += 1)}`;
        const gateways = Array.from({ length: 4 }, () => shared.gateway());
        const spent: { at: number; cost: number }[] = [];
        const waits: number[] = [];
        for (const { gateway, cost, passMs, closes } of steps) {
          shared.pass(passMs);
          const wait = await waitOf(() => gateways[gateway]!.spend(participant, cost));
          if (wait === null) spent.push({ at: shared.nowMs(), cost: Math.min(cost, PER_MINUTE) });
          else waits.push(wait);
          if (closes) await gateways[gateway]!.close();
        }
        expect(overspent(spent)).toEqual([]);
        expect(waits.filter((wait) => wait <= 0)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it("refuses nobody who asks for no more than what refills, but for a portion with each other gateway", async () => {
    await using shared = await givenShared();
    const gateways = Array.from({ length: 3 }, () => shared.gateway());
    const first = await Promise.all(gateways.map((one) => refusalOf(() => one.spend(WHOSE, 1))));
    expect(first).toEqual([null, null, null]);
    expect(3 + (await spendAll(gateways[0]!))).toBeGreaterThanOrEqual(PER_MINUTE - 2 * PORTION);
  });
});

/** Every time in which more was spent than a bucket and what refilled meanwhile. */
function overspent(spent: readonly { at: number; cost: number }[]): string[] {
  return spent.flatMap((from, first) => {
    let sum = 0;
    return spent.slice(first).flatMap((to) => {
      sum += to.cost;
      const allowed = PER_MINUTE + ((to.at - from.at) * PER_MINUTE) / 60_000;
      return sum > allowed + 1e-6 ? [`${sum} of ${allowed} from ${from.at} to ${to.at}`] : [];
    });
  });
}

import { createApp } from "../../src/app.js";
import { spanOf, spanText } from "../../src/command/span.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import { DAY_MS, plusDays, plusMs, type Instant } from "../../src/kernel/instant.js";
import { recognise } from "../../src/network/recognise.js";
import { MAX_ADVANCE_MS, advanceClock, type Passed } from "../../src/verification/advance-clock.js";
import { NOON, type TestApp } from "../support/app.js";
import { ADA, givenRegistered, givenWorld, type World } from "../support/given.js";
import { refusal } from "../support/refusal.js";
import { changedBy } from "../support/stored.js";
import { givenRequested, givenSandbox, runOf, worked } from "../support/verify.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A sandbox that has been started once: it knows how far its clock was moved. */
async function givenMovable(environment: Readonly<Record<string, string>> = {}): Promise<World> {
  const world = await givenSandbox({ environment });
  await world.app.commitAs(OPERATOR)((write) => recognise(write, true));
  return world;
}

/** Moves the clock, and gives back what passed on the way and where it stands. */
async function advanced({ app }: TestApp, byMs: number): Promise<{ passed: Passed[]; at: Instant }> {
  const passing = advanceClock(app, byMs);
  const passed: Passed[] = [];
  for (;;) {
    const next = await passing.next();
    if (next.done) return { passed, at: next.value };
    passed.push(next.value);
  }
}

/** A person whose name the sandbox knows, and a run about them. */
async function givenRun(world: World, lastName: string, number: string) {
  const handle = lastName.toLowerCase();
  await givenRegistered(world.bank, { ...ADA, handle, lastName, socialSecurityNumber: number });
  return givenRequested(world, world.bank, { handle });
}

describe("advanceClock", () => {
  it("lets everything happen that would have happened, each at its moment and in its order", async () => {
    await using world = await givenMovable();
    const review = await givenRun(world, "Review", "212-55-0201");
    const webhook = await givenRun(world, "Webhook", "212-55-0202");
    await worked(world);
    const { passed } = await advanced(world, 31 * DAY_MS);
    const silent = plusMs(NOON, HOUR_MS);
    expect(passed).toEqual([
      { occurredAt: silent, verificationId: webhook, from: "WEBHOOK_PENDING", to: "REVIEW" },
      { occurredAt: plusDays(NOON, 23), verificationId: review, from: null, to: null },
      { occurredAt: plusDays(silent, 23), verificationId: webhook, from: null, to: null },
      { occurredAt: plusDays(NOON, 29), verificationId: review, from: null, to: null },
      { occurredAt: plusDays(silent, 29), verificationId: webhook, from: null, to: null },
      { occurredAt: plusDays(NOON, 30), verificationId: review, from: "REVIEW", to: "FAILED" },
      { occurredAt: plusDays(silent, 30), verificationId: webhook, from: "REVIEW", to: "FAILED" },
    ]);
  });

  it("stands where it was sent, for every process on the same data, and goes on from there", async () => {
    await using world = await givenMovable();
    expect((await advanced(world, 2 * DAY_MS)).at).toBe(plusDays(NOON, 2));
    expect((await advanced(world, DAY_MS)).at).toBe(plusDays(NOON, 3));
    await using beside = await createApp(world.app.config, { clock: world.time.clock });
    expect(beside.workplace.clock()).toBe(NOON);
    await beside.refreshClock();
    expect(beside.workplace.clock()).toBe(plusDays(NOON, 3));
  });

  it("does nothing that is due only after it", async () => {
    await using world = await givenMovable({ SANDBOX_DELAY_SECONDS: "90" });
    const run = await givenRun(world, "Moreno", "212-55-0203");
    expect((await advanced(world, MINUTE_MS)).passed).toEqual([]);
    expect((await runOf(world, run)).status).toBe("PENDING");
    expect((await advanced(world, MINUTE_MS)).passed).toEqual([
      { occurredAt: plusMs(NOON, 90_000), verificationId: run, from: "PENDING", to: "PASSED" },
    ]);
  });

  it("gives up on a provider that puts off for a week, without asking it every minute, and keeps nobody else waiting", async () => {
    await using world = await givenMovable({ SANDBOX_DELAY_SECONDS: "20000" });
    const pending = await givenRun(world, "Pending", "212-55-0204");
    await worked(world);
    await advanced(world, DAY_MS);
    const other = await givenRun(world, "Moreno", "212-55-0205");
    world.statements.length = 0;
    const { passed } = await advanced(world, 7 * DAY_MS);
    expect(passed.map(({ verificationId, to }) => [verificationId, to])).toEqual([
      [other, "PASSED"],
      [pending, "REVIEW"],
    ]);
    expect(passed[0]!.occurredAt).toBe(plusMs(plusDays(NOON, 1), 20_000_000));
    const late = Date.parse(passed[1]!.occurredAt) - Date.parse(plusDays(NOON, 7));
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThanOrEqual(HOUR_MS);
    expect(world.statements.filter((sql) => sql.includes("clock_offset_ms +")).length).toBeLessThan(200);
  });

  it("stands still where it had come to when it is stopped, and nothing is lost", async () => {
    await using world = await givenMovable();
    const run = await givenRun(world, "Review", "212-55-0206");
    await worked(world);
    const stop = new AbortController();
    const passing = advanceClock(world.app, 31 * DAY_MS, stop.signal);
    expect((await passing.next()).value).toMatchObject({ verificationId: run, to: null });
    stop.abort();
    expect(await passing.next()).toEqual({ done: true, value: plusDays(NOON, 23) });
    const { passed, at } = await advanced(world, 8 * DAY_MS);
    expect(passed.map(({ to }) => to)).toEqual([null, "FAILED"]);
    expect(at).toBe(plusDays(NOON, 31));
  });

  it.each([
    0,
    -DAY_MS,
    0.5,
    Number.NaN,
    MAX_ADVANCE_MS + 1,
  ])("is refused for %d milliseconds, and changes nothing", async (byMs) => {
    await using world = await givenMovable();
    await givenRun(world, "Moreno", "212-55-0207");
    const { result, changed } = await changedBy(world.app, () => refusal(advanced(world, byMs)));
    expect(result).toMatchObject({ code: "BAD_USER_INPUT", paths: ["by"] });
    expect(changed).toEqual([]);
  });
});

describe("a clock that nobody can move", () => {
  it("is refused, whatever is due", async () => {
    await using world = await givenWorld();
    await givenRun(world, "Moreno", "212-55-0208");
    world.time.advance(-MINUTE_MS);
    expect(await refusal(advanced(world, DAY_MS))).toMatchObject({ code: "CONFLICT" });
  });
});

describe("spanOf", () => {
  it.each([
    ["30d", 30 * DAY_MS],
    ["12h", 12 * HOUR_MS],
    ["90m", 90 * MINUTE_MS],
    ["1d12h", DAY_MS + 12 * HOUR_MS],
    ["1d2h3m", DAY_MS + 2 * HOUR_MS + 3 * MINUTE_MS],
    ["0d", 0],
  ])("reads %s", (text, ms) => {
    expect(spanOf(text)).toBe(ms);
  });

  it.each(["", "d", "30", "30s", "1h2d", "1.5d", "-1d", "1d ", "1d1d"])("reads nothing in %j", (text) => {
    expect(spanOf(text)).toBeNull();
  });

  it("is what spanText writes, to the minute", () => {
    for (const text of ["30d", "1d12h", "1d2h3m", "59m"]) expect(spanText(spanOf(text)!)).toBe(text);
    expect(spanText(0)).toBe("0m");
    expect(spanText(MINUTE_MS - 1)).toBe("1m");
  });
});

import fc from "fast-check";
import type { Decimal } from "../../src/kernel/decimal.js";
import { linesOf, readLedger } from "../../src/ledger/ledger.js";
import { setPrice } from "../../src/network/create.js";
import { coverage, givenReady, operate, queried } from "../support/asked.js";
import { partyIn } from "../support/given.js";
import { refusal } from "../support/refusal.js";
import { DAY_MS } from "../../src/kernel/instant.js";

const RUNS = 1_000;

describe("readLedger", () => {
  it("sums a month's query events by product, outcome and currency, and no other participant's", async () => {
    await using world = await givenReady();
    await queried(world.fintech, world.ask);
    await queried(world.fintech, world.ask);
    expect(await readLedger(partyIn(world, world.fintech).read, "2026-03")).toEqual({
      month: "2026-03",
      lines: [{ product: "KYC", outcome: "ISSUED", currency: "USD", count: 2, amount: "5.00" }],
    });
    expect((await readLedger(world.bank.read, "2026-03")).lines).toEqual([]);
    expect((await readLedger(world.fintech.read, "2026-02")).lines).toEqual([]);
    expect((await readLedger(world.fintech.read, "2026-04")).lines).toEqual([]);
  });

  it("sums to what was charged under load: each key once, however often and however parallel it is asked", async () => {
    await using world = await givenReady();
    const keys = Array.from({ length: 100 }, (_, index) => `key-${index % 40}`);
    const answers = await Promise.all(
      keys.map((idempotencyKey) => queried(world.fintech, { ...world.ask, idempotencyKey })),
    );
    expect(new Set(answers.map(({ event }) => event.id)).size).toBe(40);
    expect((await readLedger(partyIn(world, world.fintech).read, "2026-03")).lines).toEqual([
      { product: "KYC", outcome: "ISSUED", currency: "USD", count: 40, amount: "100.00" },
    ]);
  });

  it.each(["2026", "2026-13", "2026-3", "", "2026-03-01"])("refuses %j, which is no month", async (month) => {
    await using world = await givenReady([]);
    expect(await refusal(readLedger(world.fintech.read, month))).toMatchObject({
      code: "BAD_USER_INPUT",
      paths: ["month"],
    });
  });
});

describe("linesOf", () => {
  it("adds exactly, whatever the prices", () => {
    const prices = fc.array(fc.tuple(fc.nat(99_999), fc.integer({ min: 1, max: 1_000 })), { maxLength: 20 });
    fc.assert(
      fc.property(prices, (list) => {
        const rows = list.map(([cents, count]) => ({
          product: "KYC" as const,
          outcome: "ISSUED" as const,
          currency: "USD",
          price: `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}` as Decimal,
          count,
        }));
        const cents = list.reduce((sum, [price, count]) => sum + price * count, 0);
        const [line] = linesOf(rows);
        expect(line?.amount ?? "0.00").toBe(`${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`);
        expect(line?.count ?? 0).toBe(list.reduce((sum, [, count]) => sum + count, 0));
      }),
      { numRuns: RUNS },
    );
  });
});

describe("a no that costs", () => {
  const charged = async (world: Awaited<ReturnType<typeof givenReady>>) =>
    (await queried(world.fintech, world.ask)).event.price;
  const given = async () => {
    const world = await givenReady(["LIVENESS_REVIEW"]);
    await operate(world)((write) =>
      setPrice(write, { networkId: world.network, product: "KYC", amount: "2.50", noAmount: "0.40", currency: "USD" }),
    );
    return world;
  };

  it("is free for whom coverage did not tell", async () => {
    await using world = await given();
    expect(await charged(world)).toBe("0.00");
  });

  it("is charged to whom coverage told, and the ledger shows it", async () => {
    await using world = await given();
    expect((await coverage(world.fintech, world.ask)).noPrice).toBe("0.40");
    expect(await charged(world)).toBe("0.40");
    expect((await readLedger(world.fintech.read, "2026-03")).lines).toMatchObject([
      { outcome: "NOT_SATISFIED", amount: "0.40" },
    ]);
  });

  it("is free again a day after coverage told", async () => {
    await using world = await given();
    await coverage(world.fintech, world.ask);
    world.time.advance(DAY_MS);
    expect(await charged(world)).toBe("0.00");
  });

  it("costs what was told, not what it costs since; and what it costs since where that is less", async () => {
    await using world = await given();
    await coverage(world.fintech, world.ask);
    const reprice = (noAmount: string) =>
      operate(world)((write) =>
        setPrice(write, { networkId: world.network, product: "KYC", amount: "2.50", noAmount, currency: "USD" }),
      );
    await reprice("9.00");
    expect(await charged(world)).toBe("0.40");
    await reprice("0.10");
    expect(await charged(world)).toBe("0.10");
  });

  it("is refused where it is above maxPrice, and costs nothing", async () => {
    await using world = await given();
    await operate(world)((write) =>
      setPrice(write, { networkId: world.network, product: "KYC", amount: "2.50", noAmount: "3.00", currency: "USD" }),
    );
    const refused = await refusal(queried(world.fintech, { ...world.ask, maxPrice: "2.75" }));
    expect(refused).toMatchObject({ code: "BAD_USER_INPUT", paths: ["input.maxPrice"] });
  });
});

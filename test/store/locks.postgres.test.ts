import { OPERATOR } from "../../src/kernel/actor.js";
import { testApp } from "../support/app.js";
import { givenOwnPostgres } from "../support/own-postgres.js";

/** Far more than a server has room for that keeps ten locks for each of twenty connections. */
const TOO_MANY = 20_000;

const names = (count: number): string[] => Array.from({ length: count }, (_, n) => `name ${n}`);

describe("a server that has no room for another lock", () => {
  it("is crowded, which is told as such and passes, and the gateway goes on", async () => {
    await using server = await givenOwnPostgres({
      max_locks_per_transaction: 10,
      max_connections: 20,
    });
    await using test = await testApp({ at: server.url });
    const holding = (count: number) => test.app.commitAs(OPERATOR)((write) => write.hold(names(count)));
    await expect(holding(TOO_MANY)).rejects.toMatchObject({
      code: "SERVICE_UNAVAILABLE",
      message: "Too many ask at the same time: try again in a moment.",
      details: { retryAfterMs: 1_000 },
    });
    await holding(1);
    expect(await test.app.store.ready()).toBe(true);
  }, 60_000);
});

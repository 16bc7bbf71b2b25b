import pg from "pg";
import { testApp } from "../support/app.js";
import { asFarAsItComes } from "../support/paused.js";

/** A database whose connections isolate more than ours ask for, and somebody who is connected to it. */
async function givenIsolating() {
  const test = await testApp();
  const other = new pg.Client(test.app.config.databaseUrl);
  await other.connect();
  const { database } = other;
  await other.query(`alter database ${database} set default_transaction_isolation = 'repeatable read'`);
  // It holds for whoever connects from now on.
  const app = await test.another();
  return {
    ...test,
    app,
    other,
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]();
      await other.query(`alter database ${database} reset default_transaction_isolation`);
      await other.end();
      await test[Symbol.asyncDispose]();
    },
  };
}

const DRAWING = {
  participantId: "par_a",
  era: 0,
  counted: 0,
  keeps: 0,
  returned: 0,
  least: 1,
  most: 1,
  spends: 1,
};

describe("a database whose transactions are isolated more by default", () => {
  it("lets who draws beside another go on from what that one left, and refuses nobody for having been second", async () => {
    await using world = await givenIsolating();
    const { app, other } = world;
    await app.store.draw!(DRAWING);
    await other.query("begin; update cost_budget set left_us = left_us");
    const drawing = app.store.draw!(DRAWING);
    const came = await asFarAsItComes(world, drawing);
    await other.query("commit");
    expect([came, (await drawing).granted]).toEqual(["WAITS", 1]);
  });
});

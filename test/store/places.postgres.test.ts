import pg from "pg";
import { createLeases } from "../../src/store/postgres/places.js";
import { testApp } from "../support/app.js";

const LEASE_MS = 30_000;

async function givenLeases() {
  const test = await testApp();
  const pool = new pg.Pool({ connectionString: test.app.config.databaseUrl, max: 8 });
  let now = 1_770_000_000_000;
  const leases = createLeases(
    (statement) => pool.query(statement),
    () => now * 1_000,
  );
  return {
    leases,
    take: (holder: string, participantId = "par_a", use = "furnish") =>
      leases.take({ use, participantId, most: 2, holder }),
    pass: (ms: number) => void (now += ms),
    [Symbol.asyncDispose]: async () => {
      await pool.end();
      await test[Symbol.asyncDispose]();
    },
  };
}

describe("leases of places", () => {
  it("are as many as there are places, of each participant and each use", async () => {
    await using given = await givenLeases();
    expect([await given.take("one"), await given.take("two"), await given.take("three")]).toEqual([true, true, false]);
    expect(await given.take("four", "par_b")).toBe(true);
    expect(await given.take("five", "par_a", "another use")).toBe(true);
  });

  it("are no more when many come at once, and no fewer", async () => {
    await using given = await givenLeases();
    const taken = await Promise.all(Array.from({ length: 20 }, (_, number) => given.take(`holder ${number}`)));
    expect(taken.filter(Boolean)).toHaveLength(2);
  });

  it("are free again when they are left", async () => {
    await using given = await givenLeases();
    for (const holder of ["one", "two"]) await given.take(holder);
    await given.leases.leave("one");
    expect(await given.take("three")).toBe(true);
  });

  it("end with whoever renews them no more", async () => {
    await using given = await givenLeases();
    for (const holder of ["one", "two"]) await given.take(holder);
    given.pass(LEASE_MS - 1);
    await given.leases.renew("one");
    expect(await given.take("three")).toBe(false);
    given.pass(1);
    expect([await given.take("three"), await given.take("four")]).toEqual([true, false]);
  });
});

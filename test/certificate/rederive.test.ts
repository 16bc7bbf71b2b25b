import fc from "fast-check";
import type { SubProductKind } from "../../src/attestation/sub-product.js";
import { deviations, type Deviation } from "../../src/certificate/rederive.js";
import type { Rows } from "../../src/kernel/reader.js";
import { DAY_MS, plusMs } from "../../src/kernel/instant.js";
import { NOON } from "../support/app.js";
import { givenPolicy, givenReady, operate, queried } from "../support/asked.js";
import { ALL_KINDS, givenFurnished, record } from "../support/given.js";

const RUNS = 1_000;

async function derived(rows: Rows): Promise<{ deviations: Deviation[]; count: number }> {
  const found: Deviation[] = [];
  const all = deviations(rows);
  for (let step = await all.next(); ; step = await all.next()) {
    if (step.done) return { deviations: found, count: step.value };
    found.push(step.value);
  }
}

describe("deviations", () => {
  it("finds none, whatever was attested, asked and chosen: every certificate follows byte for byte", async () => {
    await using world = await givenReady();
    let issued = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.subarray([...ALL_KINDS], { minLength: 1 }),
        fc.subarray([...ALL_KINDS], { minLength: 1 }),
        fc.constantFrom("OLDEST" as const, "FRESHEST" as const),
        fc.option(fc.integer({ min: 1, max: 30 })),
        fc.integer({ min: 0, max: 40 }),
        async (attested, demanded, selection, maxAgeDays, daysAgo) => {
          await givenFurnished(
            world.bank,
            [world.network],
            [record(attested, undefined, plusMs(NOON, -daysAgo * DAY_MS))],
          );
          const requirements = demanded.map((kind: SubProductKind) => ({
            key: kind.toLowerCase(),
            kinds: [kind],
            maxAgeDays,
          }));
          const policyId = await givenPolicy(world.bank, world.network, requirements, { selection });
          const { event } = await queried(world.fintech, { ...world.ask, policyId });
          issued += event.outcome === "ISSUED" ? 1 : 0;
        },
      ),
      { numRuns: RUNS },
    );
    expect(issued).toBeGreaterThan(0);
    expect(await derived(world.app.store.rows)).toEqual({ deviations: [], count: issued });
  }, 120_000);

  it("finds a certificate whose blocks were changed behind its back", async () => {
    await using world = await givenReady();
    await queried(world.fintech, world.ask);
    await operate(world)(async (write) => {
      await write.rows("delete from certificate_block where kind = 'LIVENESS_REVIEW'");
    });
    const { deviations: found } = await derived(world.app.store.rows);
    expect(found.map(({ what }) => what)).toEqual(["Its evidence does not satisfy its policy."]);
  });
});

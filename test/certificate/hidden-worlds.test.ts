import fc from "fast-check";
import { revokeAttestation } from "../../src/attestation/revoke.js";
import { evaluate } from "../../src/policy/evaluate.js";
import { gather } from "../../src/certificate/gather.js";
import { coverage, givenReady } from "../support/asked.js";
import { ALL_KINDS, JUN, ADA, COUNTER_KINDS, givenFurnished, givenNetwork, record } from "../support/given.js";

const RUNS = 1_000;

/** Longer than coverage remembers for its limit. */
const A_WHILE_MS = 61_000;

describe("worlds that differ only in what the caller may not see", () => {
  it("answer coverage alike, byte for byte and by the same statements, however much is hidden", async () => {
    await using world = await givenReady(COUNTER_KINDS);
    const { vendor, fintech, network } = world;
    const other = await givenNetwork(world, "Other", [
      [vendor, "FURNISHER"],
      [fintech, "QUERIER"],
    ]);
    const closed = await givenNetwork(world, "Closed", [[vendor, "FURNISHER"]]);
    const ask = { ...world.ask, networkIds: [network, other] };
    const answered = async (): Promise<string> => {
      world.statements.length = 0;
      // Only the record of having asked has an id of its own.
      return JSON.stringify([await coverage(fintech, ask), world.statements]).replaceAll(/cov_\d+/g, "cov");
    };
    await answered();
    await fc.assert(
      fc.asyncProperty(
        fc.subarray([...ALL_KINDS], { minLength: 1 }),
        fc.constantFrom(other, closed),
        fc.constantFrom(ADA, JUN),
        fc.boolean(),
        async (kinds, where, person, takenBack) => {
          world.time.advance(A_WHILE_MS);
          const before = await answered();
          const hidden = await givenFurnished(vendor, [where], [record(kinds, person)]);
          if (takenBack)
            await vendor.commit((write) =>
              revokeAttestation(write, { attestationId: [...hidden.values()][0]!, reason: "Wrong." }),
            );
          expect(await answered()).toBe(before);
        },
      ),
      { numRuns: RUNS },
    );
  }, 120_000);

  it("hand the judgement no evidence that is hidden", async () => {
    await using world = await givenReady(COUNTER_KINDS);
    const other = await givenNetwork(world, "Other", [
      [world.vendor, "FURNISHER"],
      [world.fintech, "QUERIER"],
    ]);
    await givenFurnished(world.vendor, [other], [record(ALL_KINDS)]);
    const { question, evidence } = await gather(world.fintech.read, {
      ...world.ask,
      networkIds: [world.network, other],
    });
    expect(evidence.map(({ kind }) => kind).toSorted()).toEqual([...COUNTER_KINDS].toSorted());
    expect(evaluate(question, evidence).satisfied).toBe(false);
  });
});

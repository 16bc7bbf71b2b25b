import { revokeAttestation } from "../../src/attestation/revoke.js";
import { reuse, type Reuse } from "../../src/certificate/reuse.js";
import { individualFacts } from "../../src/entity/facts.js";
import { disagreeing } from "../../src/verification/disagree.js";
import { ISSUER, givenReady, type Ready } from "../support/asked.js";
import { ADA, ALL_KINDS, countOf, givenFurnished, individual, record } from "../support/given.js";
import { asFarAsItComes, paused } from "../support/paused.js";
import { givenRequested, runOf } from "../support/verify.js";

/** Asks for a run while one of the attestations that it would pass on is being revoked. */
async function requestedAmidRevocation(world: Ready) {
  const attestationId = world.attestations.get("IDENTITY_CORROBORATION")!;
  await using revoking = paused(world.vendor.commit, (write) =>
    revokeAttestation(write, { attestationId, reason: "Lost." }),
  );
  await revoking.done;
  const requested = givenRequested(world, world.fintech);
  const came = await asFarAsItComes(world, requested);
  await revoking.end();
  const { status, certificateId } = await runOf(world, await requested);
  return [came, status, certificateId];
}

describe("reuse beside others", () => {
  it("waits for whoever revokes what a certificate would be issued on, and issues none", async () => {
    await using world = await givenReady();
    expect(await requestedAmidRevocation(world)).toEqual(["WAITS", "PENDING", null]);
    expect(await countOf(world, "certificate")).toBe(0);
  });

  it("waits for whoever revokes what a certificate stands on that is held, and passes nobody on it", async () => {
    await using world = await givenReady();
    await givenRequested(world, world.fintech);
    expect(await countOf(world, "certificate")).toBe(1);
    expect(await requestedAmidRevocation(world)).toEqual(["WAITS", "PENDING", null]);
  });

  it("counts nothing of whoever furnishes it meanwhile about somebody of another name", async () => {
    await using world = await givenReady([]);
    const { fintech, vendor, network, entityId } = world;
    const other = { ...ADA, firstName: "Quentin", lastName: "Abernathy" };
    const facts = individualFacts(individual());
    let asked = 0;
    const issued = await fintech.commit((write) => {
      const wanted: Reuse = {
        entityId,
        product: "KYC",
        policyName: "KYC_STANDARD",
        maxPrice: null,
        disagreeing: async () => {
          const known = await disagreeing(write, entityId, facts);
          // Between the names that were asked for and the evidence that is read.
          if ((asked += 1) === 1) await givenFurnished(vendor, [network], [record(ALL_KINDS, other)]);
          return known;
        },
      };
      return reuse(write, wanted, ISSUER);
    });
    expect(issued).toBeNull();
    expect(await countOf(world, "certificate")).toBe(0);
  });
});

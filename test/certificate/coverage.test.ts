import fc from "fast-check";
import { revokeAttestation } from "../../src/attestation/revoke.js";
import { kindsOf, type SubProductKind } from "../../src/attestation/sub-product.js";
import type { Ask } from "../../src/certificate/gather.js";
import { Failure } from "../../src/kernel/failure.js";
import type { Id } from "../../src/kernel/id.js";
import { plusDays } from "../../src/kernel/instant.js";
import type { RequirementInput } from "../../src/policy/create.js";
import type { AttestationSelection } from "../../src/policy/policy.js";
import { NOON } from "../support/app.js";
import { coverage, factsIn, givenPolicy, givenReady, queried, type Ready } from "../support/asked.js";
import { ssnOf } from "../support/crowd.js";
import {
  ALL_KINDS,
  CHECKS,
  COUNTER_KINDS,
  VENDOR_KINDS,
  countOf,
  givenConsent,
  givenFurnished,
  givenNetwork,
  givenRegistered,
  record,
  type Party,
} from "../support/given.js";
import { traced } from "../support/trace.js";

const RUNS = 1_000;

const PER_SUBJECT = 20;
const PER_CALLER = 120;

/** After how many milliseconds it is worth asking again; fails where it was not limited. */
async function limitedFor(work: Promise<unknown>): Promise<number> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Failure && error.code === "RATE_LIMITED" && error.details.retryAfterMs !== undefined)
      return error.details.retryAfterMs;
    throw error;
  }
  throw new Error("It was not limited.");
}

const times = async (count: number, work: () => Promise<unknown>): Promise<void> => {
  for (let done = 0; done < count; done += 1) await work();
};

/** One more person of the fintech's, who consented. */
async function anotherSubject({ fintech, network }: Ready, number: number): Promise<Ask> {
  const handle = `subject-${number}`;
  await givenRegistered(fintech, { handle, socialSecurityNumber: ssnOf(number) });
  return { consentId: await givenConsent(fintech, network, { handle }), networkIds: [network], product: "KYC" };
}

describe("checkCoverage", () => {
  it("answers what a query would, with its price, and records that somebody asked: nothing is charged or earned", async () => {
    await using world = await givenReady();
    const { result, changed } = await traced(world, () => coverage(world.fintech, world.ask));
    expect(changed).toEqual(["coverage_check"]);
    expect(result).toMatchObject({ satisfiable: true, price: "2.50", currency: "USD" });
    expect(result.requirements.map(({ reason }) => reason)).toEqual(ALL_KINDS.map(() => "MET"));
    expect(
      await world.app.store.rows("select participant_id, entity_id, consent_id, checked_at from coverage_check"),
    ).toEqual([
      { participant_id: world.fintech.id, entity_id: world.entityId, consent_id: world.consentId, checked_at: NOON },
    ]);
    expect((await factsIn(world.app.store.rows)).at(-1)?.type).toBe("CONSENT_GRANTED");
  });

  it("says what each furnisher alone could answer, and whether that is enough", async () => {
    await using world = await givenReady([]);
    const { bank, vendor, fintech, network } = world;
    await givenFurnished(bank, [network], [record(COUNTER_KINDS)]);
    await givenFurnished(vendor, [network], [record(VENDOR_KINDS)]);
    const inOrder = (kinds: readonly SubProductKind[]) => kindsOf("KYC").filter((kind) => kinds.includes(kind));
    const { satisfiable, furnishers } = await coverage(fintech, world.ask);
    expect(satisfiable).toBe(true);
    expect(furnishers).toEqual([
      { furnisherId: bank.id, complete: false, kinds: inOrder(COUNTER_KINDS) },
      { furnisherId: vendor.id, complete: false, kinds: inOrder(VENDOR_KINDS) },
    ]);
    await givenFurnished(bank, [network], [record(VENDOR_KINDS)]);
    expect((await coverage(fintech, world.ask)).furnishers[0]).toEqual({
      furnisherId: bank.id,
      complete: true,
      kinds: kindsOf("KYC"),
    });
  });

  it("names no furnisher whose evidence does not count", async () => {
    await using world = await givenReady(["LIVENESS_REVIEW"]);
    await world.vendor.commit((write) =>
      revokeAttestation(write, { attestationId: world.attestations.get("LIVENESS_REVIEW")!, reason: "Wrong." }),
    );
    expect((await coverage(world.fintech, world.ask)).furnishers).toEqual([]);
  });

  it("names none but accepted furnishers", async () => {
    await using world = await givenReady();
    const { furnishers, satisfiable } = await coverage(world.fintech, { ...world.ask, furnisherIds: [world.bank.id] });
    expect([satisfiable, furnishers]).toEqual([false, []]);
  });

  it("sees what was furnished, and what was taken back, at the very next check", async () => {
    await using world = await givenReady([]);
    expect((await coverage(world.fintech, world.ask)).satisfiable).toBe(false);
    const attestations = await givenFurnished(world.vendor, [world.network], [record()]);
    expect((await coverage(world.fintech, world.ask)).satisfiable).toBe(true);
    await world.vendor.commit((write) =>
      revokeAttestation(write, { attestationId: attestations.get("DOCUMENT_REVIEW")!, reason: "Wrong." }),
    );
    expect((await coverage(world.fintech, world.ask)).satisfiable).toBe(false);
  });

  it("looks the same for a person of whom nothing is attested and for one whom nobody else knows", async () => {
    await using world = await givenReady([]);
    await givenRegistered(world.bank);
    const known = await coverage(world.fintech, world.ask);
    const unknown = await coverage(world.fintech, await anotherSubject(world, 1));
    expect(unknown).toEqual(known);
  });

  describe("limited to 20 a minute for one subject", () => {
    it("refuses the next, records nothing of it, and says when to come back", async () => {
      await using world = await givenReady();
      await times(PER_SUBJECT, () => coverage(world.fintech, world.ask));
      world.time.advance(10_000);
      expect(await limitedFor(coverage(world.fintech, world.ask))).toBe(50_000);
      expect(await countOf(world, "coverage_check")).toBe(PER_SUBJECT);
    });

    it("answers again after exactly that time", async () => {
      await using world = await givenReady();
      await times(PER_SUBJECT, () => coverage(world.fintech, world.ask));
      const retryAfterMs = await limitedFor(coverage(world.fintech, world.ask));
      world.time.advance(retryAfterMs - 1);
      expect(await limitedFor(coverage(world.fintech, world.ask))).toBe(1);
      world.time.advance(1);
      expect((await coverage(world.fintech, world.ask)).satisfiable).toBe(true);
    });

    it("says when this subject may be asked about, though another one was asked about earlier", async () => {
      await using world = await givenReady();
      const other = await anotherSubject(world, 1);
      await coverage(world.fintech, other);
      world.time.advance(30_000);
      await times(PER_SUBJECT, () => coverage(world.fintech, world.ask));
      const retryAfterMs = await limitedFor(coverage(world.fintech, world.ask));
      expect(retryAfterMs).toBe(60_000);
      expect((await coverage(world.fintech, other)).satisfiable).toBe(false);
    });

    it("counts each caller by itself", async () => {
      await using world = await givenReady();
      await times(PER_SUBJECT, () => coverage(world.fintech, world.ask));
      await givenRegistered(world.bank);
      const consentId = await givenConsent(world.bank, world.network);
      expect((await coverage(world.bank, { ...world.ask, consentId })).satisfiable).toBe(true);
    });

    it("does not limit the query itself", async () => {
      await using world = await givenReady();
      await times(PER_SUBJECT, () => coverage(world.fintech, world.ask));
      expect((await queried(world.fintech, world.ask)).event.outcome).toBe("ISSUED");
    });
  });

  it("is limited to 120 a minute for all subjects together", async () => {
    await using world = await givenReady();
    for (let number = 1; number <= PER_CALLER / PER_SUBJECT; number += 1) {
      const subject = await anotherSubject(world, number);
      await times(PER_SUBJECT, () => coverage(world.fintech, subject));
      world.time.advance(1_000);
    }
    expect(await limitedFor(coverage(world.fintech, world.ask))).toBe(54_000);
    world.time.advance(54_000);
    expect((await coverage(world.fintech, world.ask)).satisfiable).toBe(true);
  });

  it("says when both limits are free again, where both are reached", async () => {
    await using world = await givenReady();
    for (let number = 1; number < PER_CALLER / PER_SUBJECT; number += 1) {
      const subject = await anotherSubject(world, number);
      await times(PER_SUBJECT, () => coverage(world.fintech, subject));
    }
    world.time.advance(30_000);
    await times(PER_SUBJECT, () => coverage(world.fintech, world.ask));
    expect(await limitedFor(coverage(world.fintech, await anotherSubject(world, PER_CALLER)))).toBe(30_000);
    expect(await limitedFor(coverage(world.fintech, world.ask))).toBe(60_000);
  });
});

/** One attestation of a random world. */
interface Stated {
  readonly by: "bank" | "vendor";
  readonly kind: SubProductKind;
  readonly daysAgo: number;
  readonly where: "network" | "other" | "both";
  readonly holds: boolean;
  readonly revoked: boolean;
}

interface RandomWorld {
  readonly stated: readonly Stated[];
  readonly requirements: readonly Omit<RequirementInput, "key">[];
  readonly selection: AttestationSelection;
  readonly consented: readonly SubProductKind[] | null;
  readonly accepted: readonly ("bank" | "vendor")[] | null;
  readonly both: boolean;
}

const KINDS = ["LIVENESS_REVIEW", "BIOMETRIC_REVIEW", "ADDRESS_CAPTURE"] as const satisfies readonly SubProductKind[];

const worlds: fc.Arbitrary<RandomWorld> = fc.record({
  stated: fc.array(
    fc.record({
      by: fc.constantFrom("bank", "vendor"),
      kind: fc.constantFrom(...KINDS),
      daysAgo: fc.integer({ min: 0, max: 12 }),
      where: fc.constantFrom("network", "other", "both"),
      holds: fc.boolean(),
      revoked: fc.boolean(),
    }),
    { maxLength: 5 },
  ),
  requirements: fc.subarray([...KINDS], { minLength: 1 }).chain((kinds) =>
    fc.tuple(
      ...kinds.map((kind) =>
        fc.record({
          kinds: fc.constant([kind]),
          required: fc.boolean(),
          maxAgeDays: fc.option(fc.integer({ min: 1, max: 12 })),
        }),
      ),
    ),
  ),
  selection: fc.constantFrom("OLDEST", "FRESHEST"),
  consented: fc.option(fc.subarray([...KINDS], { minLength: 1 })),
  accepted: fc.option(fc.subarray(["bank", "vendor"] as const, { minLength: 1 })),
  both: fc.boolean(),
});

/** Puts a random world around one more person, and gives what the fintech then asks. */
async function given(world: Ready, other: Id<"net">, number: number, random: RandomWorld): Promise<Ask> {
  const { bank, vendor, fintech, network } = world;
  const parties: Readonly<Record<Stated["by"], Party>> = { bank, vendor };
  const handle = `subject-${number}`;
  const person = { socialSecurityNumber: ssnOf(number) };
  await givenRegistered(fintech, { handle, ...person });
  for (const { by, kind, daysAgo, where, holds, revoked } of random.stated) {
    const performedAt = plusDays(NOON, -daysAgo);
    const field = Object.keys(record([kind])).at(-1)!;
    const check = holds ? { performedAt, ...CHECKS[kind] } : { performedAt, assertion: false };
    const networkIds = where === "both" ? [network, other] : [where === "network" ? network : other];
    const furnished = await givenFurnished(parties[by], networkIds, [{ ...record([]), ...person, [field]: check }]);
    if (revoked)
      await parties[by].commit((write) =>
        revokeAttestation(write, { attestationId: furnished.get(kind)!, reason: "Wrong." }),
      );
  }
  const requirements = random.requirements.map((one, index) => ({ ...one, key: `r${index}` }));
  return {
    policyId: await givenPolicy(bank, network, requirements, { selection: random.selection, name: handle }),
    consentId: await givenConsent(fintech, network, { handle, kinds: random.consented }),
    networkIds: random.both ? [network, other] : [network],
    furnisherIds: random.accepted?.map((name) => parties[name].id) ?? null,
    product: "KYC",
  };
}

describe("checkCoverage and queryCertificate", () => {
  it("agree, whatever the world, in the verdict, every reason and the price, and on what each furnisher alone can do", async () => {
    await using world = await givenReady([]);
    const other = await givenNetwork(world, "Other", [
      [world.bank, "FURNISHER"],
      [world.vendor, "FURNISHER"],
      [world.fintech, "QUERIER"],
    ]);
    let number = 0;
    await fc.assert(
      fc.asyncProperty(worlds, async (random) => {
        const ask = await given(world, other, (number += 1), random);
        const foreseen = await coverage(world.fintech, ask);
        for (const { furnisherId, complete } of foreseen.furnishers) {
          const alone = await coverage(world.fintech, { ...ask, furnisherIds: [furnisherId] });
          expect(alone.satisfiable).toBe(complete);
        }
        world.time.advance(60_000);
        const again = await coverage(world.fintech, ask);
        const { event, results } = await queried(world.fintech, ask);
        expect(event.outcome).toBe(again.satisfiable ? "ISSUED" : "NOT_SATISFIED");
        expect(results).toEqual(again.requirements);
        expect(event.price).toBe(again.satisfiable ? again.price : "0.00");
      }),
      { numRuns: RUNS },
    );
  }, 120_000);
});

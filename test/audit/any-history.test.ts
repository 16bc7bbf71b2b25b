import * as fc from "fast-check";
import { furnish } from "../../src/attestation/furnish.js";
import { revokeAttestation } from "../../src/attestation/revoke.js";
import { checkCoverage } from "../../src/certificate/coverage.js";
import { queryCertificate } from "../../src/certificate/query.js";
import { rotateSigningKey } from "../../src/certificate/sign.js";
import { withdrawConsent } from "../../src/consent/withdraw.js";
import { DISPUTE_OUTCOMES } from "../../src/dispute/dispute.js";
import { disputeAttestation } from "../../src/dispute/raise.js";
import { settleDispute } from "../../src/dispute/settle.js";
import { registerIndividual } from "../../src/entity/register.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import { Failure } from "../../src/kernel/failure.js";
import type { Id } from "../../src/kernel/id.js";
import { DAY_MS, plusDays } from "../../src/kernel/instant.js";
import { catchUpWithTime } from "../../src/moment/keep-time.js";
import { setPrice } from "../../src/network/create.js";
import { archivePolicy } from "../../src/policy/archive.js";
import { ISSUER, givenPolicy } from "../support/asked.js";
import { audited, faultsIn } from "../support/audited.js";
import {
  ADA,
  COUNTER_KINDS,
  JUN,
  givenConsent,
  givenRegistered,
  givenWorld,
  individual,
  record,
  type World,
} from "../support/given.js";

const KINDS = [...COUNTER_KINDS];
const DAYS = [1, 20, 40] as const;

const who = fc.constantFrom("ada" as const, "jun" as const);
const which = fc.nat({ max: 9 });

/** One thing that happens; `which` picks one of those that there are. */
const happening = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("furnish" as const),
      who,
      kinds: fc.subarray(KINDS, { minLength: 1 }),
      key: fc.option(fc.constantFrom("one", "other")),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("consent" as const), who, days: fc.option(fc.constantFrom(...DAYS)) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("query" as const),
      which,
      policy: fc.nat({ max: 1 }),
      key: fc.option(fc.constantFrom("one", "other")),
      asked: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("register" as const),
      by: fc.constantFrom("fintech" as const, "vendor" as const),
      handle: fc.constantFrom("ada", "jun", "kit"),
      dateOfBirth: fc.constantFrom(ADA.dateOfBirth, JUN.dateOfBirth),
      socialSecurityNumber: fc.constantFrom(ADA.socialSecurityNumber, JUN.socialSecurityNumber, "212-55-0103", null),
    }),
  },
  fc.record({ kind: fc.constant("publish" as const), policy: fc.nat({ max: 1 }), isDefault: fc.boolean() }),
  fc.record({ kind: fc.constant("archive" as const), which }),
  fc.record({ kind: fc.constant("rotate" as const) }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("revoke" as const), which }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("dispute" as const), which }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("settle" as const),
      which,
      outcome: fc.constantFrom(...DISPUTE_OUTCOMES),
    }),
  },
  fc.record({ kind: fc.constant("withdraw" as const), which }),
  fc.record({ kind: fc.constant("price" as const), amount: fc.constantFrom("0.00", "1.25", "2.50") }),
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("clock" as const), days: fc.constantFrom(...DAYS), told: fc.boolean() }),
  },
);
type Happening = typeof happening extends fc.Arbitrary<infer What> ? What : never;

/** Of two policies one ages, and one takes what is disputed. */
const AGING: Asking = {
  requirements: [{ key: "document", kinds: ["DOCUMENT_CAPTURE"], maxAgeDays: 50 }],
  more: { name: "Aging", selection: "FRESHEST" },
};
const LENIENT: Asking = {
  requirements: [{ key: "address", kinds: ["ADDRESS_CAPTURE", "DOCUMENT_REVIEW"], maxAgeDays: 45 }],
  more: { name: "Lenient", acceptsDisputed: true },
};

interface Asking {
  readonly requirements: Parameters<typeof givenPolicy>[2];
  readonly more: Parameters<typeof givenPolicy>[3];
}

interface Scene extends World {
  /** The newest version of each policy. */
  readonly policies: Id<"pol">[];
}

/** Two people, and two policies. */
async function givenScene(): Promise<Scene> {
  const world = await givenWorld();
  await givenRegistered(world.fintech, { ...ADA, handle: "ada" });
  await givenRegistered(world.fintech, { ...JUN, handle: "jun" });
  const policies: Id<"pol">[] = [];
  for (const { requirements, more } of [AGING, LENIENT])
    policies.push(await givenPolicy(world.bank, world.network, requirements, more));
  return { ...world, policies };
}

async function one(scene: World, table: string, place: number, where = "1 = 1"): Promise<string> {
  const rows = await scene.app.store.rows<{ id: string }>(`select id from ${table} where ${where} order by id desc`);
  if (rows.length === 0) throw new Failure("NOT_FOUND", "There is none yet.");
  return rows[place % rows.length]!.id;
}

async function act(scene: Scene, what: Happening): Promise<unknown> {
  const { app, time, bank, vendor, fintech, network, policies } = scene;
  switch (what.kind) {
    case "furnish": {
      const records = [record(what.kinds, what.who === "ada" ? ADA : JUN, time.clock())];
      return vendor.commit((write) => furnish(write, { networkIds: [network], records, idempotencyKey: what.key }));
    }
    case "consent":
      return givenConsent(fintech, network, {
        handle: what.who,
        expiresAt: what.days && plusDays(time.clock(), what.days),
      });
    case "query": {
      const consentId = await one(scene, "consent", what.which);
      const ask = { consentId, networkIds: [network], product: "KYC" as const, policyId: policies[what.policy]! };
      if (what.asked) await fintech.commit((write) => checkCoverage(write, ask));
      return fintech.commit((write) => queryCertificate(write, { ...ask, idempotencyKey: what.key }, ISSUER));
    }
    case "register": {
      const { by, handle, dateOfBirth, socialSecurityNumber } = what;
      return scene[by].commit((write) =>
        registerIndividual(write, individual({ handle, dateOfBirth, socialSecurityNumber })),
      );
    }
    case "publish": {
      const { requirements, more } = what.policy === 0 ? AGING : LENIENT;
      policies[what.policy] = await givenPolicy(bank, network, requirements, { ...more, isDefault: what.isDefault });
      return;
    }
    case "archive": {
      const policyId = await one(scene, "policy", what.which);
      return bank.commit((write) => archivePolicy(write, { policyId }));
    }
    case "rotate":
      return app.commitAs(OPERATOR)(rotateSigningKey);
    case "revoke": {
      const attestationId = await one(scene, "attestation", what.which);
      return vendor.commit((write) => revokeAttestation(write, { attestationId, reason: "It was altered." }));
    }
    case "dispute": {
      const attestationId = await one(scene, "attestation", what.which);
      return bank.commit((write) => disputeAttestation(write, { attestationId, reason: "Somebody wondered." }));
    }
    case "settle": {
      const attestationId = await one(scene, "attestation", what.which, "disputed_reason is not null");
      const correctedById = what.outcome === "CORRECTED" ? await one(scene, "attestation", 0) : null;
      const settled = { attestationId, outcome: what.outcome, reason: "Looked at again.", correctedById };
      return bank.commit((write) => settleDispute(write, settled));
    }
    case "withdraw": {
      const consentId = await one(scene, "consent", what.which);
      return fintech.commit((write) => withdrawConsent(write, { consentId }));
    }
    case "price":
      return app.commitAs(OPERATOR)((write) =>
        setPrice(write, { networkId: network, product: "KYC", amount: what.amount, noAmount: "0.50", currency: "USD" }),
      );
    case "clock":
      time.advance(what.days * DAY_MS);
      return what.told && catchUpWithTime(app.time);
  }
}

describe("whatever happens", () => {
  it("the books are in order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 15, maxLength: 40, size: "max" }), async (history) => {
        await using scene = await givenScene();
        for (const what of history)
          await act(scene, what).catch((error: unknown) => {
            if (!(error instanceof Failure)) throw error;
          });
        expect(faultsIn(await audited(scene))).toEqual([]);
      }),
      { numRuns: Number(process.env["HISTORIES"] ?? 40) },
    );
  }, 300_000);
});

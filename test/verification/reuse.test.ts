import { plusMs } from "../../src/kernel/instant.js";
import { NOON } from "../support/app.js";
import { furnish } from "../../src/attestation/furnish.js";
import { revokeAttestation } from "../../src/attestation/revoke.js";
import type { RecordConsent } from "../../src/consent/record.js";
import { withdrawConsent } from "../../src/consent/withdraw.js";
import type { SubProductKind } from "../../src/attestation/sub-product.js";
import { registerBusiness } from "../../src/entity/register.js";
import { SHIPPED_LEVELS } from "../../src/verification/level.js";
import { requestVerification, type RequestVerification } from "../../src/verification/request.js";
import { queried } from "../support/asked.js";
import * as given from "../support/given.js";
import { scripted, workedBy } from "../support/scripted.js";
import {
  DAY_MS,
  givenApproval,
  givenRequested,
  givenSandbox,
  movesOf,
  runOf,
  standingIn,
  worked,
  workOn,
} from "../support/verify.js";

const {
  ALL_KINDS,
  business,
  businessRecord,
  countOf,
  givenConsent,
  givenFurnished,
  givenRegistered,
  givenWorld,
  record,
} = given;
type World = given.World;

/** Ada, attested by the vendor in the network; the fintech knows her, and has her consent unless it is told otherwise. */
async function givenAttested(
  consent: Partial<RecordConsent> | null = {},
  kinds: readonly SubProductKind[] = ALL_KINDS,
) {
  const world = await givenWorld();
  const attestations = await givenFurnished(world.vendor, [world.network], [record(kinds)]);
  const entityId = await givenRegistered(world.fintech);
  const consentId = consent && (await givenConsent(world.fintech, world.network, consent));
  return { ...world, attestations, entityId, consentId: consentId! };
}

/** What a request came to: its status, on a certificate or not, and what was charged for it. */
async function requested(world: World, input: Partial<RequestVerification> = {}) {
  const id = await givenRequested(world, world.fintech, input);
  const { status, certificateId, provider } = await runOf(world, id);
  const charges = await world.app.store.rows<{ outcome: string; price: string }>(
    "select outcome, price from query_event",
  );
  return { id, status, certificateId: certificateId ?? null, provider: provider ?? null, charges };
}

const PASSED_ON_IT = {
  status: "PASSED",
  certificateId: "cert_00000000000000000000000001",
  provider: null,
  charges: [{ outcome: "ISSUED", price: "2.50" }],
};
const NOT_REUSED = { status: "PENDING", certificateId: null, charges: [] };

describe("a request that the network can answer", () => {
  it("passes at once, on a certificate, for one charge, and asks no provider", async () => {
    await using world = await givenAttested();
    const asked = await requested(world);
    expect(asked).toMatchObject(PASSED_ON_IT);
    expect(await workOn(world, asked.id)).toBeNull();
    expect((await movesOf(world, world.fintech)).map(({ to }) => to)).toEqual(["PENDING", "PASSED"]);
    expect(await standingIn(world, world.fintech, world.entityId)).toBe("PASSED");
    const provider = scripted();
    expect(await workedBy(world, provider)).toBe(0);
    expect(provider.asked).toEqual([]);
  });

  it("furnishes nothing of its own on what others found", async () => {
    await using world = await givenAttested();
    const before = await countOf(world, "attestation");
    await requested(world);
    expect(await countOf(world, "attestation")).toBe(before);
  });

  it("is charged once, however often it is asked with one key", async () => {
    await using world = await givenAttested();
    const input = { idempotencyKey: "monday" };
    const all = await Promise.all(Array.from({ length: 20 }, () => givenRequested(world, world.fintech, input)));
    expect(new Set(all).size).toBe(1);
    expect(await countOf(world, "query_event")).toBe(1);
  });

  it("passes on the certificate that the caller holds already, without another charge", async () => {
    await using world = await givenAttested();
    const first = await requested(world);
    world.time.advance(1_000);
    const second = await requested(world, { maxPrice: "0" });
    expect(second).toMatchObject({ ...PASSED_ON_IT, certificateId: first.certificateId });
    expect(second.id).not.toBe(first.id);
  });

  it("does not pass on a certificate of another policy", async () => {
    await using world = await givenAttested();
    const held = await queried(world.fintech, {
      consentId: world.consentId,
      networkIds: [world.network],
      product: "KYC",
    });
    const asked = await requested(world, { maxPrice: "0" });
    expect([held.certificate !== null, asked.status, asked.certificateId]).toEqual([true, "PENDING", null]);
  });

  it.each([
    ["2.49", NOT_REUSED],
    ["0", NOT_REUSED],
    ["2.5", PASSED_ON_IT],
    ["2.500000", PASSED_ON_IT],
    ["100", PASSED_ON_IT],
  ])("costs at most what the caller would pay: %s", async (maxPrice, expected) => {
    await using world = await givenAttested();
    expect(await requested(world, { maxPrice })).toMatchObject(expected);
  });

  it("answers a level by the policy of that level alone", async () => {
    await using world = await givenAttested({}, ["IDENTITY_CORROBORATION", "ADDRESS_VERIFICATION"]);
    await givenApproval(world, world.fintech, "DOC_KYC", true);
    expect(await requested(world, { kycLevel: "DOC_KYC" })).toMatchObject(NOT_REUSED);
    expect(await requested(world, { kycLevel: "KYC-STANDARD" })).toMatchObject(PASSED_ON_IT);
  });

  it("goes to a provider at a level that the network never answers", async () => {
    await using world = await givenAttested();
    const levels = SHIPPED_LEVELS.map((level) => ({ ...level, policy: null }));
    const terms = { levels, iss: world.app.config.issuer };
    await world.fintech.commit((write) => requestVerification(write, terms, { handle: "ada" }));
    expect(await countOf(world, "query_event")).toBe(0);
    expect(await workedBy(world, scripted())).toBe(1);
  });

  it("passes for a business too", async () => {
    await using world = await givenWorld();
    await world.vendor.commit((write) =>
      furnish(write, { networkIds: [world.network], records: [businessRecord()] }, "KYB"),
    );
    await world.fintech.commit((write) => registerBusiness(write, business({ businessType: "trust" })));
    await givenApproval(world, world.fintech, "KYB-LITE", true);
    await givenConsent(world.fintech, world.network, { handle: "alder" });
    expect(await requested(world, { handle: "alder" })).toMatchObject({
      status: "PASSED",
      certificateId: PASSED_ON_IT.certificateId,
    });
  });
});

describe("a request is not answered by the network", () => {
  it("without a consent", async () => {
    await using world = await givenAttested(null);
    expect(await requested(world)).toMatchObject(NOT_REUSED);
  });

  it("under the consent of another participant", async () => {
    await using world = await givenAttested(null);
    await givenRegistered(world.bank);
    await givenConsent(world.bank, world.network);
    expect(await requested(world)).toMatchObject(NOT_REUSED);
  });

  it("after the consent was withdrawn, not even on a certificate that the caller holds", async () => {
    await using world = await givenAttested();
    await requested(world);
    await world.fintech.commit((write) => withdrawConsent(write, { consentId: world.consentId }));
    expect(await requested(world)).toMatchObject({ status: "PENDING", certificateId: null });
    expect(await countOf(world, "query_event")).toBe(1);
  });

  it("after the consent has ended", async () => {
    await using world = await givenAttested({ expiresAt: plusMs(NOON, DAY_MS) });
    world.time.advance(DAY_MS);
    expect(await requested(world)).toMatchObject(NOT_REUSED);
  });

  it("under a consent that is for other kinds", async () => {
    await using world = await givenAttested({ kinds: ["IDENTITY_CORROBORATION", "LIVENESS_REVIEW"] });
    expect(await requested(world)).toMatchObject(NOT_REUSED);
  });

  it("by one who is no querier", async () => {
    await using world = await givenAttested(null);
    await givenRegistered(world.stranger);
    const id = await givenRequested(world, world.stranger);
    expect(await runOf(world, id)).toMatchObject({ status: "PENDING", certificateId: null });
  });

  it("where something that the policy asks for is missing", async () => {
    await using world = await givenAttested({}, ["IDENTITY_CORROBORATION"]);
    expect(await requested(world)).toMatchObject(NOT_REUSED);
  });

  it("once an attestation was revoked, not even on the certificate that it stood in", async () => {
    await using world = await givenAttested();
    await requested(world);
    const attestationId = world.attestations.get("IDENTITY_CORROBORATION")!;
    await world.vendor.commit((write) => revokeAttestation(write, { attestationId, reason: "a mistake" }));
    expect(await requested(world)).toMatchObject({ status: "PENDING", certificateId: null });
    expect(await countOf(world, "query_event")).toBe(1);
  });

  it("once what was found is older than the policy allows", async () => {
    await using world = await givenAttested();
    world.time.advance(366 * DAY_MS);
    expect(await requested(world)).toMatchObject(NOT_REUSED);
  });

  it("and that it is not leaves no trace, and costs nothing", async () => {
    await using world = await givenAttested({}, ["IDENTITY_CORROBORATION"]);
    await requested(world);
    expect([await countOf(world, "query_event"), await countOf(world, "certificate")]).toEqual([0, 0]);
  });
});

describe("what a provider found for one institution", () => {
  it("lets the next one with a consent pass at once, on attestations of the first", async () => {
    await using world = await givenSandbox();
    const { bank, fintech, network, app } = world;
    await givenRegistered(bank);
    await givenRequested(world, bank);
    await worked(world);
    await givenRegistered(fintech);
    await givenConsent(fintech, network);
    expect(await requested(world)).toMatchObject(PASSED_ON_IT);
    const furnishers = await app.store.rows(
      `select distinct a.furnisher_id as furnisher from certificate_block b join attestation a on a.id = b.attestation_id`,
    );
    expect(furnishers).toEqual([{ furnisher: bank.id }]);
  });

  it("lets nobody pass without a consent", async () => {
    await using world = await givenSandbox();
    await givenRegistered(world.bank);
    await givenRequested(world, world.bank);
    await worked(world);
    await givenRegistered(world.fintech);
    expect(await requested(world)).toMatchObject(NOT_REUSED);
  });

  it("lets nobody pass on a person of the same name with another number", async () => {
    await using world = await givenSandbox();
    await givenRegistered(world.bank);
    await givenRequested(world, world.bank);
    await worked(world);
    await givenRegistered(world.fintech, { socialSecurityNumber: "212-55-0109" });
    await givenConsent(world.fintech, world.network);
    expect(await requested(world)).toMatchObject(NOT_REUSED);
  });

  it("does not turn a no into a yes for the next: a failed run furnishes nothing", async () => {
    await using world = await givenSandbox();
    await givenRegistered(world.bank, { lastName: "Fail" });
    await givenRequested(world, world.bank);
    await worked(world);
    await givenRegistered(world.fintech, { lastName: "Fail" });
    await givenConsent(world.fintech, world.network);
    expect(await requested(world)).toMatchObject(NOT_REUSED);
  });
});

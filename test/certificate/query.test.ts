import { revokeAttestation } from "../../src/attestation/revoke.js";
import { kindsOf } from "../../src/attestation/sub-product.js";
import { certificateStatus } from "../../src/certificate/certificate.js";
import { withdrawConsent } from "../../src/consent/withdraw.js";
import { canonical, sha256 } from "../../src/kernel/canonical.js";
import { DAY_MS, plusDays, plusMs } from "../../src/kernel/instant.js";
import { grantRoles, removeRoles, setPrice } from "../../src/network/create.js";
import { NOON } from "../support/app.js";
import { audited, faultsIn } from "../support/audited.js";
import {
  ISSUER,
  certificateOf,
  factsIn,
  givenPolicy,
  givenReady,
  operate,
  queried,
  query,
  type Ready,
} from "../support/asked.js";
import {
  ADA,
  ALL_KINDS,
  COUNTER_KINDS,
  VENDOR_KINDS,
  countOf,
  givenConsent,
  givenFurnished,
  givenNetwork,
  givenRegistered,
  givenWorld,
  record,
} from "../support/given.js";
import { refusedTrace, traced } from "../support/trace.js";

const LIVENESS = [{ key: "liveness", kinds: ["LIVENESS_REVIEW"] as const }];

/** A second network at 1.25 in which the vendor furnishes and the fintech asks. */
const givenOther = (world: Ready) =>
  givenNetwork(
    world,
    "Other",
    [
      [world.vendor, "FURNISHER"],
      [world.fintech, "QUERIER"],
      [world.bank, "GOVERNOR"],
    ],
    "1.25",
  );

const reasonOf = async (world: Ready, over: Partial<Ready["ask"]>): Promise<string> =>
  (await queried(world.fintech, { ...world.ask, ...over })).results[0]!.reason;

/** So far apart clocks of gateways are taken to be, and no further. */
const APART_MS = 60_000;

describe("queryCertificate", () => {
  it("assembles one certificate from what two furnishers attested, each block traceable to its origin", async () => {
    await using world = await givenWorld();
    const { bank, vendor, fintech, network } = world;
    const counter = await givenFurnished(bank, [network], [record(COUNTER_KINDS)]);
    const remote = await givenFurnished(vendor, [network], [record(VENDOR_KINDS)]);
    const entityId = await givenRegistered(fintech);
    const consentId = await givenConsent(fintech, network);
    const { result, changed } = await traced(world, () =>
      queried(fintech, { consentId, networkIds: [network], product: "KYC" }),
    );
    const { event, certificate, document, results, replayed } = result;
    expect(changed.toSorted()).toEqual(["certificate", "certificate_block", "entitlement", "event", "query_event"]);
    expect(replayed).toBe(false);
    expect(results.map(({ met, reason }) => [met, reason])).toEqual(ALL_KINDS.map(() => [true, "MET"]));
    expect(event).toMatchObject({
      participantId: fintech.id,
      entityId,
      consentId,
      outcome: "ISSUED",
      price: "2.50",
      currency: "USD",
      certificateId: certificate!.id,
    });
    expect(certificate).toMatchObject({
      product: "KYC",
      entityId,
      participantId: fintech.id,
      consentId,
      issuedAt: NOON,
      staleAt: null,
      networkIds: network,
    });
    expect(document).toMatchObject({
      iss: ISSUER,
      certificate: certificate!.id,
      queryEvent: event.id,
      subject: entityId,
      querier: fintech.id,
      consent: consentId,
      networks: [network],
      policy: { id: event.policyId, name: "KYC_FULL", version: 1 },
      issuedAt: NOON,
      staleAt: null,
    });
    const origins = document!.blocks.map(({ kind, attestation, statement }) => [
      kind,
      attestation,
      statement.furnisher,
    ]);
    expect(origins).toEqual(
      kindsOf("KYC").map((kind) => [
        kind,
        counter.get(kind) ?? remote.get(kind),
        counter.has(kind) ? bank.id : vendor.id,
      ]),
    );
  });

  it("signs the statements as they were furnished, so that every block can be hashed again", async () => {
    await using world = await givenReady();
    const { document } = await queried(world.fintech, world.ask);
    const rows = await world.app.store.rows<{ id: string; statement: string; contentHash: string }>(
      `select id, statement, content_hash as "contentHash" from attestation`,
    );
    expect(document!.blocks.length).toBe(9);
    for (const block of document!.blocks) {
      const row = rows.find(({ id }) => id === block.attestation);
      expect(canonical(block.statement)).toBe(row?.statement);
      expect(block.contentHash).toBe(row?.contentHash);
      expect(sha256(canonical(block.statement))).toBe(block.contentHash);
    }
  });

  it("holds nothing in the clear that says who the person is", async () => {
    await using world = await givenReady();
    const { document } = await queried(world.fintech, world.ask);
    const text = JSON.stringify(document);
    expect(text).toContain("us_passport");
    for (const secret of [ADA.firstName, ADA.lastName, ADA.dateOfBirth, "212-55-0101", "212550101", "P1002003"])
      expect(text).not.toContain(secret);
  });

  it("stores the blocks in the order of the table and tells the querier of the certificate", async () => {
    await using world = await givenReady();
    const { certificate } = await queried(world.fintech, world.ask);
    const blocks = await world.app.store.rows<{ kind: string; position: number }>(
      "select kind, position from certificate_block order by position",
    );
    expect(blocks).toEqual(kindsOf("KYC").map((kind, position) => ({ kind, position })));
    expect((await factsIn(world.app.store.rows)).at(-1)).toMatchObject({
      participantId: world.fintech.id,
      type: "CERTIFICATE_ISSUED",
      subjectId: certificate!.id,
    });
  });

  it("reads as often whether there are 9 attestations or 90", async () => {
    await using world = await givenReady();
    const reads = async (): Promise<string[]> => {
      world.statements.length = 0;
      await query(world.bank, { ...world.ask, consentId: bankConsent });
      return world.statements.filter((sql) => !/^insert/i.test(sql)).map((sql) => sql.replaceAll(/'[^']*'/g, "?"));
    };
    await givenRegistered(world.bank);
    const bankConsent = await givenConsent(world.bank, world.network);
    await reads();
    const few = await reads();
    for (let times = 0; times < 9; times += 1) await givenFurnished(world.vendor, [world.network], [record()]);
    expect(await reads()).toEqual(few);
  });

  it("answers no without charge or certificate, with every requirement's reason, and records that", async () => {
    await using world = await givenReady(["LIVENESS_REVIEW"]);
    const { result, changed } = await traced(world, () => queried(world.fintech, world.ask));
    expect(changed).toEqual(["query_event"]);
    expect(result.event).toMatchObject({
      outcome: "NOT_SATISFIED",
      price: "0.00",
      currency: "USD",
      certificateId: null,
    });
    expect(result.results.map(({ key, met, reason }) => [key, met, reason])).toEqual(
      kindsOf("KYC").map((kind) => [
        kind.toLowerCase(),
        kind === "LIVENESS_REVIEW",
        kind === "LIVENESS_REVIEW" ? "MET" : "MISSING",
      ]),
    );
  });

  it("charges each query anew where no key says that it is the same", async () => {
    await using world = await givenReady();
    const first = await queried(world.fintech, world.ask);
    const second = await queried(world.fintech, world.ask);
    expect([first.event.price, second.event.price]).toEqual(["2.50", "2.50"]);
    expect(second.event.id).not.toBe(first.event.id);
  });

  it("charges what the price is now, and leaves what was charged before", async () => {
    await using world = await givenReady();
    const first = await queried(world.fintech, world.ask);
    await operate(world)((write) =>
      setPrice(write, { networkId: world.network, product: "KYC", amount: "3", currency: "EUR" }),
    );
    const second = await queried(world.fintech, world.ask);
    expect([second.event.price, second.event.currency]).toEqual(["3.00", "EUR"]);
    const [row] = await world.app.store.rows("select price, currency from query_event where id = ?", [first.event.id]);
    expect(row).toEqual({ price: "2.50", currency: "USD" });
  });

  it.each(["2.50", "2.5", "2.5000000001", "1000"])("issues under a greatest price of %s", async (maxPrice) => {
    await using world = await givenReady();
    expect((await queried(world.fintech, { ...world.ask, maxPrice })).event).toMatchObject({
      outcome: "ISSUED",
      price: "2.50",
    });
  });

  it.each([
    "2.49",
    "2.4999999999",
    "0",
    "-2.50",
    "cheap",
    "",
    "1e3",
    "2,50",
    "NaN",
  ])("is refused under a greatest price of %j, and charges nothing", async (maxPrice) => {
    await using world = await givenReady();
    expect(await refusedTrace(world, () => query(world.fintech, { ...world.ask, maxPrice }))).toEqual({
      code: "BAD_USER_INPUT",
      paths: ["input.maxPrice"],
      changed: [],
    });
  });

  describe("under an idempotency key", () => {
    it("makes one certificate and one charge of 100 parallel identical calls", async () => {
      await using world = await givenReady();
      const input = { ...world.ask, idempotencyKey: "k-1" };
      const answers = await Promise.all(Array.from({ length: 100 }, () => query(world.fintech, input)));
      expect(new Set(answers.map(({ queryEventId }) => queryEventId)).size).toBe(1);
      expect(answers.filter(({ replayed }) => !replayed).length).toBe(1);
      expect(await countOf(world, "certificate")).toBe(1);
      expect(await world.app.store.rows("select price from query_event")).toEqual([{ price: "2.50" }]);
      expect((await factsIn(world.app.store.rows)).filter(({ type }) => type === "CERTIFICATE_ISSUED").length).toBe(1);
    });

    it("answers the first result, whatever has happened since, and changes nothing", async () => {
      await using world = await givenReady();
      const input = { ...world.ask, idempotencyKey: "k-1" };
      const first = await queried(world.fintech, input);
      await world.fintech.commit((write) => withdrawConsent(write, { consentId: world.consentId }));
      const { result, changed } = await traced(world, () => query(world.fintech, input));
      expect(result).toEqual({ queryEventId: first.event.id, replayed: true });
      expect(changed).toEqual([]);
    });

    it("answers a no again as that no, though it could be a yes by now", async () => {
      await using world = await givenReady([]);
      const input = { ...world.ask, idempotencyKey: "k-1" };
      await query(world.fintech, input);
      await givenFurnished(world.vendor, [world.network], [record()]);
      expect(await queried(world.fintech, input)).toMatchObject({
        replayed: true,
        certificate: null,
        event: { outcome: "NOT_SATISFIED" },
      });
      expect((await queried(world.fintech, { ...input, idempotencyKey: "k-2" })).event.outcome).toBe("ISSUED");
    });

    it("may try again after a refusal, which used up no key", async () => {
      await using world = await givenReady();
      const input = { ...world.ask, idempotencyKey: "k-1" };
      await refusedTrace(world, () => query(world.fintech, { ...input, maxPrice: "1" }));
      expect(await queried(world.fintech, input)).toMatchObject({ replayed: false, event: { outcome: "ISSUED" } });
    });

    it.each([{ maxPrice: "100" }, { furnisherIds: ["par_1"] }])("is refused with another body: %j", async (over) => {
      await using world = await givenReady();
      const input = { ...world.ask, idempotencyKey: "k-1" };
      await query(world.fintech, input);
      expect(await refusedTrace(world, () => query(world.fintech, { ...input, ...over }))).toEqual({
        code: "IDEMPOTENCY_CONFLICT",
        paths: ["input.idempotencyKey"],
        changed: [],
      });
    });
  });

  it("supersedes the querier's earlier certificate for the same subject and policy, and says so", async () => {
    await using world = await givenReady();
    const { rows } = world.app.store;
    const first = (await queried(world.fintech, world.ask)).certificate!;
    const second = (await queried(world.fintech, world.ask)).certificate!;
    const third = (await queried(world.fintech, world.ask)).certificate!;
    const now = await Promise.all([first, second, third].map(({ id }) => certificateOf(rows, id)));
    expect(now.map((row) => [certificateStatus(row, NOON), row.supersededById])).toEqual([
      ["SUPERSEDED", second.id],
      ["SUPERSEDED", third.id],
      ["VALID", null],
    ]);
    expect((await factsIn(rows, world.fintech.id)).slice(-2)).toEqual([
      expect.objectContaining({ type: "CERTIFICATE_ISSUED", subjectId: third.id }),
      {
        participantId: world.fintech.id,
        type: "CERTIFICATE_STATUS_CHANGED",
        subjectId: second.id,
        fromStatus: "VALID",
        toStatus: "SUPERSEDED",
        reason: `A newer certificate was issued: ${third.id}.`,
      },
    ]);
  });

  it("is not older than the one whose place it takes, in nothing that it says, where clocks are some seconds apart", async () => {
    await using world = await givenReady();
    world.time.advance(APART_MS);
    const first = await queried(world.fintech, world.ask);
    world.time.advance(-APART_MS);
    const second = await queried(world.fintech, { ...world.ask, idempotencyKey: "second" });
    const later = plusMs(NOON, APART_MS);
    const said = [first, second].map(({ certificate, document, event }) => [
      certificate!.issuedAt,
      document!.issuedAt,
      event.occurredAt,
    ]);
    expect(said).toEqual([
      [later, later, later],
      [later, later, later],
    ]);
    expect(
      await world.app.store.rows(
        "select distinct occurred_at as at from event where type in ('CERTIFICATE_ISSUED', 'CERTIFICATE_STATUS_CHANGED')",
      ),
    ).toEqual([{ at: later }]);
    expect(faultsIn(await audited(world))).toEqual([]);
  });

  it("follows no clock that is simply wrong: it is of now, and the audit says so", async () => {
    await using world = await givenReady();
    world.time.advance(APART_MS + 1);
    const first = await queried(world.fintech, world.ask);
    world.time.advance(-APART_MS - 1);
    const { event, document } = await queried(world.fintech, world.ask);
    expect([event.occurredAt, document!.issuedAt]).toEqual([NOON, NOON]);
    expect(faultsIn(await audited(world, { only: ["certificates-standing"] }))).toEqual([
      `certificates-standing: ${first.certificate!.id}: What took its place answers another question, or is older.`,
    ]);
  });

  it("is asked under the consent, and at the price, of the moment at which it is issued", async () => {
    await using world = await givenReady();
    const { fintech, network, ask } = world;
    const consentId = await givenConsent(fintech, network, { expiresAt: plusMs(NOON, APART_MS - 1) });
    world.time.advance(APART_MS);
    await queried(fintech, ask);
    await operate(world)((write) =>
      setPrice(write, { networkId: network, product: "KYC", amount: "9.00", currency: "USD" }),
    );
    world.time.advance(-APART_MS);
    expect((await refusedTrace(world, () => query(fintech, { ...ask, consentId }))).paths).toEqual(["input.consentId"]);
    expect((await queried(fintech, ask)).event).toMatchObject({ outcome: "ISSUED", price: "9.00" });
  });

  it("supersedes neither another querier's certificate, nor one under another policy, nor by a no", async () => {
    await using world = await givenReady();
    const { bank, fintech, vendor, network, ask, attestations } = world;
    await givenRegistered(bank);
    const theirs = (await queried(bank, { ...ask, consentId: await givenConsent(bank, network) })).certificate!;
    const otherPolicy = (await queried(fintech, { ...ask, policyId: await givenPolicy(bank, network, LIVENESS) }))
      .certificate!;
    const full = (await queried(fintech, ask)).certificate!;
    await vendor.commit((write) =>
      revokeAttestation(write, { attestationId: attestations.get("ADDRESS_CAPTURE")!, reason: "Wrong." }),
    );
    await queried(fintech, ask);
    const superseded = await Promise.all(
      [theirs, otherPolicy, full].map(async ({ id }) => (await certificateOf(world.app.store.rows, id)).supersededById),
    );
    expect(superseded).toEqual([null, null, null]);
  });

  it("earns the querier sight of exactly the kinds that it was given, in the network that they came from", async () => {
    await using world = await givenReady();
    const policyId = await givenPolicy(world.bank, world.network, [
      ...LIVENESS,
      { key: "address", kinds: ["ADDRESS_CAPTURE"], required: false },
    ]);
    await query(world.fintech, { ...world.ask, policyId });
    await query(world.fintech, { ...world.ask, policyId });
    const earned = await world.app.store.rows(
      `select kind, network_id as "network", entity_id as "entity", earned_by as "by" from entitlement where participant_id = ? order by kind`,
      [world.fintech.id],
    );
    expect(earned).toEqual(
      ["ADDRESS_CAPTURE", "LIVENESS_REVIEW"].map((kind) => ({
        kind,
        network: world.network,
        entity: world.entityId,
        by: "QUERYING",
      })),
    );
  });

  it("is satisfied, and stands on nothing, where a policy requires nothing and nothing is there: the audit finds that right", async () => {
    await using world = await givenReady(["LIVENESS_REVIEW"]);
    const policyId = await givenPolicy(world.bank, world.network, [
      { key: "address", kinds: ["ADDRESS_CAPTURE"], required: false },
    ]);
    const { event, document } = await queried(world.fintech, { ...world.ask, policyId });
    expect([event.outcome, document!.blocks]).toEqual(["ISSUED", []]);
    expect(faultsIn(await audited(world))).toEqual([]);
  });

  it("earns nothing by a no", async () => {
    await using world = await givenReady(["LIVENESS_REVIEW"]);
    await query(world.fintech, world.ask);
    expect(
      await world.app.store.rows("select 1 from entitlement where participant_id = ?", [world.fintech.id]),
    ).toEqual([]);
  });

  it("grows old by the clock alone, first warning for 30 days", async () => {
    const performed = plusDays(NOON, -300);
    await using world = await givenWorld();
    const { fintech, vendor, bank, network } = world;
    await givenFurnished(vendor, [network], [record(["LIVENESS_REVIEW"], ADA, performed)]);
    await givenFurnished(vendor, [network], [record(["ADDRESS_CAPTURE"], ADA, NOON)]);
    await givenRegistered(fintech);
    const policyId = await givenPolicy(bank, network, [
      { key: "liveness", kinds: ["LIVENESS_REVIEW"], maxAgeDays: 365 },
      { key: "address", kinds: ["ADDRESS_CAPTURE"], maxAgeDays: 90 },
    ]);
    const { certificate, document } = await queried(fintech, {
      consentId: await givenConsent(fintech, network),
      networkIds: [network],
      product: "KYC",
      policyId,
    });
    const staleAt = plusDays(performed, 365);
    expect(certificate!.staleAt).toBe(staleAt);
    expect(document!.staleAt).toBe(staleAt);
    const days = [34, 35, 64, 65].map((day) => certificateStatus(certificate!, plusDays(NOON, day)));
    expect(days).toEqual(["VALID", "EXPIRING", "EXPIRING", "STALE"]);
  });

  it("is a no from the moment at which its certificate would be stale", async () => {
    await using world = await givenReady(["LIVENESS_REVIEW"]);
    const policyId = await givenPolicy(world.bank, world.network, [
      { key: "liveness", kinds: ["LIVENESS_REVIEW"], maxAgeDays: 10 },
    ]);
    const ask = { ...world.ask, policyId };
    world.time.advance(10 * DAY_MS - 1);
    const last = (await queried(world.fintech, ask)).certificate!;
    expect(last.staleAt).toBe(plusDays(NOON, 10));
    world.time.advance(1);
    expect((await queried(world.fintech, ask)).results[0]?.reason).toBe("STALE");
  });

  it.each([
    ["OLDEST", "2026-03-01T12:00:00.000Z"],
    ["FRESHEST", "2026-03-02T11:00:00.000Z"],
  ] as const)("chooses the %s where its policy says so", async (selection, performedAt) => {
    await using world = await givenReady([]);
    const moments = ["2026-03-02T10:00:00.000Z", "2026-03-01T12:00:00.000Z", "2026-03-02T11:00:00.000Z"];
    for (const moment of moments)
      await givenFurnished(world.vendor, [world.network], [record(["LIVENESS_REVIEW"], ADA, moment)]);
    const policyId = await givenPolicy(world.bank, world.network, LIVENESS, { selection });
    const { document } = await queried(world.fintech, { ...world.ask, policyId });
    expect(document!.blocks.map(({ statement }) => statement.performedAt)).toEqual([performedAt]);
  });

  describe("inside the consent", () => {
    it("takes only the kinds that it names", async () => {
      await using world = await givenReady();
      const consentId = await givenConsent(world.fintech, world.network, { kinds: ["LIVENESS_REVIEW"] });
      const { event, results } = await queried(world.fintech, { ...world.ask, consentId });
      expect(event.outcome).toBe("NOT_SATISFIED");
      const outside = results.filter(({ reason }) => reason === "OUTSIDE_CONSENT").map(({ key }) => key);
      expect(outside).toEqual(
        kindsOf("KYC")
          .filter((kind) => kind !== "LIVENESS_REVIEW")
          .map((kind) => kind.toLowerCase()),
      );
    });

    it("is asked until the moment before it ends", async () => {
      await using world = await givenReady();
      const consentId = await givenConsent(world.fintech, world.network, { expiresAt: plusMs(NOON, 1_000) });
      world.time.advance(999);
      expect((await queried(world.fintech, { ...world.ask, consentId })).event.outcome).toBe("ISSUED");
    });

    it("leaves a certificate valid when it ends by time: it was given then", async () => {
      await using world = await givenReady();
      const consentId = await givenConsent(world.fintech, world.network, { expiresAt: plusMs(NOON, 1_000) });
      const { certificate } = await queried(world.fintech, { ...world.ask, consentId });
      expect(certificateStatus(await certificateOf(world.app.store.rows, certificate!.id), plusMs(NOON, 2_000))).toBe(
        "VALID",
      );
    });
  });

  describe("of accepted furnishers", () => {
    it("takes theirs alone, and says so of the rest", async () => {
      await using world = await givenReady(["LIVENESS_REVIEW"]);
      const { bank, vendor } = world;
      const policyId = await givenPolicy(bank, world.network, LIVENESS);
      expect(await reasonOf(world, { policyId, furnisherIds: [vendor.id] })).toBe("MET");
      expect(await reasonOf(world, { policyId, furnisherIds: [bank.id] })).toBe("FURNISHER_EXCLUDED");
      expect(await reasonOf(world, { policyId, furnisherIds: ["par_00000000000000000000009999"] })).toBe(
        "FURNISHER_EXCLUDED",
      );
    });

    it("hears no furnisher that lost its role in the network, though it has others there, until it has it again", async () => {
      await using world = await givenReady(["LIVENESS_REVIEW"]);
      await operate(world)((write) => grantRoles(write, world.network, world.vendor.id, ["QUERIER", "GOVERNOR"]));
      const policyId = await givenPolicy(world.bank, world.network, LIVENESS);
      await operate(world)((write) => removeRoles(write, world.network, world.vendor.id, ["FURNISHER"]));
      expect(await reasonOf(world, { policyId })).toBe("MISSING");
      await operate(world)((write) => grantRoles(write, world.network, world.vendor.id, ["FURNISHER"]));
      expect(await reasonOf(world, { policyId })).toBe("MET");
    });
  });

  describe("in several networks", () => {
    it("adds their prices", async () => {
      await using world = await givenReady();
      const networkIds = [world.network, await givenOther(world)];
      const { event, document, certificate } = await queried(world.fintech, { ...world.ask, networkIds });
      expect([event.price, event.currency]).toEqual(["3.75", "USD"]);
      expect(document!.networks).toEqual(networkIds);
      expect(certificate!.networkIds).toBe(networkIds.join(" "));
    });

    it("refuses a greatest price below the sum", async () => {
      await using world = await givenReady();
      const networkIds = [world.network, await givenOther(world)];
      const refused = await refusedTrace(world, () =>
        query(world.fintech, { ...world.ask, networkIds, maxPrice: "3.74" }),
      );
      expect(refused).toEqual({ code: "BAD_USER_INPUT", paths: ["input.maxPrice"], changed: [] });
    });

    it("sees in the consent's network all that is furnished there, and in another only what it is entitled to", async () => {
      await using world = await givenReady([]);
      const { fintech, vendor, bank, network } = world;
      const other = await givenOther(world);
      await givenFurnished(vendor, [other], [record(["LIVENESS_REVIEW"])]);
      const policyId = await givenPolicy(bank, network, LIVENESS);
      const over = { policyId, networkIds: [network, other] };
      expect(await reasonOf(world, over)).toBe("MISSING");
      const otherConsent = await givenConsent(fintech, other);
      const otherPolicy = await givenPolicy(bank, other, LIVENESS);
      expect(await reasonOf(world, { consentId: otherConsent, networkIds: [other], policyId: otherPolicy })).toBe(
        "MET",
      );
      const { document, event } = await queried(fintech, { ...world.ask, ...over });
      expect(event.outcome).toBe("ISSUED");
      expect(document!.blocks.map((block) => block.network)).toEqual([other]);
    });

    it("sees in another network neither more kinds nor more networks than it is entitled to", async () => {
      await using world = await givenReady(["LIVENESS_REVIEW"]);
      const { fintech, vendor, bank, network, attestations } = world;
      const other = await givenOther(world);
      const policyId = await givenPolicy(bank, network, LIVENESS);
      const over = { policyId, networkIds: [network, other] };
      expect(await reasonOf(world, over)).toBe("MET");
      await vendor.commit((write) =>
        revokeAttestation(write, { attestationId: attestations.get("LIVENESS_REVIEW")!, reason: "Wrong." }),
      );
      await givenFurnished(vendor, [other], [record(["LIVENESS_REVIEW", "ADDRESS_CAPTURE"])]);
      expect(await reasonOf(world, over)).toBe("REVOKED");
      const address = [{ key: "address", kinds: ["ADDRESS_CAPTURE"] as const }];
      await query(fintech, {
        ...world.ask,
        consentId: await givenConsent(fintech, other),
        networkIds: [other],
        policyId: await givenPolicy(bank, other, address),
      });
      expect(await reasonOf(world, over)).toBe("REVOKED");
      expect(await reasonOf(world, { ...over, policyId: await givenPolicy(bank, network, address) })).toBe("MET");
    });

    it("names the first of the asked networks in which evidence counts", async () => {
      await using world = await givenReady([]);
      const { fintech, vendor, bank, network } = world;
      const other = await givenOther(world);
      await givenFurnished(vendor, [network, other], [record(["LIVENESS_REVIEW"])]);
      const policyId = await givenPolicy(bank, network, LIVENESS);
      const networkOf = async (networkIds: string[]): Promise<string[]> =>
        (await queried(fintech, { ...world.ask, policyId, networkIds })).document!.blocks.map((block) => block.network);
      expect(await networkOf([other, network])).toEqual([network]);
      await query(fintech, {
        ...world.ask,
        consentId: await givenConsent(fintech, other),
        networkIds: [other],
        policyId: await givenPolicy(bank, other, LIVENESS),
      });
      expect(await networkOf([other, network])).toEqual([other]);
      expect(await networkOf([network, other])).toEqual([network]);
    });

    it("judges by the default policy of the first", async () => {
      await using world = await givenReady(["LIVENESS_REVIEW"]);
      const other = await givenOther(world);
      const policyId = await givenPolicy(world.bank, other, LIVENESS, { isDefault: true });
      expect((await queried(world.fintech, { ...world.ask, networkIds: [other, world.network] })).event).toMatchObject({
        outcome: "ISSUED",
        policyId,
      });
      expect((await queried(world.fintech, { ...world.ask, networkIds: [world.network, other] })).event.outcome).toBe(
        "NOT_SATISFIED",
      );
    });
  });
});

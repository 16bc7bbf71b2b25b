import { revokeAttestation } from "../../src/attestation/revoke.js";
import { certificateStatus } from "../../src/certificate/certificate.js";
import { grantRoles, removeRoles } from "../../src/network/create.js";
import { certificateOf, factsIn, givenReady, operate, queried, query, type Ready } from "../support/asked.js";
import { actorOf, givenConsent, givenRegistered, type Party } from "../support/given.js";
import { refusedTrace, traced } from "../support/trace.js";
import { NOON } from "../support/app.js";

const REASON = "The document was forged.";

const revoking = (party: Party, attestationId: string, reason = REASON) =>
  party.commit((write) => revokeAttestation(write, { attestationId, reason }));

const document = ({ attestations }: Ready) => attestations.get("DOCUMENT_REVIEW")!;

describe("revokeAttestation", () => {
  it("marks the attestation, tells its furnisher, and leaves the statement as it was", async () => {
    await using world = await givenReady();
    const [before] = await world.app.store.rows<{ statement: string }>(
      "select statement from attestation where id = ?",
      [document(world)],
    );
    const { changed } = await traced(world, () => revoking(world.vendor, document(world)));
    expect(changed).toEqual(["attestation", "event"]);
    const [row] = await world.app.store.rows(
      `select statement, revoked_at as "at", revoked_reason as "why" from attestation where id = ?`,
      [document(world)],
    );
    expect(row).toEqual({ ...before, at: NOON, why: REASON });
    expect((await factsIn(world.app.store.rows)).at(-1)).toEqual({
      participantId: world.vendor.id,
      type: "ATTESTATION_STATUS_CHANGED",
      subjectId: document(world),
      fromStatus: "ACTIVE",
      toStatus: "REVOKED",
      reason: REASON,
    });
  });

  it("revokes every certificate that stands on it, and tells each querier once of each", async () => {
    await using world = await givenReady();
    const { bank, fintech, vendor, network, ask } = world;
    await givenRegistered(bank);
    const bankConsent = await givenConsent(bank, network);
    const mine = (await queried(fintech, ask)).certificate!;
    const theirs = (await queried(bank, { ...ask, consentId: bankConsent })).certificate!;
    await revoking(vendor, document(world));
    const reason = `DOCUMENT_REVIEW was revoked by its furnisher: ${REASON}`;
    for (const { id } of [mine, theirs]) {
      const fallen = await certificateOf(world.app.store.rows, id);
      expect(certificateStatus(fallen, NOON)).toBe("REVOKED");
      expect(fallen).toMatchObject({ revokedAt: NOON, revokedReason: reason });
    }
    const told = (await factsIn(world.app.store.rows)).filter(({ type }) => type === "CERTIFICATE_STATUS_CHANGED");
    const fall = { type: "CERTIFICATE_STATUS_CHANGED", fromStatus: "VALID", toStatus: "REVOKED", reason };
    expect(told).toEqual([
      { ...fall, participantId: fintech.id, subjectId: mine.id },
      { ...fall, participantId: bank.id, subjectId: theirs.id },
    ]);
  });

  it("leaves certificates alone that stand on other evidence", async () => {
    await using world = await givenReady();
    const { ask, fintech, vendor } = world;
    await vendor.commit((write) => revokeAttestation(write, { attestationId: document(world), reason: REASON }));
    expect((await queried(fintech, ask)).event.outcome).toBe("NOT_SATISFIED");
    await using other = await givenReady();
    const certificate = (await queried(other.fintech, { ...other.ask, policyId: await cipPolicy(other) })).certificate!;
    await revoking(other.vendor, other.attestations.get("BIOMETRIC_CAPTURE")!);
    expect((await certificateOf(other.app.store.rows, certificate.id)).revokedAt).toBeNull();
  });

  it("tells of a fallen certificate only once, though two of its blocks are revoked", async () => {
    await using world = await givenReady();
    const { certificate } = await queried(world.fintech, world.ask);
    await revoking(world.vendor, document(world));
    await revoking(world.vendor, world.attestations.get("LIVENESS_REVIEW")!, "Another reason.");
    const told = (await factsIn(world.app.store.rows, world.fintech.id)).filter(
      ({ type }) => type === "CERTIFICATE_STATUS_CHANGED",
    );
    expect(told.map(({ subjectId }) => subjectId)).toEqual([certificate!.id]);
    expect((await certificateOf(world.app.store.rows, certificate!.id)).revokedReason).toContain(REASON);
  });

  it("counts for nothing from the very next query on", async () => {
    await using world = await givenReady();
    await revoking(world.vendor, document(world));
    const { event, results } = await queried(world.fintech, world.ask);
    expect(event.outcome).toBe("NOT_SATISFIED");
    expect(results.find(({ met }) => !met)).toMatchObject({
      key: "document_review",
      reason: "REVOKED",
      detail: expect.stringContaining(REASON),
    });
  });

  it("is the same again with the same reason: nothing changes and nobody is told", async () => {
    await using world = await givenReady();
    await query(world.fintech, world.ask);
    await revoking(world.vendor, document(world));
    const { result, changed } = await traced(world, () => revoking(world.vendor, document(world)));
    expect(result).toBe(document(world));
    expect(changed).toEqual([]);
  });

  it("is refused again with another reason", async () => {
    await using world = await givenReady();
    await revoking(world.vendor, document(world));
    const refused = await refusedTrace(world, () => revoking(world.vendor, document(world), "It was a mistake."));
    expect(refused).toEqual({ code: "ILLEGAL_TRANSITION", paths: [], changed: [] });
  });

  it.each<readonly [string, (world: Ready) => Party]>([
    ["another furnisher of the network", ({ bank }) => bank],
    ["whoever bought a certificate on it", ({ fintech }) => fintech],
    ["a stranger", ({ stranger }) => stranger],
  ])("is refused to %s as if it did not exist", async (_who, party) => {
    await using world = await givenReady();
    await query(world.fintech, world.ask);
    expect(await refusedTrace(world, () => revoking(party(world), document(world)))).toEqual({
      code: "NOT_FOUND",
      paths: ["input.attestationId"],
      changed: [],
    });
  });

  it.each([
    "att_00000000000000000000009999",
    "",
    "con_00000000000000000000000001",
  ])("is refused for an id that names no attestation: %j", async (id) => {
    await using world = await givenReady(["LIVENESS_REVIEW"]);
    expect(await refusedTrace(world, () => revoking(world.vendor, id))).toEqual({
      code: "NOT_FOUND",
      paths: ["input.attestationId"],
      changed: [],
    });
  });

  it.each([" ", "x".repeat(501), "line\nbreak"])("is refused without a reason that can be read: %j", async (reason) => {
    await using world = await givenReady();
    expect(await refusedTrace(world, () => revoking(world.vendor, document(world), reason))).toEqual({
      code: "BAD_USER_INPUT",
      paths: ["input.reason"],
      changed: [],
    });
  });

  it("is refused without the scope", async () => {
    await using world = await givenReady();
    const commit = world.app.commitAs(actorOf(world.vendor.id, ["query", "entities"]));
    const work = () => commit((write) => revokeAttestation(write, { attestationId: document(world), reason: REASON }));
    expect(await refusedTrace(world, work)).toEqual({ code: "FORBIDDEN", paths: [], changed: [] });
  });

  it("is open to a furnisher that has left the network: what it stated stays its own to take back", async () => {
    await using world = await givenReady();
    const { certificate } = await queried(world.fintech, world.ask);
    await operate(world)((write) => removeRoles(write, world.network, world.vendor.id, ["FURNISHER"]));
    await revoking(world.vendor, document(world));
    expect((await certificateOf(world.app.store.rows, certificate!.id)).revokedAt).toBe(NOON);
    await operate(world)((write) => grantRoles(write, world.network, world.vendor.id, ["FURNISHER"]));
    expect((await queried(world.fintech, world.ask)).event.outcome).toBe("NOT_SATISFIED");
  });
});

const cipPolicy = async ({ app, network }: Ready): Promise<string> =>
  (
    await app.store.rows<{ id: string }>("select id from policy where network_id = ? and name = 'CIP_INDIVIDUAL'", [
      network,
    ])
  )[0]!.id;

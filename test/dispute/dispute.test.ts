import { checkCoverage } from "../../src/certificate/coverage.js";
import { certificateStatus, type Certificate } from "../../src/certificate/certificate.js";
import { columns } from "../../src/kernel/table.js";
import { Certificate as Certificates } from "../../src/certificate/certificate.js";
import { revokeAttestation } from "../../src/attestation/revoke.js";
import { disputeAttestation } from "../../src/dispute/raise.js";
import { settleDispute, type SettleDispute } from "../../src/dispute/settle.js";
import type { Id } from "../../src/kernel/id.js";
import { NOON } from "../support/app.js";
import { factsIn, givenPolicy, givenReady, queried, type Ready } from "../support/asked.js";
import { ADA, countOf, givenFurnished, givenNetwork, record, type Party } from "../support/given.js";
import { refusal } from "../support/refusal.js";
import { refusedTrace, traced } from "../support/trace.js";

const DOUBT = "The photograph shows somebody else.";

const dispute = (party: Party, attestationId: string, reason = DOUBT) =>
  party.commit((write) => disputeAttestation(write, { attestationId, reason }));

const settle = (party: Party, attestationId: string, over: Partial<SettleDispute> = {}) =>
  party.commit((write) =>
    settleDispute(write, { attestationId, outcome: "UPHELD", reason: "Looked at again.", ...over }),
  );

/** A world with one certificate of the fintech's on what the vendor attested. */
async function givenCertified(): Promise<Ready & { readonly review: Id<"att">; readonly capture: Id<"att"> }> {
  const ready = await givenReady();
  await queried(ready.fintech, ready.ask);
  return {
    ...ready,
    review: ready.attestations.get("DOCUMENT_REVIEW")!,
    capture: ready.attestations.get("DOCUMENT_CAPTURE")!,
  };
}

async function statusOf({ app }: Ready): Promise<string> {
  const [row] = await app.store.rows<Certificate>(
    `select ${columns(Certificates, "t")} from certificate t order by t.id limit 1`,
  );
  return certificateStatus(row!, NOON);
}

const heard = async (world: Ready, party: Party) =>
  (await factsIn(world.app.store.rows)).filter(({ participantId }) => participantId === party.id);

describe("disputeAttestation", () => {
  it("makes the attestation disputed, and every certificate on it, and tells furnisher and querier once", async () => {
    await using world = await givenCertified();
    await dispute(world.bank, world.review);
    expect(await statusOf(world)).toBe("DISPUTED");
    expect((await heard(world, world.vendor)).at(-1)).toMatchObject({
      type: "ATTESTATION_STATUS_CHANGED",
      subjectId: world.review,
      fromStatus: "ACTIVE",
      toStatus: "DISPUTED",
      reason: DOUBT,
    });
    expect((await heard(world, world.fintech)).at(-1)).toMatchObject({
      type: "CERTIFICATE_STATUS_CHANGED",
      fromStatus: "VALID",
      toStatus: "DISPUTED",
      reason: `DOCUMENT_REVIEW is disputed: ${DOUBT}`,
    });
  });

  it("may be done by the furnisher itself", async () => {
    await using world = await givenCertified();
    await dispute(world.vendor, world.review);
    expect(await statusOf(world)).toBe("DISPUTED");
  });

  it("keeps the evidence from counting, unless the policy accepts it", async () => {
    await using world = await givenReady(["DOCUMENT_REVIEW"]);
    const requirements = [{ key: "document", kinds: ["DOCUMENT_REVIEW"] as const }];
    const strict = await givenPolicy(world.bank, world.network, requirements);
    const lenient = await givenPolicy(world.bank, world.network, requirements, {
      name: "Lenient",
      acceptsDisputed: true,
    });
    await dispute(world.bank, world.attestations.get("DOCUMENT_REVIEW")!);
    const answer = (policyId: string) =>
      world.fintech.commit((write) => checkCoverage(write, { ...world.ask, policyId }));
    expect((await answer(strict)).requirements).toMatchObject([{ met: false, reason: "DISPUTED" }]);
    expect((await answer(lenient)).requirements).toMatchObject([{ met: true, reason: "MET" }]);
  });

  it("issues a certificate as disputed where the policy accepts disputed evidence", async () => {
    await using world = await givenReady(["DOCUMENT_REVIEW"]);
    const requirements = [{ key: "document", kinds: ["DOCUMENT_REVIEW"] as const }];
    const policyId = await givenPolicy(world.bank, world.network, requirements, { acceptsDisputed: true });
    await dispute(world.bank, world.attestations.get("DOCUMENT_REVIEW")!);
    await queried(world.fintech, { ...world.ask, policyId });
    expect(await statusOf(world)).toBe("DISPUTED");
  });

  it.each([
    "fintech",
    "stranger",
  ] as const)("is refused to the %s, for whom there is no such attestation to judge", async (who) => {
    await using world = await givenCertified();
    expect(await refusedTrace(world, () => dispute(world[who], world.review))).toEqual({
      code: "NOT_FOUND",
      paths: ["input.attestationId"],
      changed: [],
    });
  });

  it("is refused to the governor of another network", async () => {
    await using world = await givenCertified();
    await givenNetwork(world, "Other", [[world.stranger, "GOVERNOR"]]);
    expect((await refusedTrace(world, () => dispute(world.stranger, world.review))).code).toBe("NOT_FOUND");
  });

  it.each(["bank", "vendor"] as const)("is refused a second time, as done already, to the %s too", async (who) => {
    await using world = await givenCertified();
    await dispute(world.bank, world.review);
    const { result, changed } = await traced(world, () => refusal(dispute(world[who], world.review)));
    expect(result).toMatchObject({ code: "ILLEGAL_TRANSITION", message: "This attestation is disputed already." });
    expect(changed).toEqual([]);
  });

  it("is refused without a reason", async () => {
    await using world = await givenCertified();
    expect((await refusedTrace(world, () => dispute(world.bank, world.review, " "))).paths).toEqual(["input.reason"]);
  });
});

describe("settleDispute", () => {
  it("lets attestation and certificate stand again when upheld, and says so", async () => {
    await using world = await givenCertified();
    await dispute(world.bank, world.review);
    const { changed } = await traced(world, () => settle(world.vendor, world.review));
    expect(changed).toEqual(["attestation", "certificate", "dispute", "event"]);
    expect(await statusOf(world)).toBe("VALID");
    expect((await heard(world, world.fintech)).at(-1)).toMatchObject({ fromStatus: "DISPUTED", toStatus: "VALID" });
  });

  it("leaves a certificate disputed while another of its attestations is", async () => {
    await using world = await givenCertified();
    await dispute(world.bank, world.review);
    await dispute(world.bank, world.capture);
    await settle(world.bank, world.review);
    expect(await statusOf(world)).toBe("DISPUTED");
    await settle(world.bank, world.capture);
    expect(await statusOf(world)).toBe("VALID");
  });

  it("revokes what was corrected, naming the correction, and the certificate falls", async () => {
    await using world = await givenCertified();
    await dispute(world.bank, world.review);
    const corrected = (await givenFurnished(world.vendor, [world.network], [record(["DOCUMENT_REVIEW"], ADA)])).get(
      "DOCUMENT_REVIEW",
    )!;
    await settle(world.vendor, world.review, { outcome: "CORRECTED", correctedById: corrected, reason: "Read anew." });
    expect(await statusOf(world)).toBe("REVOKED");
    expect((await heard(world, world.fintech)).at(-1)).toMatchObject({
      fromStatus: "DISPUTED",
      toStatus: "REVOKED",
      reason: `DOCUMENT_REVIEW was revoked after a dispute: Corrected by ${corrected}: Read anew.`,
    });
  });

  it("revokes what was withdrawn", async () => {
    await using world = await givenCertified();
    await dispute(world.bank, world.review);
    await settle(world.vendor, world.review, { outcome: "WITHDRAWN" });
    expect(await statusOf(world)).toBe("REVOKED");
  });

  it("has nothing left to settle once the furnisher revokes what is disputed, which is told as it was", async () => {
    await using world = await givenCertified();
    await dispute(world.bank, world.review);
    await world.vendor.commit((write) =>
      revokeAttestation(write, { attestationId: world.review, reason: "It was altered." }),
    );
    expect(await statusOf(world)).toBe("REVOKED");
    expect(
      (await heard(world, world.vendor)).filter(({ subjectId }) => subjectId === world.review).at(-1),
    ).toMatchObject({ fromStatus: "DISPUTED", toStatus: "REVOKED", reason: "It was altered." });
    for (const outcome of ["UPHELD", "WITHDRAWN"] as const)
      expect((await refusedTrace(world, () => settle(world.bank, world.review, { outcome }))).code).toBe(
        "ILLEGAL_TRANSITION",
      );
    expect(await world.app.store.rows("select outcome, settled_reason from dispute")).toEqual([
      { outcome: "WITHDRAWN", settled_reason: "It was altered." },
    ]);
  });

  it("is refused where nothing is disputed, and once it is settled", async () => {
    await using world = await givenCertified();
    expect((await refusedTrace(world, () => settle(world.bank, world.review))).code).toBe("ILLEGAL_TRANSITION");
    await dispute(world.bank, world.review);
    await settle(world.bank, world.review);
    expect((await refusedTrace(world, () => settle(world.bank, world.review))).code).toBe("ILLEGAL_TRANSITION");
    expect(await countOf(world, "dispute")).toBe(1);
  });

  it.each<readonly [what: string, over: (world: Awaited<ReturnType<typeof givenCertified>>) => Partial<SettleDispute>]>(
    [
      ["without a correction", () => ({ outcome: "CORRECTED" })],
      ["with itself as the correction", ({ review }) => ({ outcome: "CORRECTED", correctedById: review })],
      [
        "with a correction of another kind",
        ({ attestations }) => ({ outcome: "CORRECTED", correctedById: attestations.get("LIVENESS_REVIEW")! }),
      ],
      [
        "with a correction that is not one",
        ({ attestations }) => ({ outcome: "UPHELD", correctedById: attestations.get("LIVENESS_REVIEW")! }),
      ],
    ],
  )("is refused %s", async (_what, over) => {
    await using world = await givenCertified();
    await dispute(world.bank, world.review);
    expect(await refusedTrace(world, () => settle(world.bank, world.review, over(world)))).toEqual({
      code: "BAD_USER_INPUT",
      paths: ["input.correctedById"],
      changed: [],
    });
  });
});

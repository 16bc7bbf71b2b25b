import { ask, data, refusalOf } from "../support/ask.js";
import { givenReady } from "../support/asked.js";
import { givenFurnished, givenKey, record } from "../support/given.js";
import { plusDays } from "../../src/kernel/instant.js";
import { NOON } from "../support/app.js";

const ATTESTATION = `query ($id: ID!) { attestation(id: $id) { id } }`;
const QUERY = `mutation ($input: QueryCertificateInput!) { queryCertificate(input: $input) { certificate { id } } }`;
const WITHDRAW = `mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { consent { status } } }`;

describe("what is read", () => {
  it("is as it stands after each step of one document", async () => {
    await using world = await givenReady();
    const server = await world.app.listen();
    const { consentId, networkIds } = world.ask;
    const answer = await data<Record<string, { certificate: { status: string } }>, object>(
      server,
      world.fintech.token,
      `mutation ($query: QueryCertificateInput!, $withdraw: WithdrawConsentInput!) {
        before: queryCertificate(input: $query) { certificate { status } }
        withdrawConsent(input: $withdraw) { consent { status } }
        after: queryCertificate(input: $query) { certificate { status } }
      }`,
      { query: { consentId, networkIds, idempotencyKey: "one" }, withdraw: { consentId } },
    );
    await server.close();
    expect([answer["before"]!.certificate.status, answer["after"]!.certificate.status]).toEqual(["VALID", "REVOKED"]);
  });

  it("ends with the consent: what came later is not found, what a certificate holds stays", async () => {
    await using world = await givenReady();
    const server = await world.app.listen();
    const { consentId, networkIds } = world.ask;
    await data(server, world.fintech.token, QUERY, { input: { consentId, networkIds } });
    const later = (
      await givenFurnished(world.vendor, [world.network], [record(["DOCUMENT_CAPTURE"], undefined, plusDays(NOON, -1))])
    ).get("DOCUMENT_CAPTURE")!;
    const held = world.attestations.get("DOCUMENT_CAPTURE")!;
    const seen = async (id: string) => (await ask(server, world.fintech.token, ATTESTATION, { id })).data;
    expect(await seen(later)).toEqual({ attestation: { id: later } });
    await data(server, world.fintech.token, WITHDRAW, { input: { consentId } });
    expect(await seen(later)).toEqual({ attestation: null });
    expect(await seen(held)).toEqual({ attestation: { id: held } });
    await server.close();
  });

  it("is refused for a time that no instant can tell, whatever it is in UTC", async () => {
    await using world = await givenReady([]);
    const server = await world.app.listen();
    for (const performedAt of ["9999-12-31T23:59:59-01:00", "0000-01-01T00:00:00+01:00"]) {
      const input = { networkIds: [world.network], records: [record(["LIVENESS_REVIEW"], undefined, performedAt)] };
      const document = `mutation ($input: FurnishKycInput!) { furnishKyc(input: $input) { submissionId } }`;
      expect(refusalOf(await ask(server, world.vendor.token, document, { input }))).toEqual({
        code: "BAD_USER_INPUT",
        paths: ["input.records[0].livenessReview.performedAt"],
      });
    }
    await server.close();
  });
});

describe("a governor whose key is for policies alone", () => {
  it("disputes, and is answered", async () => {
    await using world = await givenReady();
    const server = await world.app.listen();
    const { token } = await givenKey(world, world.bank, "policies");
    const document = `mutation ($input: DisputeAttestationInput!) { disputeAttestation(input: $input) { dispute { reason } } }`;
    const input = { attestationId: world.attestations.get("DOCUMENT_REVIEW")!, reason: "Misread." };
    expect(await data(server, token, document, { input })).toEqual({
      disputeAttestation: { dispute: { reason: "Misread." } },
    });
    await server.close();
  });
});

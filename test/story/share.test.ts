import type { JSONWebKeySet } from "jose";
import { kindsOf, type SubProductKind } from "../../src/attestation/sub-product.js";
import { verifyCertificate } from "../../src/certificate/sign.js";
import type { Id } from "../../src/kernel/id.js";
import { data } from "../support/ask.js";
import { givenGateway, type Gateway } from "../support/gateway.js";
import { COUNTER_KINDS, individual, record, VENDOR_KINDS } from "../support/given.js";
import * as operations from "../support/operation.js";

const { CERTIFICATE, COVERAGE, EVENTS, FURNISH, QUERY, RECORD_CONSENT, REGISTER, REVOKE } = operations;

const REASON = "The passport was reported stolen.";

/** Bank and vendor have furnished nine checks, the fintech holds a consent of the same person. */
async function givenShared(gateway: Gateway) {
  const { bank, vendor, fintech, network } = gateway;
  const furnished = async (token: string, kinds: typeof COUNTER_KINDS) =>
    (await data(gateway, token, FURNISH, { input: { networkIds: [network], records: [record(kinds)] } })).furnishKyc;
  const counter = await furnished(bank.token, COUNTER_KINDS);
  const rest = await furnished(vendor.token, VENDOR_KINDS);
  const { registerIndividual } = await data(gateway, fintech.token, REGISTER, { input: individual() });
  const { recordConsent } = await data(gateway, fintech.token, RECORD_CONSENT, {
    input: { networkId: network, handle: "ada", purpose: "account opening", subjectConsented: true },
  });
  const input = { consentId: recordConsent.consent.id, networkIds: [network] };
  return { counter, rest, input, subject: registerIndividual.individual.id };
}

const asked = async (gateway: Gateway, input: object) =>
  (await data(gateway, gateway.fintech.token, QUERY, { input })).queryCertificate;

const told = async (gateway: Gateway, token: string) =>
  (await data(gateway, token, EVENTS, {})).events.edges.map(({ node }) => node);

const revoked = (gateway: Gateway, attestationId: Id<"att">) =>
  data(gateway, gateway.bank.token, REVOKE, { input: { attestationId, reason: REASON } });

const documentOf = (furnished: { readonly attestations: readonly { id: Id<"att">; kind: string }[] }): Id<"att"> =>
  furnished.attestations.find(({ kind }) => kind === "DOCUMENT_CAPTURE")!.id;

describe("one person, verified once", () => {
  it("is covered by what two institutions furnished, at the price of the network", async () => {
    await using gateway = await givenGateway();
    const { input } = await givenShared(gateway);
    const { checkCoverage } = await data(gateway, gateway.fintech.token, COVERAGE, { input });
    expect(checkCoverage).toMatchObject({ satisfiable: true, price: "2.50", currency: "USD" });
    expect(checkCoverage.requirements.map(({ reason }) => reason)).toEqual(kindsOf("KYC").map(() => "MET"));
    expect(checkCoverage.furnishers).toEqual([
      {
        furnisher: { name: "Bank" },
        complete: false,
        kinds: kindsOf("KYC").filter((one) => COUNTER_KINDS.includes(one)),
      },
      {
        furnisher: { name: "Vendor" },
        complete: false,
        kinds: kindsOf("KYC").filter((one) => VENDOR_KINDS.includes(one)),
      },
    ]);
  });

  it("is one certificate of nine blocks, each naming its furnisher and its attestation", async () => {
    await using gateway = await givenGateway();
    const { counter, rest, input } = await givenShared(gateway);
    const answer = await asked(gateway, { ...input, maxPrice: "2.50" });
    expect(answer).toMatchObject({
      replayed: false,
      queryEvent: { outcome: "ISSUED", charged: true, price: "2.50", currency: "USD" },
      certificate: { status: "VALID" },
    });
    const from = ({ attestations }: typeof counter, name: string) =>
      attestations.map(({ id, kind }): [SubProductKind, object] => [kind, { id, name }]);
    const origin = new Map([...from(counter, "Bank"), ...from(rest, "Vendor")]);
    const blocks = answer.certificate?.subProducts ?? [];
    expect(
      blocks.map(({ kind, furnisher, attestation }) => [kind, { id: attestation.id, name: furnisher.name }]),
    ).toEqual(kindsOf("KYC").map((kind) => [kind, origin.get(kind)]));
  });

  it("can be judged offline by the published keys", async () => {
    await using gateway = await givenGateway();
    const { input, subject } = await givenShared(gateway);
    const { certificate } = await asked(gateway, input);
    const response = await fetch(`${gateway.url}/.well-known/jwks.json`);
    const keys = (await response.json()) as JSONWebKeySet;
    await gateway.close();
    const document = await verifyCertificate(certificate!.jws, keys);
    expect(document).toMatchObject({ certificate: certificate!.id, subject, querier: gateway.fintech.id });
    expect(document.blocks.map(({ attestation, contentHash }) => ({ id: attestation, contentHash }))).toEqual(
      certificate!.subProducts.map(({ attestation }) => attestation),
    );
  });

  it("is a no that says which check was revoked and why, free of charge, after the bank took one back", async () => {
    await using gateway = await givenGateway();
    const { counter, input } = await givenShared(gateway);
    await asked(gateway, input);
    await revoked(gateway, documentOf(counter));
    const answer = await asked(gateway, input);
    expect(answer.certificate).toBeNull();
    expect(answer.queryEvent).toMatchObject({ outcome: "NOT_SATISFIED", charged: false, price: "0.00" });
    expect(answer.requirements.filter(({ met }) => !met)).toEqual([
      {
        key: "document_capture",
        met: false,
        reason: "REVOKED",
        detail: `${documentOf(counter)} was revoked by its furnisher: ${REASON}`,
      },
    ]);
  });

  it("leaves the old certificate as a record that reads REVOKED, with the cause", async () => {
    await using gateway = await givenGateway();
    const { counter, input } = await givenShared(gateway);
    const { certificate } = await asked(gateway, input);
    await revoked(gateway, documentOf(counter));
    const read = await data(gateway, gateway.fintech.token, CERTIFICATE, { id: certificate!.id });
    expect(read.certificate).toEqual({
      status: "REVOKED",
      statusReason: `DOCUMENT_CAPTURE was revoked by its furnisher: ${REASON}`,
    });
  });

  it("is told to each institution in its own view, in order and without a gap", async () => {
    await using gateway = await givenGateway();
    const { counter, input } = await givenShared(gateway);
    const { certificate } = await asked(gateway, input);
    await revoked(gateway, documentOf(counter));
    const [fintech, bank] = [await told(gateway, gateway.fintech.token), await told(gateway, gateway.bank.token)];
    expect(fintech.map(({ type }) => type)).toEqual([
      "ENTITY_REGISTERED",
      "CONSENT_GRANTED",
      "CERTIFICATE_ISSUED",
      "CERTIFICATE_STATUS_CHANGED",
    ]);
    expect(fintech[3]).toMatchObject({ became: "REVOKED", certificate: { id: certificate!.id } });
    expect(bank.map(({ type, to, reason }) => [type, to, reason])).toEqual([
      ...COUNTER_KINDS.map(() => ["ATTESTATION_FURNISHED", undefined, undefined]),
      ["ATTESTATION_STATUS_CHANGED", "REVOKED", REASON],
    ]);
    for (const view of [fintech, bank])
      expect(view.map(({ previousCursor }) => previousCursor)).toEqual([
        null,
        ...view.slice(0, -1).map(({ cursor }) => cursor),
      ]);
  });
});

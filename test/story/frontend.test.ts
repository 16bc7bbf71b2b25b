import { revokeKey } from "../../src/network/issue-key.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import { ask, data, refusalOf } from "../support/ask.js";
import { givenGateway, type Gateway } from "../support/gateway.js";
import {
  ADA,
  ALL_KINDS,
  givenConsent,
  givenFurnished,
  givenKey,
  givenRegistered,
  JUN,
  record,
} from "../support/given.js";
import * as operations from "../support/operation.js";
import { stored } from "../support/stored.js";

const { CERTIFICATE, CLIENT_TOKEN, operation } = operations;

const MINUTE_MS = 60_000;

/** The fintech holds a certificate about Ada and one about Jun; Ada's phone holds a token. */
async function givenPhone(gateway: Gateway, ttlSeconds = 900) {
  const { fintech, vendor, network } = gateway;
  await givenFurnished(vendor, [network], [record(ALL_KINDS, ADA), record(ALL_KINDS, JUN)]);
  const about = async (handle: string, person: typeof ADA | typeof JUN) => {
    const ent = await givenRegistered(fintech, { ...person, handle, email: "ada@example.com", phone: "503-555-0142" });
    const con = await givenConsent(fintech, network, { handle });
    const input = { consentId: con, networkIds: [network] };
    const { queryCertificate } = await data(gateway, fintech.token, operations.QUERY, { input });
    return { ent, con, cert: queryCertificate.certificate!.id, qev: queryCertificate.queryEvent.id };
  };
  const [ada, jun] = [await about("ada", ADA), await about("jun", JUN)];
  const { createClientToken } = await data(gateway, fintech.token, CLIENT_TOKEN, {
    input: { handle: "ada", ttlSeconds },
  });
  return { ada, jun, ...createClientToken };
}

const HOME = operation<{ entity: unknown }, { readonly id: string }>(`query Home($id: ID!) {
  entity(id: $id) {
    id displayName
    ... on Individual { identity { firstName dateOfBirth socialSecurityNumber email phone address { line1 city } } }
    certificates { edges { node { id status documentCapture { data { documentType documentNumber } } } } }
    consents { id status }
  }
}`);

const EVERYTHING = operation<{
  entities: { totalCount: number; edges: readonly { node: { id: string } }[] };
  certificates: { totalCount: number; edges: readonly { node: { id: string } }[] };
}>(`query Everything {
  entities { totalCount edges { node { id } } }
  certificates { totalCount edges { node { id } } }
}`);

describe("a client token", () => {
  it("reads its entity, the consents and the certificates, with everything personal masked", async () => {
    await using gateway = await givenGateway();
    const { ada, token } = await givenPhone(gateway);
    const { entity } = await data(gateway, token, HOME, { id: ada.ent });
    expect(entity).toEqual({
      id: ada.ent,
      displayName: "Ada Moreno",
      identity: {
        firstName: "Ada",
        dateOfBirth: "1988-••-••",
        socialSecurityNumber: "•••••0101",
        email: "a•••@example.com",
        phone: "•••0142",
        address: { line1: "•••", city: "Portland" },
      },
      certificates: {
        edges: [
          {
            node: {
              id: ada.cert,
              status: "VALID",
              documentCapture: {
                data: { documentType: "us_passport", documentNumber: expect.stringMatching(/^•+2003$/) },
              },
            },
          },
        ],
      },
      consents: [{ id: ada.con, status: "ACTIVE" }],
    });
  });

  it("lists what is about its entity and nothing else", async () => {
    await using gateway = await givenGateway();
    const { ada, jun, token } = await givenPhone(gateway);
    const seen = await data(gateway, token, EVERYTHING);
    expect(seen).toEqual({
      entities: { totalCount: 1, edges: [{ node: { id: ada.ent } }] },
      certificates: { totalCount: 1, edges: [{ node: { id: ada.cert } }] },
    });
    const { events } = await data(gateway, token, operations.EVENTS, {});
    expect(events.edges.map(({ node }) => node.type)).toEqual([
      "ENTITY_REGISTERED",
      "CONSENT_GRANTED",
      "CERTIFICATE_ISSUED",
    ]);
    const others = await data(gateway, token, operations.EVENTS, { entityIds: [jun.ent] });
    expect(others.events.edges).toEqual([]);
  });

  it.each(["ent", "con", "cert"] as const)("does not find the %s of another person", async (kind) => {
    await using gateway = await givenGateway();
    const { jun, token } = await givenPhone(gateway);
    const node = operation<{ node: null }>(`query ($id: ID!) { node(id: $id) { id } }`);
    expect(await data(gateway, token, node, { id: jun[kind] })).toEqual({ node: null });
    expect(await data(gateway, gateway.fintech.token, node, { id: jun[kind] })).toEqual({ node: { id: jun[kind] } });
  });

  it("does not find another person by handle or certificate", async () => {
    await using gateway = await givenGateway();
    const { jun, token } = await givenPhone(gateway);
    const byHandle = operation<{ entity: null }>(`{ entity(handle: "jun") { id } }`);
    expect(await data(gateway, token, byHandle)).toEqual({ entity: null });
    expect(await data(gateway, token, CERTIFICATE, { id: jun.cert })).toEqual({ certificate: null });
  });

  it("reads nothing that is for staff: no billing, no statement, no reason", async () => {
    await using gateway = await givenGateway();
    const { ada, token } = await givenPhone(gateway);
    for (const document of [`{ queryEvents { totalCount } }`, `query ($id: ID!) { node(id: $id) { id } }`])
      expect(refusalOf(await ask(gateway, token, document, { id: ada.qev })).code).toBe("FORBIDDEN");
    const words = operation<{ entity: { attestations: { edges: readonly { node: { statement: null } }[] } } }>(
      `query ($id: ID!) { entity(id: $id) { attestations { edges { node { statement statusReason } } } } }`,
    );
    const { entity } = await data(gateway, token, words, { id: ada.ent });
    expect(entity.attestations.edges.length).toBeGreaterThan(0);
    expect(new Set(entity.attestations.edges.map(({ node }) => JSON.stringify(node)))).toEqual(
      new Set([JSON.stringify({ statement: null, statusReason: null })]),
    );
  });

  it("cannot have anything shown in the clear", async () => {
    await using gateway = await givenGateway();
    const { ada, token } = await givenPhone(gateway);
    const documents = [
      `query ($id: ID!) { entity(id: $id) { ... on Individual { identity(reveal: "curious") { socialSecurityNumber } } } }`,
      `query ($id: ID!) { entity(id: $id) { certificates { edges { node { documentCapture { data { documentNumber(reveal: "curious") } } } } } } }`,
    ];
    for (const document of documents) {
      const answer = await ask(gateway, token, operation<object>(document), { id: ada.ent });
      expect(refusalOf(answer).code).toBe("FORBIDDEN");
      expect(JSON.stringify(answer)).not.toMatch(/212-?55-?0101|P1002003/);
    }
    expect((await stored(gateway.app))["reveal"]).toEqual([]);
  });

  it("cannot change anything", async () => {
    await using gateway = await givenGateway();
    const { ada, token } = await givenPhone(gateway);
    const { network } = gateway;
    const mutations = [
      [
        operations.REGISTER,
        { handle: "ada", ...ADA, address: { line1: "1 A Street", city: "Bend", state: "OR", postalCode: "97701" } },
      ],
      [operations.RECORD_CONSENT, { networkId: network, handle: "ada", purpose: "p", subjectConsented: true }],
      [operations.WITHDRAW_CONSENT, { consentId: ada.con }],
      [operations.QUERY, { consentId: ada.con, networkIds: [network] }],
      [operations.COVERAGE, { consentId: ada.con, networkIds: [network] }],
      [operations.FURNISH, { networkIds: [network], records: [record()] }],
      [operations.REVOKE, { attestationId: "att_00000000000000000000000001", reason: "r" }],
      [
        operations.CREATE_POLICY,
        { networkId: network, name: "P", requirements: [{ key: "a", kinds: ["ADDRESS_CAPTURE"] }] },
      ],
      [operations.PUBLISH_POLICY, { policyId: "pol_00000000000000000000000001" }],
      [CLIENT_TOKEN, { handle: "ada" }],
    ] as const;
    const before = await stored(gateway.app);
    for (const [document, input] of mutations)
      expect(refusalOf(await ask<object, operations.Given>(gateway, token, document, { input })).code).toBe(
        "FORBIDDEN",
      );
    expect(await stored(gateway.app)).toEqual(before);
  });

  it("ends with its time", async () => {
    await using gateway = await givenGateway();
    const { ada, token } = await givenPhone(gateway, 60);
    gateway.time.advance(MINUTE_MS - 1_000);
    expect((await ask(gateway, token, HOME, { id: ada.ent })).status).toBe(200);
    gateway.time.advance(1_000);
    const answer = await ask(gateway, token, HOME, { id: ada.ent });
    expect([answer.status, refusalOf(answer).code]).toEqual([401, "UNAUTHENTICATED"]);
  });

  it("ends with the key that made it", async () => {
    await using gateway = await givenGateway();
    const { ada } = await givenPhone(gateway);
    const { keyId, token: maker } = await givenKey(gateway, gateway.fintech, "entities");
    const { createClientToken } = await data(gateway, maker, CLIENT_TOKEN, { input: { handle: "ada" } });
    expect((await ask(gateway, createClientToken.token, HOME, { id: ada.ent })).status).toBe(200);
    await gateway.app.commitAs(OPERATOR)((write) => revokeKey(write, keyId));
    const answer = await ask(gateway, createClientToken.token, HOME, { id: ada.ent });
    expect([answer.status, refusalOf(answer).code]).toEqual([401, "UNAUTHENTICATED"]);
  });

  it("is refused when a letter of it was changed", async () => {
    await using gateway = await givenGateway();
    const { ada, jun, token } = await givenPhone(gateway);
    const [header, payload, signature] = token.split(".");
    const claims = JSON.parse(Buffer.from(payload!, "base64url").toString()) as { sub: string };
    expect(claims.sub).toBe(ada.ent);
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: jun.ent })).toString("base64url");
    const unsigned = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT" })).toString("base64url");
    for (const wrong of [`${header}.${forged}.${signature}`, `${unsigned}.${forged}.`, `${header}.${payload}.`]) {
      const answer = await ask(gateway, wrong, HOME, { id: jun.ent });
      expect([answer.status, refusalOf(answer).code]).toEqual([401, "UNAUTHENTICATED"]);
    }
  });

  it.each([59, 3_601])("is not made for %i seconds", async (ttlSeconds) => {
    await using gateway = await givenGateway();
    await givenRegistered(gateway.fintech);
    const answer = await ask(gateway, gateway.fintech.token, CLIENT_TOKEN, { input: { handle: "ada", ttlSeconds } });
    expect(refusalOf(answer)).toEqual({ code: "BAD_USER_INPUT", paths: ["input.ttlSeconds"] });
  });
});

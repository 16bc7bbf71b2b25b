import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { OPERATOR, SCOPES, type Scope } from "../../src/kernel/actor.js";
import { grantRoles, removeRoles } from "../../src/network/create.js";
import { revokeKey, rotateKey } from "../../src/network/issue-key.js";
import { ask, data, refusalOf } from "../support/ask.js";
import { givenGateway, type Gateway } from "../support/gateway.js";
import { givenConsent, givenFurnished, givenKey, givenRegistered, individual, JUN, record } from "../support/given.js";
import * as operations from "../support/operation.js";
import { changedBy } from "../support/stored.js";

const { operation } = operations;

const VIEWER = operation<{ viewer: { scopes: readonly string[] } }>(`{ viewer { scopes } }`);

const HOUR_MS = 3_600_000;

/** What the bank, which has every role, can be asked to do, and which of the scopes suffice for it. */
async function givenActions({ bank, network }: Gateway) {
  const [attestation] = (await givenFurnished(bank, [network], [record()])).values();
  await givenRegistered(bank);
  const consentId = await givenConsent(bank, network);
  const requirements = [{ key: "a", kinds: ["ADDRESS_CAPTURE"] }];
  const consenting = { networkId: network, handle: "ada", purpose: "p", subjectConsented: true };
  const reading = (document: string) => [operation<object>(document), {}] as const;
  const doing = (document: TypedDocumentNode<object, operations.Given>, input: object) =>
    [document, { input }] as const;
  return {
    "reading entities": [
      ["entities", "verify", "review", "furnish", "query", "analyse"],
      reading("{ entities { totalCount } }"),
    ],
    "reading certificates": [["query", "analyse"], reading("{ certificates { totalCount } }")],
    "reading what is billed": [["query", "analyse"], reading("{ queryEvents { totalCount } }")],
    "reading events": [
      ["entities", "verify", "review", "furnish", "query", "analyse"],
      reading("{ events { edges { cursor } } }"),
    ],
    "reading verifications": [["entities", "verify", "review", "analyse"], reading("{ verifications { totalCount } }")],
    "reading policies": [SCOPES, reading("{ policies { id } }")],
    "reading an attestation": [
      ["furnish", "query", "analyse"],
      reading(`{ attestation(id: "${attestation}") { id } }`),
    ],
    registerIndividual: [["entities"], doing(operations.REGISTER, individual({ ...JUN, handle: "jun" }))],
    createClientToken: [["entities"], doing(operations.CLIENT_TOKEN, { handle: "ada" })],
    recordConsent: [["entities", "query"], doing(operations.RECORD_CONSENT, consenting)],
    furnishKyc: [
      ["furnish"],
      doing(operations.FURNISH, { networkIds: [network], records: [record(["ADDRESS_CAPTURE"])] }),
    ],
    createPolicy: [["policies"], doing(operations.CREATE_POLICY, { networkId: network, name: "P", requirements })],
    checkCoverage: [["query"], doing(operations.COVERAGE, { consentId, networkIds: [network] })],
    queryCertificate: [["query"], doing(operations.QUERY, { consentId, networkIds: [network] })],
    revokeAttestation: [["furnish"], doing(operations.REVOKE, { attestationId: attestation, reason: "r" })],
    withdrawConsent: [["entities", "query"], doing(operations.WITHDRAW_CONSENT, { consentId })],
  } as const;
}

describe("a key with only the scope", () => {
  it.each(SCOPES)("%s does what that scope allows and is forbidden everything else", async (scope: Scope) => {
    await using gateway = await givenGateway();
    const actions = await givenActions(gateway);
    const { token } = await givenKey(gateway, gateway.bank, scope);
    for (const [name, [scopes, [document, variables]]] of Object.entries(actions)) {
      const allowed = (scopes as readonly Scope[]).includes(scope);
      const act = () => ask<object>(gateway, token, document as TypedDocumentNode<object>, variables);
      const { result, changed } = await changedBy(gateway.app, act);
      expect([name, refusalOf(result).code]).toEqual([name, allowed ? "none" : "FORBIDDEN"]);
      expect([name, allowed ? [] : changed]).toEqual([name, []]);
    }
  });
});

describe("a role", () => {
  it("that is missing in a network which one is a member of is FORBIDDEN, at its path", async () => {
    await using gateway = await givenGateway();
    const { vendor, fintech, network } = gateway;
    const furnishing = { networkIds: [network], records: [record()] };
    expect(refusalOf(await ask(gateway, fintech.token, operations.FURNISH, { input: furnishing }))).toEqual({
      code: "FORBIDDEN",
      paths: ["input.networkIds[0]"],
    });
    const policy = { networkId: network, name: "P", requirements: [{ key: "a", kinds: ["ADDRESS_CAPTURE"] }] };
    expect(refusalOf(await ask(gateway, vendor.token, operations.CREATE_POLICY, { input: policy }))).toEqual({
      code: "FORBIDDEN",
      paths: ["input.networkId"],
    });
  });

  it("that was taken away no longer counts at the next request, for the asker and for the evidence", async () => {
    await using gateway = await givenGateway();
    const { vendor, fintech, network } = gateway;
    await givenFurnished(vendor, [network], [record()]);
    await givenRegistered(fintech);
    const input = { consentId: await givenConsent(fintech, network), networkIds: [network] };
    await gateway.app.commitAs(OPERATOR)(async (write) => {
      await grantRoles(write, network, vendor.id, ["QUERIER"]);
      await removeRoles(write, network, vendor.id, ["FURNISHER"]);
    });
    const { queryCertificate } = await data(gateway, fintech.token, operations.QUERY, { input });
    expect(queryCertificate.queryEvent.outcome).toBe("NOT_SATISFIED");
    expect(new Set(queryCertificate.requirements.map(({ reason }) => reason))).toEqual(new Set(["MISSING"]));
    await gateway.app.commitAs(OPERATOR)((write) => removeRoles(write, network, fintech.id, ["QUERIER"]));
    expect(refusalOf(await ask(gateway, fintech.token, operations.QUERY, { input }))).toEqual({
      code: "NOT_FOUND",
      paths: ["input.networkIds[0]"],
    });
  });
});

describe("a key", () => {
  const refusedWith = async (gateway: Gateway, token: string | null) => {
    const answer = await ask(gateway, token, VIEWER);
    return [answer.status, refusalOf(answer).code];
  };

  it("says what it may do", async () => {
    await using gateway = await givenGateway();
    const { token } = await givenKey(gateway, gateway.fintech, "query", "furnish");
    expect((await data(gateway, token, VIEWER)).viewer.scopes).toEqual(["furnish", "query"]);
  });

  it("is refused at the next request after it was revoked", async () => {
    await using gateway = await givenGateway();
    const { keyId, token } = await givenKey(gateway, gateway.fintech, "query");
    expect((await ask(gateway, token, VIEWER)).status).toBe(200);
    await gateway.app.commitAs(OPERATOR)((write) => revokeKey(write, keyId));
    expect(await refusedWith(gateway, token)).toEqual([401, "UNAUTHENTICATED"]);
    expect((await ask(gateway, gateway.fintech.token, VIEWER)).status).toBe(200);
  });

  it("works beside its successor until the overlap ends, and not a moment longer", async () => {
    await using gateway = await givenGateway();
    const { keyId, token } = await givenKey(gateway, gateway.fintech, "query");
    const successor = await gateway.app.commitAs(OPERATOR)((write) => rotateKey(write, keyId, 24));
    gateway.time.advance(24 * HOUR_MS - 1);
    expect((await data(gateway, token, VIEWER)).viewer.scopes).toEqual(["query"]);
    expect((await data(gateway, successor.token, VIEWER)).viewer.scopes).toEqual(["query"]);
    gateway.time.advance(1);
    expect(await refusedWith(gateway, token)).toEqual([401, "UNAUTHENTICATED"]);
    expect((await ask(gateway, successor.token, VIEWER)).status).toBe(200);
  });

  it("that is missing, unknown or wrong in one letter is answered alike", async () => {
    await using gateway = await givenGateway();
    const { token } = gateway.fintech;
    const wrong = `${token.slice(0, -2)}${token.at(-2) === "A" ? "B" : "A"}${token.at(-1)}`;
    const unknown = token.replace(/key_\d+/, "key_00000000000000000007777777");
    const answers = await Promise.all(
      [wrong, unknown, "atk_nonsense", "a.b.c"].map((one) => ask(gateway, one, VIEWER)),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect([answers[0]?.status, refusalOf(answers[0]!).code]).toEqual([401, "UNAUTHENTICATED"]);
    expect(await refusedWith(gateway, null)).toEqual([401, "UNAUTHENTICATED"]);
  });
});

import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { withdrawConsent } from "../../src/consent/withdraw.js";
import { plusMs } from "../../src/kernel/instant.js";
import { NOON } from "../support/app.js";
import { ask, data, refusalOf } from "../support/ask.js";
import { givenGateway, type Gateway } from "../support/gateway.js";
import * as given from "../support/given.js";
import * as operations from "../support/operation.js";
import { changedBy } from "../support/stored.js";

const { givenConsent, givenNetwork, givenRegistered, individual, record } = given;
const { CREATE_POLICY, FURNISH, QUERY, RECORD_CONSENT, REGISTER } = operations;

/** A person whose names and number occur nowhere but in what is sent. */
const MARKED = {
  firstName: "Xanthippe",
  lastName: "Quillfeather",
  dateOfBirth: "1987-06-05",
  socialSecurityNumber: "219-48-7703",
} as const;
const SECRETS = ["Xanthippe", "Quillfeather", "1987-06-05", "1987-02-29", "219-48-7703", "219487703", "48-7703"];

const marked = (over: object = {}, kinds = given.ALL_KINDS) => ({ ...record(kinds), ...MARKED, ...over });

/** Sends it as somebody: how it was refused, which tables it changed, and what it told the answer or the log of whom it was about. */
async function refused(
  gateway: Gateway,
  token: string,
  document: TypedDocumentNode<unknown, operations.Given>,
  input: object,
) {
  const { result, changed } = await changedBy(gateway.app, () => ask(gateway, token, document, { input }));
  await gateway.close();
  const requests = gateway.logged.filter((line) => line.includes('"request"')).length;
  const text = JSON.stringify(result) + gateway.logged.join("\n");
  const told = SECRETS.filter((secret) => text.includes(secret));
  return { ...refusalOf(result), data: result.data ?? null, changed, requests, told };
}

/** A refusal as all must be: coded, with its paths, without any change, and silent about what was sent. */
const tidy = (code: string, ...paths: string[]) => ({ code, paths, data: null, changed: [], requests: 1, told: [] });

const BAD = (...paths: string[]) => tidy("BAD_USER_INPUT", ...paths);

/** What a bank furnishes wrongly, and the paths at which it is told so. */
const WRONG_RECORDS: readonly (readonly [what: string, record: object, paths: readonly string[]])[] = [
  ["a field that does not exist", marked({ nickname: "Xanthippe" }), ["nickname"]],
  ["a value of another type", marked({ firstName: 219487703 }), ["firstName"]],
  ["an object where text belongs", marked({ lastName: { is: "Quillfeather" } }), ["lastName"]],
  ["a list where text belongs", marked({ lastName: ["Quillfeather"] }), ["lastName"]],
  ["a number that was never issued", marked({ socialSecurityNumber: "000-48-7703" }), ["socialSecurityNumber"]],
  ["a number of ten digits", marked({ socialSecurityNumber: "219-48-77031" }), ["socialSecurityNumber"]],
  ["29 February of a common year", marked({ dateOfBirth: "1987-02-29" }), ["dateOfBirth"]],
  ["a birth date in the future", marked({ dateOfBirth: "2026-03-03" }), ["dateOfBirth"]],
  ["a megabyte for a name", marked({ firstName: "Xanthippe".padEnd(1_048_576, "x") }), ["firstName"]],
  ["101 characters for a name", marked({ firstName: "Xanthippe".padEnd(101, "x") }), ["firstName"]],
  ["a control character", marked({ firstName: "Xanthippe\u0000" }), ["firstName"]],
  ["a line break", marked({ lastName: "Quill\nfeather Quillfeather" }), ["lastName"]],
  ["a lone surrogate", marked({ firstName: "Xanthippe\ud800" }), ["firstName"]],
  ["a blank name", marked({ lastName: "   " }), ["lastName"]],
  ["no check at all", MARKED, [""]],
  [
    "a check in the future",
    marked({ documentCapture: { performedAt: plusMs(NOON, 1) } }, []),
    ["documentCapture.performedAt"],
  ],
  [
    "a review before its capture",
    marked(
      {
        documentCapture: { performedAt: NOON },
        documentReview: { performedAt: plusMs(NOON, -1) },
      },
      [],
    ),
    ["documentReview.performedAt"],
  ],
  [
    "counts that do not sum to their total",
    marked(
      {
        addressVerification: {
          performedAt: NOON,
          totalAddressSourcesConsulted: 3,
          addressSourceCountFullMatch: 1,
          addressSourceCountNoMatch: 1,
        },
      },
      [],
    ),
    ["addressVerification.totalAddressSourcesConsulted"],
  ],
  [
    "a value without its assertion",
    marked({ biometricCapture: { performedAt: NOON, assertion: false, biometricCaptureMethod: "selfie" } }, []),
    ["biometricCapture.biometricCaptureMethod"],
  ],
  [
    "a time that is none",
    marked({ documentCapture: { performedAt: "Xanthippe" } }, []),
    ["documentCapture.performedAt"],
  ],
];

describe("furnishKyc over HTTP", () => {
  it.each(WRONG_RECORDS)("refuses %s, stores nothing and repeats nothing", async (_what, wrong, paths) => {
    await using gateway = await givenGateway();
    const { bank, network } = gateway;
    const at = paths.map((path) => `input.records[0]${path && "."}${path}`);
    expect(await refused(gateway, bank.token, FURNISH, { networkIds: [network], records: [wrong] })).toEqual(
      BAD(...at),
    );
  });

  it("stores none of the records where one of them is wrong, and names every fault", async () => {
    await using gateway = await givenGateway();
    const records = [record(), marked({ socialSecurityNumber: "666-48-7703", firstName: "" })];
    const paths = ["input.records[1].firstName", "input.records[1].socialSecurityNumber"];
    expect(await refused(gateway, gateway.bank.token, FURNISH, { networkIds: [gateway.network], records })).toEqual(
      BAD(...paths),
    );
  });

  it("refuses 1,001 records", async () => {
    await using gateway = await givenGateway();
    const records = Array.from({ length: 1_001 }, (_, index) =>
      marked({ socialSecurityNumber: `219-48-${String(index + 1).padStart(4, "0")}` }, ["ADDRESS_CAPTURE"]),
    );
    const input = { networkIds: [gateway.network], records };
    expect(await refused(gateway, gateway.bank.token, FURNISH, input)).toEqual(BAD("input.records"));
  });

  it("refuses two records about one person", async () => {
    await using gateway = await givenGateway();
    const input = { networkIds: [gateway.network], records: [marked(), marked({ socialSecurityNumber: "219487703" })] };
    expect(await refused(gateway, gateway.bank.token, FURNISH, input)).toEqual(BAD("input.records[1]"));
  });

  it("does not find a network of others", async () => {
    await using gateway = await givenGateway();
    const input = { networkIds: [gateway.network], records: [marked()] };
    const expected = tidy("NOT_FOUND", "input.networkIds[0]");
    expect(await refused(gateway, gateway.stranger.token, FURNISH, input)).toEqual(expected);
  });

  it("refuses an idempotency key that was used with another body", async () => {
    await using gateway = await givenGateway();
    const { bank, network } = gateway;
    const input = { networkIds: [network], idempotencyKey: "monday" };
    await given.furnishedOnce(bank, { ...input, records: [record()] });
    const expected = tidy("IDEMPOTENCY_CONFLICT", "input.idempotencyKey");
    expect(await refused(gateway, bank.token, FURNISH, { ...input, records: [marked()] })).toEqual(expected);
  });
});

describe("registerIndividual over HTTP", () => {
  it.each<readonly [what: string, over: object, paths: readonly string[]]>([
    ["a person under 18", { dateOfBirth: "2008-03-03" }, ["dateOfBirth"]],
    ["a handle with a blank", { handle: "Xanthippe Quillfeather" }, ["handle"]],
    ["an e-mail address that is none", { email: "Xanthippe@" }, ["email"]],
    ["a telephone number that is none", { phone: "Quillfeather" }, ["phone"]],
    ["a state that is none", { address: { ...given.ADDRESS, state: "Quillfeather" } }, ["address.state"]],
    ["a country that is none", { address: { ...given.ADDRESS, country: "Xanthippe" } }, ["address.country"]],
    ["a lone surrogate in an address", { address: { ...given.ADDRESS, line1: "\udfff" } }, ["address.line1"]],
  ])("refuses %s, stores nothing and repeats nothing", async (_what, over, paths) => {
    await using gateway = await givenGateway();
    const input = { ...individual(MARKED), ...over };
    expect(await refused(gateway, gateway.fintech.token, REGISTER, input)).toEqual(
      BAD(...paths.map((path) => `input.${path}`)),
    );
  });
});

describe("recordConsent over HTTP", () => {
  const consenting = (gateway: Gateway) => ({
    networkId: gateway.network,
    handle: "ada",
    purpose: "Xanthippe Quillfeather",
    subjectConsented: true,
  });

  it.each<readonly [what: string, over: object, paths: readonly string[]]>([
    ["a kind that does not exist", { kinds: ["DOCUMENT_CAPTURE", "Xanthippe"] }, ["kinds[1]"]],
    ["a kind twice", { kinds: ["DOCUMENT_CAPTURE", "DOCUMENT_CAPTURE"] }, ["kinds"]],
    ["no kind", { kinds: [] }, ["kinds"]],
    ["an end that has passed", { expiresAt: NOON }, ["expiresAt"]],
    ["a subject who did not consent", { subjectConsented: false }, ["subjectConsented"]],
  ])("refuses %s", async (_what, over, paths) => {
    await using gateway = await givenGateway();
    await givenRegistered(gateway.fintech);
    const input = { ...consenting(gateway), ...over };
    expect(await refused(gateway, gateway.fintech.token, RECORD_CONSENT, input)).toEqual(
      BAD(...paths.map((path) => `input.${path}`)),
    );
  });

  it("does not find the handle of somebody else", async () => {
    await using gateway = await givenGateway();
    await givenRegistered(gateway.bank);
    const expected = tidy("NOT_FOUND", "input.handle");
    expect(await refused(gateway, gateway.fintech.token, RECORD_CONSENT, consenting(gateway))).toEqual(expected);
  });

  it("does not find a network of others", async () => {
    await using gateway = await givenGateway();
    await givenRegistered(gateway.stranger);
    const expected = tidy("NOT_FOUND", "input.networkId");
    expect(await refused(gateway, gateway.stranger.token, RECORD_CONSENT, consenting(gateway))).toEqual(expected);
  });
});

describe("queryCertificate over HTTP", () => {
  async function givenAsked(gateway: Gateway) {
    await givenRegistered(gateway.fintech);
    const consentId = await givenConsent(gateway.fintech, gateway.network);
    return { consentId, networkIds: [gateway.network] };
  }

  it("does not find the consent of another participant", async () => {
    await using gateway = await givenGateway();
    const input = await givenAsked(gateway);
    expect(await refused(gateway, gateway.bank.token, QUERY, input)).toEqual(tidy("NOT_FOUND", "input.consentId"));
  });

  it("refuses a consent that was withdrawn just now", async () => {
    await using gateway = await givenGateway();
    const input = await givenAsked(gateway);
    await gateway.fintech.commit((write) => withdrawConsent(write, input));
    expect(await refused(gateway, gateway.fintech.token, QUERY, input)).toEqual(BAD("input.consentId"));
  });

  it("does not find the policy of a network that the caller is not in", async () => {
    await using gateway = await givenGateway();
    const input = await givenAsked(gateway);
    const elsewhere = await givenNetwork(gateway, "Elsewhere", [[gateway.stranger, "GOVERNOR"]]);
    const policyId = await given.defaultPolicyOf(gateway, elsewhere);
    const expected = tidy("NOT_FOUND", "input.policyId");
    expect(await refused(gateway, gateway.fintech.token, QUERY, { ...input, policyId })).toEqual(expected);
  });

  it("refuses the policy of a network that is not asked", async () => {
    await using gateway = await givenGateway();
    const input = await givenAsked(gateway);
    const elsewhere = await givenNetwork(gateway, "Elsewhere", [[gateway.fintech, "QUERIER"]]);
    const policyId = await given.defaultPolicyOf(gateway, elsewhere);
    expect(await refused(gateway, gateway.fintech.token, QUERY, { ...input, policyId })).toEqual(BAD("input.policyId"));
  });

  it.each<readonly [what: string, over: object, paths: readonly string[]]>([
    ["a price limit below the price", { maxPrice: "2.49" }, ["maxPrice"]],
    ["a price limit that is a number", { maxPrice: 2.5 }, ["maxPrice"]],
    ["a product that does not exist", { product: "Xanthippe" }, ["product"]],
    ["no network", { networkIds: [] }, ["networkIds"]],
    ["no furnisher", { furnisherIds: [] }, ["furnisherIds"]],
    ["an idempotency key that nobody can see", { idempotencyKey: "Xanthippe\ud800" }, ["idempotencyKey"]],
    ["the product for businesses with a person's consent", { product: "KYB" }, ["product"]],
  ])("refuses %s", async (_what, over, paths) => {
    await using gateway = await givenGateway();
    const input = { ...(await givenAsked(gateway)), ...over };
    expect(await refused(gateway, gateway.fintech.token, QUERY, input)).toEqual(
      BAD(...paths.map((path) => `input.${path}`)),
    );
  });

  it("refuses an idempotency key that was used with another body", async () => {
    await using gateway = await givenGateway();
    const input = { ...(await givenAsked(gateway)), idempotencyKey: "monday" };
    await data(gateway, gateway.fintech.token, QUERY, { input });
    const again = () => ask(gateway, gateway.fintech.token, QUERY, { input: { ...input, maxPrice: "9.99" } });
    const { result, changed } = await changedBy(gateway.app, again);
    expect(refusalOf(result)).toEqual({ code: "IDEMPOTENCY_CONFLICT", paths: ["input.idempotencyKey"] });
    expect(changed).toEqual([]);
  });
});

describe("createPolicy over HTTP", () => {
  it.each<readonly [what: string, condition: object, paths: readonly string[]]>([
    ["a field that no kind has", { field: "Xanthippe", operator: "EQ", values: ["x"] }, ["field"]],
    [
      "a word outside the vocabulary",
      { field: "livenessReviewOutcome", operator: "EQ", values: ["Xanthippe"] },
      ["values[0]"],
    ],
    [
      "an operator that does not exist",
      { field: "livenessReviewOutcome", operator: "LIKE", values: ["live"] },
      ["operator"],
    ],
    ["text that is not Unicode", { field: "livenessReviewOutcome", operator: "EQ", values: ["\ud800"] }, ["values[0]"]],
  ])("refuses a condition on %s", async (_what, condition, paths) => {
    await using gateway = await givenGateway();
    const requirements = [{ key: "liveness", kinds: ["LIVENESS_REVIEW"], conditions: [condition] }];
    const input = { networkId: gateway.network, name: "STRICT", requirements };
    const at = paths.map((path) => `input.requirements[0].conditions[0].${path}`);
    expect(await refused(gateway, gateway.bank.token, CREATE_POLICY, input)).toEqual(BAD(...at));
  });
});

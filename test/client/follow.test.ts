import { AttestryError, createAttestryClient } from "../../src/client/create-attestry-client.js";
import { withdrawConsent } from "../../src/consent/withdraw.js";
import { givenProxy } from "../support/cutting-proxy.js";
import { givenGateway } from "../support/gateway.js";
import { ALL_KINDS, givenConsent, givenFurnished, givenRegistered, record } from "../support/given.js";
import { query } from "../support/asked.js";
import { givenRequested, givenSandboxGateway, worked } from "../support/verify.js";
import { givenLyingGateway } from "./lying-gateway.js";
import { count, errorOf, quickClient, taken } from "./told.js";

interface Checked {
  readonly checkKyc: { readonly verificationStatus: string };
}

const CHECK = { query: "subscription Check($handle: String!) { checkKyc(handle: $handle) { verificationStatus } }" };

describe("follow", () => {
  it("tells the present state and each change, also those that came while it was cut off", async () => {
    await using gateway = await givenSandboxGateway();
    const { bank } = gateway;
    await givenRegistered(bank);
    await using proxy = await givenProxy(gateway.url, () => null);
    const stream = quickClient({ url: proxy.url, token: bank.token }).follow<Checked>({
      ...CHECK,
      variables: { handle: "ada" },
    });
    const before = await stream.next();
    proxy.cut();
    await givenRequested(gateway, bank);
    await worked(gateway);
    const states = [before.value?.checkKyc.verificationStatus];
    while (states.at(-1) !== "PASSED") states.push((await stream.next()).value?.checkKyc.verificationStatus);
    await stream.return();
    expect(states[0]).toBe("UNVERIFIED");
    expect(new Set(states).size).toBe(states.length);
  });

  it("tells a state that is the same after a lost connection once", async () => {
    const state = (value: number): object => ({ data: { state: value } });
    await using gateway = await givenLyingGateway(
      { results: [state(1)], close: 1001 },
      { results: [state(1), state(2)], close: 1001 },
      { results: [state(3)] },
    );
    const stream = quickClient({ url: gateway.url, token: "any" }).follow({ query: "subscription { state }" });
    expect(await taken(stream, count(3))).toEqual([{ state: 1 }, { state: 2 }, { state: 3 }]);
  });

  it("ends with the reason where its ground is gone", async () => {
    await using gateway = await givenGateway();
    const { fintech, vendor, network } = gateway;
    await givenFurnished(vendor, [network], [record(ALL_KINDS)]);
    await givenRegistered(fintech);
    const consentId = await givenConsent(fintech, network);
    await query(fintech, { consentId, networkIds: [network], product: "KYC" });
    const [certificate] = await gateway.app.store.rows<{ id: string }>("select id from certificate");
    const stream = quickClient({ url: gateway.url, token: fintech.token }).follow({
      query: "subscription One($id: ID!) { certificate(id: $id) { status } }",
      variables: { id: certificate!.id },
    });
    expect((await stream.next()).value).toEqual({ certificate: { status: "VALID" } });
    await fintech.commit((write) => withdrawConsent(write, { consentId }));
    expect(await errorOf(stream)).toMatchObject({ code: "FORBIDDEN", reason: "CONSENT_WITHDRAWN" });
  });

  it("ends with NOT_FOUND where there is nothing to follow", async () => {
    await using gateway = await givenGateway();
    const client = quickClient({ url: gateway.url, token: gateway.bank.token });
    const stream = client.follow({ ...CHECK, variables: { handle: "nobody" } });
    expect(await errorOf(stream)).toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("query", () => {
  it("answers what was asked for", async () => {
    await using gateway = await givenGateway();
    const client = quickClient({ url: gateway.url.replace("http", "ws"), token: async () => gateway.bank.token });
    const asked = { query: "query One { viewer { __typename } } query Two { __typename }", operationName: "Two" };
    expect(await client.query(asked)).toEqual({ __typename: "Query" });
  });

  it("throws what the gateway refuses, with every fault", async () => {
    await using gateway = await givenGateway();
    const client = quickClient({ url: gateway.url, token: gateway.bank.token });
    const refused = client.query({ query: "{ events(first: 0) { edges { cursor } } }" });
    const error: unknown = await refused.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AttestryError);
    expect(error).toMatchObject({ code: "BAD_USER_INPUT" });
    expect((error as AttestryError).errors[0]?.extensions).toHaveProperty("validationDetails");
  });

  it("throws where something that is no gateway answers", async () => {
    await using gateway = await givenGateway();
    const client = quickClient({ url: `${gateway.url}/playground`, token: "any" });
    await expect(client.query({ query: "{ __typename }" })).rejects.toBeInstanceOf(AttestryError);
  });
});

describe("createAttestryClient", () => {
  it.each(["nowhere", "ftp://gateway.example"])("refuses %s as an address", (url) => {
    expect(() => createAttestryClient({ url, token: "any" })).toThrow(/url/i);
  });

  it("refuses a buffer that holds nothing", () => {
    expect(() => createAttestryClient({ url: "http://localhost", token: "any", bufferLimit: 0 })).toThrow(RangeError);
  });
});

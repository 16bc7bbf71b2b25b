import { randomId } from "../../src/kernel/id.js";
import { testApp } from "../support/app.js";
import { ask, data } from "../support/ask.js";
import { givenGateway, type Gateway } from "../support/gateway.js";
import { ALL_KINDS, givenConsent, givenFurnished, givenRegistered, record } from "../support/given.js";
import { FURNISH, operation, QUERY } from "../support/operation.js";
import { stored } from "../support/stored.js";

const CALLS = 100;

/** A question that a certificate answers. */
async function givenQuestion({ fintech, vendor, network }: Gateway) {
  await givenFurnished(vendor, [network], [record(ALL_KINDS)]);
  await givenRegistered(fintech);
  return { consentId: await givenConsent(fintech, network), networkIds: [network], idempotencyKey: "order-7" };
}

/** The gateway after it was closed and started again on what it left behind. */
async function restarted(gateway: Gateway) {
  const { databaseUrl } = gateway.app.config;
  await gateway[Symbol.asyncDispose]();
  const again = await testApp({ from: databaseUrl, newId: randomId, time: gateway.time });
  const { url, close } = await again.app.listen();
  const dispose = async (): Promise<void> => {
    await close();
    await again[Symbol.asyncDispose]();
  };
  return { url, app: again.app, [Symbol.asyncDispose]: dispose };
}

describe("an idempotency key", () => {
  it("answers the first certificate after a restart too, and charges nothing more", async () => {
    await using gateway = await givenGateway({ kept: true });
    const input = await givenQuestion(gateway);
    const first = await data(gateway, gateway.fintech.token, QUERY, { input });
    const before = await stored(gateway.app);
    await using again = await restarted(gateway);
    const second = await data(again, gateway.fintech.token, QUERY, { input });
    expect(second.queryCertificate).toEqual({ ...first.queryCertificate, replayed: true });
    expect(await stored(again.app)).toEqual(before);
  });

  it("answers the first submission after a restart too", async () => {
    await using gateway = await givenGateway({ kept: true });
    const { bank, network } = gateway;
    const input = { networkIds: [network], records: [record()], idempotencyKey: "monday" };
    const first = await data(gateway, bank.token, FURNISH, { input });
    const before = await stored(gateway.app);
    await using again = await restarted(gateway);
    const second = await data(again, bank.token, FURNISH, { input });
    expect(second.furnishKyc).toEqual({ ...first.furnishKyc, replayed: true });
    expect(await stored(again.app)).toEqual(before);
  });

  it(`makes one certificate and one charge of ${CALLS} identical calls at once`, async () => {
    await using gateway = await givenGateway({ kept: true });
    const input = await givenQuestion(gateway);
    const answers = await Promise.all(
      Array.from(
        { length: CALLS },
        async () => (await data(gateway, gateway.fintech.token, QUERY, { input })).queryCertificate,
      ),
    );
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(answers.map(({ certificate }) => certificate?.id)).size).toBe(1);
    const bill = operation<{ queryEvents: object; certificates: object }>(
      `{ queryEvents { totalCount edges { node { price charged } } } certificates { totalCount } }`,
    );
    expect(await data(gateway, gateway.fintech.token, bill)).toEqual({
      queryEvents: { totalCount: 1, edges: [{ node: { price: "2.50", charged: true } }] },
      certificates: { totalCount: 1 },
    });
  });

  it("belongs to one participant and one verb", async () => {
    await using gateway = await givenGateway({ kept: true });
    const { bank, vendor, fintech, network } = gateway;
    const question = await givenQuestion(gateway);
    const input = {
      networkIds: [network],
      records: [record(["ADDRESS_CAPTURE"])],
      idempotencyKey: question.idempotencyKey,
    };
    const byBank = await data(gateway, bank.token, FURNISH, { input });
    const byVendor = await data(gateway, vendor.token, FURNISH, { input });
    const query = await data(gateway, fintech.token, QUERY, { input: question });
    expect([byBank.furnishKyc.replayed, byVendor.furnishKyc.replayed, query.queryCertificate.replayed]).toEqual([
      false,
      false,
      false,
    ]);
    expect(byBank.furnishKyc.submissionId).not.toBe(byVendor.furnishKyc.submissionId);
  });
});

describe("without an idempotency key", () => {
  it("the same question twice is two queries, and the second certificate supersedes the first", async () => {
    await using gateway = await givenGateway({ kept: true });
    const { idempotencyKey: _, ...input } = await givenQuestion(gateway);
    const ids = [];
    for (let count = 0; count < 2; count += 1)
      ids.push((await data(gateway, gateway.fintech.token, QUERY, { input })).queryCertificate.certificate!.id);
    const list = operation<{ certificates: { edges: readonly { node: object }[] } }>(
      `{ certificates { edges { node { id status supersededBy { id } } } } }`,
    );
    const { certificates } = await data(gateway, gateway.fintech.token, list);
    expect(certificates.edges.map(({ node }) => node)).toEqual([
      { id: ids[1], status: "VALID", supersededBy: null },
      { id: ids[0], status: "SUPERSEDED", supersededBy: { id: ids[1] } },
    ]);
  });
});

describe("close", () => {
  it("lets a running mutation finish: it is answered, and durable", async () => {
    const writing = Promise.withResolvers<void>();
    await using gateway = await givenGateway({
      kept: true,
      onStatement: (sql) => {
        if (sql.startsWith("insert into attestation ")) writing.resolve();
      },
    });
    const { bank, network } = gateway;
    const input = { networkIds: [network], records: [record()], idempotencyKey: "last" };
    let answered = false;
    const mutation = data(gateway, bank.token, FURNISH, { input }).finally(() => (answered = true));
    await writing.promise;
    const closing = gateway.close();
    expect(answered).toBe(false);
    const { furnishKyc } = await mutation;
    await closing;
    await expect(fetch(`${gateway.url}/health`)).rejects.toThrow("fetch failed");
    await using again = await restarted(gateway);
    const replay = await data(again, bank.token, FURNISH, { input });
    expect(replay.furnishKyc).toEqual({ ...furnishKyc, replayed: true });
    expect(furnishKyc.attestations).toHaveLength(ALL_KINDS.length);
  });

  it("takes nothing of a mutation that was refused", async () => {
    await using gateway = await givenGateway({ kept: true });
    const before = await stored(gateway.app);
    const input = { networkIds: [gateway.network, "net_00000000000000000007777777"], records: [record()] };
    expect((await ask(gateway, gateway.bank.token, FURNISH, { input })).data).toBeNull();
    await using again = await restarted(gateway);
    expect(await stored(again.app)).toEqual(before);
  });
});

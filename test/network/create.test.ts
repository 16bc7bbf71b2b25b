import { OPERATOR } from "../../src/kernel/actor.js";
import type { Id } from "../../src/kernel/id.js";
import type { Writer } from "../../src/kernel/reader.js";
import { createNetwork, createParticipant, grantRoles, removeRoles, setPrice } from "../../src/network/create.js";
import type { NetworkRole } from "../../src/network/network.js";
import { testApp, type TestApp } from "../support/app.js";
import { countOf, givenNetwork, givenParty } from "../support/given.js";
import { refusal } from "../support/refusal.js";

const operate = <Result>({ app }: TestApp, work: (write: Writer) => Promise<Result>): Promise<Result> =>
  app.commitAs(OPERATOR)(work);

const NOBODY: Id<"par"> = "par_00000000000000000000009999";
const NOWHERE: Id<"net"> = "net_00000000000000000000009999";

const BAD_NAMES = [
  ["", "blank"],
  [" ", "spaces"],
  ["x".repeat(201), "too long"],
  ["A\u0007", "a control character"],
  ["\udc00", "half a character"],
] as const;

describe("createParticipant", () => {
  it("admits an institution under its name", async () => {
    await using test = await testApp();
    const id = await operate(test, (write) => createParticipant(write, "First Harbor Bank"));
    expect(await test.app.store.rows("select id, name, created_at from participant")).toEqual([
      { id, name: "First Harbor Bank", created_at: test.time.clock() },
    ]);
  });

  it("refuses a name that is taken", async () => {
    await using test = await testApp();
    await operate(test, (write) => createParticipant(write, "Bank"));
    expect((await refusal(operate(test, (write) => createParticipant(write, "Bank")))).code).toBe("CONFLICT");
    expect(await countOf(test, "participant")).toBe(1);
  });

  it.each(BAD_NAMES)("refuses %j: %s", async (name) => {
    await using test = await testApp();
    expect(await refusal(operate(test, (write) => createParticipant(write, name)))).toMatchObject({
      code: "BAD_USER_INPUT",
      paths: ["name"],
    });
    expect(await countOf(test, "participant")).toBe(0);
  });

  it("lets one of twenty at the same time have the name", async () => {
    await using test = await testApp();
    const done = await Promise.allSettled(
      Array.from({ length: 20 }, () => operate(test, (write) => createParticipant(write, "Bank"))),
    );
    expect(done.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await countOf(test, "participant")).toBe(1);
  });
});

describe("createNetwork", () => {
  it("opens a network under its name", async () => {
    await using test = await testApp();
    const id = await operate(test, (write) => createNetwork(write, "Harbor Exchange"));
    expect(await test.app.store.rows("select id, name from network")).toEqual([{ id, name: "Harbor Exchange" }]);
  });

  it("refuses a name that is taken", async () => {
    await using test = await testApp();
    await operate(test, (write) => createNetwork(write, "Exchange"));
    expect((await refusal(operate(test, (write) => createNetwork(write, "Exchange")))).code).toBe("CONFLICT");
    expect(await countOf(test, "network")).toBe(1);
  });

  it.each(BAD_NAMES)("refuses %j: %s", async (name) => {
    await using test = await testApp();
    expect(await refusal(operate(test, (write) => createNetwork(write, name)))).toMatchObject({
      code: "BAD_USER_INPUT",
      paths: ["name"],
    });
    expect(await countOf(test, "network")).toBe(0);
  });
});

describe("setPrice", () => {
  const priceOf = (amount: string, currency = "USD") =>
    ({ networkId: NOWHERE, product: "KYC", amount, currency }) as const;

  it("is a new version that leaves the earlier ones as they were", async () => {
    await using test = await testApp();
    const networkId = await givenNetwork(test, "Exchange", [], "2.50");
    await operate(test, (write) => setPrice(write, { ...priceOf("3.00"), networkId }));
    expect(
      await test.app.store.rows("select version, amount, currency from price where product = 'KYC' order by version"),
    ).toEqual([
      { version: 1, amount: "2.50", currency: "USD" },
      { version: 2, amount: "3.00", currency: "USD" },
    ]);
  });

  it.each([
    ["-1.00", "USD"],
    ["1,50", "USD"],
    ["free", "USD"],
    ["1e3", "USD"],
    ["", "USD"],
    ["2.50", "usd"],
    ["2.50", "US$"],
    ["2.50", ""],
  ])("refuses %j %j", async (amount, currency) => {
    await using test = await testApp();
    const networkId = await givenNetwork(test, "Exchange", []);
    const set = operate(test, (write) => setPrice(write, { ...priceOf(amount, currency), networkId }));
    expect((await refusal(set)).code).toBe("BAD_USER_INPUT");
    expect(await countOf(test, "price")).toBe(1);
  });

  it("is NOT_FOUND for a network that does not exist", async () => {
    await using test = await testApp();
    expect((await refusal(operate(test, (write) => setPrice(write, priceOf("2.50"))))).code).toBe("NOT_FOUND");
    expect(await countOf(test, "price")).toBe(0);
  });
});

describe("grantRoles and removeRoles", () => {
  const rolesIn = async ({ app }: TestApp, networkId: string, participantId: string): Promise<string[]> => {
    const rows = await app.store.rows<{ role: string }>(
      "select role from membership where network_id = ? and participant_id = ? order by role",
      [networkId, participantId],
    );
    return rows.map(({ role }) => role);
  };

  it("add to the roles that are held, once each, and take away what is named", async () => {
    await using test = await testApp();
    const bank = await givenParty(test, "Bank");
    const network = await givenNetwork(test, "Exchange", [[bank, "GOVERNOR"]]);
    await operate(test, (write) => grantRoles(write, network, bank.id, ["FURNISHER", "GOVERNOR"]));
    await operate(test, (write) => grantRoles(write, network, bank.id, ["FURNISHER", "QUERIER"]));
    expect(await rolesIn(test, network, bank.id)).toEqual(["FURNISHER", "GOVERNOR", "QUERIER"]);
    await operate(test, (write) => removeRoles(write, network, bank.id, ["FURNISHER", "QUERIER"]));
    expect(await rolesIn(test, network, bank.id)).toEqual(["GOVERNOR"]);
  });

  it("take one role that is named twice as one", async () => {
    await using test = await testApp();
    const bank = await givenParty(test, "Bank");
    const network = await givenNetwork(test, "Exchange", []);
    await operate(test, (write) => grantRoles(write, network, bank.id, ["QUERIER", "QUERIER"]));
    expect(await rolesIn(test, network, bank.id)).toEqual(["QUERIER"]);
  });

  it("touch nobody else and no other network", async () => {
    await using test = await testApp();
    const [bank, vendor] = [await givenParty(test, "Bank"), await givenParty(test, "Vendor")];
    const network = await givenNetwork(test, "One", [
      [bank, "QUERIER"],
      [vendor, "QUERIER"],
    ]);
    const other = await givenNetwork(test, "Two", [[bank, "QUERIER"]]);
    await operate(test, (write) => removeRoles(write, network, bank.id, ["QUERIER"]));
    expect([
      await rolesIn(test, network, bank.id),
      await rolesIn(test, network, vendor.id),
      await rolesIn(test, other, bank.id),
    ]).toEqual([[], ["QUERIER"], ["QUERIER"]]);
  });

  it("refuse a role that there is not, and then give none", async () => {
    await using test = await testApp();
    const bank = await givenParty(test, "Bank");
    const network = await givenNetwork(test, "Exchange", []);
    const roles: NetworkRole[] = ["QUERIER", "OWNER" as NetworkRole];
    expect((await refusal(operate(test, (write) => grantRoles(write, network, bank.id, roles)))).code).toBe(
      "BAD_USER_INPUT",
    );
    expect(await countOf(test, "membership")).toBe(0);
  });

  it("are NOT_FOUND for a network or participant that does not exist", async () => {
    await using test = await testApp();
    const bank = await givenParty(test, "Bank");
    const network = await givenNetwork(test, "Exchange", []);
    expect((await refusal(operate(test, (write) => grantRoles(write, NOWHERE, bank.id, ["QUERIER"])))).code).toBe(
      "NOT_FOUND",
    );
    expect((await refusal(operate(test, (write) => grantRoles(write, network, NOBODY, ["QUERIER"])))).code).toBe(
      "NOT_FOUND",
    );
    expect(await countOf(test, "membership")).toBe(0);
  });
});

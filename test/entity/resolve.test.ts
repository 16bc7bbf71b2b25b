import { fingerprintsOf } from "../../src/entity/resolve.js";
import { registerBusiness, registerIndividual } from "../../src/entity/register.js";
import { createVault } from "../../src/kernel/seal.js";
import {
  ADA,
  business,
  countOf,
  givenFurnished,
  givenParty,
  givenRegistered,
  givenWorld,
  individual,
  record,
} from "../support/given.js";
import { testApp, type TestApp } from "../support/app.js";

const SSN = ADA.socialSecurityNumber;

/** Who is in conflict with whom, in the order of ids. */
const conflicts = ({ app }: TestApp) =>
  app.store.rows<{ entityId: string; otherEntityId: string }>(
    `select entity_id as "entityId", other_entity_id as "otherEntityId" from entity_conflict order by 1, 2`,
  );

describe("resolve", () => {
  it("knows one person whom two participants name, in any spelling of the number", async () => {
    await using test = await testApp();
    const [bank, vendor] = [await givenParty(test, "Bank"), await givenParty(test, "Vendor")];
    const one = await givenRegistered(bank, { socialSecurityNumber: "212-55-0101" });
    const other = await givenRegistered(vendor, { handle: "x-17", firstName: "A.", socialSecurityNumber: "212550101" });
    expect(other).toBe(one);
    expect(await countOf(test, "entity")).toBe(1);
  });

  it("knows one person who was furnished first and registered later", async () => {
    await using world = await givenWorld();
    const { vendor, fintech, network } = world;
    await givenFurnished(vendor, [network], [record()]);
    const [furnished] = await world.app.store.rows<{ id: string }>("select id from entity");
    expect(await givenRegistered(fintech)).toBe(furnished!.id);
    expect(await countOf(world, "entity")).toBe(1);
  });

  it("knows one business that two participants name", async () => {
    await using test = await testApp();
    const [bank, vendor] = [await givenParty(test, "Bank"), await givenParty(test, "Vendor")];
    const one = await bank.commit((write) => registerBusiness(write, business()));
    const other = await vendor.commit((write) =>
      registerBusiness(write, business({ legalName: "ALDER WORKS", ein: "123456789" })),
    );
    expect(other.entityId).toBe(one.entityId);
  });

  it("never takes a business for the person who has the same nine digits", async () => {
    await using test = await testApp();
    const bank = await givenParty(test, "Bank");
    const person = await givenRegistered(bank, { socialSecurityNumber: "123-45-6789" });
    const firm = await bank.commit((write) => registerBusiness(write, business({ ein: "12-3456789" })));
    expect(firm.entityId).not.toBe(person);
    expect(await conflicts(test)).toEqual([]);
  });

  it("never takes people for one because their names and birth dates are the same", async () => {
    await using test = await testApp();
    const bank = await givenParty(test, "Bank");
    const one = await givenRegistered(bank, { handle: "one" });
    const other = await givenRegistered(bank, { handle: "two", socialSecurityNumber: "212-55-0199" });
    expect(other).not.toBe(one);
    expect(await conflicts(test)).toEqual([]);
  });

  it("makes two entities of one SSN with two birth dates, and marks both as in conflict", async () => {
    await using test = await testApp();
    const [bank, vendor] = [await givenParty(test, "Bank"), await givenParty(test, "Vendor")];
    const one = await givenRegistered(bank);
    const other = await givenRegistered(vendor, { dateOfBirth: "1988-12-04" });
    expect(other).not.toBe(one);
    expect(await conflicts(test)).toEqual([
      { entityId: one, otherEntityId: other },
      { entityId: other, otherEntityId: one },
    ]);
  });

  it("marks each pair of three, once, and nobody with himself", async () => {
    await using test = await testApp();
    const bank = await givenParty(test, "Bank");
    for (const [index, dateOfBirth] of ["1988-04-12", "1988-12-04", "1989-04-12", "1988-04-12"].entries())
      await givenRegistered(bank, { handle: `h${index}`, dateOfBirth });
    const pairs = await conflicts(test);
    expect(await countOf(test, "entity")).toBe(3);
    expect(new Set(pairs.map(({ entityId, otherEntityId }) => `${entityId} ${otherEntityId}`)).size).toBe(6);
    expect(pairs.filter(({ entityId, otherEntityId }) => entityId === otherEntityId)).toEqual([]);
  });

  it("finds a conflict within one call as well as between calls", async () => {
    await using world = await givenWorld();
    const { vendor, network } = world;
    const twice = [record(), { ...record(), dateOfBirth: "1988-12-04" }];
    await givenFurnished(vendor, [network], twice);
    expect(await countOf(world, "entity")).toBe(2);
    expect(await conflicts(world)).toHaveLength(2);
  });

  it("makes one entity of fifty participants who first name a person at the same time", async () => {
    await using test = await testApp();
    const parties = [];
    for (let index = 0; index < 50; index += 1) parties.push(await givenParty(test, `Bank ${index}`));
    const ids = await Promise.all(parties.map((party) => givenRegistered(party)));
    expect(new Set(ids).size).toBe(1);
    expect(await countOf(test, "entity")).toBe(1);
    expect(await countOf(test, "registration")).toBe(50);
  });

  it("keeps nobody from being matched: one participant with two handles for a person has one entity", async () => {
    await using test = await testApp();
    const bank = await givenParty(test, "Bank");
    const first = await bank.commit((write) => registerIndividual(write, individual({ handle: "a" })));
    const second = await bank.commit((write) => registerIndividual(write, individual({ handle: "b" })));
    expect(second).toEqual({ entityId: first.entityId, created: true });
  });
});

describe("fingerprintsOf", () => {
  const vault = createVault(Buffer.alloc(32, 1), Buffer.alloc(32, 2));
  const ada = { entityType: "INDIVIDUAL", taxNumber: "212550101", dateOfBirth: "1988-04-12" } as const;

  it("is nothing for whoever has no number", () => {
    expect(fingerprintsOf(vault, { ...ada, taxNumber: null })).toEqual({ match: null, tax: null });
  });

  it("tells people by number and birth date, and conflicts by number alone", () => {
    const [one, other] = [fingerprintsOf(vault, ada), fingerprintsOf(vault, { ...ada, dateOfBirth: "1988-12-04" })];
    expect(one.match).not.toBe(other.match);
    expect(one.tax).toBe(other.tax);
  });

  it("holds neither number nor date, and is another under another key", () => {
    const { match, tax } = fingerprintsOf(vault, ada);
    expect([match, tax]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(fingerprintsOf(createVault(Buffer.alloc(32, 1), Buffer.alloc(32, 3)), ada).match).not.toBe(match);
    expect(match).not.toContain(SSN.replaceAll("-", ""));
  });
});

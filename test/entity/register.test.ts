import fc from "fast-check";
import { ENTITY_TYPES } from "../../src/entity/entity.js";
import { BUSINESS_TYPES, type IndividualFacts } from "../../src/entity/facts.js";
import { registerBusiness, registerIndividual } from "../../src/entity/register.js";
import { SCOPES } from "../../src/kernel/actor.js";
import { Failure } from "../../src/kernel/failure.js";
import { DAY_MS } from "../../src/kernel/instant.js";
import {
  ADDRESS,
  actorOf,
  business,
  clientOf,
  countOf,
  givenParty,
  individual,
  ownFactsOf,
  type Party,
} from "../support/given.js";
import { refusal } from "../support/refusal.js";
import { stillClock, testApp, type TestApp } from "../support/app.js";
import { tableNames } from "../support/database.js";
import { toInstant } from "../../src/kernel/instant.js";

const RUNS = 300;

interface Given extends TestApp {
  readonly bank: Party;
}

async function given(at?: string): Promise<Given> {
  const test = await testApp(at ? { time: stillClock(toInstant(`${at}T12:00:00.000Z`)) } : {});
  return { ...test, bank: await givenParty(test, "Bank") };
}

const person = ({ bank }: Given, over: object = {}) =>
  bank.commit((write) => registerIndividual(write, { ...individual(), ...over }));

const firm = ({ bank }: Given, over: object = {}) =>
  bank.commit((write) => registerBusiness(write, { ...business(), ...over }));

/** What a registration leaves behind. */
const stored = async (test: Given): Promise<Record<string, number>> => ({
  entities: await countOf(test, "entity"),
  registrations: await countOf(test, "registration"),
  events: await countOf(test, "event"),
});

const NOTHING = { entities: 0, registrations: 0, events: 0 };

/** The paths at which a person or a business is refused, when nothing may be stored. */
async function pathsOf(test: Given, work: Promise<unknown>): Promise<string[]> {
  const { code, paths } = await refusal(work);
  expect(code).toBe("BAD_USER_INPUT");
  expect(await stored(test)).toEqual(NOTHING);
  return [...paths];
}

const address = (over: object) => ({ address: { ...ADDRESS, ...over } });

/** What is wrong with a person, and where: everything that either kind of entity has. */
const WRONG_CONTACT: readonly (readonly [what: string, over: object, path: string])[] = [
  ["no handle", { handle: "" }, "handle"],
  ["a handle with a space", { handle: "ada moreno" }, "handle"],
  ["a handle with a slash", { handle: "a/b" }, "handle"],
  ["a handle with a line end", { handle: "ada\n" }, "handle"],
  ["a handle of 101 characters", { handle: "x".repeat(101) }, "handle"],
  ["an e-mail address without a domain", { email: "ada@" }, "email"],
  ["an e-mail address with a name", { email: "Ada <ada@example.com>" }, "email"],
  ["an e-mail address with a line end", { email: "ada@example.com\n" }, "email"],
  ["an e-mail address of a kilobyte", { email: `${"a".repeat(1_000)}@example.com` }, "email"],
  ["words for a phone", { phone: "call me" }, "phone"],
  ["a phone with too few digits", { phone: "555-0100" }, "phone"],
  ["a phone with too many digits", { phone: "+1 503 555 0100 0000 0000" }, "phone"],
  ["a phone of a country that there is not", { phone: "+999 503 555 0100" }, "phone"],
  ["a phone of a kilobyte", { phone: "5".repeat(1_000) }, "phone"],
  ["no street", address({ line1: " " }), "address.line1"],
  ["a street with a control character", address({ line1: "12 Alder\u0000 Street" }), "address.line1"],
  ["a second line that is blank", address({ line2: "" }), "address.line2"],
  ["no city", address({ city: "" }), "address.city"],
  ["a city of a megabyte", address({ city: "x".repeat(1_000_000) }), "address.city"],
  ["a state that there is not", address({ state: "ZZ" }), "address.state"],
  ["a state in full", address({ state: "Oregon" }), "address.state"],
  ["a state in lower case", address({ state: "or" }), "address.state"],
  ["a postal code of four digits", address({ postalCode: "9720" }), "address.postalCode"],
  ["a postal code with letters", address({ postalCode: "97A05" }), "address.postalCode"],
  ["half of a long postal code", address({ postalCode: "97205-12" }), "address.postalCode"],
  ["a postal code in other digits", address({ postalCode: "٩٧٢٠٥" }), "address.postalCode"],
  ["a country that there is not", address({ country: "ZZ" }), "address.country"],
  ["a country in full", address({ country: "United States" }), "address.country"],
  ["no address", { address: undefined }, "address"],
];

const WRONG_PERSON: readonly (readonly [what: string, over: object, path: string])[] = [
  ...WRONG_CONTACT,
  ["no given name", { firstName: "" }, "firstName"],
  ["a blank family name", { lastName: " \u3000" }, "lastName"],
  ["a name with a line end", { firstName: "Ada\nMoreno" }, "firstName"],
  ["a name with an escape", { lastName: "\u001b[31mMoreno" }, "lastName"],
  ["a name with half a character", { firstName: "Ada\ud800" }, "firstName"],
  ["a name of a megabyte", { lastName: "x".repeat(1_000_000) }, "lastName"],
  ["a birth date that no calendar has", { dateOfBirth: "1988-02-30" }, "dateOfBirth"],
  ["29 February of a common year", { dateOfBirth: "1987-02-29" }, "dateOfBirth"],
  ["29 February of a century that skips it", { dateOfBirth: "1900-02-29" }, "dateOfBirth"],
  ["a thirteenth month", { dateOfBirth: "1988-13-01" }, "dateOfBirth"],
  ["a birth date the other way round", { dateOfBirth: "12/04/1988" }, "dateOfBirth"],
  ["a moment for a birth date", { dateOfBirth: "1988-04-12T00:00:00Z" }, "dateOfBirth"],
  ["a birth date to come", { dateOfBirth: "2026-03-03" }, "dateOfBirth"],
  ["seventeen years, the birthday being tomorrow", { dateOfBirth: "2008-03-03" }, "dateOfBirth"],
  ["a hundred and thirty years", { dateOfBirth: "1896-03-02" }, "dateOfBirth"],
  ["an SSN of eight digits", { socialSecurityNumber: "212-55-010" }, "socialSecurityNumber"],
  ["an SSN with dashes elsewhere", { socialSecurityNumber: "21-255-0101" }, "socialSecurityNumber"],
  ["an SSN with words around it", { socialSecurityNumber: "SSN 212-55-0101" }, "socialSecurityNumber"],
  ["an SSN in other digits", { socialSecurityNumber: "٢١٢٥٥٠١٠١" }, "socialSecurityNumber"],
  ["the area 000", { socialSecurityNumber: "000-55-0101" }, "socialSecurityNumber"],
  ["the area 666", { socialSecurityNumber: "666-55-0101" }, "socialSecurityNumber"],
  ["the area 900", { socialSecurityNumber: "900-55-0101" }, "socialSecurityNumber"],
  ["the area 999", { socialSecurityNumber: "999550101" }, "socialSecurityNumber"],
  ["the group 00", { socialSecurityNumber: "212-00-0101" }, "socialSecurityNumber"],
  ["the serial 0000", { socialSecurityNumber: "212-55-0000" }, "socialSecurityNumber"],
  ["no SSN in the field for it", { socialSecurityNumber: "" }, "socialSecurityNumber"],
];

const WRONG_BUSINESS: readonly (readonly [what: string, over: object, path: string])[] = [
  ...WRONG_CONTACT,
  ["no legal name", { legalName: "" }, "legalName"],
  ["a legal name with a tab", { legalName: "Alder\tWorks" }, "legalName"],
  ["a legal name with half a character", { legalName: "Alder\udfff" }, "legalName"],
  ["a trade name of a megabyte", { doingBusinessAs: "x".repeat(1_000_000) }, "doingBusinessAs"],
  ["a type that there is not", { businessType: "club" }, "businessType"],
  ["a type in capitals", { businessType: "LLC" }, "businessType"],
  ["an EIN of eight digits", { ein: "12-345678" }, "ein"],
  ["an EIN like an SSN", { ein: "123-45-6789" }, "ein"],
  ["a web address that runs code", { website: "javascript:alert(1)" }, "website"],
  ["a web address without a scheme", { website: "alder.example" }, "website"],
  ["a web address of a kilobyte", { website: `https://alder.example/${"x".repeat(1_000)}` }, "website"],
];

const EIN_UNASSIGNED = "00 07 08 09 17 18 19 28 29 49 69 70 78 79 89 96 97".split(" ");

const EIN_ASSIGNED = Array.from({ length: 100 }, (_, index) => String(index).padStart(2, "0")).filter(
  (prefix) => !EIN_UNASSIGNED.includes(prefix),
);

describe("registerIndividual", () => {
  it("makes the entity, keeps what was said in one canonical form, and tells of it", async () => {
    await using test = await given();
    const { entityId, created } = await person(test, {
      firstName: " Ada ",
      email: "Ada@Example.COM",
      phone: "(503) 555-0100",
    });
    expect(created).toBe(true);
    expect(await ownFactsOf(test, test.bank, "ada")).toEqual({
      firstName: "Ada",
      lastName: "Moreno",
      dateOfBirth: "1988-04-12",
      socialSecurityNumber: "212550101",
      email: "ada@example.com",
      phone: "+15035550100",
      address: ADDRESS,
    });
    expect(await test.app.store.rows("select type, participant_id, entity_id, subject_id from event")).toEqual([
      { type: "ENTITY_REGISTERED", participant_id: test.bank.id, entity_id: entityId, subject_id: entityId },
    ]);
  });

  it("stores nothing personal in the clear, and logs none", async () => {
    await using test = await given();
    await person(test, { email: "ada@example.com", phone: "+15035550100" });
    const tables = await test.app.store.rows<{ name: string }>(tableNames());
    const rows = await Promise.all(tables.map(({ name }) => test.app.store.rows(`select * from ${name}`)));
    const everything = JSON.stringify([rows, test.logged]);
    for (const secret of [
      "Ada",
      "Moreno",
      "1988-04-12",
      "212550101",
      "212-55-0101",
      "ada@example.com",
      "5035550100",
      "Alder",
      "97205",
    ])
      expect(everything).not.toContain(secret);
    expect(everything).toContain(test.bank.id);
  });

  it.each([
    ["+44 20 7946 0958", "+442079460958"],
    ["503.555.0100", "+15035550100"],
    ["1-503-555-0100", "+15035550100"],
    ["+81 3-1234-5678", "+81312345678"],
    [null, null],
  ])("keeps the phone %s as %s", async (phone, kept) => {
    await using test = await given();
    await person(test, { phone });
    expect(await ownFactsOf(test, test.bank, "ada")).toMatchObject({ phone: kept });
  });

  it.each([
    ["王", "小明"],
    ["محمد", "عبد الله"],
    ["Nguyễn", "Thị Ánh"],
    ["ศิริพร", "ใจดี"],
    ["Þórbjörg", "O’Brien-Σωκράτης"],
    ["ᏣᎳᎩ", "𐐔𐐯𐑅"],
    ["क्‍ष", "शर्मा"],
    ["X", "Æ"],
  ])("takes the name %s %s as it is", async (firstName, lastName) => {
    await using test = await given();
    await person(test, { firstName, lastName });
    expect(await ownFactsOf(test, test.bank, "ada")).toMatchObject({ firstName, lastName });
  });

  it("takes a person who turns eighteen today, and who was born on 29 February of a leap year", async () => {
    await using test = await given();
    await person(test, { handle: "today", dateOfBirth: "2008-03-02" });
    await person(test, { handle: "leap", dateOfBirth: "2000-02-29" });
    await person(test, { handle: "old", dateOfBirth: "1896-03-03" });
    expect(await countOf(test, "registration")).toBe(3);
  });

  it("takes somebody born on 29 February as eighteen on 1 March of a common year", async () => {
    await using before = await given("2026-02-28");
    expect(await pathsOf(before, person(before, { dateOfBirth: "2008-02-29" }))).toEqual(["input.dateOfBirth"]);
    await using after = await given("2026-03-01");
    expect((await person(after, { dateOfBirth: "2008-02-29" })).created).toBe(true);
  });

  it("takes an address outside the US as it is written there", async () => {
    await using test = await given();
    const abroad = {
      line1: "221B Baker Street",
      line2: null,
      city: "London",
      state: "Greater London",
      postalCode: "NW1 6XE",
      country: "GB",
    };
    await person(test, { address: abroad });
    expect(await ownFactsOf(test, test.bank, "ada")).toMatchObject({ address: abroad });
  });

  it.each(["97205", "97205-1234", "972051234"])("takes the US postal code %s", async (postalCode) => {
    await using test = await given();
    expect((await person(test, address({ postalCode }))).created).toBe(true);
  });

  it.each(["AK", "DC", "PR", "GU", "AE"])("takes the US state %s", async (state) => {
    await using test = await given();
    expect((await person(test, address({ state }))).created).toBe(true);
  });

  it.each(WRONG_PERSON)("refuses %s, at its path, and stores nothing", async (_what, over, path) => {
    await using test = await given();
    expect(await pathsOf(test, person(test, over))).toEqual([`input.${path}`]);
  });

  it("tells every fault at once", async () => {
    await using test = await given();
    const wrong = {
      handle: "?",
      firstName: "",
      lastName: "\u0000",
      dateOfBirth: "2020-01-01",
      socialSecurityNumber: "666-12-3456",
      email: "x",
      phone: "y",
      ...address({ line1: "", city: "", state: "XX", postalCode: "1" }),
    };
    const paths = [
      "handle",
      "firstName",
      "lastName",
      "dateOfBirth",
      "socialSecurityNumber",
      "email",
      "phone",
      "address.line1",
      "address.city",
      "address.state",
      "address.postalCode",
    ];
    expect((await pathsOf(test, person(test, wrong))).toSorted()).toEqual(
      paths.map((path) => `input.${path}`).toSorted(),
    );
  });

  it("never echoes what was sent", async () => {
    await using test = await given();
    const secret = "212-55-01O1";
    const wrong = {
      handle: `${secret}?`,
      firstName: `${secret}\n`,
      dateOfBirth: secret,
      socialSecurityNumber: secret,
      email: secret,
      phone: secret,
    };
    const { message } = await refusal(person(test, wrong));
    const failure = await person(test, wrong).catch((error: unknown) => error);
    expect(JSON.stringify([message, failure, test.logged])).not.toContain(secret);
    expect(await stored(test)).toEqual(NOTHING);
  });

  it("accepts or refuses any text with a code, and what it accepts it keeps", async () => {
    await using test = await given();
    let number = 0;
    const any = fc.string({ unit: "binary", maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(any, any, any, async (firstName, lastName, line1) => {
        const handle = `any${(number += 1)}`;
        const work = person(test, { handle, firstName, lastName, socialSecurityNumber: null, ...address({ line1 }) });
        const code = await work.then(
          () => "accepted",
          (error: unknown) => (error instanceof Failure ? error.code : error),
        );
        const facts = (await ownFactsOf(test, test.bank, handle)) as IndividualFacts | null;
        const kept = facts && [facts.firstName, facts.lastName, facts.address?.line1];
        const sent = [firstName, lastName, line1].map((text) => text.trim());
        expect([code, kept]).toEqual(code === "accepted" ? [code, sent] : ["BAD_USER_INPUT", null]);
      }),
      { numRuns: RUNS },
    );
  });

  it("answers the same again with the same entity, and stores nothing", async () => {
    await using test = await given();
    const first = await person(test);
    const before = await stored(test);
    test.time.advance(DAY_MS);
    expect(await person(test)).toEqual({ entityId: first.entityId, created: false });
    expect(await person(test, { socialSecurityNumber: "212550101", firstName: " Ada " })).toEqual({
      entityId: first.entityId,
      created: false,
    });
    expect(await stored(test)).toEqual(before);
  });

  it("undoes no correction where what was said before it is said again, and makes nobody of it", async () => {
    await using test = await given();
    const corrected = { socialSecurityNumber: "212-55-0177" };
    const { entityId } = await person(test);
    await person(test, { handle: "too" });
    await person(test, corrected);
    expect(await person(test, { handle: "too" })).toEqual({ entityId, created: false });
    const vendor = await givenParty(test, "Vendor");
    const theirs = await vendor.commit((write) => registerIndividual(write, individual(corrected)));
    expect(theirs.entityId).toBe(entityId);
    expect(await person(test, { handle: "too" })).toEqual({ entityId, created: false });
    expect(await countOf(test, "entity")).toBe(1);
  });

  it("keeps other facts as a new version beside the old one, and tells of it", async () => {
    await using test = await given();
    const { entityId } = await person(test);
    const at = test.time.clock();
    test.time.advance(DAY_MS);
    expect(await person(test, { lastName: "Moreno-Diaz" })).toEqual({ entityId, created: false });
    expect(
      await test.app.store.rows(
        "select version, entity_id, created_at, superseded_at from registration order by version",
      ),
    ).toEqual([
      { version: 1, entity_id: entityId, created_at: at, superseded_at: test.time.clock() },
      { version: 2, entity_id: entityId, created_at: test.time.clock(), superseded_at: null },
    ]);
    expect(await ownFactsOf(test, test.bank, "ada")).toMatchObject({ lastName: "Moreno-Diaz" });
    expect(await countOf(test, "event")).toBe(2);
  });

  it("takes a return to earlier facts as one more version", async () => {
    await using test = await given();
    await person(test);
    await person(test, { lastName: "Diaz" });
    await person(test);
    expect(await test.app.store.rows("select version from registration where superseded_at is null")).toEqual([
      { version: 3 },
    ]);
  });

  it("never overwrites what another participant says about the person", async () => {
    await using test = await given();
    const vendor = await givenParty(test, "Vendor");
    const { entityId } = await person(test);
    const theirs = await vendor.commit((write) =>
      registerIndividual(write, individual({ firstName: "Adelaide", email: null })),
    );
    expect(theirs).toEqual({ entityId, created: true });
    expect(await ownFactsOf(test, test.bank, "ada")).toMatchObject({ firstName: "Ada" });
    expect(await ownFactsOf(test, vendor, "ada")).toMatchObject({ firstName: "Adelaide" });
  });

  it("holds a person without an SSN together by the handle", async () => {
    await using test = await given();
    const { entityId } = await person(test, { socialSecurityNumber: null });
    expect(await person(test, { socialSecurityNumber: null, lastName: "Diaz" })).toEqual({ entityId, created: false });
    const other = await person(test, { handle: "ada2", socialSecurityNumber: null });
    expect(other.created).toBe(true);
    expect(other.entityId).not.toBe(entityId);
  });

  it("makes one version of fifty equal registrations at the same time", async () => {
    await using test = await given();
    const done = await Promise.all(Array.from({ length: 50 }, () => person(test)));
    expect(done.filter(({ created }) => created)).toHaveLength(1);
    expect(await stored(test)).toEqual({ entities: 1, registrations: 1, events: 1 });
  });

  it("makes a version of each of twenty amendments at the same time, in a row without a gap", async () => {
    await using test = await given();
    await Promise.all(Array.from({ length: 20 }, (_, index) => person(test, { lastName: `Moreno ${index}` })));
    const rows = await test.app.store.rows<{ version: number; superseded_at: string | null }>(
      "select version, superseded_at from registration order by version",
    );
    expect(rows.map(({ version }) => version)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(rows.filter((row) => row.superseded_at === null)).toHaveLength(1);
  });

  it("needs the scope `entities`, and is never done with a client token", async () => {
    await using test = await given();
    const others = SCOPES.filter((scope) => scope !== "entities");
    for (const actor of [actorOf(test.bank.id, others), clientOf(test.bank.id, "ent_00000000000000000000000001")])
      expect((await refusal(test.app.commitAs(actor)((write) => registerIndividual(write, individual())))).code).toBe(
        "FORBIDDEN",
      );
    expect(await stored(test)).toEqual(NOTHING);
  });
});

describe("registerBusiness", () => {
  it("makes the entity, keeps what was said in one canonical form, and tells of it", async () => {
    await using test = await given();
    const { entityId, created } = await firm(test, {
      doingBusinessAs: " Alder ",
      website: "https://alder.example",
      phone: "503-555-0100",
    });
    expect(created).toBe(true);
    expect(await ownFactsOf(test, test.bank, "alder")).toEqual({
      legalName: "Alder Works LLC",
      doingBusinessAs: "Alder",
      businessType: "llc",
      ein: "123456789",
      email: null,
      phone: "+15035550100",
      website: "https://alder.example",
      address: ADDRESS,
    });
    expect(
      await test.app.store.rows(
        "select e.entity_type, v.type from entity e join event v on v.subject_id = e.id where e.id = ?",
        [entityId],
      ),
    ).toEqual([{ entity_type: ENTITY_TYPES[1], type: "ENTITY_REGISTERED" }]);
  });

  it.each(BUSINESS_TYPES)("takes a %s", async (businessType) => {
    await using test = await given();
    expect((await firm(test, { businessType })).created).toBe(true);
  });

  it("takes every prefix of an EIN that the IRS assigns", async () => {
    await using test = await given();
    for (const prefix of EIN_ASSIGNED) await firm(test, { handle: `firm${prefix}`, ein: `${prefix}-3456789` });
    expect(await countOf(test, "entity")).toBe(EIN_ASSIGNED.length);
  });

  it.each(EIN_UNASSIGNED)("refuses an EIN that begins with %s", async (prefix) => {
    await using test = await given();
    expect(await pathsOf(test, firm(test, { ein: `${prefix}-3456789` }))).toEqual(["input.ein"]);
  });

  it.each(WRONG_BUSINESS)("refuses %s, at its path, and stores nothing", async (_what, over, path) => {
    await using test = await given();
    expect(await pathsOf(test, firm(test, over))).toEqual([`input.${path}`]);
  });

  it("answers the same again with the same entity; other facts are a version", async () => {
    await using test = await given();
    const { entityId } = await firm(test);
    expect(await firm(test, { ein: "123456789" })).toEqual({ entityId, created: false });
    expect(await countOf(test, "registration")).toBe(1);
    expect(await firm(test, { legalName: "Alder Works Inc" })).toEqual({ entityId, created: false });
    expect(await countOf(test, "registration")).toBe(2);
  });

  it("is refused under a handle that names a person, and the other way round", async () => {
    await using test = await given();
    await person(test, { handle: "one" });
    await firm(test, { handle: "two" });
    const before = await stored(test);
    expect(await refusal(firm(test, { handle: "one" }))).toMatchObject({ code: "CONFLICT", paths: ["input.handle"] });
    expect(await refusal(person(test, { handle: "two" }))).toMatchObject({ code: "CONFLICT", paths: ["input.handle"] });
    expect(await stored(test)).toEqual(before);
  });

  it("needs the scope `entities`, and is never done with a client token", async () => {
    await using test = await given();
    const others = SCOPES.filter((scope) => scope !== "entities");
    for (const actor of [actorOf(test.bank.id, others), clientOf(test.bank.id, "ent_00000000000000000000000001")])
      expect((await refusal(test.app.commitAs(actor)((write) => registerBusiness(write, business())))).code).toBe(
        "FORBIDDEN",
      );
    expect(await stored(test)).toEqual(NOTHING);
  });
});

import fc from "fast-check";
import type { BusinessFacts, IndividualFacts } from "../../src/entity/facts.js";
import { displayNameOf, maskBusiness, maskIndividual, openFacts } from "../../src/entity/identity.js";
import { canonical } from "../../src/kernel/canonical.js";
import { createVault } from "../../src/kernel/seal.js";

const RUNS = 2_000;

const ADA: IndividualFacts = {
  firstName: "Ada",
  lastName: "Moreno",
  dateOfBirth: "1988-04-12",
  socialSecurityNumber: "212550101",
  email: "ada@example.com",
  phone: "+15035550100",
  address: {
    line1: "12 Alder Street",
    line2: "Flat 3",
    city: "Portland",
    state: "OR",
    postalCode: "97205",
    country: "US",
  },
};

const ALDER: BusinessFacts = {
  legalName: "Alder Works LLC",
  doingBusinessAs: null,
  businessType: "llc",
  ein: "123456789",
  email: "desk@alder.example",
  phone: "+15035550100",
  website: "https://alder.example",
  address: null,
};

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));

describe("maskIndividual", () => {
  it("shows the last four of a number, the year of birth, the first letter of an address, and no street", () => {
    expect(maskIndividual(ADA)).toEqual({
      firstName: "Ada",
      lastName: "Moreno",
      dateOfBirth: "1988-••-••",
      socialSecurityNumber: "•••••0101",
      email: "a•••@example.com",
      phone: "•••0100",
      address: { line1: "•••", line2: "•••", city: "Portland", state: "OR", postalCode: "97205", country: "US" },
    });
  });

  it("leaves out what is not known, and does not say that something is hidden where nothing is", () => {
    const bare = { ...ADA, socialSecurityNumber: null, email: null, phone: null, address: null };
    expect(maskIndividual(bare)).toMatchObject({ socialSecurityNumber: null, email: null, phone: null, address: null });
    expect(maskIndividual({ ...ADA, address: { ...ADA.address!, line2: null } }).address?.line2).toBeNull();
  });

  it("never lets five digits of a number out, nor the day of birth, nor more of an e-mail address than a letter and the domain", () => {
    const person = fc.record({
      socialSecurityNumber: digits(9),
      phone: digits(10).map((number) => `+1${number}`),
      dateOfBirth: fc.constantFrom("1988-04-12", "2000-02-29", "1950-12-31"),
      email: fc
        .tuple(fc.stringMatching(/^[a-z][a-z.]{1,20}$/), fc.constant("example.com"))
        .map((parts) => parts.join("@")),
    });
    fc.assert(
      fc.property(person, (facts) => {
        const masked = maskIndividual({ ...ADA, ...facts });
        expect(masked.socialSecurityNumber).not.toMatch(/\d{5}/);
        expect(masked.phone).not.toMatch(/\d{5}/);
        expect(masked.dateOfBirth).not.toMatch(/-\d/);
        expect(masked.email).toBe(`${facts.email.slice(0, 1)}•••@example.com`);
      }),
      { numRuns: RUNS },
    );
  });
});

describe("maskBusiness", () => {
  it("shows the last four of the EIN and of the phone, and what is public", () => {
    expect(maskBusiness(ALDER)).toEqual({ ...ALDER, ein: "•••••6789", email: "d•••@alder.example", phone: "•••0100" });
  });
});

describe("displayNameOf", () => {
  it("is the name of a person or the legal name of a business", () => {
    expect(displayNameOf(ADA)).toBe("Ada Moreno");
    expect(displayNameOf(ALDER)).toBe("Alder Works LLC");
  });
});

describe("openFacts", () => {
  const vault = createVault(Buffer.alloc(32, 1), Buffer.alloc(32, 2));
  const wrappedKey = vault.newKey();
  const sealedFacts = vault.seal(wrappedKey, "ent_one", canonical(ADA));

  it("opens what was sealed about this entity, and nothing that was moved to another", () => {
    expect(openFacts(vault, { id: "ent_one", wrappedKey }, { sealedFacts })).toEqual(ADA);
    expect(() => openFacts(vault, { id: "ent_two", wrappedKey }, { sealedFacts })).toThrow(/authenticate/);
  });

  it("is null once the key of the entity is erased", () => {
    expect(openFacts(vault, { id: "ent_one", wrappedKey: null }, { sealedFacts })).toBeNull();
  });
});

import type { LinkMember } from "../business/link.js";
import type { BusinessInput, IndividualInput } from "../entity/facts.js";

/** Whom the demo's bank verifies, and how it comes out. Everybody is invented; some bear names that the sandbox knows. */

const HOME = { line1: "48 Harbor Road", line2: null, city: "Astoria", state: "OR", postalCode: "97103", country: "US" };

const person = (
  handle: string,
  firstName: string,
  lastName: string,
  serial: number,
  over: Partial<IndividualInput> = {},
): IndividualInput => ({
  handle,
  firstName,
  lastName,
  dateOfBirth: `19${80 + (serial % 15)}-0${1 + (serial % 9)}-1${serial % 9}`,
  socialSecurityNumber: `318-67-30${String(serial).padStart(2, "0")}`,
  email: `${handle}@mail.example`,
  phone: `+150355520${String(serial).padStart(2, "0")}`,
  address: HOME,
  ...over,
});

/** One in each state that a frontend has to draw, and four who stand behind businesses. */
export const APPLICANTS: readonly IndividualInput[] = [
  person("nadia", "Nadia", "Haddad", 1),
  person("felix", "Felix", "Andrade", 2, { address: { ...HOME, line1: "420 420th Street" } }),
  person("rita", "Rita", "Review", 3),
  person("dora", "Dora", "Quispe", 4, { dateOfBirth: "1970-04-20" }),
  person("dmitri", "Dmitri", "Petrov", 5, { socialSecurityNumber: "420-42-0420" }),
  person("paul", "Paul", "Pending", 6),
  person("wanda", "Wanda", "Webhook", 7),
  person("uma", "Uma", "Eriksen", 8),
  person("marta", "Marta", "Lindqvist", 9),
  person("owen", "Owen", "Whitfield", 10),
  person("alba", "Alba", "Garcia", 11),
];

const business = (handle: string, legalName: string, ein: string): BusinessInput => ({
  handle,
  legalName,
  ein,
  businessType: "llc",
  website: `https://${handle}.example`,
  address: { ...HOME, line1: "7 Pier Lane" },
});

export const COMPANIES: readonly BusinessInput[] = [
  business("kestrel", "Kestrel Marine LLC", "47-2200001"),
  business("kestrel-holding", "Kestrel Holding LLC", "47-2200002"),
  business("juniper", "Juniper Books LLC", "47-2200003"),
];

const officer = (businessHandle: string, memberHandle: string, details: string): LinkMember => ({
  businessHandle,
  memberHandle,
  role: "CONTROLLING_OFFICER",
  details,
});
const owner = (businessHandle: string, memberHandle: string, ownershipStake: string): LinkMember => ({
  businessHandle,
  memberHandle,
  role: "BENEFICIAL_OWNER",
  ownershipStake,
});
const administrator = (businessHandle: string): LinkMember => ({
  businessHandle,
  memberHandle: "alba",
  role: "ADMINISTRATOR",
  details: "Company secretary",
});

/** Kestrel has two owners, one of them through its holding; of Juniper's two, one is in review. */
export const LINKS: readonly LinkMember[] = [
  officer("kestrel-holding", "owen", "Managing member"),
  owner("kestrel-holding", "owen", "75"),
  administrator("kestrel-holding"),
  officer("kestrel", "marta", "Chief executive"),
  owner("kestrel", "marta", "40"),
  owner("kestrel", "kestrel-holding", "60"),
  administrator("kestrel"),
  officer("juniper", "nadia", "Founder"),
  owner("juniper", "nadia", "55.5"),
  owner("juniper", "rita", "44.5"),
  administrator("juniper"),
];

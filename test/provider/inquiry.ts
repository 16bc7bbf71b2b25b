import type { Id } from "../../src/kernel/id.js";
import type { Address, BusinessFacts, IndividualFacts } from "../../src/entity/facts.js";
import type { Inquiry } from "../../src/verification/provider.js";
import { NOON } from "../support/app.js";

export const ADDRESS: Address = {
  line1: "1 Analytical Way",
  line2: null,
  city: "Portland",
  state: "OR",
  postalCode: "97201",
  country: "US",
};

export const PERSON: IndividualFacts = {
  firstName: "Ada",
  lastName: "Byron",
  dateOfBirth: "1985-12-10",
  socialSecurityNumber: "123456789",
  email: "ada@example.com",
  phone: "+15035550100",
  address: ADDRESS,
};

export const COMPANY: BusinessFacts = {
  legalName: "Analytical Engines LLC",
  doingBusinessAs: null,
  businessType: "llc",
  ein: "123456789",
  email: null,
  phone: "+15035550101",
  website: null,
  address: ADDRESS,
};

const VERIFICATION: Id<"ver"> = "ver_01h2xcejqtf2nbrexx3vqjhp41";

const about = (subject: Inquiry["subject"], over: Partial<Inquiry>): Inquiry => ({
  verificationId: VERIFICATION,
  kycLevel: "KYC-STANDARD",
  attempt: 1,
  requestedAt: NOON,
  subject,
  documents: [],
  ...over,
});

/** What is asked about a person who differs in this from one about whom nothing is odd. */
export const aboutPerson = (facts: Partial<IndividualFacts> = {}, over: Partial<Inquiry> = {}): Inquiry =>
  about({ entityType: "INDIVIDUAL", facts: { ...PERSON, ...facts } }, over);

/** The same for a business. */
export const aboutCompany = (facts: Partial<BusinessFacts> = {}, over: Partial<Inquiry> = {}): Inquiry =>
  about({ entityType: "BUSINESS", facts: { ...COMPANY, ...facts }, officers: [] }, over);

/** Nobody stops anything. */
export const NEVER = new AbortController().signal;

import { getCountries, parsePhoneNumberFromString } from "libphonenumber-js";
import { z } from "zod";
import { optional, text } from "../kernel/validate.js";

/** What a participant says about a person. Canonical: digits only, E.164, upper-case codes. */
export interface IndividualFacts {
  readonly firstName: string;
  readonly lastName: string;
  readonly dateOfBirth: string;
  readonly socialSecurityNumber: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly address: Address | null;
}

/** What a participant says about a business. */
export interface BusinessFacts {
  readonly legalName: string;
  readonly doingBusinessAs: string | null;
  /** Null where only checks were furnished. */
  readonly businessType: string | null;
  readonly ein: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly website: string | null;
  readonly address: Address | null;
}

export interface Address {
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly country: string;
}

/** Sila's business types, and no others: certification rules hang on them. */
export const BUSINESS_TYPES = [
  "corporation",
  "llc",
  "lp",
  "llp",
  "partnership",
  "non_profit",
  "sole_proprietorship",
  "trust",
  "unincorporated_association",
  "public_corporation",
] as const;

const US_STATES = new Set(
  (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY " +
    "AS GU MP PR VI UM AA AE AP"
  ).split(" "),
);

/** EIN prefixes that the IRS has not assigned to any campus. */
const EIN_UNASSIGNED = new Set("00 07 08 09 17 18 19 28 29 49 69 70 78 79 89 96 97".split(" "));

const COUNTRIES: ReadonlySet<string> = new Set(getCountries());

export const digits = (value: string): string => value.replace(/\D/g, "");

/** Nine digits, dashes allowed; area 000, 666 and 9xx, group 00 and serial 0000 have never been issued. */
export const ssn = z
  .string("Must be text.")
  .regex(/^\d{3}-?\d{2}-?\d{4}$/, "Must be nine digits, such as 123-45-6789.")
  .refine(
    (value) => !/^(000|666|9)|^\d{3}00|0000$/.test(digits(value)),
    "Was never issued as a Social Security number.",
  );

export const ein = z
  .string("Must be text.")
  .regex(/^\d{2}-?\d{7}$/, "Must be nine digits, such as 12-3456789.")
  .refine((value) => !EIN_UNASSIGNED.has(value.slice(0, 2)), "Has a prefix that the IRS does not assign.");

const MIN_AGE_YEARS = 18;
const MAX_AGE_YEARS = 130;

/** The date that many years before; 29 February comes of age on 1 March, as the string order has it. */
const yearsBefore = (today: string, years: number): string => `${Number(today.slice(0, 4)) - years}${today.slice(4)}`;

/** A birth date that is past and believable. */
export const birthDate = (today: string) =>
  z.iso
    .date({ error: "Must be a calendar date, YYYY-MM-DD.", abort: true })
    .refine((date) => date <= today, "Must not be in the future.")
    .refine((date) => date > yearsBefore(today, MAX_AGE_YEARS), `Must be less than ${MAX_AGE_YEARS} years ago.`);

export const name = text(100);
const email = z.email("Must be an e-mail address.").max(254, "Must be at most 254 characters.");
const phone = z
  .string("Must be text.")
  .max(40, { error: "Must be at most 40 characters.", abort: true })
  .refine(
    (value) => parsePhoneNumberFromString(value, "US")?.isPossible() ?? false,
    "Must be a telephone number; outside the US with + and country code.",
  );
const website = z
  .url({ protocol: /^https?$/, error: "Must be an http or https address." })
  .max(200, "Must be at most 200 characters.");

const address = z
  .object({
    line1: text(200),
    line2: optional(text(200)),
    city: text(100),
    state: text(50),
    postalCode: text(12),
    country: z.string().refine((code) => COUNTRIES.has(code), "Must be a two-letter country code."),
  })
  .superRefine((value, context) => {
    if (value.country !== "US") return;
    if (!US_STATES.has(value.state))
      context.addIssue({ code: "custom", path: ["state"], message: "Must be a two-letter US state." });
    if (!/^\d{5}(-?\d{4})?$/.test(value.postalCode))
      context.addIssue({
        code: "custom",
        path: ["postalCode"],
        message: "Must be a US postal code, 12345 or 12345-6789.",
      });
  });

export const handle = z
  .string("Must be text.")
  .regex(/^[\w.@-]{1,100}$/, "Must be 1 to 100 letters, digits or . @ _ -");

export const individualSchema = (today: string) =>
  z.object({
    handle,
    firstName: name,
    lastName: name,
    dateOfBirth: birthDate(today).refine(
      (date) => date > today || date <= yearsBefore(today, MIN_AGE_YEARS),
      `Must be at least ${MIN_AGE_YEARS} years old.`,
    ),
    socialSecurityNumber: optional(ssn),
    email: optional(email),
    phone: optional(phone),
    address,
  });

export const legalName = text(200);

export const businessSchema = z.object({
  handle,
  legalName,
  doingBusinessAs: optional(text(200)),
  businessType: z.enum(BUSINESS_TYPES, `Must be one of ${BUSINESS_TYPES.join(", ")}.`),
  ein: optional(ein),
  email: optional(email),
  phone: optional(phone),
  website: optional(website),
  address,
});

export type IndividualInput = z.infer<ReturnType<typeof individualSchema>>;
export type BusinessInput = z.infer<typeof businessSchema>;

const e164 = (value: string | null | undefined): string | null =>
  value ? (parsePhoneNumberFromString(value, "US")?.number ?? null) : null;
const trimmed = (value: string | null | undefined): string | null => value?.trim() ?? null;

const addressFacts = (value: z.infer<typeof address>): Address => ({
  line1: value.line1.trim(),
  line2: trimmed(value.line2),
  city: value.city.trim(),
  state: value.state.trim(),
  postalCode: value.postalCode.trim(),
  country: value.country,
});

export const individualFacts = (input: IndividualInput): IndividualFacts => ({
  firstName: input.firstName.trim(),
  lastName: input.lastName.trim(),
  dateOfBirth: input.dateOfBirth,
  socialSecurityNumber: input.socialSecurityNumber ? digits(input.socialSecurityNumber) : null,
  email: trimmed(input.email)?.toLowerCase() ?? null,
  phone: e164(input.phone),
  address: addressFacts(input.address),
});

export const businessFacts = (input: BusinessInput): BusinessFacts => ({
  legalName: input.legalName.trim(),
  doingBusinessAs: trimmed(input.doingBusinessAs),
  businessType: input.businessType,
  ein: input.ein ? digits(input.ein) : null,
  email: trimmed(input.email)?.toLowerCase() ?? null,
  phone: e164(input.phone),
  website: trimmed(input.website),
  address: addressFacts(input.address),
});

/** A person as a furnisher of certificates knows one: who it is, without contact. */
export const furnishedPerson = (
  person: Pick<IndividualInput, "firstName" | "lastName" | "dateOfBirth"> & { readonly socialSecurityNumber: string },
): IndividualFacts => ({
  firstName: person.firstName.trim(),
  lastName: person.lastName.trim(),
  dateOfBirth: person.dateOfBirth,
  socialSecurityNumber: digits(person.socialSecurityNumber),
  email: null,
  phone: null,
  address: null,
});

/** A business as a furnisher of certificates knows one: its name and number, and no more. */
export const furnishedBusiness = (business: { readonly legalName: string; readonly ein: string }): BusinessFacts => ({
  legalName: business.legalName.trim(),
  doingBusinessAs: null,
  businessType: null,
  ein: digits(business.ein),
  email: null,
  phone: null,
  website: null,
  address: null,
});

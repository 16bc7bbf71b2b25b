import { z } from "zod";
import type { Fault } from "../kernel/failure.js";
import type { Instant } from "../kernel/instant.js";
import { faultsOf } from "../kernel/validate.js";
import {
  birthDate,
  digits,
  ein,
  furnishedBusiness,
  furnishedPerson,
  legalName,
  name,
  ssn,
  type BusinessFacts,
  type IndividualFacts,
} from "../entity/facts.js";
import type { Identification } from "../entity/resolve.js";
import type { CertificateProduct } from "../network/network.js";
import { faultsOfChecks, type Checks } from "./check.js";
import { SUB_PRODUCTS, kindsOf } from "./sub-product.js";

/** One subject, and the checks that were done on it, each under its field name of the table. */
export type SubjectRecord = Readonly<Record<string, unknown>>;

/** How a record names its subject: a person by SSN and birth date, a business by EIN. */
interface Naming {
  readonly schema: (today: string) => z.ZodType;
  readonly facts: (record: SubjectRecord) => IndividualFacts | BusinessFacts;
  readonly identify: (record: SubjectRecord) => Identification;
}

export const NAMING: Readonly<Record<CertificateProduct, Naming>> = {
  KYC: {
    schema: (today) =>
      z.object({ firstName: name, lastName: name, dateOfBirth: birthDate(today), socialSecurityNumber: ssn }),
    facts: (record) => furnishedPerson(record as unknown as Parameters<typeof furnishedPerson>[0]),
    identify: ({ socialSecurityNumber, dateOfBirth }) => ({
      entityType: "INDIVIDUAL",
      taxNumber: digits(socialSecurityNumber as string),
      dateOfBirth: dateOfBirth as string,
    }),
  },
  KYB: {
    schema: () => z.object({ legalName, ein }),
    facts: (record) => furnishedBusiness(record as unknown as Parameters<typeof furnishedBusiness>[0]),
    identify: (record) => ({ entityType: "BUSINESS", taxNumber: digits(record["ein"] as string), dateOfBirth: null }),
  },
};

/** The checks of a record, by kind. */
export const checksOf = (record: SubjectRecord, product: CertificateProduct): Checks =>
  Object.fromEntries(
    kindsOf(product)
      .map((kind) => [kind, record[SUB_PRODUCTS[kind].fieldName]] as const)
      .filter(([, check]) => check !== undefined && check !== null),
  );

/** Every fault of one record, each with its path below `path`. */
export const faultsOfRecord = (
  record: SubjectRecord,
  path: string,
  now: Instant,
  product: CertificateProduct,
): Fault[] => [
  ...faultsOf(NAMING[product].schema(now.slice(0, 10)), record, path),
  ...faultsOfChecks(checksOf(record, product), path, now),
];

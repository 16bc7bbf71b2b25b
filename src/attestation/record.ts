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
import { faultsOfChecks, type Check, type Checks } from "./check.js";
import { SUB_PRODUCTS, kindsOf, type SubProductKind } from "./sub-product.js";

/** One subject, and the checks that were done on it, each under its field name of the table. */
export type SubjectRecord = Readonly<Record<string, unknown>>;

/** How a record names its subject: a person by SSN and birth date, a business by EIN. */
interface Naming {
  readonly fields: readonly string[];
  readonly schema: (today: string) => z.ZodType;
  readonly facts: (record: SubjectRecord) => IndividualFacts | BusinessFacts;
  readonly identify: (record: SubjectRecord) => Identification;
}

/** The schema of a day, made once: making one costs more than judging with it. */
function daily(make: (today: string) => z.ZodType): (today: string) => z.ZodType {
  let made: { today: string; schema: z.ZodType } | null = null;
  return (today) => (made = made?.today === today ? made : { today, schema: make(today) }).schema;
}

const named = z.object({ legalName, ein });

export const NAMING: Readonly<Record<CertificateProduct, Naming>> = {
  KYC: {
    fields: ["firstName", "lastName", "dateOfBirth", "socialSecurityNumber"],
    schema: daily((today) =>
      z.object({ firstName: name, lastName: name, dateOfBirth: birthDate(today), socialSecurityNumber: ssn }),
    ),
    facts: (record) => furnishedPerson(record as unknown as Parameters<typeof furnishedPerson>[0]),
    identify: ({ socialSecurityNumber, dateOfBirth }) => ({
      entityType: "INDIVIDUAL",
      taxNumber: digits(socialSecurityNumber as string),
      dateOfBirth: dateOfBirth as string,
    }),
  },
  KYB: {
    fields: ["legalName", "ein"],
    schema: () => named,
    facts: (record) => furnishedBusiness(record as unknown as Parameters<typeof furnishedBusiness>[0]),
    identify: (record) => ({ entityType: "BUSINESS", taxNumber: digits(record["ein"] as string), dateOfBirth: null }),
  },
};

/** The field of each check that a record may have, in the order of the table. */
export const CHECK_NAMES: Readonly<Record<CertificateProduct, readonly (readonly [SubProductKind, string])[]>> = {
  KYC: kindsOf("KYC").map((kind) => [kind, SUB_PRODUCTS[kind].fieldName]),
  KYB: kindsOf("KYB").map((kind) => [kind, SUB_PRODUCTS[kind].fieldName]),
};

/** The checks of a record, by kind. */
export function checksOf(record: SubjectRecord, product: CertificateProduct): Checks {
  const checks: Partial<Record<SubProductKind, Check>> = {};
  for (const [kind, fieldName] of CHECK_NAMES[product]) {
    const check = record[fieldName];
    if (check !== undefined && check !== null) checks[kind] = check as Check;
  }
  return checks;
}

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

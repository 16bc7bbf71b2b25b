import type { Vault } from "../kernel/seal.js";
import type { Entity, Registration } from "./entity.js";
import type { Address, BusinessFacts, IndividualFacts } from "./facts.js";

/** Facts as they may be shown. Masked: last four of a tax number, year of birth, first letter of an address; in the clear only on reveal. */

const lastFour = (digits: string | null): string | null => digits && `•••••${digits.slice(-4)}`;

function maskEmail(email: string | null): string | null {
  if (!email) return null;
  const [local, domain] = email.split("@");
  return `${local!.slice(0, 1)}•••@${domain}`;
}

const maskPhone = (phone: string | null): string | null => phone && `•••${phone.slice(-4)}`;

/** City, state and postal code alone. */
const maskAddress = (address: Address | null): Address | null =>
  address && { ...address, line1: "•••", line2: address.line2 && "•••" };

export function maskIndividual(facts: IndividualFacts): IndividualFacts {
  return {
    ...facts,
    dateOfBirth: `${facts.dateOfBirth.slice(0, 4)}-••-••`,
    socialSecurityNumber: lastFour(facts.socialSecurityNumber),
    email: maskEmail(facts.email),
    phone: maskPhone(facts.phone),
    address: maskAddress(facts.address),
  };
}

export function maskBusiness(facts: BusinessFacts): BusinessFacts {
  return {
    ...facts,
    ein: lastFour(facts.ein),
    email: maskEmail(facts.email),
    phone: maskPhone(facts.phone),
    address: maskAddress(facts.address),
  };
}

export const displayNameOf = (facts: IndividualFacts | BusinessFacts): string =>
  "legalName" in facts ? facts.legalName : `${facts.firstName} ${facts.lastName}`;

/** The facts of a registration in the clear; null once the entity's key is erased. */
export const openFacts = (
  vault: Vault,
  entity: Pick<Entity, "id" | "wrappedKey">,
  registration: Pick<Registration, "sealedFacts">,
): IndividualFacts | BusinessFacts | null =>
  entity.wrappedKey
    ? (JSON.parse(vault.open(entity.wrappedKey, entity.id, registration.sealedFacts)) as
        | IndividualFacts
        | BusinessFacts)
    : null;

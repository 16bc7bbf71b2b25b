import type { Vault } from "../kernel/seal.js";
import type { Attestation } from "./attestation.js";
import type { SaltedValue } from "./statement.js";

/** The personal values of an attestation in the clear, by field; none once the entity's key is erased. */
export const openValues = (
  vault: Vault,
  wrappedKey: string | null,
  { id, sealedValues }: Pick<Attestation, "id" | "sealedValues">,
): Readonly<Record<string, SaltedValue>> =>
  wrappedKey && sealedValues
    ? (JSON.parse(vault.open(wrappedKey, id, sealedValues)) as Record<string, SaltedValue>)
    : {};

const SHOWN = 4;

/** The last characters, and only of a value that is long enough to keep the rest to itself. */
export const mask = (value: string): string => (value.length >= 2 * SHOWN ? `•••${value.slice(-SHOWN)}` : "•••");

import { givenNamesOf, type GivenName } from "./known-given-name.js";

export type Kinship = "SPELLING" | "SHORT_FORM" | "TWO_SHORT_FORMS";

function kinshipIn({ spellings, shorts }: GivenName, one: string, other: string): Kinship | null {
  if (spellings.has(one)) return spellings.has(other) ? "SPELLING" : shorts.has(other) ? "SHORT_FORM" : null;
  if (!shorts.has(one)) return null;
  return spellings.has(other) ? "SHORT_FORM" : shorts.has(other) ? "TWO_SHORT_FORMS" : null;
}

/** How two given names stand for one: spellings of it, a short form of it, or two of its short forms; null if they do not. */
export function kinship(one: string, other: string): Kinship | null {
  const found = givenNamesOf(one).map((name) => kinshipIn(name, one, other));
  return (
    found.find((kind) => kind === "SPELLING") ??
    found.find((kind) => kind === "SHORT_FORM") ??
    found.find(Boolean) ??
    null
  );
}

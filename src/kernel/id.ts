import { TypeID, typeidUnboxed } from "typeid-js";

/** What an id names, readable from the id itself: `ent_…` is an entity wherever it turns up. */
export const ID_PREFIXES = {
  par: "Participant",
  net: "Network",
  key: "API key",
  ent: "Entity",
  reg: "Registration",
  ver: "Verification",
  doc: "Document",
  mem: "Member",
  crt: "Certification",
  sub: "Submission",
  att: "Attestation",
  con: "Consent",
  pol: "Policy",
  cert: "Certificate",
  qev: "Query event",
  cov: "Coverage check",
  rvl: "Reveal",
  dsp: "Dispute",
} as const;

export type Prefix = keyof typeof ID_PREFIXES;

/** A TypeID: prefix, underscore, 26 characters of a UUIDv7. Time-ordered, so indexes stay dense. */
export type Id<P extends Prefix = Prefix> = `${P}_${string}`;

export type NewId = <P extends Prefix>(prefix: P) => Id<P>;

export const randomId: NewId = (prefix) => typeidUnboxed(prefix) as never;

/** The prefix of a well-formed id of ours; null for anything else, whatever was sent. */
export function prefixOf(text: string): Prefix | null {
  const prefix = text.slice(0, Math.max(0, text.lastIndexOf("_")));
  if (!Object.hasOwn(ID_PREFIXES, prefix) || text.length !== prefix.length + 27) return null;
  try {
    TypeID.fromString(text);
    return prefix as Prefix;
  } catch {
    return null;
  }
}

export const isId = <P extends Prefix>(prefix: P, text: string): text is Id<P> => prefixOf(text) === prefix;

/**
 * Ids that count from one for each prefix: the same work makes the same ids. For demo data, whose examples name them,
 * and for tests.
 */
export function countingIds(start = 1): NewId {
  const next = new Map<Prefix, number>();
  return (prefix) => {
    const number = next.get(prefix) ?? start;
    next.set(prefix, number + 1);
    return `${prefix}_${number.toString(10).padStart(26, "0")}`;
  };
}

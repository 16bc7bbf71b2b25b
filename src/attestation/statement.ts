import { randomBytes } from "node:crypto";
import { canonical, sha256 } from "../kernel/canonical.js";
import type { Id } from "../kernel/id.js";
import type { Instant } from "../kernel/instant.js";
import { dataOf, type Check } from "./check.js";
import { SUB_PRODUCTS, type SubProductKind } from "./sub-product.js";

/** What an attestation states, complete: hashing this and nothing else gives its `contentHash`. */
export interface Statement {
  readonly attestation: Id<"att">;
  readonly entity: Id<"ent">;
  readonly furnisher: Id<"par">;
  readonly kind: SubProductKind;
  readonly assertion: boolean;
  readonly performedAt: Instant;
  readonly furnishedAt: Instant;
  /** By field name. A personal value stands as `{ digest }`, SHA-256 over its salt and itself. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** A personal value with the salt that ties it to the digest in the statement. */
export interface SaltedValue {
  readonly salt: string;
  readonly value: string;
}

export const digestOf = ({ salt, value }: SaltedValue): string => sha256(`${salt}\u0000${value}`);

/** The statement as bytes, its hash, and the personal values that were taken out of it. */
export function state(about: Omit<Statement, "assertion" | "data" | "performedAt">, check: Check) {
  const data = dataOf(about.kind, check);
  const personal: Record<string, SaltedValue> = {};
  for (const [name, field] of Object.entries(SUB_PRODUCTS[about.kind].fields)) {
    if (field.type !== "TEXT" || !field.personal || data[name] === undefined) continue;
    personal[name] = { salt: randomBytes(16).toString("base64url"), value: data[name] as string };
    data[name] = { digest: digestOf(personal[name]) };
  }
  const statement: Statement = { ...about, assertion: check.assertion !== false, performedAt: check.performedAt, data };
  const text = canonical(statement);
  return { text, contentHash: sha256(text), personal: Object.keys(personal).length > 0 ? personal : null };
}

export const parseStatement = (text: string): Statement => JSON.parse(text) as Statement;

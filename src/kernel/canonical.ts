import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/** JSON in the one spelling of RFC 8785, so that equal statements have equal bytes. */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error("Only JSON values have a canonical form.");
  return text;
}

/** SHA-256 in lower-case hex. */
export const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");

import { z } from "zod";
import { badInput, type Fault } from "./failure.js";

/** At most this many faults are listed, and the message says how many there are. */
const MAX_FAULTS = 1_000;

const dotted = (base: string, path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (at, key) => (typeof key === "number" ? `${at}[${key}]` : at ? `${at}.${String(key)}` : String(key)),
    base,
  );

/** All faults of `value`, each with its full path below `base`. The messages never repeat what was sent. */
export function faultsOf(schema: z.ZodType, value: unknown, base: string): Fault[] {
  const result = schema.safeParse(value);
  return result.success
    ? []
    : result.error.issues.map((issue) => ({ path: dotted(base, issue.path), message: issue.message }));
}

/** Refuses with every fault at once; a bad input changes nothing. */
export function refuse(faults: readonly Fault[]): void {
  if (faults.length > 0) throw badInput(faults, MAX_FAULTS);
}

// oxlint-disable-next-line no-control-regex -- finding them is the purpose
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/u;

/** Marks that turn the direction of what follows: a name could show as another. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** What is left when everything without a shape of its own is taken away. */
const visible = (value: string): string => value.replaceAll(/[\p{Cf}\p{Z}\s]/gu, "");

/** Text that a person typed: bounded, no control characters, no lone surrogates, not blank. Any script. */
export const text = (max: number) =>
  z
    .string("Must be text.")
    .max(max, `Must be at most ${max} characters.`)
    .refine((value) => visible(value).length > 0, "Must not be blank.")
    .refine((value) => !CONTROL.test(value) && !TURNING.test(value), "Must not contain control characters.")
    .refine((value) => value.isWellFormed(), "Must be well-formed Unicode.");

const LIKE_SSN = /\d{3}[- ]?\d{2}[- ]?\d{4}/;

/** Why something was done, in words that others will read and that outlive everybody: nothing that names a person may be in it. */
export const reasonText = text(500).refine(
  (value) => !LIKE_SSN.test(value),
  "Must not hold what looks like a Social Security number: others read this.",
);

/** Optional text: null and absent are the same. */
export const optional = <T extends z.ZodType>(schema: T) => schema.nullish();

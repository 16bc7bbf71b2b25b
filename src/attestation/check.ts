import { z } from "zod";
import type { Fault } from "../kernel/failure.js";
import { isInstant, type Instant } from "../kernel/instant.js";
import { faultsOf } from "../kernel/validate.js";
import { SUB_PRODUCTS, countsRule, type Field, type Rule, type SubProductKind } from "./sub-product.js";

/** The outcome at one source. */
export interface Source {
  readonly method: string;
  readonly outcome: string;
}

/** One check as a furnisher states it: when it was done, whether it holds, and the data that the table lists for its kind. */
export interface Check {
  readonly performedAt: Instant;
  readonly assertion?: boolean | null;
  readonly sources?: readonly Source[] | null;
  readonly [field: string]: unknown;
}

/** The checks of one subject, by kind. */
export type Checks = Partial<Readonly<Record<SubProductKind, Check>>>;

const MAX_COUNT = 10_000;
const MAX_SOURCES = 100;

const words = (list: readonly string[]) => z.enum(list as [string, ...string[]], `Must be one of ${list.join(", ")}.`);

/** What a field's value must be, as a schema; the messages never repeat the value. */
export function fieldSchema(field: Field): z.ZodType {
  switch (field.type) {
    case "TEXT":
      if (field.words) return words(field.words);
      return z
        .string("Must be text.")
        .regex(field.pattern ?? /^.{1,200}$/u, `Must be ${field.shape ?? "1 to 200 characters"}.`);
    case "TEXTS":
      return z
        .array(words(field.words), "Must be a list.")
        .max(field.words.length, `Must have at most ${field.words.length} values.`)
        .refine((list) => new Set(list).size === list.length, "Must not repeat a value.");
    case "DATE":
      return z.iso.date("Must be a calendar date, YYYY-MM-DD.");
    case "BOOLEAN":
      return z.boolean("Must be true or false.");
    case "COUNT":
      return z
        .int("Must be a whole number.")
        .min(0, "Must not be negative.")
        .max(MAX_COUNT, `Must be at most ${MAX_COUNT}.`);
    case "SCORE":
      return z.number("Must be a number.").min(0, "Must be between 0 and 1.").max(1, "Must be between 0 and 1.");
  }
}

const present = (check: Check, field: string): boolean => check[field] !== undefined && check[field] !== null;

const schemas = new Map<SubProductKind, z.ZodType>(
  (Object.keys(SUB_PRODUCTS) as SubProductKind[]).map((kind) => {
    const rule = countsRule(kind);
    const fields = Object.entries(SUB_PRODUCTS[kind].fields).map(([name, field]) => [
      name,
      fieldSchema(field).nullish(),
    ]);
    const sources = rule && {
      sources: z
        .array(
          z.object({ method: fieldSchema(elementOf(kind, rule.methods)), outcome: words(Object.keys(rule.counts)) }),
        )
        .min(1, "Must name at least one source.")
        .max(MAX_SOURCES, `Must name at most ${MAX_SOURCES} sources.`)
        .nullish(),
    };
    return [kind, z.object({ ...Object.fromEntries(fields), ...sources })];
  }),
);

function elementOf(kind: SubProductKind, list: string): Field {
  const field = SUB_PRODUCTS[kind].fields[list];
  if (field?.type !== "TEXTS") throw new Error(`${kind}.${list} is no list.`);
  return { type: "TEXT", about: field.about, words: field.words };
}

/** Every fault of one subject's checks, each with its path below `base`. */
export function faultsOfChecks(checks: Checks, base: string, now: Instant): Fault[] {
  const given = Object.entries(checks) as [SubProductKind, Check][];
  if (given.length === 0) return [{ path: base, message: "Must carry at least one check." }];
  return given.flatMap(([kind, check]) =>
    faultsOfCheck(kind, check, checks, `${base}.${SUB_PRODUCTS[kind].fieldName}`, now),
  );
}

function faultsOfCheck(kind: SubProductKind, check: Check, checks: Checks, base: string, now: Instant): Fault[] {
  const { fields, rules } = SUB_PRODUCTS[kind];
  const faults = faultsOf(schemas.get(kind)!, check, base);
  const sound = (name: string): boolean =>
    !faults.some(({ path }) => path === `${base}.${name}` || path.startsWith(`${base}.${name}[`));
  if (!isInstant(check.performedAt))
    faults.push({ path: `${base}.performedAt`, message: "Must be an RFC 3339 date and time." });
  else if (check.performedAt > now) faults.push({ path: `${base}.performedAt`, message: "Must not be in the future." });
  for (const [name, field] of Object.entries(fields)) {
    if (
      field.type === "DATE" &&
      field.past &&
      present(check, name) &&
      sound(name) &&
      String(check[name]) > now.slice(0, 10)
    )
      faults.push({ path: `${base}.${name}`, message: "Must not be in the future." });
  }
  if (check.assertion === false) {
    const stated = [...Object.keys(fields), "sources"].filter((name) => present(check, name));
    faults.push(
      ...stated.map((name) => ({ path: `${base}.${name}`, message: "Is given although the check is not asserted." })),
    );
  }
  const applicable = rules.filter((rule) => fieldsReadBy(rule).every(sound));
  return [...faults, ...applicable.flatMap((rule) => faultsOfRule(rule, check, checks, base))];
}

/** A rule speaks only where each field that it reads is sound by itself: it neither hides behind another fault nor repeats it. */
function fieldsReadBy(rule: Rule): readonly string[] {
  switch (rule.rule) {
    case "NOT_BEFORE":
      return ["performedAt"];
    case "DATES_IN_ORDER":
      return [rule.earlier, rule.later];
    case "AT_MOST":
      return [rule.field, rule.limit];
    case "ONLY_WHEN_TRUE":
      return [rule.field, rule.condition];
    case "COUNTS_SUM":
      return [rule.total, ...Object.values(rule.counts), rule.methods, rule.outcomes, "sources"];
  }
}

function faultsOfRule(rule: Rule, check: Check, checks: Checks, base: string): Fault[] {
  switch (rule.rule) {
    case "NOT_BEFORE": {
      const capture = checks[rule.kind];
      return capture && check.performedAt < capture.performedAt
        ? [
            {
              path: `${base}.performedAt`,
              message: `Must not be before ${SUB_PRODUCTS[rule.kind].fieldName}.performedAt.`,
            },
          ]
        : [];
    }
    case "DATES_IN_ORDER":
      return present(check, rule.earlier) &&
        present(check, rule.later) &&
        String(check[rule.later]) <= String(check[rule.earlier])
        ? [{ path: `${base}.${rule.later}`, message: `Must be after ${rule.earlier}.` }]
        : [];
    case "AT_MOST":
      return present(check, rule.field) && Number(check[rule.field]) > Number(check[rule.limit] ?? 0)
        ? [{ path: `${base}.${rule.field}`, message: `Must not be more than ${rule.limit}.` }]
        : [];
    case "ONLY_WHEN_TRUE":
      return present(check, rule.field) && check[rule.condition] !== true
        ? [{ path: `${base}.${rule.field}`, message: `Is given although ${rule.condition} is not true.` }]
        : [];
    case "COUNTS_SUM":
      return faultsOfCounts(rule, check, base);
  }
}

function faultsOfCounts(rule: Rule & { rule: "COUNTS_SUM" }, check: Check, base: string): Fault[] {
  const faults: Fault[] = [];
  const counted = countSources(rule, check.sources ?? []);
  for (const field of check.sources ? [rule.total, ...Object.values(rule.counts)] : []) {
    if (present(check, field) && check[field] !== counted[field])
      faults.push({ path: `${base}.${field}`, message: "Must agree with `sources`." });
  }
  for (const [field, named] of Object.entries(namedBy(rule, check.sources ?? []))) {
    const list = check[field] as readonly string[] | null | undefined;
    if (list && !named.every((word) => list.includes(word)))
      faults.push({ path: `${base}.${field}`, message: "Must name everything that `sources` names." });
  }
  const counts = Object.values(rule.counts).filter((field) => present(check, field));
  if (!check.sources && present(check, rule.total) && counts.length > 0) {
    const sum = counts.reduce((total, field) => total + Number(check[field]), 0);
    if (sum !== check[rule.total])
      faults.push({ path: `${base}.${rule.total}`, message: "Must be the sum of the counts." });
  }
  return faults;
}

/** The methods and outcomes that sources name, under the fields that list them. */
const namedBy = (rule: Rule & { rule: "COUNTS_SUM" }, sources: readonly Source[]): Record<string, string[]> => ({
  [rule.methods]: [...new Set(sources.map(({ method }) => method))],
  [rule.outcomes]: [...new Set(sources.map(({ outcome }) => outcome))],
});

function countSources(rule: Rule & { rule: "COUNTS_SUM" }, sources: readonly Source[]): Record<string, number> {
  const counts: Record<string, number> = { [rule.total]: sources.length };
  for (const field of Object.values(rule.counts)) counts[field] = 0;
  for (const { outcome } of sources) counts[rule.counts[outcome]!]! += 1;
  return counts;
}

/** The data of a valid check as it is stated: only what is present, counts and totals filled in from `sources` or from one another. */
export function dataOf(kind: SubProductKind, check: Check): Record<string, unknown> {
  const stated = Object.keys(SUB_PRODUCTS[kind].fields).filter((name) => present(check, name));
  const data: Record<string, unknown> = Object.fromEntries(stated.map((name) => [name, check[name]]));
  const rule = countsRule(kind);
  if (!rule) return data;
  if (check.sources) {
    for (const [field, named] of Object.entries(namedBy(rule, check.sources))) data[field] ??= named;
    Object.assign(data, countSources(rule, check.sources));
  }
  const counts = Object.values(rule.counts).filter((field) => data[field] !== undefined);
  if (counts.length > 0) data[rule.total] ??= counts.reduce((total, field) => total + Number(data[field]), 0);
  return data;
}

import { z } from "zod";
import type { Fault } from "../kernel/failure.js";
import { toInstant, type Instant } from "../kernel/instant.js";
import type { CertificateProduct } from "../network/network.js";
import { CHECK_NAMES, faultsOfRecord, NAMING, type SubjectRecord } from "./record.js";
import { countsRule, SUB_PRODUCTS, type SubProductKind } from "./sub-product.js";

/** A record as it can be stored, or everything that is wrong with it, each with its path from `record` on. */
export type ReadRecord =
  | { readonly record: SubjectRecord; readonly faults: null }
  | { readonly record: null; readonly faults: readonly Fault[] };

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

const moment = z.iso.datetime({ offset: true });
const MAX_MOMENT = 64;

const isMoment = (value: unknown): value is string =>
  typeof value === "string" && value.length <= MAX_MOMENT && moment.safeParse(value).success;

const IN_ONE_SPELLING = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** A moment as it is kept; most are written so already. */
const spelled = (at: string): Instant => (IN_ONE_SPELLING.test(at) ? (at as Instant) : toInstant(at));

const SOURCE: ReadonlySet<string> = new Set(["method", "outcome"]);

/** The fields that a check of each kind may have. */
const CHECK_FIELDS = new Map<SubProductKind, ReadonlySet<string>>(
  (Object.keys(SUB_PRODUCTS) as SubProductKind[]).map((kind) => [
    kind,
    new Set([
      "performedAt",
      "assertion",
      ...Object.keys(SUB_PRODUCTS[kind].fields),
      ...(countsRule(kind) ? ["sources"] : []),
    ]),
  ]),
);

const RECORD_FIELDS: Readonly<Record<CertificateProduct, ReadonlySet<string>>> = {
  KYC: recordFields("KYC"),
  KYB: recordFields("KYB"),
};

function recordFields(product: CertificateProduct): ReadonlySet<string> {
  return new Set([...NAMING[product].fields, ...CHECK_NAMES[product].map(([, name]) => name)]);
}

/** A field that nobody knows is most likely a misspelt one. It is not named: it is the sender's own word. */
const unknownIn = (value: JsonObject, known: ReadonlySet<string>, path: string, what: string): Fault[] =>
  Object.keys(value).every((name) => known.has(name))
    ? []
    : [{ path, message: `Carries a field that ${what} does not have.` }];

function faultsOfSources(sources: unknown, path: string): Fault[] {
  if (!Array.isArray(sources)) return [];
  return sources.flatMap((source: unknown, index) =>
    isObject(source) ? unknownIn(source, SOURCE, `${path}[${index}]`, "a source") : [],
  );
}

/** What is wrong with the form of one check, before anything is said of its content. */
function faultsOfForm(kind: SubProductKind, check: unknown, path: string): Fault[] {
  if (!isObject(check)) return [{ path, message: "Must be an object." }];
  return [
    ...unknownIn(check, CHECK_FIELDS.get(kind)!, path, "this check"),
    ...faultsOfSources(check["sources"], `${path}.sources`),
    ...(isMoment(check["performedAt"])
      ? []
      : [{ path: `${path}.performedAt`, message: "Must be an RFC 3339 date and time, such as 2026-03-01T09:30:00Z." }]),
    ...(isAbsent(check["assertion"]) || typeof check["assertion"] === "boolean"
      ? []
      : [{ path: `${path}.assertion`, message: "Must be true or false." }]),
  ];
}

const RECORD = "record";

const unreadable = (message: string): ReadRecord => ({ record: null, faults: [{ path: RECORD, message }] });

/** A record from any JSON value: judged like one of a call, and besides for what the schema of a call rules out by itself. */
export function readRecord(value: unknown, now: Instant, product: CertificateProduct): ReadRecord {
  if (!isObject(value)) return unreadable("Must be a JSON object.");
  const faults = unknownIn(value, RECORD_FIELDS[product], RECORD, "a record");
  const record: Record<string, unknown> = { ...value };
  let misshapen = false;
  for (const [kind, fieldName] of CHECK_NAMES[product]) {
    const check = value[fieldName];
    if (isAbsent(check)) continue;
    const wrong = faultsOfForm(kind, check, `${RECORD}.${fieldName}`);
    faults.push(...wrong);
    // What is left out here is not judged further: one cause has one fault.
    record[fieldName] =
      wrong.length > 0 ? null : { ...check, performedAt: spelled((check as { performedAt: string }).performedAt) };
    misshapen ||= wrong.length > 0;
  }
  const further = faultsOfRecord(record, RECORD, now, product);
  faults.push(...further.filter(({ path }) => !(misshapen && path === RECORD)));
  return faults.length > 0 ? { record: null, faults } : { record, faults: null };
}

/** The JSON value of a line and the record in it. The faults never repeat what was sent. */
export function parseRecord(text: string, now: Instant, product: CertificateProduct): ReadRecord {
  try {
    return readRecord(JSON.parse(text), now, product);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return unreadable("Must be JSON.");
  }
}

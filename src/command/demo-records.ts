import type { Check } from "../attestation/check.js";
import type { SubjectRecord } from "../attestation/record.js";
import { SUB_PRODUCTS, type SubProductKind } from "../attestation/sub-product.js";
import { plusMs, toInstant } from "../kernel/instant.js";
import { nineChecks } from "./demo-people.js";

/** Draws from a list of chances that one number decides: the same seed draws the same. */
export interface Draw {
  /** A whole number from 0 up to, and without, a limit. */
  below(limit: number): number;
  of<Value>(list: readonly Value[]): Value;
}

/** The generator Mulberry32: 32 bits of state, quick, and good enough for names and dates. */
export function createDraw(seed: number): Draw {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return { below, of: (list) => list[below(list.length)]! };
}

const GIVEN = (
  "Ada Jun Lena Omar Priya Mateo Iris Noah Mina Theo Sara Emil Yuki Omid Lucía Ferdia Zoë Arjun Amara Björn Chloé Dmitri " +
  "Elif Fatima Gustavo Hana Ibrahim Jasmine Kofi Leila Marek Nadia Olu Pilar Quentin Rosa Søren Tomás Uma Viktor Wren Xiomara Yara Ziad"
).split(" ");
const FAMILY = (
  "Moreno Okafor Voss Castellano Raman Ibarra Halvorsen Nakamura O’Rourke Kowalska Adeyemi Novák Tran Abernathy Bianchi Chowdhury " +
  "Dubois Eriksen Fischer García Haddad Ivanov Jansen Kim Lindqvist Mbeki Nguyen Ortega Petrov Quispe Rossi Schäfer Takahashi Usman " +
  "Vargas Whitfield Xu Yilmaz Zhang Smith-Jones"
).split(" ");

/** Numbers that were never issued are left out: areas 000, 666 and 9xx, group 00, serial 0000. */
const AREAS = 898;
const GROUPS = 99;
const SERIALS = 9_999;
const NUMBERS = AREAS * GROUPS * SERIALS;

/** Shares no factor with the count of numbers, so that stepping by it meets each of them once. */
const STEP = 7_368_787;

const padded = (number: number, width: number): string => String(number).padStart(width, "0");

/** The social security number of a record: another one for each index, up to hundreds of millions. */
export function numberAt(index: number, start: number): string {
  const place = ((index % NUMBERS) * STEP + start) % NUMBERS;
  const area = 1 + Math.floor(place / (GROUPS * SERIALS));
  const group = 1 + (Math.floor(place / SERIALS) % GROUPS);
  return `${padded(area < 666 ? area : area + 1, 3)}-${padded(group, 2)}-${padded(1 + (place % SERIALS), 4)}`;
}

const DAY_MS = 86_400_000;
const FIRST_DAY = toInstant("2024-01-01T00:00:00.000Z");
const DAYS = 700;

const birthDate = (draw: Draw): string =>
  `${1940 + draw.below(65)}-${padded(1 + draw.below(12), 2)}-${padded(1 + draw.below(28), 2)}`;

const KINDS = Object.keys(SUB_PRODUCTS).filter(
  (kind) => SUB_PRODUCTS[kind as SubProductKind].product === "KYC",
) as SubProductKind[];

/** Outcomes as they come: most are good. */
function varied(kind: SubProductKind, check: Check, draw: Draw): Check {
  const bad = draw.below(20) === 0;
  switch (kind) {
    case "DOCUMENT_CAPTURE":
      return { ...check, documentCaptureMethod: draw.of(["mobile_live_capture", "web_upload", "in_person"]) };
    case "DOCUMENT_REVIEW":
      return { ...check, documentTamperIndicatorsObserved: bad };
    case "BIOMETRIC_REVIEW":
      return {
        ...check,
        biometricComparisonOutcome: bad ? "no_match" : "match",
        biometricComparisonScore: (bad ? draw.below(50) : 80 + draw.below(20)) / 100,
      };
    case "LIVENESS_REVIEW":
      return { ...check, livenessReviewConfidenceTier: draw.of(["high", "high", "medium", "low"]) };
    default:
      return check;
  }
}

/** One to nine checks of one person, in the order of the table. */
function checksOf(index: number, draw: Draw): Readonly<Record<string, Check>> {
  const start = plusMs(FIRST_DAY, draw.below(DAYS) * DAY_MS + draw.below(86_400) * 1_000);
  const all = nineChecks(start, `P${padded(index, 9)}`);
  const count = 1 + draw.below(KINDS.length);
  const chosen = KINDS.map((kind) => ({ kind, lot: draw.below(1_000_000) }))
    .toSorted((one, other) => one.lot - other.lot)
    .slice(0, count);
  const kinds = KINDS.filter((kind) => chosen.some((one) => one.kind === kind));
  return Object.fromEntries(kinds.map((kind) => [SUB_PRODUCTS[kind].fieldName, varied(kind, all[kind]!, draw)]));
}

/** So many records about as many invented people, one at a time; the same seed makes the same ones. */
export function* demoRecords(count: number, seed: number): Generator<SubjectRecord> {
  const draw = createDraw(seed);
  const start = draw.below(NUMBERS);
  for (let index = 0; index < count; index += 1)
    yield {
      firstName: draw.of(GIVEN),
      lastName: draw.of(FAMILY),
      dateOfBirth: birthDate(draw),
      socialSecurityNumber: numberAt(index, start),
      ...checksOf(index, draw),
    };
}

import type { Address } from "../../entity/facts.js";
import { fold, wordsOf } from "./fold.js";
import { isKnownName } from "./known-name.js";
import { apart, isOneEdit, isTypingError } from "./likeness.js";
import { NOTHING_TO_COMPARE, outcomeOf, SAME, type Comparison } from "./outcome.js";
import { placeWord } from "./street-word.js";
import { readStreet, type Street } from "./street.js";

/** How one source agrees with an address, in the words of the address verification sub-product. */
export type AddressPart =
  | "full_match"
  | "partial_match_street_and_city_only"
  | "partial_match_zip_only"
  | "no_match"
  | "inconclusive";

const MAYBE = 0.75;
const BY_TYPING_ERROR = 0.945;
const BY_SPACES = 0.98;

/** A letter more or less makes another street of a short one (Elm, Elk), of a longer one perhaps. */
const LONG_ENOUGH_TO_DOUBT = 5;

const OF_ANOTHER_PLACE = 0.2;
/** Streets are named after people, and what tells people apart tells streets apart. */
const areNames = (one: string, other: string): boolean => isKnownName(one) && isKnownName(other);
const hasDigit = (text: string): boolean => /\d/.test(text);

function wordLikeness(one: string, other: string): number {
  if (one === other) return 1;
  if (hasDigit(one + other)) return 0;
  if (!areNames(one, other) && isTypingError(one, other, false)) return BY_TYPING_ERROR;
  return isOneEdit(one, other) && Math.min(one.length, other.length) >= LONG_ENOUGH_TO_DOUBT ? MAYBE : 0;
}

/** How alike two names of streets or towns are, word by word; one that has a number in it is never misspelt. */
function placeLikeness(one: readonly string[], other: readonly string[]): number {
  const [joined, otherJoined] = [one.join(""), other.join("")];
  if (joined === otherJoined) return one.length === other.length ? 1 : BY_SPACES;
  const likeness =
    one.length === other.length
      ? one.reduce((all, word, index) => all * wordLikeness(word, other[index]!), 1)
      : wordLikeness(joined, otherJoined);
  return Math.max(likeness, apart(joined, otherJoined));
}

const FOR_A_TYPE_LEFT_OUT = 0.97;
const FOR_ANOTHER_TYPE = MAYBE;
const FOR_A_DIRECTION_LEFT_OUT = 0.96;
const FOR_A_UNIT_LEFT_OUT = 0.96;
const FOR_ANOTHER_UNIT = 0.8;

function weighType(one: string | null, other: string | null): number {
  if (one === other) return 1;
  return one === null || other === null ? FOR_A_TYPE_LEFT_OUT : FOR_ANOTHER_TYPE;
}

function weighDirections(one: readonly string[], other: readonly string[]): number {
  if (one.join() === other.join()) return 1;
  return one.length === 0 || other.length === 0 ? FOR_A_DIRECTION_LEFT_OUT : OF_ANOTHER_PLACE;
}

/** Next door is another place: the number of a house is the same or it is not, and only one that is missing leaves doubt. */
function weighHouse(one: string, other: string): number {
  if (one === other) return 1;
  if (one === "" || other === "") return MAYBE;
  return one.split(" ")[0] === other.split(" ")[0] ? MAYBE : OF_ANOTHER_PLACE;
}

function weighUnits(one: readonly string[], other: readonly string[]): number {
  if (one.join() === other.join()) return 1;
  const [few, many] = one.length < other.length ? [one, other] : [other, one];
  return few.length < many.length && few.every((unit) => many.includes(unit)) ? FOR_A_UNIT_LEFT_OUT : FOR_ANOTHER_UNIT;
}

const isBox = ({ box, house, name }: Street): boolean => box !== null && house === "" && name.length === 0;

/** The house and its street, without the unit. */
function streetLikeness(one: Street, other: Street): number {
  if (isBox(one) || isBox(other)) return isBox(one) && isBox(other) && one.box === other.box ? 1 : OF_ANOTHER_PLACE;
  return (
    placeLikeness(one.name, other.name) *
    weighType(one.type, other.type) *
    weighDirections(one.directions, other.directions) *
    weighHouse(one.house, other.house)
  );
}

interface Town {
  readonly city: readonly string[];
  readonly state: string;
  readonly zip: string;
  readonly country: string;
}

/** Five digits of an American postal code; another country's as it is. */
function zipOf({ postalCode, country }: Address): string {
  const code = fold(postalCode).replaceAll(" ", "");
  return country === "US" ? code.slice(0, 5) : code;
}

const townOf = (address: Address): Town => ({
  city: wordsOf(fold(address.city)).map(placeWord),
  state: fold(address.state),
  zip: zipOf(address),
  country: fold(address.country),
});

/** Towns are called in several ways (a borough, a suburb), so an equal postal code vouches for them. */
const BY_ZIP_ALONE = 0.96;
const BY_CITY_AND_MISKEYED_ZIP = 0.94;
const BY_CITY_ALONE = 0.85;

const isSameCity = (one: Town, other: Town): boolean =>
  one.state === other.state && placeLikeness(one.city, other.city) >= BY_TYPING_ERROR;

function townLikeness(one: Town, other: Town): number {
  if (one.country !== other.country) return OF_ANOTHER_PLACE;
  const isSame = isSameCity(one, other);
  if (one.zip === other.zip && one.zip !== "") return isSame ? 1 : one.state === other.state ? BY_ZIP_ALONE : MAYBE;
  if (!isSame) return OF_ANOTHER_PLACE;
  return isOneEdit(one.zip, other.zip) ? BY_CITY_AND_MISKEYED_ZIP : BY_CITY_ALONE;
}

/** What two addresses have in common, part by part. */
interface Weighed {
  readonly street: number;
  readonly units: number;
  readonly town: number;
  readonly isSameZip: boolean;
  readonly isSameCity: boolean;
}

const isBlank = ({ name, house, box }: Street): boolean => name.length === 0 && house === "" && box === null;

/** Null where one of them names no street and no box. */
function weigh(registered: Address, evidence: Address): Weighed | null {
  const [one, other] = [readStreet(registered.line1, registered.line2), readStreet(evidence.line1, evidence.line2)];
  if (isBlank(one) || isBlank(other)) return null;
  const [town, otherTown] = [townOf(registered), townOf(evidence)];
  const isSameCountry = town.country === otherTown.country;
  return {
    street: streetLikeness(one, other),
    units: weighUnits(one.units, other.units),
    town: townLikeness(town, otherTown),
    isSameZip: isSameCountry && town.zip === otherTown.zip && town.zip !== "",
    isSameCity: isSameCountry && isSameCity(town, otherTown),
  };
}

const FIELDS = ["line1", "line2", "city", "state", "postalCode", "country"] as const;

const isIdentical = (registered: Address, evidence: Address): boolean =>
  registered.line1.trim() !== "" && FIELDS.every((field) => registered[field] === evidence[field]);

/**
 * Whether two addresses are one place, in any of the post's abbreviations and with parts left out. Another house, box or town is
 * another place; another unit of the house, another kind of street, or another postal code in the town leave it open.
 */
export function compareAddresses(registered: Address, evidence: Address): Comparison {
  if (isIdentical(registered, evidence)) return SAME;
  const weighed = weigh(registered, evidence);
  return weighed ? outcomeOf(weighed.street * weighed.units * weighed.town) : NOTHING_TO_COMPARE;
}

const SURE = 0.9;
const OPEN = 0.5;

/** How a source that holds `evidence` agrees with the registered address, for the counts of an address verification. */
export function addressOutcome(registered: Address, evidence: Address): AddressPart {
  const weighed = weigh(registered, evidence);
  const { outcome } = compareAddresses(registered, evidence);
  if (!weighed) return outcome === "MATCH" ? "full_match" : "inconclusive";
  const { street, units, isSameZip, isSameCity: isSameTown } = weighed;
  if (outcome === "MATCH" && isSameZip) return "full_match";
  if (street >= SURE && units >= SURE && isSameTown) return "partial_match_street_and_city_only";
  if (street >= OPEN && outcome !== "MISMATCH") return "inconclusive";
  return isSameZip ? "partial_match_zip_only" : "no_match";
}

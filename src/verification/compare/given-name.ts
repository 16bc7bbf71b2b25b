import { joined } from "./fold.js";
import { kinship, type Kinship } from "./kinship.js";
import { isKnownName } from "./known-name.js";
import { apart, isNear, isTypingError, jaroWinkler } from "./likeness.js";

const MAYBE = 0.75;
const BY_TYPING_ERROR = 0.945;
const BY_KINSHIP: Readonly<Record<Exclude<Kinship, "TWO_SHORT_FORMS">, number>> = { SPELLING: 0.98, SHORT_FORM: 0.96 };
const BY_TWO_SHORT_FORMS = 0.93;
/** Bob and Rob are one name, Ellie and Nora need not be. */
const ALIKE_SHORT_FORMS = 0.77;

const isInitial = (word: string): boolean => word.length === 1;

function byKinship(kind: Kinship, one: string, other: string): number {
  if (kind !== "TWO_SHORT_FORMS") return BY_KINSHIP[kind];
  return jaroWinkler(one, other) >= ALIKE_SHORT_FORMS ? BY_TWO_SHORT_FORMS : MAYBE;
}

/** How alike two given names are. Two names that people bear are two names, however few letters lie between them. */
function wordLikeness(one: string, other: string): number {
  if (one === other) return 1;
  if (isInitial(one) || isInitial(other)) return one[0] === other[0] ? MAYBE : 0;
  const kind = kinship(one, other);
  if (kind) return byKinship(kind, one, other);
  const [isOneKnown, isOtherKnown] = [isKnownName(one), isKnownName(other)];
  if (isOneKnown && isOtherKnown) return apart(one, other);
  if (isTypingError(one, other, isOneKnown || isOtherKnown)) return BY_TYPING_ERROR;
  return isNear(one, other) ? MAYBE : apart(one, other);
}

const FOR_A_MIDDLE_NAME_LEFT_OUT = 0.98;
const FOR_AN_INITIAL = 0.99;
const FOR_OTHER_MIDDLE_NAMES = MAYBE;

function middleLikeness(one: string, other: string): number {
  if (isInitial(one) !== isInitial(other)) return one[0] === other[0] ? FOR_AN_INITIAL : 0;
  return wordLikeness(one, other);
}

/** What middle names take from the likeness: little if one side leaves them out, a match if they contradict each other. */
function weighMiddleNames(one: readonly string[], other: readonly string[]): number {
  const both = Math.min(one.length, other.length);
  const leftOut = one.length === other.length ? 1 : FOR_A_MIDDLE_NAME_LEFT_OUT;
  const least = Math.min(1, ...one.slice(0, both).map((word, index) => middleLikeness(word, other[index]!)));
  return least >= MAYBE ? least * leftOut : FOR_OTHER_MIDDLE_NAMES;
}

/** The same names with the first two written as one, where the other side does so: Mary Ann, Maryann. */
function joinedLike(names: readonly string[], other: readonly string[]): readonly string[] {
  const [first = "", second = "", ...rest] = names;
  return second.length > 1 && first + second === other[0] ? [first + second, ...rest] : names;
}

const BY_NAME_AFTER_AN_INITIAL = 0.94;

/** One is called by what is a later name of the other: whether it is the same person cannot be told, unless an initial went before. */
function byLaterName(names: readonly string[], other: readonly string[]): number {
  if (!names.slice(1).includes(other[0]!)) return 0;
  return isInitial(names[0]!) && names[1] === other[0] && other.length === 1 ? BY_NAME_AFTER_AN_INITIAL : MAYBE;
}

/** How alike two people's given names are, first and middle ones in their order. */
export function givenNameLikeness(one: readonly string[], other: readonly string[]): number {
  if (one.length === 0 || other.length === 0) return one.length === other.length ? 1 : MAYBE;
  if (joined(one) === joined(other)) return 1;
  const [names, others] = [joinedLike(one, other), joinedLike(other, one)];
  const first = wordLikeness(names[0]!, others[0]!);
  const likeness = first * (first >= MAYBE ? weighMiddleNames(names.slice(1), others.slice(1)) : 1);
  return Math.max(likeness, byLaterName(names, others), byLaterName(others, names));
}

import { joined } from "./fold.js";
import { apart, isNear, isOneEdit, isTypingError } from "./likeness.js";
import { doubleMetaphone } from "double-metaphone";
import { isKnownName } from "./known-name.js";
import { isKnownSurname } from "./known-surname.js";

const MAYBE = 0.75;
const WITHOUT_PARTICLES = 0.97;
const WITHOUT_SECOND_SURNAME = 0.95;
const BY_SPELLING = 0.96;
const BY_TYPING_ERROR = 0.945;

const PARTICLES = new Set(
  "al an bin bint da das de del della den der di do dos du el ibn la las le los ni of te ten ter van vande vander vom von zu zum zur".split(
    " ",
  ),
);

/** "And" between two surnames; at the end a letter is an initial. */
const isAnd = (word: string, index: number, words: readonly string[]): boolean =>
  /^[ye]$/.test(word) && index > 0 && index < words.length - 1;

/** The surnames without particles, unless there is nothing else. */
function surnames(words: readonly string[]): readonly string[] {
  const found = words.filter((word, index) => !PARTICLES.has(word) && !isAnd(word, index, words));
  return found.length > 0 ? found : words;
}

/** The endings that clerks and languages spell in several ways, in one spelling. */
const spelling = (surname: string): string =>
  surname
    .replace(/^mac(?=[^aeiou])/, "mc")
    .replace(/es$/, "ez")
    .replace(/(?<=\w{2}[oe]v)a$/, "")
    .replace(/sk(?:a|y|ii|iy|yi|yy)$/, "ski");

/** Two surnames that people bear are two, but one may have been misheard for the other. */
const areMisheard = (one: string, other: string): boolean =>
  isKnownSurname(one) && isKnownSurname(other) && one[0] === other[0] && isOneEdit(one, other);

/** How alike two surnames are. */
function surnameLikeness(one: string, other: string): number {
  if (one === other) return 1;
  if (spelling(one) === spelling(other)) return BY_SPELLING;
  const [isOneKnown, isOtherKnown] = [isKnownName(one), isKnownName(other)];
  const areKnown = isOneKnown && isOtherKnown;
  if (!areKnown && isTypingError(one, other, isOneKnown || isOtherKnown)) return BY_TYPING_ERROR;
  const couldBe = areKnown ? areMisheard(one, other) || areShort(one, other) : isNear(one, other);
  return couldBe ? MAYBE : apart(one, other);
}

/** Short surnames in which one syllable is written: Li, Lee. */
const areShort = (one: string, other: string): boolean =>
  isKnownSurname(one) &&
  isKnownSurname(other) &&
  Math.max(one.length, other.length) <= 4 &&
  one[0] === other[0] &&
  doubleMetaphone(one)[0] === doubleMetaphone(other)[0];

/** Where one side has a single surname: the first is the one that is kept; the last could be. */
function partLikeness(one: readonly string[], other: readonly string[]): number {
  if (one.length !== 1 && other.length !== 1) return 0;
  const first = surnameLikeness(one[0]!, other[0]!);
  const last = surnameLikeness(one.at(-1)!, other.at(-1)!);
  return Math.max(first * WITHOUT_SECOND_SURNAME, Math.min(last, MAYBE));
}

/** How alike two family names are, with any number of surnames and particles. */
export function familyNameLikeness(one: readonly string[], other: readonly string[]): number {
  if (one.length === 0 || other.length === 0) return one.length === other.length ? 1 : MAYBE;
  if (joined(one) === joined(other)) return 1;
  const [names, others] = [surnames(one), surnames(other)];
  if (joined(names) === joined(others)) return WITHOUT_PARTICLES;
  if (names.length !== others.length) {
    return Math.max(partLikeness(names, others), surnameLikeness(joined(names), joined(others)));
  }
  if (names.toSorted().join(" ") === others.toSorted().join(" ")) return MAYBE;
  return names.reduce((likeness, name, index) => likeness * surnameLikeness(name, others[index]!), 1);
}

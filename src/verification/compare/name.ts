import { familyNameLikeness } from "./family-name.js";
import { fold, hasUmlaut, isTransliterated, joined, loosened, wordsOf, writtenOut } from "./fold.js";
import { givenNameLikeness } from "./given-name.js";
import { identical, NOTHING_TO_COMPARE, outcomeOf, SAME, type Comparison } from "./outcome.js";

export interface PersonName {
  readonly firstName: string;
  readonly lastName: string;
}

/** A name as it can be read: which words are given names, which the family's. */
interface Reading {
  readonly given: readonly string[];
  readonly family: readonly string[];
  readonly suffix: string | null;
}

const TITLES = new Set("mr mrs ms miss mx dr prof sir dame rev fr hon".split(" "));
const DEGREES = new Set("md phd dds esq cpa rn jd mba".split(" "));
const SUFFIXES: Readonly<Record<string, string>> = {
  jr: "jr",
  junior: "jr",
  sr: "sr",
  senior: "sr",
  ii: "2",
  "2nd": "2",
  iii: "3",
  "3rd": "3",
  iv: "4",
  "4th": "4",
};

/** The words of a field without what is no name, and the suffix among them. A field's last word left is always a name. */
function partsOf(folded: string): { readonly words: readonly string[]; readonly suffix: string | null } {
  const words = wordsOf(folded).map((word) => (word === "st" ? "saint" : word));
  let suffix: string | null = null;
  while (words.length > 1 && TITLES.has(words[0]!)) words.shift();
  while (words.length > 1 && (DEGREES.has(words.at(-1)!) || Object.hasOwn(SUFFIXES, words.at(-1)!))) {
    suffix = SUFFIXES[words.pop()!] ?? suffix;
  }
  return { words, suffix };
}

/** A name of more words has its family name among the first or last of these. */
const MAX_SPLITS = 4;

/** The ways to read a name: one where both fields are filled, otherwise wherever one field may be cut in two. */
function readingsOf(firstName: string, lastName: string): readonly Reading[] {
  const [first, last] = [partsOf(firstName), partsOf(lastName)];
  const suffix = last.suffix ?? first.suffix;
  const whole: Reading = { given: first.words, family: last.words, suffix };
  if (first.words.length > 0 && last.words.length > 0) return [whole];
  const words = [...first.words, ...last.words];
  const cuts = Array.from({ length: Math.min(MAX_SPLITS, words.length - 1) }, (_, index) => index + 1);
  return [whole, ...cuts.map((cut) => ({ given: words.slice(0, cut), family: words.slice(cut), suffix }))];
}

const turned = ({ given, family, suffix }: Reading): Reading => ({ given: family, family: given, suffix });
const wordsIn = ({ given, family }: Reading): string => joined([...given, ...family]);

const IN_OTHER_FIELDS = 0.98;
const FOR_A_SUFFIX_LEFT_OUT = 0.99;
const FOR_ANOTHER_SUFFIX = 0.8;

/** Father and son bear one name: what tells them apart, if it is given on both sides, forbids a match. */
function weighSuffix(one: string | null, other: string | null): number {
  if (one === other) return 1;
  return one === null || other === null ? FOR_A_SUFFIX_LEFT_OUT : FOR_ANOTHER_SUFFIX;
}

function readingLikeness(one: Reading, other: Reading): number {
  const parts = givenNameLikeness(one.given, other.given) * familyNameLikeness(one.family, other.family);
  const whole = wordsIn(one) === wordsIn(other) ? IN_OTHER_FIELDS : 0;
  return Math.max(parts, whole) * weighSuffix(one.suffix, other.suffix);
}

/** Which side has its family name first is not known, so the answer is the same whichever it is. */
const inAnyOrder = (one: Reading, other: Reading): number =>
  Math.max(
    readingLikeness(one, other),
    readingLikeness(one, turned(other)),
    readingLikeness(turned(one), other),
    readingLikeness(turned(one), turned(other)),
  );

function bestLikeness(ones: readonly Reading[], others: readonly Reading[]): number {
  const pairs = ones.flatMap((reading) => others.map((another) => [reading, another] as const));
  return Math.max(...pairs.map(([reading, another]) => inAnyOrder(reading, another)));
}

const BY_TRANSLITERATION = 0.97;

const loosely = ({ given, family, suffix }: Reading): Reading => ({
  given: given.map(loosened),
  family: family.map(loosened),
  suffix,
});

const wholeOf = ({ firstName, lastName }: PersonName): string => `${firstName} ${lastName}`;

const plainly = ({ firstName, lastName }: PersonName): readonly Reading[] =>
  readingsOf(fold(firstName), fold(lastName));

/** With umlauts written out; nothing where there are none. */
const writtenOutly = (name: PersonName): readonly Reading[] =>
  hasUmlaut(wholeOf(name)) ? readingsOf(fold(writtenOut(name.firstName)), fold(writtenOut(name.lastName))) : [];

/** The best likeness over the ways in which the two may have been put into Latin letters. */
function likenessOf(one: PersonName, other: PersonName): number {
  const [ones, others] = [plainly(one), plainly(other)];
  const plain = bestLikeness(ones, others);
  if (plain === 1) return plain;
  const isLoose = isTransliterated(wholeOf(one)) || isTransliterated(wholeOf(other));
  return Math.max(
    plain,
    bestLikeness(writtenOutly(one), others),
    bestLikeness(ones, writtenOutly(other)),
    isLoose ? bestLikeness(ones.map(loosely), others.map(loosely)) * BY_TRANSLITERATION : 0,
  );
}

/**
 * Whether two names are one person's: in any order, with or without diacritics, particles, second surnames, middle names and
 * suffixes, by a short form or with one slip of the pen. Never decides on a name that another member of the family may bear.
 */
export function compareNames(registered: PersonName, evidence: PersonName): Comparison {
  const [one, other] = [wholeOf(registered), wholeOf(evidence)];
  if (identical(one, other) && registered.firstName === evidence.firstName) return SAME;
  if (fold(one) === "" || fold(other) === "") return NOTHING_TO_COMPARE;
  return outcomeOf(likenessOf(registered, evidence));
}

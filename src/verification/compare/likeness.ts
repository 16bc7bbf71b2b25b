import damerauLevenshtein from "damerau-levenshtein";
import { doubleMetaphone } from "double-metaphone";

/** No word is longer; of what is, the start is looked at, so that no text costs more than a name does. */
const MAX_LENGTH = 100;

const PREFIX = 4;
const PREFIX_WEIGHT = 0.1;

/** For each letter of `one` the letter of `other` that stands for it, or -1: the first equal one nearby that is still free. */
function partners(one: string, other: string): number[] {
  const reach = Math.max(0, Math.floor(Math.max(one.length, other.length) / 2) - 1);
  const taken = new Set<number>();
  return Array.from(one, (letter, index) => {
    const end = Math.min(other.length, index + reach + 1);
    for (let at = Math.max(0, index - reach); at < end; at += 1) {
      if (other[at] !== letter || taken.has(at)) continue;
      taken.add(at);
      return at;
    }
    return -1;
  });
}

function jaro(one: string, other: string): number {
  const found = partners(one, other).filter((at) => at >= 0);
  if (found.length === 0) return 0;
  const inOrder = found.toSorted((a, b) => a - b);
  const moved = found.filter((at, index) => other[at] !== other[inOrder[index]!]).length / 2;
  return (found.length / one.length + found.length / other.length + (found.length - moved) / found.length) / 3;
}

/**
 * How alike two words are, from 0 to 1, by Jaro's measure with Winkler's for a common start. The shorter goes first, since the
 * measure itself depends a little on which does: the answer is the same from both sides.
 */
export function jaroWinkler(one: string, other: string): number {
  if (one === other) return 1;
  const swapped = one.length === other.length ? one > other : one.length > other.length;
  const [shorter, longer] = (swapped ? [other, one] : [one, other]).map((word) => word.slice(0, MAX_LENGTH)) as [
    string,
    string,
  ];
  const likeness = jaro(shorter, longer);
  let start = 0;
  while (start < PREFIX && start < one.length && one[start] === other[start]) start += 1;
  return likeness + start * PREFIX_WEIGHT * (1 - likeness);
}

/** Whether one letter more, less or other, or two neighbours swapped, make the one of the other. */
export const isOneEdit = (one: string, other: string): boolean =>
  Math.max(one.length, other.length) <= MAX_LENGTH &&
  Math.abs(one.length - other.length) <= 1 &&
  damerauLevenshtein(one, other).steps === 1;

const sorted = (word: string): string => Array.from(word).toSorted().join("");
const undoubled = (word: string): string => word.replace(/(.)\1/g, "$1");

/**
 * From which length on a slip is believed. Fingers swap and double letters more often than they hit another, and another letter
 * makes another name of a short one (Elena, Elina), or another word where neither is known to be a name (Block, Black).
 */
const LENGTHS = { swappedOrDoubled: 5, moreOrLess: 8, another: 10 } as const;
const LENGTHS_IF_KNOWN = { swappedOrDoubled: 5, moreOrLess: 5, another: 7 } as const;

function slip(one: string, other: string): keyof typeof LENGTHS {
  if (sorted(one) === sorted(other) || undoubled(one) === undoubled(other)) return "swappedOrDoubled";
  return one.length === other.length ? "another" : "moreOrLess";
}

/**
 * Whether one slip inside a word tells two apart. The first and the last letter stand: a slip is rare there, and another name
 * is not (Mario, Maria).
 */
export function isTypingError(one: string, other: string, isOneKnown: boolean): boolean {
  if (one[0] !== other[0] || one.at(-1) !== other.at(-1) || !isOneEdit(one, other)) return false;
  return Math.min(one.length, other.length) >= (isOneKnown ? LENGTHS_IF_KNOWN : LENGTHS)[slip(one, other)];
}

const NEAR = 0.88;

/** Whether two words could be one: spelt nearly alike, or sounding alike. A hint, and never enough for a match. */
export function isNear(one: string, other: string): boolean {
  if (jaroWinkler(one, other) >= NEAR) return true;
  const sound = doubleMetaphone(one)[0];
  return sound.length > 1 && sound === doubleMetaphone(other)[0];
}

/** The likeness of words that are taken for different: always below what could be one. */
export const apart = (one: string, other: string): number => jaroWinkler(one, other) * 0.49;

import { unabbreviated, withoutForm } from "./business-word.js";
import { fold, wordsOf } from "./fold.js";
import { apart, isTypingError } from "./likeness.js";
import { identical, NOTHING_TO_COMPARE, outcomeOf, SAME, type Comparison } from "./outcome.js";

const MAYBE = 0.75;
const IN_OTHER_ORDER = 0.85;
const BY_TYPING_ERROR = 0.945;
const BY_SPACES = 0.98;
const FOR_A_FORM_LEFT_OUT = 0.96;
const FOR_ANOTHER_FORM = 0.8;

interface BusinessName {
  readonly words: readonly string[];
  readonly form: string | null;
}

/** "The" before a name, or behind it as lists have it, says nothing. */
const withoutThe = (words: readonly string[]): readonly string[] => {
  const found = words.slice(words[0] === "the" ? 1 : 0, words.at(-1) === "the" ? -1 : words.length);
  return found.length > 0 ? found : words;
};

function readName(text: string): BusinessName {
  const { words, form } = withoutForm(withoutThe(wordsOf(fold(text.replace(/[&+]/g, " and ")))));
  return { words: withoutThe(words).map(unabbreviated), form };
}

const hasDigit = (word: string): boolean => /\d|^[ivx]+$/.test(word);

/** One word with one slip is the name misspelt; a number, a Roman one too, is never misspelt. */
function wordLikeness(one: string, other: string): number {
  if (one === other) return 1;
  const isMisspelt = !hasDigit(one) && !hasDigit(other) && isTypingError(one, other, false);
  return isMisspelt ? BY_TYPING_ERROR : 0;
}

/** Whether the one is the first letters of the other's words. */
const isAcronym = (one: readonly string[], other: readonly string[]): boolean =>
  other.length > 2 && one.length === 1 && one[0] === other.map((word) => word[0]).join("");

/** Whether the one is the other with words behind it: a daughter, a branch, or a name cut short. */
const isStart = (one: readonly string[], other: readonly string[]): boolean =>
  one.length > 0 && one.length < other.length && one.every((word, index) => word === other[index]);

function couldBe(one: readonly string[], other: readonly string[]): boolean {
  return isAcronym(one, other) || isAcronym(other, one) || isStart(one, other) || isStart(other, one);
}

function coreLikeness(one: readonly string[], other: readonly string[]): number {
  const [joined, otherJoined] = [one.join(""), other.join("")];
  if (joined === otherJoined) return one.length === other.length ? 1 : BY_SPACES;
  if (one.toSorted().join(" ") === other.toSorted().join(" ")) return IN_OTHER_ORDER;
  if (couldBe(one, other)) return MAYBE;
  const byWords =
    one.length === other.length ? one.reduce((all, word, index) => all * wordLikeness(word, other[index]!), 1) : 0;
  return Math.max(byWords, apart(joined, otherJoined));
}

/** A name is registered with a form, but spoken without; of two forms, two businesses may be registered. */
function weighForm(one: string | null, other: string | null): number {
  if (one === other) return 1;
  return one === null || other === null ? FOR_A_FORM_LEFT_OUT : FOR_ANOTHER_FORM;
}

/** Whether two names are one business's, in any writing of its legal form, of "and", of common abbreviations, with or without "the". */
export function compareBusinessNames(registered: string, evidence: string): Comparison {
  if (identical(registered, evidence)) return SAME;
  const [one, other] = [readName(registered), readName(evidence)];
  if (one.words.length === 0 || other.words.length === 0) return NOTHING_TO_COMPARE;
  return outcomeOf(coreLikeness(one.words, other.words) * weighForm(one.form, other.form));
}

import anyAscii from "any-ascii";

/** More than any field of ours may hold; evidence from outside is not measured by us. */
const MAX_LENGTH = 1_000;

/** A syllable each, which is written as a word of its own so that it can be joined or not. */
const SYLLABLES = /[\p{Script=Han}\p{Script=Hangul}]/gu;
const APOSTROPHES = /['`´ʹʻʼʿ‘’‛′]/g;
const WRITTEN_OUT: readonly (readonly [RegExp, string])[] = [
  [/[äæ]/gi, "ae"],
  [/[öøœ]/gi, "oe"],
  [/ü/gi, "ue"],
  [/å/gi, "aa"],
];

const composed = (text: string): string => text.slice(0, MAX_LENGTH).normalize("NFKC");

/** Small Latin letters without diacritics, digits and what `kept` names, in words with one blank between; other scripts in Latin letters. */
export function fold(text: string, kept = /[^a-z0-9]+/g): string {
  const latin = anyAscii(composed(text).replace(SYLLABLES, " $& ").replace(APOSTROPHES, "")).toLowerCase();
  return latin.replaceAll("'", "").replace(kept, " ").trim();
}

export const wordsOf = (folded: string): readonly string[] => (folded === "" ? [] : folded.split(" "));

/** The words written as one (Mary Ann, O Rourke), but for an initial behind a word: Luis A. is not Luisa. */
export const joined = (words: readonly string[]): string =>
  words.map((word, index) => (word.length === 1 && (words[index - 1]?.length ?? 0) > 1 ? ` ${word}` : word)).join("");

export const hasUmlaut = (text: string): boolean => /[äæöøœüå]/i.test(composed(text));

/** The text with its umlauts written out, as passports and airlines write them; itself where it has none. */
export const writtenOut = (text: string): string =>
  WRITTEN_OUT.reduce((written, [letter, letters]) => written.replace(letter, letters), composed(text));

/** Whether a text is in an alphabet that several systems put into Latin letters. */
export const isTransliterated = (text: string): boolean => /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(text);

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/shch|sch/g, "sh"],
  [/ks/g, "x"],
  [/kh/g, "h"],
  [/ph/g, "f"],
  [/th/g, "t"],
  [/ts|tz/g, "c"],
  [/zh/g, "j"],
  [/ou/g, "u"],
  [/w/g, "v"],
  [/[yji]+(?=[au])/g, "i"],
  [/[yji]+[eo]/g, "e"],
  [/[yj]/g, "i"],
  [/(.)\1+/g, "$1"],
];

/** One spelling for what the systems of transliteration spell in several ways. */
export const loosened = (folded: string): string =>
  SYSTEMS.reduce((loose, [spelling, one]) => loose.replace(spelling, one), folded);

import { fold, wordsOf } from "./fold.js";
import { DIRECTIONS, PARTS, placeWord, streetType, UNITS } from "./street-word.js";

/** A street line taken apart; nothing of it is dropped, so that two which are read alike are alike. */
export interface Street {
  /** The number of the house without hyphens, with its fraction; empty where none is given. */
  readonly house: string;
  /** The words of the street's name, numbers of highways among them. */
  readonly name: readonly string[];
  readonly type: string | null;
  readonly directions: readonly string[];
  /** Apartment, floor and building: `4b`, `fl 2`. */
  readonly units: readonly string[];
  /** The number of a post office box. */
  readonly box: string | null;
}

const BOX =
  /^(?:box|(?:p ?o|post office)(?: ?box|(?= \d))|pob|po drawer|apartado) ?(?:no )?#? ?(\d\w*)\b|(?:\b(?:p ?o|post office) ?box|\bpob) ?#? ?(\w+)\b/;
/** Another's name, up to the next number. */
const IN_CARE_OF = /\b(?:c\/o|care of|attn|attention)\b[^\d#]*/;
/** Between a number and a letter, as in 4-B and A-4. */
const HYPHEN_IN_UNIT = /(?<=\d)-(?=[a-z]\b)|(?<=\b[a-z])-(?=\d)/g;
const HYPHEN_IN_HOUSE = /^(\d+)-(\d+)\b/;

/** A line as words; a number with a letter is one (4-B), the hyphen of a house number goes, a fraction stays one. */
const wordsOfLine = (line: string): string =>
  fold(line, /[^a-z0-9#/-]+/g)
    .replace(IN_CARE_OF, "")
    .replace(HYPHEN_IN_HOUSE, "$1$2")
    .replace(HYPHEN_IN_UNIT, "")
    .replaceAll("-", " ")
    .replaceAll("#", " # ")
    .replace(/(\d) ?\/ ?(\d)/g, "$1/$2")
    .replace(/\/(?!\d)|(?<!\d)\//g, " ")
    .replace(/ +/g, " ")
    .trim();

const LONG_FORMS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:(?:dr|doctor|rev|reverend) )?(?:martin luther king|m l k|mlk)(?: jr| junior)?\b/, "mlk"],
  [/\b(?:rural route|rural rte|rfd)\b/, "rr"],
  [/\b(?:county|co|cnty) (?:road|rd)\b/, "cr"],
  [/\b(?:state|st) (?:road|rd|route|rte|rt|highway|hwy)\b/, "sr"],
  [/\b(?:us|u s) (?:highway|hwy|route|rte|rt)\b/, "us"],
  [/\binterstate (?:highway |hwy )?(?=\d)/, "i"],
];

const shortened = (line: string): string => LONG_FORMS.reduce((short, [long, form]) => short.replace(long, form), line);

const isUnitNumber = (word: string | undefined): word is string =>
  word !== undefined && /^(?:\d+[a-z]?|[a-z]\d*)$/.test(word);

const plain = (word: string): string => word.replace(/(?<=\d)(?:st|nd|rd|th)$/, "");

/** The second floor, written "2nd floor" or "2 floor": the house number, which is first, is no floor. */
const isFloorBefore = (words: readonly string[], at: number): boolean =>
  /^\d+(?:st|nd|rd|th)$/.test(words[at - 1] ?? "") || (at > 1 && /^\d+$/.test(words[at - 1]!));

/** A rear or a penthouse needs no number, but then nothing of the street goes behind it (100 Front Street). */
const standsAlone = (words: readonly string[], at: number): boolean => {
  const next = words[at + 1];
  return at > 0 && (next === undefined || UNITS.has(next) || PARTS.has(next));
};

/** Takes the words of one unit from the words at a place; what is left is the street. */
function takeUnit(words: string[], at: number): string | null {
  const part = PARTS.get(words[at]!);
  if (!part && !UNITS.has(words[at]!)) return null;
  const named = (number: string): string => (part ? `${part} ${plain(number)}` : plain(number));
  if (part === "fl" && isFloorBefore(words, at)) return named(words.splice(at - 1, 2)[0]!);
  const start = words.findIndex((word, index) => index > at && word !== "#");
  const number = words[start] ?? "";
  if (!isUnitNumber(number) && !/^\d/.test(number))
    return part && standsAlone(words, at) ? (words.splice(at, 1), part) : null;
  const hasLetter = /^\d+$/.test(number) && /^[a-z]$/.test(words[start + 1] ?? "") && start + 2 === words.length;
  const taken = words.splice(at, start - at + (hasLetter ? 2 : 1));
  return named(taken.slice(start - at).join(""));
}

/** All units that a name of a unit goes before. Takes them out of the words. */
function takeUnits(words: string[]): string[] {
  const units: string[] = [];
  for (let at = 0; at < words.length; ) {
    const unit = takeUnit(words, at);
    if (unit === null) at += 1;
    else units.push(unit);
  }
  return units;
}

const NUMBERED = new Set(["highway", "route", "cr", "sr", "rr", "us", "fm", "box"]);

/** A number behind the kind of street that has no name of its own: 100 Main St 4B. A highway's number is the street's. */
function takeBareUnit(words: string[]): string[] {
  const last = words.at(-1);
  const before = words.at(-2) ?? "";
  const isBehindType = words.length > 3 && streetType(before) !== null && !NUMBERED.has(placeWord(before));
  if (!isBehindType || !isUnitNumber(last) || DIRECTIONS.has(last)) return [];
  return words.splice(-1);
}

/** 12, 12b, and the grid of some counties: n6w23001. */
const HOUSE = /^(\d+|[nsew]\d+[nsew]\d+)([a-z]?)$/;

/** Where the number of the house stands: first, or else last as abroad, if it is not a highway's. */
function houseAt(words: readonly string[]): number | null {
  if (words.length < 2) return null;
  if (HOUSE.test(placeWord(words[0]!))) return 0;
  const isAbroad = /^\d+[a-z]?$/.test(words.at(-1)!) && !words.some((word) => NUMBERED.has(placeWord(word)));
  return isAbroad ? words.length - 1 : null;
}

/** Takes the number of the house; a letter at it is the unit. */
function takeHouse(words: string[]): { readonly house: string; readonly units: string[] } {
  const at = houseAt(words);
  if (at === null) return { house: "", units: [] };
  const [, number = "", letter = ""] = HOUSE.exec(placeWord(words.splice(at, 1)[0]!)) ?? [];
  const fraction = /^\d+\/\d+$/.test(words[0] ?? "") ? ` ${words.shift()}` : "";
  return { house: number + fraction, units: letter === "" ? [] : [letter] };
}

/** A kind of street with one word to it: that word is the name, even if it could be a direction (West Avenue, Avenue E). */
const isPair = (words: readonly string[]): boolean =>
  words.length === 2 && words.some((word) => streetType(word) !== null);

/** A kind of street stands last, and has a name before it; a direction stands first or last, and leaves a name. */
function nameParts(words: readonly string[]): Pick<Street, "name" | "type" | "directions"> {
  const rest = words.filter((word) => word !== "the").map(placeWord);
  const directions: string[] = [];
  const isDirection = (at: number): boolean => rest.length > 1 && !isPair(rest) && DIRECTIONS.has(rest.at(at)!);
  if (isDirection(-1)) directions.push(rest.pop()!);
  if (isDirection(0)) directions.push(rest.shift()!);
  const type = rest.length > 1 ? streetType(rest.at(-1)!) : null;
  if (type !== null) rest.pop();
  return { name: rest, type, directions: directions.toSorted() };
}

/** The second line where it is a number alone names a unit; anything else goes on from the first. */
const secondLine = (line: string): string => (isUnitNumber(line) ? `# ${line}` : line);

/** Takes apart the lines of an address up to the town. */
export function readStreet(line1: string, line2: string | null): Street {
  const lines = [wordsOfLine(line1), secondLine(wordsOfLine(line2 ?? ""))];
  const line = shortened(lines.join(" ").trim());
  const box = BOX.exec(line);
  const words = [...wordsOf((box ? line.replace(box[0], " ") : line).replace(/\s+/g, " ").trim())];
  const units = takeUnits(words);
  const bare = takeBareUnit(words);
  const { house, units: letters } = takeHouse(words);
  return {
    house,
    ...nameParts(words),
    units: [...units, ...bare, ...letters].toSorted(),
    box: (box?.[1] ?? box?.[2])?.replace(/^0+(?=.)/, "") ?? null,
  };
}

import fc from "fast-check";
import { kinship } from "../../../src/verification/compare/kinship.js";
import { compareNames, type PersonName } from "../../../src/verification/compare/name.js";
import type { Comparison } from "../../../src/verification/compare/outcome.js";

const RUNS = 1_000;

const person = (firstName: string, lastName: string): PersonName => ({ firstName, lastName });
const turned = ({ firstName, lastName }: PersonName): PersonName => person(lastName, firstName);

/** `first|last` on both sides. */
const outcome = (registered: string, evidence: string): Comparison["outcome"] => {
  const [one, other] = [registered, evidence].map((text) => person(...(text.split("|") as [string, string])));
  return compareNames(one!, other!).outcome;
};

const text = fc.string({ unit: "binary", maxLength: 200 });
const anyName = fc.oneof(
  fc.tuple(text, text),
  fc.tuple(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" })),
);

const GIVEN = [
  "Maria",
  "Mario",
  "John",
  "Joan",
  "Paul",
  "Paula",
  "Daniel",
  "Danielle",
  "Martin",
  "Marvin",
  "Eric",
  "Erica",
];
const MORE_GIVEN = [
  "Karla",
  "Kayla",
  "Jason",
  "Mason",
  "Patrick",
  "Patricia",
  "Robert",
  "Roberta",
  "Leonard",
  "Leonardo",
  "Ryan",
];
const given = fc.constantFrom(
  ...GIVEN,
  ...MORE_GIVEN,
  "Bryan",
  "Alexander",
  "Alexandra",
  "Luis",
  "Luisa",
  "Marlene",
  "Darlene",
);
const family = fc.constantFrom(
  "Garcia",
  "Smith",
  "Okafor",
  "García-López",
  "de la Cruz",
  "Li",
  "Ng",
  "O'Rourke",
  "Иванова",
  "Müller",
  "Tran",
);
const plainName = fc.tuple(given, family).map(([firstName, lastName]) => person(firstName, lastName));

const marked = (word: string): string => word.replace(/[aeiou]/g, "$&\u0301").normalize();
const rest = fc.constantFrom("", " James", " A.", " Elena");

describe("compareNames", () => {
  it.each([
    ["family name first", "Wendell|Pruitt", "Pruitt|Wendell"],
    ["diacritics", "José|Núñez", "JOSE|NUNEZ"],
    ["a hyphen", "Ana|García-López", "Ana|Garcia Lopez"],
    ["the first of two surnames", "Ana|García López", "Ana|Garcia"],
    ["an apostrophe", "Shannon|O’Rourke", "Shannon|ORourke"],
    ["a short form", "William|Hargrove", "Bill|Hargrove"],
    ["a Spanish short form", "Francisco|Ibarra", "Paco|Ibarra"],
    ["an abbreviation", "William|Hargrove", "Wm.|Hargrove"],
    ["a spelling", "Steven|Prather", "Stephen|Prather"],
    ["a middle name left out", "John Robert|Castellan", "John|Castellan"],
    ["a middle initial", "John Robert|Castellan", "John R.|Castellan"],
    ["a suffix left out", "Marcus|Ellison Jr.", "Marcus|Ellison"],
    ["a title", "Dr. Priya|Raman", "Priya|Raman"],
    ["a particle", "Pieter|van der Berg", "Pieter|Vanderberg"],
    ["saint", "William|St. John", "William|Saint John"],
    ["Cyrillic", "Мария|Иванова", "Maria|Ivanova"],
    ["Greek", "Γιώργος|Παπαδόπουλος", "Giorgos|Papadopoulos"],
    ["Chinese", "小明|王", "Wang|Xiao Ming"],
    ["umlauts written out", "Jürgen|Müller", "Juergen|Mueller"],
    ["a typing error", "Michael|Brannigan", "Micheal|Brannigan"],
    ["all in one field", "Maria|Garcia Lopez", "|MARIA GARCIA LOPEZ"],
  ])("matches in spite of %s", (_what, registered, evidence) => {
    expect(outcome(registered, evidence)).toBe("MATCH");
  });

  it.each([
    ["an initial alone", "J.|Wetherby", "Jonas|Wetherby"],
    ["one syllable in two spellings", "Wei|Li", "Wei|Lee"],
    ["the last of two surnames", "Lucía|Herrera Campos", "Lucia|Campos"],
    ["another middle name", "John Michael|Drummond", "John Robert|Drummond"],
    ["another middle initial", "Luis A.|Escobar", "Luis M.|Escobar"],
    ["another suffix", "Walter|Ashcombe Sr.", "Walter|Ashcombe Jr."],
    ["a later given name", "Robert James|Tolliver", "James|Tolliver"],
    ["two typing errors", "Anthony|Castiglione", "Anthnoy|Castigliane"],
    ["a surname that may be misheard", "David|Johnson", "David|Johnston"],
    ["a short form of another's name, too", "Ellie|Marsh", "Nora|Marsh"],
    ["nothing that could be read", " |…", "Maria|Garcia"],
  ])("leaves open %s", (_what, registered, evidence) => {
    expect(outcome(registered, evidence)).toBe("INCONCLUSIVE");
  });

  it.each([
    ["a sister", "Maria|Garcia", "Mario|Garcia"],
    ["a wife", "John|Smith", "Joan|Smith"],
    ["a father", "Harold|Benson", "Gerald|Benson"],
    ["a twin", "Marlene|Stokes", "Darlene|Stokes"],
    ["the bearer of a nickname of another", "Roberta|Tilden", "Bob|Tilden"],
    ["somebody else", "Wendell|Pruitt", "Oscar|Lindgren"],
  ])("does not take %s for the person", (_what, registered, evidence) => {
    expect(outcome(registered, evidence)).toBe("MISMATCH");
  });

  it("never matches two people of one family whose first names are two, in any order of the fields", () => {
    fc.assert(
      fc.property(
        given,
        given,
        family,
        rest,
        fc.boolean(),
        fc.boolean(),
        (one, other, last, middle, turnOne, turnOther) => {
          fc.pre(one !== other && !kinship(one.toLowerCase(), other.toLowerCase()));
          const [registered, evidence] = [person(one + middle, last), person(other + middle, last)];
          const found = compareNames(
            turnOne ? turned(registered) : registered,
            turnOther ? turned(evidence) : evidence,
          );
          expect(found.outcome).not.toBe("MATCH");
        },
      ),
      { numRuns: RUNS },
    );
  });

  it("never matches where middle names, initials or suffixes contradict each other", () => {
    const words = fc.constantFrom<[string, string][]>(
      ["James", "Robert"],
      ["A", "M"],
      ["E", "Y"],
      ["James", "R"],
      ["Maria", "Elena"],
    );
    const suffixes = fc.constantFrom<[string, string][]>(["Jr", "Sr"], ["II", "III"], ["Junior", "III"]);
    fc.assert(
      fc.property(plainName, words, suffixes, fc.boolean(), ({ firstName, lastName }, [one, other], [jr, sr], turn) => {
        const byMiddle = person(`${firstName} ${other}`, lastName);
        expect(
          compareNames(person(`${firstName} ${one}`, lastName), turn ? turned(byMiddle) : byMiddle).outcome,
        ).not.toBe("MATCH");
        const bySuffix = person(firstName, `${lastName} ${sr}`);
        expect(
          compareNames(person(firstName, `${lastName} ${jr}`), turn ? turned(bySuffix) : bySuffix).outcome,
        ).not.toBe("MATCH");
      }),
      { numRuns: RUNS },
    );
  });

  it("never throws, answers alike from both sides, and stays between 0 and 1", () => {
    fc.assert(
      fc.property(anyName, anyName, (one, other) => {
        const { outcome: found, score } = compareNames(person(...one), person(...other));
        expect(compareNames(person(...other), person(...one))).toEqual({ outcome: found, score });
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(["MATCH", "INCONCLUSIVE", "MISMATCH"]).toContain(found);
      }),
      { numRuns: RUNS },
    );
  });

  it("is a match of 1 for equal names, whatever they are, unless blank", () => {
    fc.assert(
      fc.property(anyName, ([firstName, lastName]) => {
        fc.pre((firstName + lastName).trim() !== "");
        expect(compareNames(person(firstName, lastName), person(firstName, lastName))).toEqual({
          outcome: "MATCH",
          score: 1,
        });
      }),
      { numRuns: RUNS },
    );
    expect(compareNames(person(" ", ""), person(" ", ""))).toEqual({ outcome: "INCONCLUSIVE", score: 0 });
  });

  it("scores no lower for case, diacritics and order", () => {
    fc.assert(
      fc.property(plainName, plainName, (registered, evidence) => {
        const { score } = compareNames(registered, evidence);
        const { firstName, lastName } = evidence;
        expect(
          compareNames(registered, person(firstName.toUpperCase(), lastName.toUpperCase())).score,
        ).toBeGreaterThanOrEqual(score);
        expect(
          compareNames(registered, person(firstName.toLowerCase(), lastName.toLowerCase())).score,
        ).toBeGreaterThanOrEqual(score);
        expect(compareNames(registered, person(marked(firstName), marked(lastName))).score).toBeGreaterThanOrEqual(
          score,
        );
        expect(compareNames(registered, turned(evidence)).score).toBe(score);
      }),
      { numRuns: RUNS },
    );
  });
});

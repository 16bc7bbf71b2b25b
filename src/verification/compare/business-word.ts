/** The legal forms, by every way of writing them. A company is any of them. */
const FORMS: readonly (readonly [form: string, writings: string])[] = [
  ["CORPORATION", "inc,incorporated,corp,corporation,ltd,limited"],
  ["LLC", "llc,l l c,limited liability company,limited liability co,ltd liability co,lc,ltd co"],
  ["PROFESSIONAL", "pc,p c,professional corporation,pa,p a,professional association"],
  ["PLLC", "pllc,p l l c,professional limited liability company"],
  ["LP", "lp,l p,limited partnership"],
  ["LLP", "llp,l l p,limited liability partnership"],
  ["LLLP", "lllp"],
  ["PLC", "plc,public limited company"],
  ["GMBH", "gmbh"],
  ["SA", "sa de cv,s a de c v"],
  ["NONE", "co,company"],
];

interface Writing {
  readonly form: string;
  readonly words: readonly string[];
}

/** Longest first: a limited liability company is no company. */
const WRITINGS: readonly Writing[] = FORMS.flatMap(([form, writings]) =>
  writings.split(",").map((writing) => ({ form, words: writing.split(" ") })),
).toSorted((one, other) => other.words.length - one.words.length);

const endsWith = (words: readonly string[], ending: readonly string[]): boolean =>
  words.length > ending.length && ending.every((word, index) => words[words.length - ending.length + index] === word);

/** The words of a name without the legal form at its end, and that form; null where there is none that says anything. */
export function withoutForm(words: readonly string[]): {
  readonly words: readonly string[];
  readonly form: string | null;
} {
  const writing = WRITINGS.find((one) => endsWith(words, one.words));
  if (!writing) return { words, form: null };
  const before = withoutForm(words.slice(0, -writing.words.length));
  return { words: before.words, form: writing.form === "NONE" ? before.form : writing.form };
}

const ABBREVIATIONS: Readonly<Record<string, string>> = {
  assn: "association",
  assoc: "associates",
  assocs: "associates",
  bldrs: "builders",
  bros: "brothers",
  centre: "center",
  cntr: "center",
  const: "construction",
  constr: "construction",
  ctr: "center",
  dev: "development",
  dist: "distribution",
  ent: "enterprises",
  entps: "enterprises",
  first: "1",
  "1st": "1",
  fdn: "foundation",
  ft: "fort",
  grp: "group",
  hldgs: "holdings",
  hosp: "hospital",
  inds: "industries",
  inst: "institute",
  ins: "insurance",
  intl: "international",
  inv: "investments",
  labs: "laboratories",
  mfg: "manufacturing",
  mgmt: "management",
  mgt: "management",
  mkt: "market",
  mktg: "marketing",
  mt: "mount",
  mtn: "mountain",
  natl: "national",
  plbg: "plumbing",
  prod: "products",
  prods: "products",
  prop: "properties",
  props: "properties",
  rest: "restaurant",
  second: "2",
  "2nd": "2",
  st: "saint",
  svc: "service",
  svcs: "services",
  sys: "systems",
  tech: "technology",
  theatre: "theater",
  third: "3",
  "3rd": "3",
  trans: "transport",
  transp: "transport",
  univ: "university",
};

export const unabbreviated = (word: string): string =>
  Object.hasOwn(ABBREVIATIONS, word) ? ABBREVIATIONS[word]! : word;

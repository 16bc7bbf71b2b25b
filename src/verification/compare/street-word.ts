/** Words by their spellings, each line led by the one that stands for all. */
const read = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .trim()
      .split(/\s*\n\s*/)
      .flatMap((line) => {
        const [one = "", ...others] = line.split(" ");
        return [one, ...others].map((word) => [word, one] as const);
      }),
  );

/** The directions in one spelling. */
export const DIRECTIONS = read(`
  n north
  s south
  e east
  w west
  ne northeast
  nw northwest
  se southeast
  sw southwest
`);

/** The kinds of street, by their names and the post's abbreviations. */
const TYPES = read(`
  alley aly
  avenue ave av aven avn
  bend bnd
  boulevard blvd boul blv bvd
  bridge brg
  bypass byp
  circle cir circ
  close cls
  common cmn
  corner cor
  court ct crt
  creek crk
  crescent cres
  crossing xing
  drive dr drv
  expressway expy
  extension ext
  freeway fwy
  gardens gdns
  gateway gtwy
  glen gln
  green grn
  grove grv
  harbor hbr harbour
  heights hts
  highway hwy
  hill hl
  hollow holw
  island is
  junction jct
  knoll knl
  lake lk
  landing lndg
  lane ln
  loop
  manor mnr
  meadows mdws
  mill ml
  oval
  park prk
  parkway pkwy pky
  pass
  path
  pike
  place pl
  plain pln
  plaza plz
  point pt
  port prt
  ranch rnch
  ridge rdg
  river riv
  road rd
  route rte rt
  row
  run
  shore shr
  spring spg
  springs spgs
  square sq
  station sta
  street st str strt
  terrace ter terr
  trace trce
  trail trl
  turnpike tpke
  valley vly
  view vw
  village vlg
  vista vis
  walk wlk
  way wy
`);

/** Further words that are abbreviated, in streets and towns alike; `st` for saint is that for street, which does no harm. */
const OTHERS = read(`
  st saint ste street str strt
  mt mount
  mtn mountain
  ft fort
  co county cnty
  us usa
  1 first one
  2 second two
  3 third three
  4 fourth four
  5 fifth five
  6 sixth six
  7 seventh seven
  8 eighth eight
  9 ninth nine
  10 tenth ten
  11 eleventh eleven
  12 twelfth twelve
  center centre ctr
  jr junior
`);

/** What a part of a building is called; the post takes any of them for another, so they are not told apart. */
export const UNITS: ReadonlySet<string> = new Set(
  "# apt apartment unit ste suite rm room lot spc space trlr trailer ofc office no num number slip hngr hangar pmb apto".split(
    " ",
  ),
);

/** Parts that stand for themselves or above a unit, and are told apart, in one spelling. */
export const PARTS = read(`
  bldg building
  fl floor flr
  bsmt basement
  ph penthouse
  frnt front
  rear
  uppr upper
  lowr lower
  lbby lobby
`);

/** The name of a kind of street; null for any other word. */
export const streetType = (word: string): string | null => TYPES.get(word) ?? null;

/** A word of a street or town in its one spelling: in full, directions by letters, numbers by digits without their ending. */
export function placeWord(word: string): string {
  const ordinal = /^(\d+)(?:st|nd|rd|th)$/.exec(word);
  return ordinal?.[1] ?? DIRECTIONS.get(word) ?? OTHERS.get(word) ?? TYPES.get(word) ?? word;
}

/** The middle of some measurements and how far they lie apart: one number alone says nothing on a machine that others share. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** What a scenario came to, in the form that is printed and kept as JSON. */
export interface Outcome {
  readonly name: string;
  /** What was compared with what, in words. */
  readonly about: string;
  /** Null where it is only told how it is. */
  readonly bar: string | null;
  readonly met: boolean;
  /** Each number that the bar speaks of, and those that explain it, by name. */
  readonly figures: Readonly<Record<string, Spread>>;
  /** The same as it is shown to readers, where figures are many. */
  readonly table?: Table;
}

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** In the form that the README has tables in. */
export function describeTable({ head, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** The value below which this share of sorted values lies. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

export const ascending = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);

export function spread(values: readonly number[]): Spread {
  const sorted = ascending(values);
  const middle = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
  return { median, min: sorted[0]!, max: sorted.at(-1)! };
}

/** How many times the one is the other: of the medians, with the least and the most of any round. */
export const ratioOf = (pairs: readonly (readonly [number, number])[]): Spread => ({
  ...spread(pairs.map(([one, other]) => one / other)),
  median: spread(pairs.map(([one]) => one)).median / spread(pairs.map(([, other]) => other)).median,
});

const short = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString("en-US") : String(Number(value.toPrecision(3)));

export const describeSpread = ({ median, min, max }: Spread): string =>
  min === max ? short(median) : `${short(median)} (${short(min)}–${short(max)})`;

/** Several ways of the same work in turn, each round beginning with another. Answers what each came to, round by round. */
export async function inTurn<Way extends string, Result>(
  rounds: number,
  ways: Readonly<Record<Way, (round: number) => Promise<Result>>>,
): Promise<Readonly<Record<Way, readonly Result[]>>> {
  const names = Object.keys(ways) as Way[];
  const results = Object.fromEntries(names.map((name): [Way, Result[]] => [name, []])) as Record<Way, Result[]>;
  for (let round = 0; round < rounds; round += 1)
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(round + turn) % names.length]!;
      results[name].push(await ways[name](round));
    }
  return results;
}

/** The same work in turn, one way and then the other, so that a slow minute of the machine is shared by both. */
export async function alternate<One, Other>(
  rounds: number,
  one: (round: number) => Promise<One>,
  other: (round: number) => Promise<Other>,
): Promise<readonly (readonly [One, Other])[]> {
  const pairs: (readonly [One, Other])[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) pairs.push([await one(round), await other(round)]);
    else {
      const second = await other(round);
      pairs.push([await one(round), second]);
    }
  }
  return pairs;
}

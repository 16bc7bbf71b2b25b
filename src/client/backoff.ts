/** Between which bounds to wait before it is tried again. */
export interface Backoff {
  readonly minMs: number;
  readonly maxMs: number;
}

const MOST_DOUBLINGS = 30;

/** A random wait below a bound that doubles with every failure: whoever was cut together does not come back together. */
export const waitMs = ({ minMs, maxMs }: Backoff, failures: number, random: () => number): number =>
  Math.min(maxMs, minMs * 2 ** Math.min(failures, MOST_DOUBLINGS)) * random();

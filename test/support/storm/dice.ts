/** Numbers that look random and are the same for the same seed: what a storm did can be done again, but for what machines make of it. */
export interface Dice {
  /** From 0 to below 1. */
  readonly next: () => number;
  /** From 0 to below `most`. */
  readonly below: (most: number) => number;
  readonly pick: <One>(all: readonly One[]) => One;
  /** One of some, each as often as its weight says. */
  readonly weighed: <One>(all: readonly (readonly [weight: number, one: One])[]) => One;
}

/** The generator known as mulberry32. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number): number => Math.floor(next() * most);
  return {
    next,
    below,
    pick: (all) => all[below(all.length)]!,
    weighed: (all) => {
      let left = next() * all.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, one] of all) {
        left -= weight;
        if (left < 0) return one;
      }
      return all.at(-1)![1];
    },
  };
}

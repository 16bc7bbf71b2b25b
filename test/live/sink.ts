import type { GraphQLFormattedError } from "graphql";
import type { Sink } from "../../src/live/live.js";

/** A receiver that keeps what it gets as it is, and stops and goes on when a test says so. */
export interface Listener<Result> extends Sink {
  readonly heard: Result[];
  /** How many sendings it got at a time. */
  readonly sendings: number[];
  readonly ended: GraphQLFormattedError[];
  /** From now on everything that is sent stays with it, and it says so. */
  readonly stall: () => void;
  readonly drain: () => void;
  readonly isStalled: () => boolean;
}

export function listener<Result>(): Listener<Result> {
  const heard: Result[] = [];
  const sendings: number[] = [];
  const ended: GraphQLFormattedError[] = [];
  let stalled = false;
  let drained = Promise.withResolvers<void>();
  return {
    heard,
    sendings,
    ended,
    send: (results) => {
      sendings.push(results.length);
      heard.push(...results.map((result) => JSON.parse(result.toString()) as Result));
      return !stalled;
    },
    drained: () => (stalled ? drained.promise : Promise.resolve()),
    end: (error) => void ended.push(error),
    stall: () => {
      stalled = true;
    },
    drain: () => {
      stalled = false;
      drained.resolve();
      drained = Promise.withResolvers();
    },
    isStalled: () => stalled,
  };
}

import { MAX_FIRST } from "../kernel/page.js";

/** What a cost function is told about one selected field. */
export interface CostArguments {
  readonly args: Readonly<Record<string, unknown>>;
  readonly childComplexity: number;
}

/** The price of one selected field, known before anything runs. */
export type CostOf = (field: CostArguments) => number;

/** An element costs one at least: plain values are free, but a row is a row. */
const each = (childComplexity: number): number => Math.max(1, childComplexity);

/**
 * A paged list costs one, and its page size times what is asked of each element.
 * A `first` out of range is priced as the nearest page: the field refuses it, and it must not make the request cheaper.
 */
export const listCost =
  (fallback = 20): CostOf =>
  ({ args, childComplexity }) => {
    const first = typeof args["first"] === "number" ? args["first"] : fallback;
    return 1 + Math.min(Math.max(first, 1), MAX_FIRST) * each(childComplexity);
  };

/** A list without pages is priced by the most elements that are expected of it. */
export const manyCost =
  (count: number): CostOf =>
  ({ childComplexity }) =>
    1 + count * each(childComplexity);

/** A look-up by a list of keys costs what is asked of each, once for every key. */
export const keysCost =
  (argument: string): CostOf =>
  ({ args, childComplexity }) => {
    const keys = args[argument];
    return 1 + (Array.isArray(keys) ? Math.max(keys.length, 1) : 1) * each(childComplexity);
  };

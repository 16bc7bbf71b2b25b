import type { Driven } from "./drive.js";
import { ascending, describeSpread, quantile, ratioOf, spread } from "./figures.js";

/** Cells of the tables that compare gateways: several rounds of one way told together. */

export const rate = (driven: readonly Driven[]): string => describeSpread(spread(driven.map((one) => one.perSecond)));

/** Of all rounds together. */
export function latency(driven: readonly Driven[], ...shares: readonly number[]): string {
  const all = ascending(driven.flatMap(({ latenciesMs }) => latenciesMs));
  return shares.map((share) => String(Number(quantile(all, share).toPrecision(3)))).join(", ");
}

/** How many times as many a second, round by round. */
export const ratio = (one: readonly Driven[], other: readonly Driven[]): string =>
  describeSpread(ratioOf(one.map(({ perSecond }, round) => [perSecond, other[round]!.perSecond] as const)));

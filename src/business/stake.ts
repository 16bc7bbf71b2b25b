import Big from "big.js";
import { isDecimal, type Decimal } from "../kernel/decimal.js";

/** The whole of a business, in percent. */
const WHOLE = new Big(100);

const MAX_DECIMALS = 6;

/** What is wrong with a text as a percentage; null for an exact one, more than 0 and at most 100. */
export function percentageFault(text: unknown): string | null {
  if (typeof text !== "string" || !isDecimal(text)) return "Must be an exact decimal, such as 33.333333.";
  const percentage = new Big(text);
  if (percentage.lte(0) || percentage.gt(WHOLE)) return "Must be more than 0 and at most 100.";
  const decimals = text.split(".")[1]?.length ?? 0;
  return decimals > MAX_DECIMALS ? `Must have at most ${MAX_DECIMALS} decimals.` : null;
}

/** The one spelling of an amount: no zero that it does not need. */
export const normalised = (text: string): Decimal => new Big(text).toFixed() as Decimal;

/** Whether stakes in one business are more than there is of it. */
export const exceedWhole = (stakes: readonly Decimal[]): boolean =>
  stakes.reduce((all, stake) => all.plus(stake), new Big(0)).gt(WHOLE);

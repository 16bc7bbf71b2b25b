import Big from "big.js";

/** An exact decimal as text, never a float: money, shares. */
export type Decimal = string & { readonly brand: "Decimal" };

const SHAPE = /^-?\d{1,15}(\.\d{1,10})?$/;

export const isDecimal = (text: string): text is Decimal => SHAPE.test(text);

export const ZERO = "0.00" as Decimal;

/** The exact total, with two decimals at least and no digit lost. */
export function sum(amounts: readonly Decimal[]): Decimal {
  const total = amounts.reduce((all, amount) => all.plus(amount), new Big(0));
  return total.toFixed(Math.max(2, ...amounts.map((amount) => amount.split(".")[1]?.length ?? 0))) as Decimal;
}

export const exceeds = (amount: Decimal, limit: Decimal): boolean => new Big(amount).gt(limit);

import Big from "big.js";

/** An exact decimal as text, never a float: money, shares. */
export type Decimal = string & { readonly brand: "Decimal" };

const SHAPE = /^-?\d{1,15}(\.\d{1,10})?$/;

export const isDecimal = (text: string): text is Decimal => SHAPE.test(text);

export const ZERO = "0.00" as Decimal;

export const sum = (amounts: readonly Decimal[]): Decimal =>
  amounts.reduce((total, amount) => total.plus(amount), new Big(0)).toFixed(2) as Decimal;

export const exceeds = (amount: Decimal, limit: Decimal): boolean => new Big(amount).gt(limit);

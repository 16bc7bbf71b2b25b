import Big from "big.js";
import type { Decimal } from "../kernel/decimal.js";
import { badInput } from "../kernel/failure.js";
import type { Reader } from "../kernel/reader.js";
import type { QueryOutcome } from "../certificate/certificate.js";
import type { CertificateProduct } from "../network/network.js";
import { permit } from "../network/permit.js";

/** What one participant was charged in one month, by product, outcome and currency: sums of its query events and nothing else. */
export interface Ledger {
  readonly month: string;
  readonly lines: readonly LedgerLine[];
}

export interface LedgerLine {
  readonly product: CertificateProduct;
  readonly outcome: QueryOutcome;
  readonly currency: string;
  readonly count: number;
  readonly amount: Decimal;
}

interface Row extends Omit<LedgerLine, "count" | "amount"> {
  readonly price: Decimal;
  readonly count: number | string;
}

/** The caller's own ledger of a month, YYYY-MM in UTC, of this one where none is named. One statement, whose rows are as many as there were prices. */
export async function readLedger(read: Reader, asked: string | null | undefined): Promise<Ledger> {
  permit(read.actor, "readLedger");
  const month = asked ?? read.now.slice(0, 7);
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw badInput([{ path: "month", message: "Must be a month, YYYY-MM." }]);
  const rows = await read.rows<Row>(
    `select p.product, q.outcome, q.currency, q.price, count(*) as count
       from query_event q join policy p on p.id = q.policy_id
      where q.participant_id = ? and q.occurred_at >= ? and q.occurred_at < ?
      group by p.product, q.outcome, q.currency, q.price order by p.product, q.outcome, q.currency, q.price`,
    [read.actor.participantId, `${month}-01T00:00:00.000Z`, `${after(month)}-01T00:00:00.000Z`],
  );
  return { month, lines: linesOf(rows) };
}

/** The month that follows. */
function after(month: string): string {
  const [year, number] = month.split("-").map(Number) as [number, number];
  return number === 12
    ? `${String(year + 1).padStart(4, "0")}-01`
    : `${month.slice(0, 5)}${String(number + 1).padStart(2, "0")}`;
}

/** Prices that differ are one line: counts add, and amounts are exact. */
export function linesOf(rows: readonly Row[]): LedgerLine[] {
  const lines = new Map<string, LedgerLine>();
  for (const { product, outcome, currency, price, count } of rows) {
    const key = `${product} ${outcome} ${currency}`;
    const line = lines.get(key) ?? { product, outcome, currency, count: 0, amount: "0.00" as Decimal };
    const amount = new Big(line.amount).plus(new Big(price).times(count));
    lines.set(key, { ...line, count: line.count + Number(count), amount: exact(amount) });
  }
  return [...lines.values()];
}

/** With two decimals at least and no digit lost. */
const exact = (amount: Big): Decimal => (amount.round(2).eq(amount) ? amount.toFixed(2) : amount.toFixed()) as Decimal;

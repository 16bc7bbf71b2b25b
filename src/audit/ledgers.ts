import Big from "big.js";
import { OPERATOR } from "../kernel/actor.js";
import { isDecimal, type Decimal } from "../kernel/decimal.js";
import type { QueryEvent } from "../certificate/certificate.js";
import { readLedger } from "../ledger/ledger.js";
import { Participant } from "../network/participant.js";
import { check, wrongs, type Books, type Check } from "./audit.js";

/** One query as far as it is charged for. */
interface Charge extends Pick<QueryEvent, "id" | "participantId" | "occurredAt" | "outcome" | "currency" | "price"> {
  readonly product: string | null;
}

interface Line {
  readonly count: number;
  readonly amount: Big;
}

/** A participant's month, added up query by query. */
interface Account {
  readonly participantId: Participant["id"];
  readonly month: string;
  count: number;
  readonly lines: Map<string, Line>;
}

const accountOf = ({ participantId, month }: Pick<Account, "participantId" | "month">): string =>
  `${participantId} ${month}`;

const PAGE = 1_000;

/** Every query of the participants from one to another in their order, a page at a time, as it is stored. */
async function* chargesBetween({ rows }: Books, first: string, last: string): AsyncGenerator<Charge[]> {
  for (let after = [first, ""]; ; ) {
    const page = await rows<Charge>(
      `select q.id, q.participant_id as "participantId", q.occurred_at as "occurredAt", q.outcome, q.currency, q.price, p.product
         from query_event q left join policy p on p.id = q.policy_id
        where (q.participant_id, q.id) > (?, ?) and q.participant_id <= ? order by q.participant_id, q.id limit ?`,
      [...after, last, PAGE],
    );
    yield page;
    const end = page.at(-1);
    if (!end || page.length < PAGE) return;
    after = [end.participantId, end.id];
  }
}

/** Adds up exactly, and in no statement: what is no amount is said of its query, and comes to nothing here. */
async function addedUp(books: Books, ids: readonly string[]): Promise<Map<string, Account>> {
  const accounts = new Map<string, Account>();
  const inOrder = ids.toSorted();
  for await (const page of chargesBetween(books, inOrder[0]!, inOrder.at(-1)!))
    for (const { participantId, occurredAt, product, outcome, currency, price } of page) {
      const account = { participantId, month: occurredAt.slice(0, 7), count: 0, lines: new Map<string, Line>() };
      const own = accounts.get(accountOf(account)) ?? account;
      accounts.set(accountOf(own), own);
      own.count += 1;
      const name = `${product} ${outcome} ${currency}`;
      const { count, amount } = own.lines.get(name) ?? { count: 0, amount: new Big(0) };
      own.lines.set(name, { count: count + 1, amount: amount.plus(isDecimal(price) ? price : 0) });
    }
  return accounts;
}

/** How many queries there are of each month: where that has changed in the meantime, so has the sum. */
async function countsOf({ rows }: Books, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const counts = await rows<Pick<Account, "participantId" | "month"> & { readonly count: number | string }>(
    `select participant_id as "participantId", substr(occurred_at, 1, 7) as month, count(*) as count from query_event
      where participant_id in ?? group by participant_id, substr(occurred_at, 1, 7)`,
    [ids],
  );
  return new Map(counts.map((one) => [accountOf(one), Number(one.count)]));
}

/** What a participant is told when it asks; null where nothing can be told. */
async function ledgerOf(
  books: Books,
  { participantId, month }: Account,
): Promise<ReadonlyMap<string, LineTold> | null> {
  const actor = { ...OPERATOR, participantId, scopes: new Set(["analyse"] as const) };
  try {
    const { lines } = await readLedger({ ...books, actor }, month);
    return new Map(lines.map((line) => [`${line.product} ${line.outcome} ${line.currency}`, line]));
  } catch {
    return null;
  }
}

interface LineTold {
  readonly count: number;
  readonly amount: Decimal;
}

const agree = (told: ReadonlyMap<string, LineTold>, lines: ReadonlyMap<string, Line>): boolean =>
  told.size === lines.size &&
  [...lines].every(([name, { count, amount }]) => {
    const line = told.get(name);
    return line !== undefined && line.count === count && isDecimal(line.amount) && amount.eq(line.amount);
  });

/** The one check whose statements grow: with months and pages of queries. What changes while it is added up is not judged. */
async function judgeLedgers(books: Books, participants: readonly Pick<Participant, "id">[]) {
  const ids = participants.map(({ id }) => id);
  const before = await countsOf(books, ids);
  const accounts = await addedUp(books, ids);
  const ledgers = new Map<string, boolean>();
  for (const [name, account] of accounts) {
    if (!before.has(name)) continue;
    const told = await ledgerOf(books, account);
    ledgers.set(name, told !== null && agree(told, account.lines));
  }
  const after = await countsOf(books, ids);
  const settled = [...accounts].filter(([name, { count }]) => before.get(name) === count && after.get(name) === count);
  const wrong = settled.filter(([name]) => !ledgers.get(name)).map(([, account]) => account);
  return wrongs(participants, ({ id }) =>
    wrong
      .filter(({ participantId }) => participantId === id)
      .map(({ month }) => `Its ledger of ${month} is not the sum of its queries.`),
  );
}

export const LEDGERS: readonly Check[] = [
  check<Pick<Participant, "id">>({
    name: "ledgers",
    says: "A participant's ledger of a month is the sum of its queries, added up one by one.",
    source: { table: "participant", key: ["id"], select: "t.id" },
    judge: judgeLedgers,
  }),
];

import Big from "big.js";
import { ZERO, exceeds, isDecimal, sum, type Decimal } from "../kernel/decimal.js";
import { plusDays, plusMs, type Instant } from "../kernel/instant.js";
import { Certificate, QueryEvent } from "../certificate/certificate.js";
import { Price } from "../network/network.js";
import { check, each, rowsOf, wrongs, type Books, type Check } from "./audit.js";

/** Clocks of whoever sets or quotes a price and whoever pays it are no further apart; and two things may happen at one instant. */
const APART_MS = 5_000;

/** A query and the certificate that came of it. */
type Charged = Omit<QueryEvent, "requirements">;

interface Issued
  extends Pick<
    Certificate,
    | "id"
    | "queryEventId"
    | "entityId"
    | "participantId"
    | "consentId"
    | "policyId"
    | "issuedAt"
    | "product"
    | "networkIds"
  > {}

const issuedBy = ({ rows }: Books, queries: readonly Charged[]) =>
  rows<Issued>(
    `select id, query_event_id as "queryEventId", entity_id as "entityId", participant_id as "participantId", consent_id as "consentId",
            policy_id as "policyId", issued_at as "issuedAt", product, network_ids as "networkIds"
       from certificate where id in ??`,
    [queries.flatMap(({ certificateId }) => certificateId ?? [])],
  );

interface Quote {
  readonly id: string;
  readonly noPrice: Decimal;
  readonly checkedAt: Instant;
}

/** What was quoted for a no before each query that was charged for one. */
const quotesFor = ({ rows }: Books, queries: readonly Charged[]) =>
  rows<Quote>(
    `select q.id, k.no_price as "noPrice", k.checked_at as "checkedAt" from query_event q
       join coverage_check k on k.participant_id = q.participant_id and k.consent_id = q.consent_id and k.policy_id = q.policy_id
         and k.currency = q.currency
      where q.id in ??`,
    [queries.map(({ id }) => id)],
  );

const isAmount = (price: string): boolean => isDecimal(price) && !price.startsWith("-");

const isFree = (price: Decimal): boolean => new Big(price).eq(0);

const SAME = ["entityId", "participantId", "consentId", "policyId"] as const;

async function judgeQueries(books: Books, queries: readonly Charged[]) {
  const issued = new Map((await issuedBy(books, queries)).map((one) => [one.id, one]));
  const costly = queries.filter(
    ({ outcome, price }) => outcome === "NOT_SATISFIED" && isAmount(price) && !isFree(price),
  );
  const quotes = Map.groupBy(costly.length > 0 ? await quotesFor(books, costly) : [], ({ id }) => id);
  return wrongs(queries, function* (query) {
    const { id, outcome, certificateId, price, occurredAt } = query;
    yield (outcome === "ISSUED") !== (certificateId !== null) &&
      `It is ${outcome}, and its certificate does not fit that.`;
    if (!isAmount(price)) return yield "What it cost is no amount.";
    const quoted = (quotes.get(id) ?? []).some(
      ({ noPrice, checkedAt }) =>
        checkedAt > plusDays(occurredAt, -1) && checkedAt <= plusMs(occurredAt, APART_MS) && !exceeds(price, noPrice),
    );
    yield outcome === "NOT_SATISFIED" &&
      !isFree(price) &&
      !quoted &&
      "A no was charged for that was not quoted before.";
    if (!certificateId) return;
    const certificate = issued.get(certificateId);
    if (!certificate) return yield "Its certificate is not there.";
    yield certificate.queryEventId !== id && "Its certificate was issued to another query.";
    yield certificate.issuedAt !== occurredAt && "Its certificate was issued at another time.";
    const apart = SAME.filter((name) => certificate[name] !== query[name]);
    yield apart.length > 0 && `Its certificate is of another: ${apart.join(", ")}.`;
  });
}

type PriceRow = Pick<Price, "networkId" | "product" | "version" | "amount" | "currency" | "effectiveAt">;

/** What a network may have asked for at a moment: the price that was set last, and those that it had just replaced. */
function pricesAt(prices: readonly PriceRow[], at: Instant): PriceRow[] {
  const newestFirst = prices.filter(({ effectiveAt }) => effectiveAt <= at).toSorted((a, b) => b.version - a.version);
  const settled = newestFirst.findIndex(({ effectiveAt }) => effectiveAt < plusMs(at, -APART_MS));
  return settled < 0 ? newestFirst : newestFirst.slice(0, settled + 1);
}

/** What each network of a certificate may have asked for it. */
const askedFor = (prices: readonly PriceRow[], { networkIds, product, issuedAt }: Certificate): PriceRow[][] =>
  networkIds.split(" ").map((networkId) =>
    pricesAt(
      prices.filter((one) => one.networkId === networkId && one.product === product),
      issuedAt,
    ),
  );

/** What a certificate may have cost in its networks together; one that has no price asks for nothing. */
const duesOf = (asked: readonly (readonly PriceRow[])[]): Decimal[] =>
  asked.reduce<Decimal[]>(
    (sums, own) => {
      const possible = own.length > 0 ? own.map(({ amount }) => amount) : [ZERO];
      return each(sums.flatMap((part) => possible.map((amount) => sum([part, amount]))));
    },
    [ZERO],
  );

interface Billed extends Issued {
  readonly price: Decimal | null;
  readonly currency: string | null;
  readonly billedFor: string | null;
}

const billsOf = ({ rows }: Books, ids: readonly string[]) =>
  rows<Pick<Billed, "id" | "price" | "currency" | "billedFor">>(
    `select c.id, q.price, q.currency, q.certificate_id as "billedFor" from certificate c left join query_event q on q.id = c.query_event_id
      where c.id in ??`,
    [ids],
  );

const pricesIn = ({ rows }: Books, networkIds: readonly string[]) =>
  rows<PriceRow>(
    `select network_id as "networkId", product, version, amount, currency, effective_at as "effectiveAt" from price where network_id in ??`,
    [networkIds],
  );

async function judgeBills(books: Books, certificates: readonly Certificate[]) {
  const bills = new Map(
    (
      await billsOf(
        books,
        certificates.map(({ id }) => id),
      )
    ).map((bill) => [bill.id, bill]),
  );
  const prices = await pricesIn(books, each(certificates.flatMap(({ networkIds }) => networkIds.split(" "))));
  return wrongs(certificates, function* (one) {
    const bill = bills.get(one.id);
    if (!bill) return;
    yield bill.billedFor !== one.id && "The query that it was issued to does not know it.";
    const { price: paid, currency } = bill;
    // What is no amount is said of the query.
    if (paid === null || !isAmount(paid)) return;
    const asked = askedFor(prices, one);
    const due = duesOf(asked);
    yield !due.some((price) => new Big(price).eq(paid)) && `It cost ${paid}, and its networks asked for ${due[0]}.`;
    const currencies = asked.flat().map((price) => price.currency);
    yield currencies.length > 0 && !currencies.includes(currency!) && "Its networks did not ask for that currency.";
  });
}

const seriesOf = ({ networkId, product }: Pick<Price, "networkId" | "product">): string => `${networkId} ${product}`;

async function judgePrices(books: Books, prices: readonly Price[]) {
  const all = Map.groupBy(await pricesIn(books, each(prices.map(({ networkId }) => networkId))), seriesOf);
  return wrongs(prices, function* (one) {
    const versions = (all.get(seriesOf(one)) ?? []).map(({ version }) => version);
    yield Math.max(...versions) !== versions.length && "Versions of it are missing.";
    yield (!isAmount(one.amount) || !isAmount(one.noAmount)) && "It is no amount.";
    yield !/^[A-Z]{3}$/.test(one.currency) && "It is in no currency.";
  });
}

export const MONEY: readonly Check[] = [
  check<Charged>({
    name: "queries",
    says: "A query has the one certificate that was issued to it, or none; a no is free unless it was quoted.",
    source: rowsOf(QueryEvent, ["id"], { apart: ["requirements"] }),
    judge: judgeQueries,
  }),
  check<Certificate>({
    name: "certificates-billed",
    says: "A certificate was charged once, at the price of its networks at the time.",
    source: rowsOf(Certificate, ["id"], { apart: ["jws"] }),
    judge: judgeBills,
  }),
  check<Price>({
    name: "prices",
    says: "Prices of a network and product are exact amounts in a currency, and no version of them is missing.",
    source: rowsOf(Price, ["networkId", "product", "version"]),
    judge: judgePrices,
  }),
];

import Big from "big.js";
import { ZERO, exceeds, sum, type Decimal } from "../kernel/decimal.js";
import { OPERATOR } from "../kernel/actor.js";
import { plusDays, plusMs, type Instant } from "../kernel/instant.js";
import { Certificate, QueryEvent } from "../certificate/certificate.js";
import { linesOf, readLedger, type LedgerLine } from "../ledger/ledger.js";
import { Participant } from "../network/participant.js";
import type { Price } from "../network/network.js";
import { check, each, rowsOf, wrongs, type Books, type Check } from "./audit.js";

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
         and k.currency = q.currency and k.checked_at <= q.occurred_at
      where q.id in ??`,
    [queries.map(({ id }) => id)],
  );

const isFree = (price: Decimal): boolean => new Big(price).eq(0);

const SAME = ["entityId", "participantId", "consentId", "policyId"] as const;

async function judgeQueries(books: Books, queries: readonly Charged[]) {
  const issued = new Map((await issuedBy(books, queries)).map((one) => [one.id, one]));
  const costly = queries.filter(({ outcome, price }) => outcome === "NOT_SATISFIED" && !isFree(price));
  const quotes = Map.groupBy(costly.length > 0 ? await quotesFor(books, costly) : [], ({ id }) => id);
  return wrongs(queries, function* (query) {
    const { id, outcome, certificateId, price, occurredAt } = query;
    yield (outcome === "ISSUED") !== (certificateId !== null) &&
      `It is ${outcome}, and its certificate does not fit that.`;
    const quoted = (quotes.get(id) ?? []).some(
      ({ noPrice, checkedAt }) => checkedAt > plusDays(occurredAt, -1) && !exceeds(price, noPrice),
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

/** Clocks of whoever sets a price and whoever pays it are no further apart; and two things may happen at one instant. */
const APART_MS = 5_000;

/** What a network may have asked for at a moment: the price that was set last, and those that it had just replaced. */
function pricesAt(prices: readonly PriceRow[], at: Instant): Decimal[] {
  const newestFirst = prices.filter(({ effectiveAt }) => effectiveAt <= at).toSorted((a, b) => b.version - a.version);
  const settled = newestFirst.findIndex(({ effectiveAt }) => effectiveAt < plusMs(at, -APART_MS));
  const possible = settled < 0 ? newestFirst : newestFirst.slice(0, settled + 1);
  return possible.length > 0 ? possible.map(({ amount }) => amount) : [ZERO];
}

/** What a certificate may have cost in its networks together. */
const duesOf = (prices: readonly PriceRow[], { networkIds, product, issuedAt }: Certificate): Decimal[] =>
  networkIds.split(" ").reduce<Decimal[]>(
    (sums, networkId) => {
      const own = prices.filter((one) => one.networkId === networkId && one.product === product);
      const possible = pricesAt(own, issuedAt);
      return each(sums.flatMap((part) => possible.map((amount) => sum([part, amount]))));
    },
    [ZERO],
  );

interface Billed extends Issued {
  readonly price: Decimal | null;
  readonly billedFor: string | null;
}

const billsOf = ({ rows }: Books, ids: readonly string[]) =>
  rows<Pick<Billed, "id" | "price" | "billedFor">>(
    `select c.id, q.price, q.certificate_id as "billedFor" from certificate c left join query_event q on q.id = c.query_event_id
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
    const due = duesOf(prices, one);
    const paid = bill.price;
    yield paid !== null &&
      !due.some((price) => new Big(price).eq(paid)) &&
      `It cost ${paid}, and its networks asked for ${due[0]}.`;
  });
}

interface Month {
  readonly participantId: string;
  readonly month: string;
  readonly product: LedgerLine["product"];
  readonly outcome: LedgerLine["outcome"];
  readonly currency: string;
  readonly price: Decimal;
  readonly count: number | string;
}

/** Every query of some participants, by month and price. */
const chargesOf = ({ rows }: Books, participantIds: readonly string[]) =>
  rows<Month>(
    `select q.participant_id as "participantId", substr(q.occurred_at, 1, 7) as month, coalesce(p.product, 'NONE') as product, q.outcome,
            q.currency, q.price, count(*) as count
       from query_event q left join policy p on p.id = q.policy_id where q.participant_id in ??
      group by q.participant_id, substr(q.occurred_at, 1, 7), coalesce(p.product, 'NONE'), q.outcome, q.currency, q.price
      order by q.participant_id, month, product, q.outcome, q.currency, q.price`,
    [participantIds],
  );

const spelled = (lines: readonly LedgerLine[]): string =>
  lines
    .map(({ product, outcome, currency, count, amount }) => `${product} ${outcome} ${currency} ${count} ${amount}`)
    .toSorted()
    .join(", ");

const accountOf = ({ participantId, month }: Pick<Month, "participantId" | "month">): string =>
  `${participantId} ${month}`;

/** The one check whose statements grow: with months, not with queries. What changes while it is added up is not judged. */
async function judgeLedgers(books: Books, participants: readonly Participant[]) {
  const ids = participants.map(({ id }) => id);
  const before = Map.groupBy(await chargesOf(books, ids), accountOf);
  const ledgers = new Map<string, string>();
  for (const [account, [first]] of before) {
    const actor = {
      ...OPERATOR,
      participantId: first!.participantId as Participant["id"],
      scopes: new Set(["analyse"] as const),
    };
    ledgers.set(account, spelled((await readLedger({ ...books, actor }, first!.month)).lines));
  }
  const after = Map.groupBy(await chargesOf(books, ids), accountOf);
  return wrongs(participants, ({ id }) =>
    [...before].map(([account, charges]) => {
      const own = spelled(linesOf(charges));
      if (charges[0]!.participantId !== id || own !== spelled(linesOf(after.get(account) ?? []))) return null;
      return ledgers.get(account) === own ? null : `Its ledger of ${charges[0]!.month} is not the sum of its queries.`;
    }),
  );
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
  check<Participant>({
    name: "ledgers",
    says: "A participant's ledger of a month is the sum of its queries.",
    source: { table: "participant", key: ["id"], select: "t.id" },
    judge: judgeLedgers,
  }),
];

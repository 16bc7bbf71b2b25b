import type { Rows } from "../../src/kernel/reader.js";
import { audited, faultsIn, tamper } from "../support/audited.js";
import type { TestApp } from "../support/app.js";
import { givenBusy, opened, type Busy } from "./given-busy.js";

let busy: Busy;

beforeAll(async () => {
  busy = await givenBusy();
});

/** The same, but that it answers some statements otherwise than it should. */
function answering({ app }: TestApp, otherwise: (sql: string, found: object[]) => object[]): Pick<TestApp, "app"> {
  const rows: Rows = async <Row extends object>(sql: string, params?: Parameters<Rows>[1]) =>
    otherwise(sql, await app.store.rows<Row>(sql, params)) as Row[];
  return { app: { ...app, store: Object.create(app.store, { rows: { value: rows } }) as typeof app.store } };
}

const LEDGERS = { only: ["ledgers"] };

/** As many queries more, each a second after the last, at three prices. */
const many = (count: number): string =>
  `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})
   insert into query_event (id, participant_id, entity_id, consent_id, policy_id, outcome, price, currency, requirements, occurred_at)
   select 'qev_' || (100000 + i), q.participant_id, q.entity_id, q.consent_id, q.policy_id, 'NOT_SATISFIED',
          case i % 3 when 0 then '0.10' when 1 then '0.20' else '0.005' end, q.currency, q.requirements, q.occurred_at
     from n, query_event q where q.id = (select min(id) from query_event)`;

const isLedger = (sql: string): boolean => sql.startsWith("select p.product, q.outcome");

/** The same, but that its ledgers leave out what they should begin with. */
const forgetful = (test: TestApp) => answering(test, (sql, found) => (isLedger(sql) ? found.slice(1) : found));

describe("the audit of ledgers", () => {
  it("adds up more queries than it reads at once", async () => {
    await using test = await opened(busy);
    await tamper(test, many(2_345));
    expect(faultsIn(await audited(test, LEDGERS))).toEqual([]);
    // What it had not added up it would not have judged.
    const [most] = await test.app.store.rows<{ id: string; month: string }>(
      `select participant_id as id, substr(occurred_at, 1, 7) as month from query_event
        group by participant_id, substr(occurred_at, 1, 7) having count(*) > 2000`,
    );
    expect(faultsIn(await audited(forgetful(test), LEDGERS))).toContain(
      `ledgers: ${most!.id}: Its ledger of ${most!.month} is not the sum of its queries.`,
    );
  });

  it("finds a ledger that leaves out a query", async () => {
    await using test = await opened(busy);
    expect(faultsIn(await audited(forgetful(test), LEDGERS))[0]).toMatch(/Its ledger of \d{4}-\d\d is not the sum/);
  });

  it("finds a ledger that is wrong by a hundredth", async () => {
    await using test = await opened(busy);
    await tamper(test, many(3));
    const rounding = answering(test, (sql, found) =>
      isLedger(sql)
        ? found.map((row) => ("price" in row && row.price === "0.005" ? { ...row, price: "0.01" } : row))
        : found,
    );
    expect(faultsIn(await audited(rounding, LEDGERS))).toHaveLength(1);
  });

  it("judges no month in which somebody queried while it was added up", async () => {
    await using test = await opened(busy);
    let queried = false;
    const meanwhile = answering(test, (sql, found) => {
      // Between what is counted first and what is counted last, each of them counts one more.
      if (!sql.startsWith('select participant_id as "participantId", substr')) return found;
      const counted = (found as { count: number | string }[]).map(({ count, ...row }) => ({
        ...row,
        count: Number(count) + (queried ? 1 : 0),
      }));
      queried = !queried;
      return counted;
    });
    await tamper(test, "update query_event set price = 'much'");
    expect(faultsIn(await audited(meanwhile, LEDGERS))).toEqual([]);
  });
});

import { prune } from "../../src/event/prune.js";
import { CHECKS } from "../../src/audit/checks.js";
import { MAX_TOLD } from "../../src/audit/conduct.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import { registerIndividual } from "../../src/entity/register.js";
import { catchUpWithTime } from "../../src/moment/keep-time.js";
import { testApp } from "../support/app.js";
import { actorOf, individual, type Party } from "../support/given.js";
import { DAY_MS, givenRequested } from "../support/verify.js";
import { changedBy } from "../support/stored.js";
import { audited, faultsIn, tamper } from "../support/audited.js";
import { BANK, givenBusy, opened, type Busy } from "./given-busy.js";

let busy: Busy;

beforeAll(async () => {
  busy = await givenBusy();
});

/** Checks that look for what there must be none of. */
const EMPTY = ["idempotency-once"];

describe("conduct", () => {
  it("finds nothing wrong where everything happened as it should, and looks at something by every check", async () => {
    await using test = await opened(busy);
    const verdicts = await audited(test);
    expect(faultsIn(verdicts)).toEqual([]);
    expect(verdicts.filter(({ looked }) => looked === 0).map(({ name }) => name)).toEqual(EMPTY);
  });

  it("finds nothing wrong where there is nothing", async () => {
    await using test = await testApp();
    expect((await audited(test)).map(({ looked, faults }) => looked + faults)).toEqual(CHECKS.map(() => 0));
  });

  it("changes nothing", async () => {
    await using test = await opened(busy);
    expect((await changedBy(test.app, () => audited(test))).changed).toEqual([]);
  });

  it("comes to the same, however it is cut into pages", async () => {
    await using test = await opened(busy);
    await tamper(test, "delete from event where seq in (10, 200, 400)", "update standing set own_status = 'FAILED'");
    const whole = await audited(test);
    expect(whole.reduce((sum, { faults }) => sum + faults, 0)).toBeGreaterThan(10);
    for (const batch of [1, 7]) expect(await audited(test, { batch })).toEqual(whole);
  });

  it.each(
    CHECKS.map(({ name }) => name).filter((name) => name !== "ledgers"),
  )("asks as much of a page of %s, however long the page is", async (name) => {
    await using test = await opened(busy);
    const costs = [];
    for (const batch of [1, 2, 1_000]) {
      test.statements.length = 0;
      const [verdict] = await audited(test, { only: [name], batch });
      const pages = Math.floor(verdict!.looked / batch) + 1;
      costs.push(test.statements.length / pages);
    }
    // Beside what opens the books: where the last page is empty it asks for less.
    expect(Math.max(...costs)).toBeLessThanOrEqual(11);
    expect(costs[2]!).toBeLessThanOrEqual(Math.ceil(costs[0]!) + 2);
  });

  it("calls nothing a fault that was merely on its way when it was looked at", async () => {
    await using test = await opened(busy);
    await tamper(test, "update submission set attestation_count = attestation_count + 1");
    const arrive = () => tamper(test, "update submission set attestation_count = attestation_count - 1");
    const [verdict] = await audited(test, { only: ["submissions"], meanwhile: arrive });
    expect(verdict).toMatchObject({ faults: 0, first: [] });
  });

  it("lets what has gone meanwhile go", async () => {
    await using test = await opened(busy);
    const nothing = "insert into due_moment values ('con_nobody', 'CONSENT', '2026-01-01T00:00:00.000Z', 'ACTIVE')";
    await tamper(test, nothing);
    expect(await audited(test, { only: ["moments"] })).toMatchObject([{ faults: 1 }]);
    const meanwhile = () => tamper(test, "delete from due_moment where subject_id = 'con_nobody'");
    expect(await audited(test, { only: ["moments"], meanwhile })).toMatchObject([{ faults: 0 }]);
  });

  it("counts every fault, and names the first", async () => {
    await using test = await opened(busy);
    await tamper(test, "delete from attestation_network");
    const [verdict] = await audited(test, { only: ["attestations-placed"] });
    expect(verdict!.faults).toBe(verdict!.looked);
    expect(verdict!.faults).toBeGreaterThan(MAX_TOLD);
    expect(verdict!.first).toHaveLength(MAX_TOLD);
  });

  it("counts more than it remembers", async () => {
    await using test = await opened(busy);
    await tamper(
      test,
      `with recursive n(i) as (select 1 union all select i + 1 from n where i < 1500)
       insert into due_moment select 'con_' || i, 'CONSENT', '2026-01-01T00:00:00.000Z', 'ACTIVE' from n`,
    );
    expect(await audited(test, { only: ["moments"] })).toMatchObject([{ faults: 1_500 }]);
  });

  it("misses nothing that retention let go, and still everything that it did not", async () => {
    await using test = await opened(busy);
    test.time.advance(100 * DAY_MS);
    await catchUpWithTime(test.app.time);
    const commit = test.app.commitAs(actorOf(BANK));
    await commit((write) =>
      registerIndividual(write, individual({ handle: "late", socialSecurityNumber: "212-55-0999" })),
    );
    test.time.advance(3_600_000);
    await givenRequested(test, { commit } as Party, { handle: "late" });
    expect(await test.app.commitAs(OPERATOR)((write) => prune(write, 50))).toBeGreaterThan(400);
    expect(faultsIn(await audited(test))).toEqual([]);
    await tamper(test, `delete from event where type = 'VERIFICATION_STATUS_CHANGED'`);
    expect(faultsIn(await audited(test))).toEqual([
      expect.stringMatching(/^runs-told: ver_\w+: It is PENDING, and what was told last is nothing.$/),
    ]);
  });

  it("is not ended by what is stored too badly to be judged: it says so of that alone, and judges everything else", async () => {
    await using test = await opened(busy);
    await tamper(
      test,
      "update policy set requirements = '{' where name = 'KYC_FULL'",
      "update registration set sealed_facts = 'x' where entity_id in (select business_id from certification)",
      "update consent set withdrawn_at = 'x' where id = (select max(id) from consent where withdrawn_at is not null)",
      "update price set amount = 'x'",
    );
    const verdicts = await audited(test);
    const whole = await audited(test, { batch: 3 });
    expect(verdicts.map(({ name }) => name)).toEqual(CHECKS.map(({ name }) => name));
    expect(whole).toEqual(verdicts);
    const unjudged = verdicts.filter(({ first }) => first.some(({ what }) => what.startsWith("It cannot be judged")));
    expect(unjudged.map(({ name }) => name)).toEqual(expect.arrayContaining(["certificates", "certifications-told"]));
    expect(faultsIn(verdicts)).toEqual(
      expect.arrayContaining([expect.stringContaining("What it requires cannot be read.")]),
    );
  });

  it("is ended by a database that cannot be read, and calls nothing a fault for it", async () => {
    await using test = await opened(busy);
    const { rows } = test.app.store;
    const halfRead: typeof rows = (sql, params) =>
      /from attestation_network/.test(sql) ? rows("select x from nothing") : rows(sql, params);
    const store = { ...test.app.store, rows: halfRead };
    await expect(audited({ app: { ...test.app, store } })).rejects.toThrow(/nothing/);
  });

  it("tells nothing personal", async () => {
    await using test = await opened(busy);
    await tamper(
      test,
      "delete from event",
      "delete from attestation_network",
      "update member set ownership_stake = '90'",
    );
    const told = JSON.stringify(await audited(test));
    expect(told).not.toMatch(/Uma|Nadia|Eriksen|Harbor Road|318-?67|mail\.example|nadia|kestrel/);
  });
});

describe("CHECKS", () => {
  it("have names of their own, and say in a sentence what is always true", () => {
    expect(new Set(CHECKS.map(({ name }) => name)).size).toBe(CHECKS.length);
    for (const { says } of CHECKS) expect(says).toMatch(/^[A-Z].*\.$/);
  });
});

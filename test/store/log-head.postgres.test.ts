import fc from "fast-check";
import pg from "pg";
import { settledHead } from "../../src/event/read.js";
import { testApp, type TestApp } from "../support/app.js";

/** A transaction of a client of its own, which appends and ends when it is told to. */
interface Appender {
  readonly append: (count: number) => Promise<void>;
  readonly end: (how: "commit" | "rollback") => Promise<void>;
}

const EVENT = `insert into event (participant_id, entity_id, type, subject_id, occurred_at)
  select 'par_1', 'ent_1', 'ENTITY_REGISTERED', 'ent_1', '2026-03-02T12:00:00.000Z' from generate_series(1, $1::int)`;

/** Clients to one database, which are gone with the test. */
class Clients implements AsyncDisposable {
  readonly #open: pg.Client[] = [];

  constructor(readonly url: string) {}

  async begin(): Promise<Appender> {
    const client = new pg.Client(this.url);
    this.#open.push(client);
    await client.connect();
    await client.query("begin");
    return {
      append: async (count) => void (await client.query(EVENT, [count])),
      end: async (how) => void (await client.query(how)),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#open.map((client) => client.end()));
  }
}

const numbers = async ({ app }: TestApp, upTo: number): Promise<number[]> =>
  (await app.store.rows<{ seq: number }>("select seq from event where seq <= ? order by seq", [upTo])).map(
    ({ seq }) => seq,
  );

const headOf = ({ app }: TestApp): Promise<number> => settledHead(app.store.rows);

describe("where the log is settled", () => {
  it("lies at the beginning of an empty log, and behind what was committed alone", async () => {
    await using test = await testApp();
    await using clients = new Clients(test.app.config.databaseUrl);
    expect(await headOf(test)).toBe(0);
    const one = await clients.begin();
    await one.append(3);
    expect(await headOf(test)).toBe(0);
    await one.end("commit");
    expect(await headOf(test)).toBe(3);
  });

  it("does not pass what an earlier transaction may still commit, and passes it once that has ended", async () => {
    await using test = await testApp();
    await using clients = new Clients(test.app.config.databaseUrl);
    const [slow, quick] = [await clients.begin(), await clients.begin()];
    await slow.append(2);
    await quick.append(2);
    await quick.end("commit");
    expect(await numbers(test, 100)).toEqual([3, 4]);
    expect(await headOf(test)).toBe(0);
    await slow.end("commit");
    expect(await headOf(test)).toBe(4);
  });

  it("is not held up by numbers that were given up", async () => {
    await using test = await testApp();
    await using clients = new Clients(test.app.config.databaseUrl);
    const [lost, kept] = [await clients.begin(), await clients.begin()];
    await lost.append(5);
    await kept.append(1);
    await kept.end("commit");
    await lost.end("rollback");
    expect(await headOf(test)).toBe(6);
    expect(await numbers(test, 6)).toEqual([6]);
  });

  it("is not held up by a transaction that has written, but told of nothing", async () => {
    await using test = await testApp();
    await using clients = new Clients(test.app.config.databaseUrl);
    const silent = await clients.begin();
    await silent.append(0);
    const one = await clients.begin();
    await one.append(1);
    await one.end("commit");
    // Announced, but before any number: what comes from it lies behind what was settled.
    expect(await headOf(test)).toBeLessThanOrEqual(1);
    await silent.end("commit");
    expect(await headOf(test)).toBe(1);
  });

  it("is never passed by what appears later, however transactions overlap", async () => {
    await using test = await testApp();
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.constant({ do: "begin" as const }) },
      {
        weight: 5,
        arbitrary: fc.record({
          do: fc.constant("append" as const),
          which: fc.nat(),
          count: fc.integer({ min: 1, max: 3 }),
        }),
      },
      { weight: 3, arbitrary: fc.record({ do: fc.constant("commit" as const), which: fc.nat() }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant("rollback" as const), which: fc.nat() }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 25 }), async (steps) => {
        await using clients = new Clients(test.app.config.databaseUrl);
        const open: Appender[] = [];
        let told = await headOf(test);
        let seen = await numbers(test, told);
        for (const one of steps) {
          if (one.do === "begin") {
            if (open.length < 4) open.push(await clients.begin());
          } else if (open.length > 0) {
            const place = one.which % open.length;
            if (one.do === "append") await open[place]!.append(one.count);
            else await open.splice(place, 1)[0]!.end(one.do);
          }
          const head = await headOf(test);
          const now = await numbers(test, head);
          expect(head).toBeGreaterThanOrEqual(told);
          // What was read up to the earlier head is all that there ever is up to it.
          expect(now.filter((seq) => seq <= told)).toEqual(seen);
          [told, seen] = [head, now];
        }
        for (const one of open) await one.end("commit");
        const all = await numbers(test, Number.MAX_SAFE_INTEGER);
        expect(await headOf(test)).toBe(all.at(-1) ?? 0);
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});

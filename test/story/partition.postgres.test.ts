import { readFileSync } from "node:fs";
import pg from "pg";
import { BEGINNING, type Event } from "../../src/client/create-attestry-client.js";
import { readEvents, type EventPage } from "../../src/event/read.js";
import { randomId } from "../../src/kernel/id.js";
import { systemClock } from "../../src/kernel/instant.js";
import { cursorsOf, quickClient } from "../client/told.js";
import { givenGateway, type Gateway } from "../support/gateway.js";
import { refusal } from "../support/refusal.js";
import { until } from "../support/soon.js";
import { givenTraffic, type Traffic } from "../support/traffic.js";

const STORY_MS = 120_000;
const WAIT_MS = 60_000;

/** What operators are told to send, in the order in which they are. */
const STATEMENTS = [
  ...readFileSync(new URL("../../docs/operations.md", import.meta.url), "utf8")
    .split("\n## A log in partitions\n")[1]!
    .split("\n## ")[0]!
    .matchAll(/```sql\n(.*?)```/gs),
].map(([, text]) => text!);

/** The same with numbers that the log of a test comes to. */
const nearer = (text: string, bounds: readonly number[]): string =>
  text.replaceAll(/\b([123])00000000\b/g, (_all, which: string) => String(bounds[Number(which) - 1]));

const page = ({ fintech }: Gateway, after: string | null): Promise<EventPage> =>
  readEvents(fintech.read, after, { types: null, entityIds: null }, 1_000_000);

describe("a log that becomes one in partitions while everybody writes", () => {
  const stopping = new AbortController();
  const heard: Event[] = [];
  let gateway: Gateway;
  let traffic: Traffic;
  let whole: EventPage;
  let partitions: readonly { name: string; events: number }[];
  let kept: { readonly name: string }[];
  let indexes: { readonly before: readonly object[]; readonly after: readonly object[] };

  beforeAll(async () => {
    gateway = await givenGateway({
      clock: systemClock,
      newId: randomId,
      environment: { PROVIDER: "sandbox", WORKERS: "2" },
    });
    const { rows } = gateway.app.store;
    const client = new pg.Client(gateway.app.config.databaseUrl);
    await client.connect();
    const indexesOf = (): Promise<object[]> =>
      rows(
        "select indexname as name, regexp_replace(indexdef, '^.* USING', '') as on from pg_indexes where tablename = 'event' order by 1",
      );
    const before = await indexesOf();
    const follower = quickClient({ url: gateway.url, token: gateway.fintech.token });
    const following = (async () => {
      for await (const event of follower.events({ after: BEGINNING, signal: stopping.signal })) heard.push(event);
    })();
    const seq = async (): Promise<number> => (await rows<{ seq: number }>("select seq from log_head"))[0]!.seq;
    const reaching = (number: number): Promise<void> =>
      until(
        async () => (await seq()) > number,
        () => `the log to reach ${number}: ${traffic.failures.join("; ")}`,
        WAIT_MS,
      );
    try {
      traffic = givenTraffic(gateway.url, gateway, 3);
      await reaching(30);
      const now = await seq();
      const bounds = [now + 150, now + 250, now + 10_000];
      for (const statements of STATEMENTS.slice(0, 3)) await client.query(nearer(statements, bounds));
      indexes = { before, after: await indexesOf() };
      await reaching(bounds[1]! + 10);
      await traffic.stop();
      partitions = (
        await client.query<{ name: string; events: number }>(
          "select tableoid::regclass::text as name, count(*)::int as events from event group by 1 order by 1",
        )
      ).rows;
      whole = await page(gateway, null);
      await until(
        () => heard.length === whole.events.length,
        () => "the stream to hear the last event",
      );
      await client.query(STATEMENTS[3]!);
      kept = await rows<{ name: string }>("select distinct tableoid::regclass::text as name from event order by 1");
    } finally {
      await traffic.stop();
      stopping.abort();
      await following.catch(() => undefined);
      await client.end();
    }
  }, STORY_MS);

  afterAll(() => gateway[Symbol.asyncDispose]());

  it("fails nobody", () => expect(traffic.failures).toEqual([]));

  it("has the indexes that it had", () => expect(indexes.after).toEqual(indexes.before));

  it("goes on in the next partition where one ends", () => {
    expect(partitions.map(({ name }) => name)).toEqual(["event_1", "event_2", "event_3"]);
    expect(partitions.every(({ events }) => events > 0)).toBe(true);
  });

  it("is told as one, in order, without a gap", () => {
    expect(cursorsOf(heard)).toEqual(cursorsOf(whole.events));
    expect(whole.events.map(({ previousCursor }) => previousCursor)).toEqual([
      null,
      ...whole.events.slice(0, -1).map(({ cursor }) => cursor),
    ]);
  });

  it("refuses cursors from a partition that was dropped as expired, and goes on from all others", async () => {
    expect(kept.map(({ name }) => name)).toEqual(["event_2", "event_3"]);
    expect(await refusal(page(gateway, whole.events[0]!.cursor))).toMatchObject({ code: "CURSOR_EXPIRED" });
    const left = (await page(gateway, null)).events;
    const [first, ...rest] = left;
    expect(first!.previousCursor).toBeNull();
    expect((await page(gateway, first!.cursor)).events).toEqual(rest);
  });
});

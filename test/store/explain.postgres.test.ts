import pg from "pg";
import { fillDemo, type Filled } from "../../src/command/demo-world.js";
import { examples } from "../../src/command/example.js";
import { DEMO_ENVIRONMENT } from "../../src/command/open-demo.js";
import { eventsBehind, settledHead, type EventFilter } from "../../src/event/read.js";
import { prune } from "../../src/event/prune.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import type { Id } from "../../src/kernel/id.js";
import { comeDue } from "../../src/moment/come-due.js";
import { catchUpWithTime } from "../../src/moment/keep-time.js";
import { PLANNING } from "../../src/store/postgres.js";
import { workOff } from "../../src/verification/keep-working.js";
import { takeCallback } from "../../src/verification/take-callback.js";
import { NOON, testApp, type TestApp } from "../support/app.js";
import { ask } from "../support/ask.js";
import { dropDatabase } from "../support/database.js";
import {
  PLANS,
  explained,
  lookedAt,
  overhear,
  stepsOf,
  type Explained,
  type Overheard,
  type Step,
} from "../support/explain.js";
import { actorOf } from "../support/given.js";
import { fillTables } from "../support/million.js";
import { firstResult } from "../support/sse.js";
import { DAY_MS } from "../support/verify.js";

const ROWS = 1_000_000;
const STORY_MS = 600_000;

/** A page has at most a hundred, a batch of what is due and a stream's page more. */
const FEW = 2_000;

/** These stay small, however many people there are: a scan of them is right. */
const SMALL: ReadonlySet<string> = new Set([
  "installation",
  "level_approval",
  "membership",
  "network",
  "participant",
  "policy",
  "price",
  "signing_key",
]);

/** What is asked of all that one participant has, with the reason. Each reads an index from its first to its last row of that participant. */
const WHOLE: readonly (readonly [RegExp, string])[] = [
  [/^select (?:t\.\w+ as key, )?count\(/, "a total is counted where somebody asks for it, and it costs what it counts"],
  [/^select p\.product, q\.outcome/, "the ledger of a month adds up what was charged in it"],
  [/^select seq from \(select seq, occurred_at/, "the log is cut by five thousand at a time"],
  [/^delete from event/, "the log is cut by five thousand at a time"],
];

const isWhole = ({ text }: Overheard): boolean => WHOLE.some(([pattern]) => pattern.test(text));

interface Found extends Explained {
  readonly asked: Overheard;
  readonly by: (typeof PLANS)[number];
}

/** Later pages and narrower lists than the examples ask for. */
const MORE = [
  `{ entities(first: 20, status: [REVIEW, FAILED, UNVERIFIED]) { edges { node { id } } } }`,
  `{ entities(first: 20, entityType: BUSINESS) { edges { node { id } } } }`,
  `{ verifications(first: 20, status: [DOCUMENTS_RECEIVED, WEBHOOK_PENDING]) { edges { node { id } } } }`,
  `{ verifications(first: 20, status: [PASSED, FAILED]) { edges { node { id } } } }`,
  `{ certificates(first: 20, status: [VALID, SUPERSEDED]) { edges { node { id } } } }`,
  `{ events(first: 100) { edges { node { cursor } } } }`,
];

const RARE: readonly EventFilter[] = [
  { types: null, entityIds: null },
  { types: ["CONSENT_EXPIRED", "CERTIFICATION_CHANGED"], entityIds: null },
  { types: null, entityIds: ["ent_01000000000000000000990003", "ent_01000000000000000000990007"] },
];

/** Asks everything that is asked often, of who has most rows and of who has a few. */
async function askAll(test: TestApp, { keys, blanks }: Filled): Promise<void> {
  const { app, time } = test;
  const server = await app.listen();
  for (const { query, variables: text, as } of examples(blanks)) {
    const variables = text ? (JSON.parse(text) as Record<string, unknown>) : undefined;
    const isRead = !/^(?:mutation|subscription)/m.test(query);
    for (const { token } of keys.filter((key) => isRead || key.name === as))
      if (/^subscription/m.test(query)) await firstResult(server, token, query, variables);
      else await ask(server, token, query, variables);
  }
  for (const { token } of keys) for (const query of MORE) await ask(server, token, query);
  await server.close();
  const owners = await app.store.rows<{ id: Id<"par"> }>("select id from participant order by id limit 4");
  const head = await settledHead(app.store.rows);
  for (const { id } of owners)
    for (const filter of RARE)
      for (const from of [0, head - 500]) await eventsBehind(app.context(actorOf(id)).read, from, head, filter, 20);
  await workOff(app.workplace, 25, new AbortController().signal);
  time.advance(10 * DAY_MS);
  await catchUpWithTime({ ...app.workplace, keepEventsDays: null, onFault: fail });
  await takeCallback(app.commitAs, app.config.levels, {
    provider: "sandbox",
    messageId: "late",
    at: NOON,
    verificationId: "ver_01000000000000000000000001",
    evidence: { findings: [], fraud: [], tags: [], reasons: [], verdict: null },
  });
  await app.commitAs(OPERATOR)((write) => comeDue(write, 500));
  await app.commitAs(OPERATOR)((write) => prune(write, 365));
}

const fail = (error: unknown): never => {
  throw error;
};

/** Each statement with the different values that it was given, a few of them. */
function distinct(heard: readonly Overheard[]): Overheard[] {
  const byText = Map.groupBy(heard, ({ text }) => text.replaceAll(/'[^']*'/g, "''"));
  return [...byText.values()].flatMap((all) =>
    [...new Map(all.map((one) => [JSON.stringify(one.values), one])).values()].slice(0, VALUES),
  );
}

const VALUES = 5;

const oneLine = ({ asked: { text }, by, ms }: Found, what: string): string =>
  `${what} (${by}, ${Math.round(ms)} ms): ${text.replaceAll(/\s+/g, " ").slice(0, 500)}`;

const isLarge = (step: Step): boolean =>
  step["Relation Name"] !== undefined && !SMALL.has(step["Relation Name"]) && /Seq Scan/.test(step["Node Type"]);

describe("a million rows in every table that grows, most of them of one participant", () => {
  let test: TestApp;
  let found: Found[];
  beforeAll(async () => {
    test = await testApp({ environment: DEMO_ENVIRONMENT, kept: true });
    const demo = await fillDemo(test.app, NOON);
    await fillTables(test.app.config.databaseUrl, ROWS);
    using ear = overhear();
    await askAll(test, demo);
    found = [];
    const client = new pg.Client({ connectionString: test.app.config.databaseUrl, options: PLANNING });
    await client.connect();
    for (const asked of distinct(ear.heard))
      for (const by of PLANS) found.push({ asked, by, ...(await explained(client, asked, by)) });
    await client.end();
  }, STORY_MS);
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
    await dropDatabase(test.app.config.databaseUrl);
  }, STORY_MS);

  it("are asked more than a hundred kinds of statements", () => {
    expect(new Set(found.map(({ asked }) => asked.text)).size).toBeGreaterThan(100);
  });

  it("are read from end to end by none of them", () => {
    const scans = found.flatMap((one) =>
      stepsOf(one.plan)
        .filter((step) => isLarge(step) && lookedAt(step) > 0)
        .map((step) => oneLine(one, step["Relation Name"]!)),
    );
    expect(scans).toEqual([]);
  });

  it("are looked at by none of them in more places than what it takes, but where all is asked for", () => {
    const wide = found.flatMap((one) => {
      const looked = stepsOf(one.plan)
        .filter((step) => step["Relation Name"] !== undefined || step["Index Name"] !== undefined)
        .reduce((sum, step) => sum + lookedAt(step), 0);
      return looked > FEW && !isWhole(one.asked) ? [oneLine(one, `${Math.round(looked)} rows`)] : [];
    });
    expect(wide).toEqual([]);
  });

  it("are sorted or counted by none of them before a page ends", () => {
    const sorted = found.flatMap((one) =>
      isWhole(one.asked)
        ? []
        : stepsOf(one.plan)
            .filter((step) => /Sort|Aggregate|WindowAgg|Hash$/.test(step["Node Type"]))
            .filter((step) => (step.Plans ?? []).some((below) => (below["Actual Rows"] ?? 0) > FEW))
            .map((step) => oneLine(one, step["Node Type"])),
    );
    expect(sorted).toEqual([]);
  });
});

import pg from "pg";
import { fillDemo } from "../../src/command/demo-world.js";
import { DEMO_ENVIRONMENT } from "../../src/command/open-demo.js";
import { PLANNING } from "../../src/store/postgres/pool.js";
import { NOON, testApp, type TestApp } from "../support/app.js";
import { askAll, distinct } from "../support/ask-all.js";
import { dropDatabase } from "../support/database.js";
import {
  PLANS,
  explained,
  lookedAt,
  overhear,
  stepsOf,
  type Explained,
  type Overheard,
  type Plan,
  type Step,
} from "../support/explain.js";
import { fillTables } from "../support/million.js";

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
  [/^delete from callback/, "what nobody would believe any more leaves by five thousand at a time"],
];

const isWhole = ({ text }: Overheard): boolean => WHOLE.some(([pattern]) => pattern.test(text));

interface Found extends Explained {
  readonly asked: Overheard;
  readonly by: Plan;
}

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

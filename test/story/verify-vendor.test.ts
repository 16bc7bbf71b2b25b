import * as fc from "fast-check";
import { createApp } from "../../src/app.js";
import { registerIndividual } from "../../src/entity/register.js";
import type { Config } from "../../src/config.js";
import { randomId, type Id } from "../../src/kernel/id.js";
import { plusMs, type Instant } from "../../src/kernel/instant.js";
import { doWork, LEASE_MS } from "../../src/verification/do-work.js";
import type { Evidence } from "../../src/verification/provider.js";
import { requestVerification } from "../../src/verification/request.js";
import { isLegal, type RunStatus } from "../../src/verification/status.js";
import { pdf } from "../document/given-document.js";
import * as vendors from "../provider/vendor.js";
import type { Receipt, Story } from "../provider/vendor.js";
import { data } from "../support/ask.js";
import { ssnOf } from "../support/crowd.js";
import { givenRegistered, individual, type Party } from "../support/given.js";
import { CLIENT_TOKEN, operation } from "../support/operation.js";
import { changedBy } from "../support/stored.js";
import { givenRequested, runOf, worked } from "../support/verify.js";

const { answers, callBack, decides, defers, givenStory, inTurn, message, rambles, reactionTo, redirects } = vendors;
const { saying, secretOf, SECRET, waits } = vendors;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SILENT_MS = 24 * HOUR_MS;
const NEVER = new AbortController().signal;

type Verdict = NonNullable<Evidence["verdict"]>;

/** A run of the bank's about Ada, that nobody has been asked about yet. */
async function givenRun(story: Story, party: Party = story.bank): Promise<Id<"ver">> {
  await givenRegistered(party);
  return givenRequested(story, party);
}

/** A run that the vendor has said it will call back about. */
async function givenAwaited(story: Story): Promise<Id<"ver">> {
  const id = await givenRun(story);
  story.checker.behave(defers());
  await worked(story);
  return id;
}

/** A run that was worked off while this gateway had no vendor. */
async function givenUnasked(story: Story): Promise<Id<"ver">> {
  const id = await givenRun(story);
  await using without = await another(story, { provider: { kind: "none" } });
  await worked({ ...story, app: without });
  return id;
}

/** Another gateway on the same data. */
const another = ({ app, time }: Story, over: Partial<Config> = {}) =>
  createApp({ ...app.config, ...over }, { clock: time.clock, newId: randomId, log: app.log });

/** So many minutes before the clock's now; after it where they are negative. */
const ago = ({ time }: Story, minutes: number): Instant => plusMs(time.clock(), -minutes * MINUTE_MS);

const TAKEN: Receipt = { status: 200, taken: true };
const LEFT: Receipt = { status: 200, taken: false };

/** Every state that a run has been told to have come to, oldest first; fails where one does not follow from the one before. */
async function historyOf({ app }: Pick<Story, "app">, id: string): Promise<readonly RunStatus[]> {
  const moves = await app.store.rows<{ from: RunStatus | "UNVERIFIED"; to: RunStatus }>(
    `select from_status as "from", to_status as "to" from event
      where type = 'VERIFICATION_STATUS_CHANGED' and subject_id = ? order by seq`,
    [id],
  );
  const states = moves.map(({ to }) => to);
  expect(moves.map(({ from }) => from)).toEqual(["UNVERIFIED", ...states.slice(0, -1)]);
  expect(moves.filter(({ from, to }) => !isLegal(from, to))).toEqual([]);
  return states;
}

/** What was furnished about whom the run is about. */
const furnishedBy = async ({ app }: Pick<Story, "app">, id: string): Promise<readonly string[]> =>
  (
    await app.store.rows<{ kind: string }>(
      `select a.kind from attestation a join verification v on v.entity_id = a.entity_id where v.id = ? order by a.kind`,
      [id],
    )
  ).map(({ kind }) => kind);

const ONE_SET = ["ADDRESS_VERIFICATION", "IDENTITY_CORROBORATION"];

interface Shown {
  readonly status: RunStatus;
  readonly reasons: readonly string[];
  readonly tags: readonly string[];
  readonly requirements: Readonly<
    Record<"currentlyDue" | "pastDue" | "pendingVerification", readonly { readonly code: string }[]>
  >;
}

const RUN = operation<{ verification: Shown }, { readonly id: string }>(`query Run($id: ID!) {
  verification(id: $id) {
    status reasons tags
    requirements { currentlyDue { code } pastDue { code } pendingVerification { code } }
  }
}`);

/** A run as the holder of a token sees it. */
const seen = async (story: Story, id: string, token = story.bank.token): Promise<Shown> =>
  (await data(story, token, RUN, { id })).verification;

const HAND_IN = operation(
  `mutation HandIn($input: SubmitDocumentInput!) { submitDocument(input: $input) { document { id } } }`,
);

const handIn = (story: Story, verificationId: string) => {
  const described = { documentType: "id_passport", filename: "passport.pdf", mimeType: "application/pdf" };
  const input = { verificationId, ...described, contentBase64: pdf().toString("base64") };
  return data(story, story.bank.token, HAND_IN, { input });
};

/** Works until nothing is left but to wait for others, and answers how long each wait between two tries was. */
async function workedThrough(story: Story, id: string): Promise<number[]> {
  const waited: number[] = [];
  for (await worked(story); ; await worked(story)) {
    const [next] = await story.app.store.rows<{ dueAt: Instant }>(
      `select due_at as "dueAt" from verification_work where verification_id = ? and step = 'ASK'`,
      [id],
    );
    if (!next) return waited;
    const waitMs = Date.parse(next.dueAt) - Date.parse(story.time.clock());
    const asked = story.checker.heard.length;
    story.time.advance(waitMs - 1);
    await worked(story);
    expect(story.checker.heard).toHaveLength(asked);
    story.time.advance(1);
    waited.push(waitMs);
  }
}

/** A quarter of an hour: no wait is longer. */
const LONGEST_MS = 900_000;

/** Waits that double up to the longest, each shortened by chance to no less than half of it. */
function expectBackoff(waited: readonly number[]): void {
  for (const [index, waitMs] of waited.entries()) {
    const whole = Math.min(2_000 * 2 ** index, LONGEST_MS);
    expect(waitMs).toBeGreaterThanOrEqual(whole / 2);
    expect(waitMs).toBeLessThanOrEqual(whole);
  }
}

const TROUBLES: readonly vendors.Behaviour[] = [
  { does: "HANG" },
  { does: "DROP", afterBytes: 0 },
  { does: "BABBLE", bytes: "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n" },
  answers(500, { status: "decided", evidence: { verdict: "FAILED" }, trace: "Ada Moreno" }),
  answers(200, "<html>Ada Moreno</html>"),
  rambles(),
  redirects("http://127.0.0.1:9/elsewhere"),
];

describe("a vendor in trouble", () => {
  it("is asked again with the same id, ever less often, until it decides, once", async () => {
    await using story = await givenStory();
    const id = await givenRun(story);
    story.checker.behave(TROUBLES[0]!, ...TROUBLES.slice(1), decides());
    const waited = await workedThrough(story, id);
    expect([...story.checker.asked]).toEqual([[`${id}_1`, TROUBLES.length + 1]]);
    expect(new Set(story.checker.heard.map(({ body }) => body)).size).toBe(1);
    expect(waited).toHaveLength(TROUBLES.length);
    expectBackoff(waited);
    expect(await historyOf(story, id)).toEqual(["PENDING", "PASSED"]);
    expect(await furnishedBy(story, id)).toEqual(ONE_SET);
    expect(story.logged.filter((line) => /Moreno|212-?55/.test(line))).toEqual([]);
  });

  it("is given up after fourteen tries: staff look, and the person has only to wait", async () => {
    await using story = await givenStory();
    const id = await givenRun(story);
    story.checker.behave(answers(503));
    expectBackoff(await workedThrough(story, id));
    story.time.advance(HOUR_MS);
    expect(await worked(story)).toBe(0);
    expect([...story.checker.asked]).toEqual([[`${id}_1`, 14]]);
    const { createClientToken } = await data(story, story.bank.token, CLIENT_TOKEN, { input: { handle: "ada" } });
    const waiting = { currentlyDue: [], pastDue: [], pendingVerification: [{ code: "STAFF_REVIEW" }] };
    expect(await seen(story, id)).toMatchObject({ reasons: ["PROVIDER_UNAVAILABLE"], requirements: waiting });
    expect(await seen(story, id, createClientToken.token)).toEqual({
      status: "REVIEW",
      reasons: [],
      tags: [],
      requirements: waiting,
    });
    expect(await historyOf(story, id)).toEqual(["PENDING", "REVIEW"]);
  });

  it("is waited for where it is slow", async () => {
    await using story = await givenStory();
    const id = await givenRun(story);
    const { promise, resolve } = Promise.withResolvers<void>();
    story.checker.behave(waits(promise, decides()));
    const working = worked(story);
    await story.checker.hears(1);
    expect(await seen(story, id)).toMatchObject({ status: "PENDING" });
    resolve();
    await working;
    expect(await historyOf(story, id)).toEqual(["PENDING", "PASSED"]);
  });
});

describe("a vendor that will call back", () => {
  it("may stay silent for the configured hours; then staff look, and its late pass still settles the run", async () => {
    await using story = await givenStory({ PROVIDER_SILENT_HOURS: "3" });
    const id = await givenAwaited(story);
    story.time.advance(3 * HOUR_MS - 1);
    await worked(story);
    expect(await seen(story, id)).toMatchObject({
      status: "WEBHOOK_PENDING",
      requirements: { currentlyDue: [], pendingVerification: [{ code: "CHECKING" }] },
    });
    story.time.advance(1);
    await worked(story);
    expect(await seen(story, id)).toMatchObject({
      status: "REVIEW",
      reasons: ["PROVIDER_SILENT"],
      requirements: { currentlyDue: [], pendingVerification: [{ code: "STAFF_REVIEW" }] },
    });
    expect(await callBack(story, message(story, id, "PASSED"))).toEqual(TAKEN);
    expect(await seen(story, id)).toMatchObject({ status: "PASSED", reasons: [] });
    expect(await historyOf(story, id)).toEqual(["PENDING", "WEBHOOK_PENDING", "REVIEW", "PASSED"]);
    expect([await furnishedBy(story, id), story.checker.heard.length]).toEqual([ONE_SET, 1]);
  });

  it.each([
    ["says so", defers()],
    ["decides otherwise", decides({ verdict: "FAILED" })],
    ["breaks down", answers(500)],
  ])("is taken at its word before it even %s", async (_what, afterwards) => {
    await using story = await givenStory();
    const id = await givenRun(story);
    const told = story.checker.hears(1).then(() => callBack(story, message(story, id, "PASSED")));
    story.checker.behave(waits(told, afterwards));
    await worked(story);
    story.time.advance(SILENT_MS);
    await worked(story);
    expect(await told).toEqual(TAKEN);
    expect(await historyOf(story, id)).toEqual(["PENDING", "PASSED"]);
    expect([await furnishedBy(story, id), story.checker.heard.length]).toEqual([ONE_SET, 1]);
  });

  it.each<[string, (copy: number) => string | undefined, boolean]>([
    ["twice, one after the other", () => "msg_same", false],
    ["ten times at once", () => "msg_same", true],
    ["ten times at once under ten ids", (copy) => `msg_copy_${copy}`, true],
    ["again under a new id", (copy) => `msg_copy_${copy}`, false],
  ])("moves a run once where it calls back %s", async (_what, idOf, atOnce) => {
    await using story = await givenStory();
    const id = await givenAwaited(story);
    const said = message(story, id, "PASSED");
    const receipts: Receipt[] = [];
    const send = async (copy: number) => receipts.push(await callBack(story, said, { id: idOf(copy) }));
    if (atOnce) await Promise.all(Array.from({ length: 10 }, (_, copy) => send(copy)));
    else for (const copy of [0, 1]) await send(copy);
    expect(receipts.toSorted((a, b) => Number(b.taken) - Number(a.taken))).toEqual([
      TAKEN,
      ...receipts.slice(1).map(() => LEFT),
    ]);
    expect(await historyOf(story, id)).toEqual(["PENDING", "WEBHOOK_PENDING", "PASSED"]);
    expect(await furnishedBy(story, id)).toEqual(ONE_SET);
  });
});

describe("messages out of order", () => {
  it.each<
    readonly [what: string, messages: readonly (readonly [Verdict, minutesAgo: number])[], taken: readonly boolean[]]
  >([
    [
      "a pass overtakes a review",
      [
        ["PASSED", 1],
        ["REVIEW", 2],
      ],
      [true, false],
    ],
    [
      "a review follows a pass",
      [
        ["PASSED", 2],
        ["REVIEW", 1],
      ],
      [true, false],
    ],
    [
      "a failure follows a pass",
      [
        ["PASSED", 2],
        ["FAILED", 1],
      ],
      [true, false],
    ],
    [
      "a failure is overtaken by a review",
      [
        ["REVIEW", 1],
        ["FAILED", 2],
      ],
      [true, false],
    ],
    [
      "a pass follows a review",
      [
        ["REVIEW", 2],
        ["PASSED", 1],
      ],
      [true, true],
    ],
    [
      "a pass overtakes a review and a failure",
      [
        ["PASSED", 1],
        ["FAILED", 3],
        ["REVIEW", 2],
      ],
      [true, false, false],
    ],
  ])("leave what was said last and is allowed, where %s", async (_what, messages, taken) => {
    await using story = await givenStory();
    const id = await givenAwaited(story);
    for (const [index, [verdict, minutes]] of messages.entries())
      expect(await callBack(story, message(story, id, verdict, ago(story, minutes)))).toEqual(
        taken[index] ? TAKEN : LEFT,
      );
    const came = messages.filter((_one, index) => taken[index]).map(([verdict]) => verdict);
    expect(await historyOf(story, id)).toEqual(["PENDING", "WEBHOOK_PENDING", ...came]);
    expect(await furnishedBy(story, id)).toEqual(came.includes("PASSED") ? ONE_SET : []);
  });

  it.each<readonly [what: string, skewMinutes: number]>([
    ["alike", 0],
    ["four minutes ahead", -4],
  ])("do not undo that documents came in, but what is said later does, with a clock %s", async (_what, skew) => {
    await using story = await givenStory();
    const id = await givenAwaited(story);
    const failure = message(story, id, "FAILED", ago(story, skew));
    expect(await callBack(story, failure)).toEqual(TAKEN);
    story.time.advance(MINUTE_MS);
    await handIn(story, id);
    expect(await callBack(story, failure)).toEqual(LEFT);
    expect(await callBack(story, message(story, id, "FAILED", ago(story, skew + 2)))).toEqual(LEFT);
    expect((await seen(story, id)).status).toBe("DOCUMENTS_RECEIVED");
    story.time.advance(MINUTE_MS);
    expect(await callBack(story, message(story, id, "FAILED", ago(story, skew)))).toEqual(TAKEN);
    expect((await historyOf(story, id)).slice(2)).toEqual(["FAILED", "DOCUMENTS_RECEIVED", "FAILED"]);
  });
});

const OLD = secretOf("the one before");
const ELSE = secretOf("somebody else's");

describe("who speaks for the vendor", () => {
  it.each<readonly [string, vendors.Sending, number]>([
    ["signed by somebody else", { secrets: [ELSE] }, 401],
    ["changed after it was signed", { tampered: (body) => body.replace("PASSED", "FAILED") }, 401],
    ["signed six minutes ago", { ageMs: 6 * MINUTE_MS }, 401],
    ["signed six minutes from now", { ageMs: -6 * MINUTE_MS }, 401],
    ["of 257 KB", { tampered: (body) => body.padEnd(257 * 1024) }, 413],
  ])("is not believed in a message %s: nothing changes, and nothing of it is logged", async (_what, sending, status) => {
    await using story = await givenStory();
    const id = await givenAwaited(story);
    const said = message(story, id, "PASSED");
    const { result, changed } = await changedBy(story.app, () => callBack(story, said, sending));
    await story.close();
    expect([result.status, changed]).toEqual([status, []]);
    expect(story.logged.filter((line) => line.includes("/callbacks/provider"))).toHaveLength(1);
    expect(story.logged.filter((line) => /ver_|Moreno|212-?55|PASSED/.test(line))).toEqual([]);
  });

  it.each([
    ["the secret before", { secrets: [OLD] }],
    ["both secrets", { secrets: [ELSE, OLD, SECRET] }],
    ["a clock four minutes off", { ageMs: 4 * MINUTE_MS }],
  ])("is believed with %s", async (_what, sending) => {
    await using story = await givenStory({ PROVIDER_SECRET: `${SECRET},${OLD}` });
    const id = await givenAwaited(story);
    expect(await callBack(story, message(story, id, "PASSED"), sending)).toEqual(TAKEN);
    expect((await seen(story, id)).status).toBe("PASSED");
  });
});

describe("what the vendor has no say in", () => {
  it.each<readonly [what: string, about: (story: Story) => Promise<string>]>([
    ["does not exist", async () => `ver_${"0".repeat(26)}`],
    ["nobody was asked yet", (story) => givenRun(story)],
    ["nobody could be asked", (story) => givenUnasked(story)],
    ["another participant asked nobody", (story) => givenRun(story, story.stranger)],
  ])("is a run that %s: nothing changes, and nothing is told", async (_what, about) => {
    await using story = await givenStory();
    const said = { verificationId: await about(story), at: story.time.clock(), evidence: { verdict: "PASSED" } };
    const { result, changed } = await changedBy(story.app, () => callBack(story, said));
    expect([result, changed]).toEqual([LEFT, []]);
  });

  it("is what others see: a run is settled for whoever asked for it, and nobody else is told", async () => {
    await using story = await givenStory();
    const mine = await givenAwaited(story);
    const theirs = await givenRun(story, story.stranger);
    await worked(story);
    const [before, later] = [await seen(story, mine), message(story, theirs, "PASSED")];
    expect(await callBack(story, later)).toEqual(TAKEN);
    expect(await seen(story, mine)).toEqual(before);
    expect(await historyOf(story, mine)).toEqual(["PENDING", "WEBHOOK_PENDING"]);
    expect(await historyOf(story, theirs)).toEqual(["PENDING", "WEBHOOK_PENDING", "PASSED"]);
    expect(await seen(story, theirs).catch(() => null)).toBeNull();
  });
});

describe("words that we do not know", () => {
  it("are kept where they are tags, and left out where they are fields", async () => {
    await using story = await givenStory();
    const id = await givenAwaited(story);
    const evidence = { verdict: "REVIEW", tags: ["Moon Phase Odd"], moon: { phase: "odd" } };
    const said = { verificationId: id, at: story.time.clock(), evidence, apiVersion: 9 };
    expect(await callBack(story, said)).toEqual(TAKEN);
    const shown = await seen(story, id);
    expect(shown).toMatchObject({ status: "REVIEW", tags: ["Moon Phase Odd"] });
    expect(shown.requirements.currentlyDue).toContainEqual({ code: "UNKNOWN" });
  });
});

describe("a gateway that dies", () => {
  it("between the answer and taking it in leaves a question that is asked again, with the same id, and decided once", async () => {
    await using story = await givenStory();
    const id = await givenRun(story);
    const { promise, resolve } = Promise.withResolvers<void>();
    story.checker.behave(waits(promise, decides()), decides());
    const dying = await another(story);
    const working = doWork(dying.workplace, 25, NEVER);
    await story.checker.hears(1);
    await dying[Symbol.asyncDispose]();
    resolve();
    expect(await working.catch(() => "DIED")).toBe("DIED");
    expect(await worked(story)).toBe(0);
    story.time.advance(LEASE_MS);
    expect(await worked(story)).toBe(1);
    expect([...story.checker.asked]).toEqual([[`${id}_1`, 2]]);
    expect(await historyOf(story, id)).toEqual(["PENDING", "PASSED"]);
    expect(await furnishedBy(story, id)).toEqual(ONE_SET);
  });

  it.each([
    "PASSED",
    "FAILED",
    "REVIEW",
  ] as const)("no more, but speaks too late, changes nothing of a run that has %s", async (verdict) => {
    await using story = await givenStory();
    await using slow = await another(story);
    const id = await givenRun(story);
    const { promise, resolve } = Promise.withResolvers<void>();
    story.checker.behave(waits(promise, decides()), decides({ verdict }));
    const working = doWork(slow.workplace, 25, NEVER);
    await story.checker.hears(1);
    story.time.advance(LEASE_MS);
    await worked(story);
    const { changed } = await changedBy(story.app, async () => {
      resolve();
      await working;
    });
    expect(changed).toEqual([]);
    expect(await historyOf(story, id)).toEqual(["PENDING", verdict]);
  });
});

/** A message in a script: said so many minutes before the storm, sent so often. */
interface Line {
  readonly verdict: Verdict;
  readonly minutesAgo: number;
  readonly copies: number;
  /** Whether each copy has an id of its own. */
  readonly fresh: boolean;
  readonly sending: keyof typeof SENDINGS;
}

const SENDINGS = {
  RIGHT: {},
  FORGED: { secrets: [ELSE] },
  CHANGED: { tampered: (body: string) => `${body} ` },
  STALE: { ageMs: 6 * MINUTE_MS },
} satisfies Record<string, vendors.Sending>;

const REACTIONS = {
  DROP: { does: "DROP", afterBytes: 60 },
  ERROR: answers(503),
  GARBAGE: answers(200, "{"),
  REDIRECT: redirects("/elsewhere"),
  AGAIN: defers({ retryAfterMs: 5 * MINUTE_MS }),
} satisfies Record<string, vendors.Behaviour>;

/** What a vendor does about one run: troubles, one a try; then what it says, or nothing ever; and what it sends by itself, one a step. */
interface Script {
  readonly troubles: readonly (keyof typeof REACTIONS)[];
  /** What it sends before it has said anything. */
  readonly early: Line | null;
  readonly says: { readonly verdict: Verdict; readonly minutesAgo: number } | "CALLBACK" | "NEVER";
  readonly lines: readonly Line[];
}

const verdict = fc.constantFrom<Verdict>("PASSED", "FAILED", "REVIEW", "DOCUMENTS_REQUIRED");
/** Its clock may be ahead of ours. */
const minutesAgo = fc.integer({ min: -4, max: 20 });
const line: fc.Arbitrary<Line> = fc.record({
  verdict,
  minutesAgo,
  copies: fc.constantFrom(1, 1, 1, 1, 3),
  fresh: fc.boolean(),
  sending: fc.constantFrom("RIGHT", "RIGHT", "RIGHT", "FORGED", "CHANGED", "STALE"),
});
const script: fc.Arbitrary<Script> = fc.record({
  troubles: fc.array(fc.constantFrom(...(Object.keys(REACTIONS) as (keyof typeof REACTIONS)[])), { maxLength: 2 }),
  early: fc.option(line, { freq: 3 }),
  says: fc.oneof(
    fc.record({ verdict, minutesAgo }),
    fc.constantFrom("CALLBACK" as const, "CALLBACK" as const, "NEVER" as const),
  ),
  lines: fc.array(line, { maxLength: 2 }),
});

/** A step is a quarter of an hour: as long as the longest wait between two tries. */
const STEPS = 18;
const STEP_MS = 15 * MINUTE_MS;
const SILENT_STEPS = HOUR_MS / STEP_MS;
const MAX_TRIES = 14;

/** What must come of a script, told without any of the machinery: every state, one after the other. */
function expected({ troubles, early, says, lines }: Script): RunStatus[] {
  const states: RunStatus[] = ["PENDING"];
  let answered = Infinity;
  let [asked, tries, since] = [0, 0, 0];
  const now = (): RunStatus => states.at(-1)!;
  const take = (said: Pick<Line, "verdict" | "minutesAgo">): void => {
    if (said.minutesAgo >= answered || !isLegal(now(), said.verdict)) return;
    states.push(said.verdict);
    answered = said.minutesAgo;
  };
  const hear = (one: Line | null | undefined): void => {
    if (one?.sending === "RIGHT") take(one);
  };
  const ask = (step: number): void => {
    const trouble = troubles[asked] ?? (says === "NEVER" ? "ERROR" : null);
    asked += 1;
    tries = trouble === "AGAIN" ? 0 : tries + 1;
    if (trouble) return void (tries === MAX_TRIES && states.push("REVIEW"));
    hear(early);
    if (now() !== "PENDING") return;
    if (typeof says === "object") return take(says);
    states.push("WEBHOOK_PENDING");
    since = step;
  };
  for (let step = 0; step < STEPS; step += 1) {
    if (now() === "PENDING") ask(step);
    else if (now() === "WEBHOOK_PENDING" && step - since === SILENT_STEPS) states.push("REVIEW");
    hear(lines[step]);
  }
  return states;
}

/** Runs about people that nobody knows yet, one for each script. */
const givenRuns = (story: Story, count: number, from: number): Promise<Id<"ver">[]> =>
  story.bank.commit(async (write) => {
    const terms = { levels: story.app.config.levels, iss: story.app.config.issuer };
    const ids: Id<"ver">[] = [];
    for (let number = from; number < from + count; number += 1) {
      const handle = `person-${number}`;
      await registerIndividual(write, individual({ handle, socialSecurityNumber: ssnOf(number) }));
      ids.push((await requestVerification(write, terms, { handle })).verificationId);
    }
    return ids;
  });

/** Lets the vendor do as the scripts say, step by step. */
async function played(story: Story, scripts: ReadonlyMap<string, Script>): Promise<void> {
  const start = story.time.clock();
  const dated = (minutes: number): Instant => plusMs(start, -minutes * MINUTE_MS);
  const send = async (id: string, { verdict: said, minutesAgo: minutes, copies, fresh, sending }: Line) => {
    const one = message(story, id, said, dated(minutes));
    const key = `${id}_${said}_${minutes}`;
    const receipts = await Promise.all(
      Array.from({ length: copies }, (_, copy) =>
        callBack(story, one, { id: fresh ? `${key}_${copy}` : key, ...SENDINGS[sending] }),
      ),
    );
    const statuses = new Set(receipts.map(({ status }) => status));
    expect(statuses).toEqual(new Set([sending === "RIGHT" ? 200 : 401]));
  };
  const deciding = ({ says, early }: Script): vendors.Behaviour => {
    if (says === "NEVER") return REACTIONS.ERROR;
    const plain = says === "CALLBACK" ? defers() : saying(says.verdict, { at: dated(says.minutesAgo) });
    if (!early) return plain;
    return (heard) => reactionTo(heard, waits(send(heard.asked.verificationId, early), plain));
  };
  story.checker.behave(
    inTurn(({ asked: { verificationId } }) => {
      const one = scripts.get(verificationId)!;
      return [...one.troubles.map((trouble) => REACTIONS[trouble]), deciding(one)];
    }),
  );
  for (let step = 0; step < STEPS; step += 1) {
    await worked(story);
    await Promise.all(
      [...scripts].flatMap(([id, { lines }]) => lines.slice(step, step + 1).map((one) => send(id, one))),
    );
    story.time.advance(STEP_MS);
  }
}

describe("a storm", () => {
  it("ends with every run decided, by what was said last of what the table allows, and furnished once", async () => {
    await using story = await givenStory({ PROVIDER_SILENT_HOURS: "1" });
    const ends = new Set<RunStatus | undefined>();
    let people = 1;
    const storm = fc.asyncProperty(fc.array(script, { minLength: 10, maxLength: 10 }), async (scripts) => {
      const ids = await givenRuns(story, scripts.length, people);
      people += scripts.length;
      await played(story, new Map(scripts.map((one, index) => [ids[index]!, one])));
      for (const [index, id] of ids.entries()) {
        const states = expected(scripts[index]!);
        ends.add(states.at(-1));
        expect(await historyOf(story, id)).toEqual(states);
        expect((await runOf(story, id)).status).toBe(states.at(-1));
        expect(await furnishedBy(story, id)).toEqual(states.includes("PASSED") ? ONE_SET : []);
        expect(story.checker.asked.has(`${id}_1`)).toBe(true);
      }
      expect(story.checker.asked.size).toBe(people - 1);
    });
    await fc.assert(storm, { numRuns: 50, seed: 20_260_302 });
    expect(ends).toEqual(new Set(["PASSED", "FAILED", "REVIEW", "DOCUMENTS_REQUIRED"]));
  }, 120_000);
});

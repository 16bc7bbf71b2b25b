import type { Filled } from "../../src/command/demo-world.js";
import { examples } from "../../src/command/example.js";
import { prune } from "../../src/event/prune.js";
import { eventsBehind, settledHead, type EventFilter } from "../../src/event/read.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import type { Id } from "../../src/kernel/id.js";
import { catchUpWithTime } from "../../src/moment/keep-time.js";
import { comeDue } from "../../src/moment/come-due.js";
import { forgetCallbacks } from "../../src/verification/forget-callbacks.js";
import { workOff } from "../../src/verification/keep-working.js";
import { takeCallback } from "../../src/verification/take-callback.js";
import { NOON, type TestApp } from "./app.js";
import { ask } from "./ask.js";
import type { Overheard } from "./explain.js";
import { actorOf } from "./given.js";
import { firstResult } from "./sse.js";
import { DAY_MS } from "./verify.js";

/** Later pages and narrower lists than the examples ask for. */
const MORE = [
  `{ entities(first: 20, status: [REVIEW, FAILED, UNVERIFIED]) { edges { node { id } } } }`,
  `{ entities(first: 20, status: [UNVERIFIED]) { edges { node { id } } } }`,
  `{ entities(first: 20, entityType: BUSINESS) { edges { node { id } } totalCount } }`,
  `{ entities(first: 20, entityType: INDIVIDUAL, status: [UNVERIFIED]) { edges { node { id } } } }`,
  `{ verifications(first: 20, status: [DOCUMENTS_RECEIVED, WEBHOOK_PENDING]) { edges { node { id } } } }`,
  `{ verifications(first: 20, status: [PASSED, FAILED]) { edges { node { id } } } }`,
  `{ verifications(first: 20, kycLevel: "DOC_KYC") { edges { node { id } } } }`,
  `{ verifications(first: 20, kycLevel: "KYC-STANDARD", status: [DOCUMENTS_RECEIVED]) { edges { node { id } } } }`,
  `{ certificates(first: 20, status: [VALID, SUPERSEDED]) { edges { node { id } } } }`,
  ...["VALID", "EXPIRING", "STALE", "DISPUTED", "REVOKED", "SUPERSEDED"].map(
    (status) => `{ certificates(first: 20, status: [${status}]) { edges { node { id } } } }`,
  ),
  `{ events(first: 100) { edges { node { cursor } } } }`,
];

const RARE: readonly EventFilter[] = [
  { types: null, entityIds: null },
  { types: ["CONSENT_EXPIRED", "CERTIFICATION_CHANGED"], entityIds: null },
  { types: null, entityIds: ["ent_01000000000000000000990003", "ent_01000000000000000000990007"] },
];

/** Asks everything that is asked often, of who has most rows and of who has a few. */
export async function askAll(test: Pick<TestApp, "app" | "time">, { keys, blanks }: Filled): Promise<void> {
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
  await app.commitAs(OPERATOR)(forgetCallbacks);
}

const fail = (error: unknown): never => {
  throw error;
};

/** Each statement with the different values that it was given, a few of them. */
export function distinct(heard: readonly Overheard[]): Overheard[] {
  const byText = Map.groupBy(heard, ({ text }) => text.replaceAll(/'[^']*'/g, "''"));
  return [...byText.values()].flatMap((all) =>
    [...new Map(all.map((one) => [JSON.stringify(one.values), one])).values()].slice(0, VALUES),
  );
}

const VALUES = 5;

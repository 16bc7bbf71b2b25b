import { Failure } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import { plusDays, plusMs, type Clock, type Instant } from "../kernel/instant.js";
import type { Actor } from "../kernel/actor.js";
import { OPERATOR, workerOf } from "../kernel/actor.js";
import type { Commit, Rows, Writer } from "../kernel/reader.js";
import type { Vault } from "../kernel/seal.js";
import { append } from "../event/append.js";
import { claim, putOff, stillHeld, type Claimed } from "./claim.js";
import { casesOf, type Case } from "./inquire.js";
import { judge } from "./judge.js";
import type { Level } from "./level.js";
import { WARNING_DAYS, move, schedule, type Move } from "./move.js";
import type { Answer, DocumentVerdict, Provider } from "./provider.js";
import { DEADLINE_PASSED, type OurReason } from "./reason.js";
import { changeOf, keepChecks, settle, type Said } from "./settle.js";
import { isLegal } from "./status.js";
import { Verification } from "./verification.js";

/** What a worker works with. */
export interface Workplace {
  readonly commitAs: (actor: Actor) => Commit;
  readonly rows: Rows;
  readonly vault: Vault;
  readonly clock: Clock;
  /** Null where this gateway has none: then people decide. */
  readonly provider: Provider | null;
  readonly levels: readonly Level[];
  /** From 0 to below 1, anew each time: what keeps workers that failed together from trying together. */
  readonly random: () => number;
  /** A token that nobody else has. */
  readonly newLease: () => string;
  /** How long a lease lasts where that is not `LEASE_MS`. */
  readonly leaseMs?: number;
  /** Told of what a provider threw. */
  readonly onFault: (verificationId: string, error: unknown) => void;
}

/** How long a lease lasts: longer than any provider may take to answer. */
export const LEASE_MS = 60_000;

/** A provider that only ever asks for more time is as good as silent. */
const MAX_PENDING_DAYS = 7;

/** With the pauses between them more than an hour. */
const MAX_TRIES = 14;
const FIRST_RETRY_MS = 2_000;
const MAX_RETRY_MS = 15 * 60_000;

/** When to try again after so many failures: twice as long each time, and never at the same moment as others. */
export const retryAt = (now: Instant, tries: number, random: number): Instant =>
  plusMs(now, Math.min(FIRST_RETRY_MS * 2 ** (tries - 1), MAX_RETRY_MS) * (0.5 + random / 2));

/** What came of one piece of work outside of any transaction. */
type Outcome =
  | { readonly did: "ASKED"; readonly answer: Answer }
  | { readonly did: "JUDGED"; readonly verdict: DocumentVerdict }
  | { readonly did: "FAILED" }
  /** It was answered, but the answer could not be taken in: a fault of ours. */
  | { readonly did: "UNSETTLED" }
  | { readonly did: "STOPPED" }
  | { readonly did: "WAITED" };

interface Done {
  readonly claimed: Claimed;
  readonly settled: Case;
  readonly outcome: Outcome;
}

/**
 * Does up to `limit` pieces of what is due, and answers how many. Claims them in one transaction, asks the provider outside of any, and
 * settles in another, for each participant: a crash in between leaves work whose lease ends, and the same question asked again.
 */
export async function doWork(place: Workplace, limit: number, signal: AbortSignal): Promise<number> {
  const claimed = await place.commitAs(OPERATOR)(async (write) => {
    const taken = await claim(write, place.newLease(), limit, place.leaseMs ?? LEASE_MS);
    await nameProvider(write, place.provider, taken);
    return taken;
  }, "TOGETHER");
  if (claimed.length === 0) return 0;
  const cases = await casesOf(
    place.rows,
    place.vault,
    claimed.map(({ verificationId }) => verificationId),
  );
  for (const { run, unreadable } of cases.values())
    if (unreadable === "FACTS_UNREADABLE") place.onFault(run.id, new Error("What was registered does not open."));
  const done = await Promise.all(
    claimed.map(async (one) => {
      const settled = cases.get(one.verificationId)!;
      return { claimed: one, settled, outcome: await outside(place, one, settled, signal) };
    }),
  );
  const byParticipant = Map.groupBy(done, (one) => one.claimed.participantId);
  const settled = await Promise.allSettled(
    [...byParticipant].map(([participantId, each]) => settleTogether(place, participantId, each)),
  );
  // What could not be taken in for one is due again when its lease ends; the others have theirs.
  for (const one of settled) if (one.status === "rejected") throw one.reason;
  return claimed.length;
}

/** Whoever is asked is on record before it is: it may call back before it has answered, and only the one that was asked is believed. */
async function nameProvider(write: Writer, provider: Provider | null, claimed: readonly Claimed[]): Promise<void> {
  const asked = claimed.filter(({ step }) => step === "ASK").map(({ verificationId }) => verificationId);
  if (!provider || asked.length === 0) return;
  await write.rows("update verification set provider = ? where id in ??", [provider.name, asked]);
}

/** That the database is away is no fault of any run: each is due again when its lease ends. */
const isOutage = (error: unknown): boolean => error instanceof Failure && error.code === "SERVICE_UNAVAILABLE";

/** All of a participant's in one transaction; where that fails, one by one, so that a single bad one holds up nobody else. */
async function settleTogether(place: Workplace, participantId: Id<"par">, done: readonly Done[]): Promise<void> {
  const commit = place.commitAs(workerOf(participantId));
  try {
    await commit((write) => inside(place, write, done));
  } catch (error) {
    if (isOutage(error)) throw error;
    if (done.length > 1) for (const one of done) await settleTogether(place, participantId, [one]);
    else {
      place.onFault(done[0]!.claimed.verificationId, error);
      const unsettled = [{ ...done[0]!, outcome: { did: "UNSETTLED" as const } }];
      await commit((write) => inside(place, write, unsettled));
    }
  }
}

/** Asks whoever has to be asked. What a provider throws is told, and is no answer; that we stopped it is no fault of anybody. */
async function outside(
  { provider, clock, onFault }: Workplace,
  { verificationId, step }: Claimed,
  { inquiry }: Case,
  signal: AbortSignal,
): Promise<Outcome> {
  if (!provider || !inquiry) return { did: "WAITED" };
  try {
    if (step === "ASK") return { did: "ASKED", answer: await provider.ask(inquiry, signal) };
    if (step !== "JUDGE_DOCUMENTS" || provider.judgesDocumentsAfterMs === null) return { did: "WAITED" };
    if (judgedAt(provider.judgesDocumentsAfterMs, inquiry.documents) > clock()) return { did: "WAITED" };
    return { did: "JUDGED", verdict: await provider.judgeDocuments(inquiry, signal) };
  } catch (error) {
    if (signal.aborted) return { did: "STOPPED" };
    onFault(verificationId, error);
    return { did: "FAILED" };
  }
}

/** When documents are judged: so long after the last of them. */
const judgedAt = (afterMs: number, documents: readonly { readonly receivedAt: Instant }[]): Instant | "" => {
  const last = documents.at(-1);
  return last ? plusMs(last.receivedAt, afterMs) : "";
};

/**
 * Takes in what came of the work, of one participant, where the lease still holds. What moves does so together: standings are derived
 * once, and not for each run.
 */
async function inside(place: Workplace, write: Writer, done: readonly Done[]): Promise<void> {
  const held = await stillHeld(
    write,
    done.map(({ claimed }) => claimed),
  );
  const answers: Said[] = [];
  const moves: (Move | null)[] = [];
  for (const one of done.filter(({ claimed }) => held.has(claimed.verificationId))) {
    const said = saidIn(one);
    if (said) answers.push(said);
    else moves.push(await follow(place, write, one));
  }
  const moved = await settle(write, place.levels, answers);
  // A level that is configured no more, or a person that was erased: nobody can judge, and nothing is left to be done.
  for (const { settled } of answers)
    if (!moved.has(settled.run.id)) moves.push(await giveUp(write, settled, "LEVEL_UNKNOWN"));
  await move(
    write,
    moves.filter((one) => one !== null),
  );
}

/** What a provider has said for good; null where it has not. */
function saidIn({ settled, outcome }: Done): Said | null {
  if (outcome.did !== "ASKED" || outcome.answer.kind !== "EVIDENCE") return null;
  const { evidence, reference, at } = outcome.answer;
  return { settled, evidence, reference, at };
}

/** What follows where nothing was said for good: a move, or other work. */
async function follow(place: Workplace, write: Writer, one: Done): Promise<Move | null> {
  const { outcome, settled, claimed } = one;
  switch (outcome.did) {
    case "ASKED":
      return wait(place, write, one, outcome.answer);
    case "JUDGED":
      return judged(write, one, outcome.verdict);
    case "FAILED":
      return retry(place, write, one, "PROVIDER_UNAVAILABLE");
    case "UNSETTLED":
      return retry(place, write, one, "NOT_SETTLED");
    case "STOPPED":
      return again(write, claimed, { dueAt: write.now, tries: claimed.tries });
    case "WAITED":
      return byItself(place, write, settled, claimed);
  }
}

/** The same work, at another time. */
async function again(write: Writer, claimed: Claimed, change: { dueAt: Instant; tries: number }): Promise<null> {
  await putOff(write, claimed, change);
  return null;
}

/** No work any more, or other work. */
async function instead(write: Writer, { run }: Case, next: Parameters<typeof schedule>[2]): Promise<null> {
  await schedule(write, run, next);
  return null;
}

/** The provider needs longer: it will call back, or wants to be asked again; what it has so far is shown. */
async function wait(place: Workplace, write: Writer, { claimed, settled }: Done, answer: Answer): Promise<Move | null> {
  const { run, inquiry } = settled;
  const change = { providerReference: answer.reference };
  if (answer.kind === "CALLBACK")
    return { run, to: "WEBHOOK_PENDING", change, silentAt: plusMs(write.now, answer.silentAfterMs) };
  if (answer.kind !== "AGAIN") return null;
  if (plusDays(run.requestedAt, MAX_PENDING_DAYS) <= write.now) return giveUp(write, settled, "PROVIDER_SILENT");
  const level = place.levels.find(({ name }) => name === run.kycLevel);
  const judgement = answer.evidence && inquiry && level && judge(level, inquiry.subject, answer.evidence);
  if (judgement) await keepChecks(write, [{ verificationId: run.id, judgement }]);
  const shown = judgement && answer.evidence ? changeOf(judgement, answer.evidence) : {};
  await write.em.nativeUpdate(Verification, { id: run.id }, { ...change, ...shown, updatedAt: write.now });
  return again(write, claimed, { dueAt: plusMs(write.now, Math.max(answer.afterMs, 1)), tries: 0 });
}

/** A provider that cannot be reached is asked again, ever less often; in the end people look. */
async function retry(
  place: Workplace,
  write: Writer,
  { claimed, settled }: Done,
  reason: OurReason,
): Promise<Move | null> {
  const tries = claimed.tries + 1;
  if (tries < MAX_TRIES) return again(write, claimed, { dueAt: retryAt(write.now, tries, place.random()), tries });
  if (claimed.step === "JUDGE_DOCUMENTS") return instead(write, settled, null);
  return giveUp(write, settled, reason);
}

/** The provider has looked at the documents, or leaves that to people. */
async function judged(write: Writer, { settled }: Done, verdict: DocumentVerdict): Promise<Move | null> {
  return verdict ? { run: settled.run, to: verdict.verdict } : instead(write, settled, null);
}

/** What time alone brings about. */
async function byItself(place: Workplace, write: Writer, settled: Case, claimed: Claimed): Promise<Move | null> {
  switch (claimed.step) {
    case "ASK":
      return giveUp(write, settled, settled.unreadable ?? "NO_PROVIDER");
    case "AWAIT":
      return giveUp(write, settled, "PROVIDER_SILENT");
    case "JUDGE_DOCUMENTS":
      return documentsWait(place, write, settled, claimed);
    case "WARN":
      return warn(write, settled);
  }
}

/** Documents that are not to be judged yet wait; where no provider judges them, staff do. */
async function documentsWait(place: Workplace, write: Writer, settled: Case, claimed: Claimed): Promise<null> {
  const afterMs = place.provider?.judgesDocumentsAfterMs ?? null;
  if (afterMs === null || !settled.inquiry) return instead(write, settled, null);
  return again(write, claimed, { dueAt: judgedAt(afterMs, settled.inquiry.documents) as Instant, tries: 0 });
}

/** Nobody answers: people look, so that no run is left in limbo. */
async function giveUp(write: Writer, settled: Case, reason: string): Promise<Move | null> {
  if (!isLegal(settled.run.status, "REVIEW")) return instead(write, settled, null);
  return { run: settled.run, to: "REVIEW", change: { reasons: JSON.stringify([reason]) } };
}

/** Why it came to this, and why it came to an end. */
const withReason = ({ reasons }: Verification, reason: string): string =>
  JSON.stringify([...(JSON.parse(reasons) as string[]), reason]);

/** A run that waits for somebody: warned of seven days and one day ahead, and failed when its time is over. */
async function warn(write: Writer, settled: Case): Promise<Move | null> {
  const { run } = settled;
  const { dueAt } = run;
  if (!dueAt) return instead(write, settled, null);
  if (dueAt <= write.now) return { run, to: "FAILED", change: { reasons: withReason(run, DEADLINE_PASSED) } };
  await append(write, [
    {
      type: "VERIFICATION_DEADLINE_NEAR",
      participantId: run.participantId,
      entityId: run.entityId,
      subjectId: run.id,
    },
  ]);
  const next = WARNING_DAYS.map((days) => plusDays(dueAt, -days)).find((at) => at > write.now) ?? dueAt;
  return instead(write, settled, ["WARN", next]);
}

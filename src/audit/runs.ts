import { plusDays, type Instant } from "../kernel/instant.js";
import { isLegal, type RunStatus } from "../verification/status.js";
import { Verification } from "../verification/verification.js";
import type { WorkStep } from "../verification/work.js";
import { check, each, rowsOf, wrongs, type Books, type Check } from "./audit.js";
import { broken, toldAbout } from "./told.js";

const SOURCE = rowsOf(Verification, ["id"]);

/** What is to be done about a run in each state; null where it may wait for somebody, or for nobody. */
const STEPS: Readonly<Record<RunStatus, readonly (WorkStep | null)[]>> = {
  PENDING: ["ASK"],
  WEBHOOK_PENDING: ["AWAIT"],
  REVIEW: ["WARN"],
  DOCUMENTS_REQUIRED: ["WARN"],
  // Where no provider judges documents, staff does, and without a deadline.
  DOCUMENTS_RECEIVED: ["JUDGE_DOCUMENTS", null],
  PASSED: [null],
  FAILED: [null],
};

const WAITS: readonly RunStatus[] = ["REVIEW", "DOCUMENTS_REQUIRED"];

async function judgeWork({ rows }: Books, runs: readonly Verification[]) {
  const works = await rows<{ id: string; participantId: string; step: WorkStep; at: Instant; begun: number }>(
    `select verification_id as id, participant_id as "participantId", step, due_at as at,
            case when lease is null and tries = 0 then 0 else 1 end as begun
       from verification_work where verification_id in ??`,
    [runs.map(({ id }) => id)],
  );
  const byRun = new Map(works.map((work) => [work.id, work]));
  return wrongs(runs, function* ({ id, participantId, status, dueAt }) {
    const work = byRun.get(id) ?? null;
    yield !STEPS[status].includes(work?.step ?? null) && `It is ${status}, and its work is ${work?.step ?? "none"}.`;
    yield work !== null && work.participantId !== participantId && "Its work is another participant's.";
    // Once somebody has come to it, it is due when that has ended, or is to be tried again.
    const late = work?.step === "WARN" && work.begun === 0 && dueAt !== null && work.at > plusDays(dueAt!, 1);
    yield late && "Its time is over before anybody comes to it.";
    yield WAITS.includes(status) !== (dueAt !== null) &&
      `It is ${status}, and ${dueAt ? "has a" : "has no"} deadline for somebody.`;
  });
}

interface Ground {
  readonly id: string;
  readonly registered: string | null;
  readonly standing: string | null;
  readonly certified: string | null;
  readonly parent: string | null;
  readonly parentAttempt: number | null;
}

/** What a run refers to, each null where it is somebody else's or is not there. */
const groundsOf = ({ rows }: Books, ids: readonly string[]) =>
  rows<Ground>(
    `select v.id, r.id as registered, s.entity_id as standing, c.id as certified, p.id as parent, p.attempt as "parentAttempt"
       from verification v
       left join registration r on r.id = v.registration_id and r.participant_id = v.participant_id and r.entity_id = v.entity_id
       left join standing s on s.participant_id = v.participant_id and s.entity_id = v.entity_id
       left join certificate c on c.id = v.certificate_id and c.participant_id = v.participant_id and c.entity_id = v.entity_id
       left join verification p on p.id = v.parent_verification_id and p.participant_id = v.participant_id
         and p.entity_id = v.entity_id and p.kyc_level = v.kyc_level
      where v.id in ??`,
    [ids],
  );

async function judgeGround(books: Books, runs: readonly Verification[]) {
  const grounds = await groundsOf(
    books,
    runs.map(({ id }) => id),
  );
  const byRun = new Map(grounds.map((ground) => [ground.id, ground]));
  return wrongs(runs, function* ({ id, status, attempt, certificateId, parentVerificationId }) {
    const ground = byRun.get(id);
    if (!ground) return;
    const attempts = ground.parentAttempt === null ? [1] : [ground.parentAttempt, ground.parentAttempt + 1];
    yield ground.registered === null && "Its registration is not what its participant said of its entity.";
    yield ground.standing === null && "Its entity has no standing.";
    yield certificateId !== null && ground.certified === null && "Its certificate is not about its entity.";
    yield certificateId !== null && status !== "PASSED" && `It is ${status} on a certificate.`;
    yield parentVerificationId !== null && ground.parent === null && "The attempt before it is of another level.";
    yield !attempts.includes(attempt) && `It is attempt ${attempt}, and not ${attempts.join(" or ")}.`;
  });
}

interface Beside {
  readonly participantId: string;
  readonly entityId: string;
  readonly kycLevel: string;
}

const besideOf = ({ participantId, entityId, kycLevel }: Beside): string => `${participantId} ${entityId} ${kycLevel}`;

async function judgeSingle({ rows }: Books, runs: readonly Verification[]) {
  const doubled = await rows<Beside>(
    `select participant_id as "participantId", entity_id as "entityId", kyc_level as "kycLevel" from verification
      where participant_id in ?? and entity_id in ?? and status in ('PENDING', 'WEBHOOK_PENDING')
      group by participant_id, entity_id, kyc_level having count(*) > 1`,
    [each(runs.map(({ participantId }) => participantId)), each(runs.map(({ entityId }) => entityId))],
  );
  const twice = new Set(doubled.map(besideOf));
  return wrongs(runs, (run) => [twice.has(besideOf(run)) && "Another run at the same level waits beside it."]);
}

/** What was found of runs, each in its order. */
const findingsOf = ({ rows }: Books, ids: readonly string[]) =>
  rows<{ id: string; position: number; tag: string }>(
    `select verification_id as id, position, tag from verification_check where verification_id in ?? order by verification_id, position`,
    [ids],
  );

function tagsOf({ tags }: Verification): readonly unknown[] | null {
  try {
    const read: unknown = JSON.parse(tags);
    return Array.isArray(read) ? read : null;
  } catch {
    return null;
  }
}

/** What a provider says beyond what was compared comes after that. */
async function judgeFindings(books: Books, runs: readonly Verification[]) {
  const findings = await findingsOf(
    books,
    runs.map(({ id }) => id),
  );
  const byRun = Map.groupBy(findings, ({ id }) => id);
  return wrongs(runs, function* (run) {
    const found = byRun.get(run.id) ?? [];
    const tags = tagsOf(run);
    yield found.some(({ position }, place) => position !== place) && "Something that was found is missing.";
    yield found.some(({ tag }, place) => tags?.[place] !== tag) && "Its tags are not what was found.";
  });
}

async function judgeTold(books: Books, runs: readonly Verification[]) {
  const about = (run: Verification) => ({ ...run, subjectId: run.id });
  const telling = await toldAbout(books, ["VERIFICATION_STATUS_CHANGED"], runs.map(about));
  return wrongs(runs, function* (run) {
    const told = telling(about(run));
    yield* broken({
      told,
      start: (from) => from === "UNVERIFIED",
      stands: (to) => to === run.status,
      now: run.status,
      kept: books.log.reaches(run.requestedAt),
    });
    for (const { seq, from, to } of told)
      if (!isLegal(from as RunStatus, to as RunStatus))
        yield `It went from ${from} to ${to} at ${seq}, where no way leads.`;
  });
}

export const RUNS: readonly Check[] = [
  check<Verification>({
    name: "runs-worked",
    says: "A run that is not settled has one piece of work or somebody who has to act, and a settled one has none.",
    source: SOURCE,
    judge: judgeWork,
  }),
  check<Verification>({
    name: "runs-grounded",
    says: "A run is about what its participant registered, follows the attempt before it, and its entity has a standing.",
    source: SOURCE,
    judge: judgeGround,
  }),
  check<Verification>({
    name: "runs-once",
    says: "Of one participant, entity and level no two runs wait for an answer.",
    source: { ...SOURCE, where: "t.status in ('PENDING', 'WEBHOOK_PENDING')" },
    judge: judgeSingle,
  }),
  check<Verification>({
    name: "runs-found",
    says: "What was found of a run has no gap, and its tags begin with just that.",
    source: SOURCE,
    judge: judgeFindings,
  }),
  check<Verification>({
    name: "runs-told",
    says: "Each move of a run was told once and was a legal one, and the last that was told is where it stands.",
    source: SOURCE,
    judge: judgeTold,
  }),
];

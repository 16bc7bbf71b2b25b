import type { Decimal } from "../kernel/decimal.js";
import type { Id } from "../kernel/id.js";
import { plusDays, type Instant } from "../kernel/instant.js";
import type { Writer } from "../kernel/reader.js";
import { furnishFindings, holdNumbers, type Found } from "./furnish-findings.js";
import type { Case } from "./inquire.js";
import { judge, type Judgement } from "./judge.js";
import type { Level } from "./level.js";
import { move, type Move } from "./move.js";
import type { Evidence } from "./provider.js";
import { othersReasons } from "./reason.js";
import { isLegal } from "./status.js";
import { VerificationCheck, type Verification } from "./verification.js";

/** What a provider said about one run, taken into our books. */
export interface Said {
  readonly settled: Case;
  readonly evidence: Evidence;
  readonly reference: string | null;
  /** When it says it decided so, by its own clock: what it said later counts more. */
  readonly at: Verification["requestedAt"];
}

/**
 * Takes in what a provider said about runs of the writer's participant: findings, tags, score, the new state, and what passed as
 * attestations of the participant's own. A run that has moved on meanwhile, so that the table has no way there, is left as it is.
 * Answers the runs that moved.
 */
export async function settle(
  write: Writer,
  levels: readonly Level[],
  answers: readonly Said[],
): Promise<ReadonlySet<Id<"ver">>> {
  const moves: Move[] = [];
  const judged: Judged[] = [];
  const found: Found[] = [];
  for (const { settled, evidence, reference, at } of answers) {
    const { run, inquiry } = settled;
    const level = levels.find(({ name }) => name === run.kycLevel);
    if (!inquiry || !level) continue;
    const judgement = judge(level, inquiry.subject, evidence);
    if (!isLegal(run.status, judgement.verdict)) continue;
    judged.push({ verificationId: run.id, judgement });
    moves.push({
      run,
      to: judgement.verdict,
      change: {
        ...changeOf(judgement, evidence),
        providerReference: reference ?? run.providerReference,
        answeredAt: at,
      },
    });
    if (judgement.verdict === "PASSED" && level.furnishes)
      found.push({
        subject: inquiry.subject,
        evidence,
        judgement,
        at: within(plusDays(run.requestedAt, -1), at, write.now),
      });
  }
  await keepChecks(write, judged);
  // Before anything is told: who waits for numbers behind that would hold up everybody who reads the log.
  await holdNumbers(write, found);
  await move(write, moves);
  await furnishFindings(write, found);
  return new Set(moves.map(({ run }) => run.id));
}

/** Neither long before it was asked nor after now, whatever the provider's clock says. */
const within = (from: Instant, at: Instant, to: Instant): Instant => (at < from ? from : at > to ? to : at);

/** What a judgement changes about its run, besides its state. */
export const changeOf = ({ said, otherTags, score }: Judgement, { reasons }: Evidence) => ({
  score,
  tags: JSON.stringify([...said.map(({ tag }) => tag), ...otherTags]),
  reasons: JSON.stringify(othersReasons(reasons)),
});

/** What a run was judged by. */
export interface Judged {
  readonly verificationId: Id<"ver">;
  readonly judgement: Judgement;
}

/** The findings of runs: the latest in place of what was found before. */
export async function keepChecks(write: Writer, judged: readonly Judged[]): Promise<void> {
  if (judged.length === 0) return;
  await write.rows(`delete from verification_check where verification_id in ??`, [
    judged.map(({ verificationId }) => verificationId),
  ]);
  await write.insert(VerificationCheck, judged.flatMap(checksOf));
}

function checksOf({ verificationId, judgement }: Judged) {
  const scores = new Map(judgement.elements.map(({ element, score }) => [element, score]));
  return judgement.said.map(({ element, outcome, tag }, position) => ({
    verificationId,
    position,
    element,
    outcome,
    tag,
    score: (scores.get(element)?.toFixed(4) ?? null) as Decimal | null,
  }));
}

import { Failure } from "../kernel/failure.js";
import { plusDays, type Instant } from "../kernel/instant.js";
import type { Writer } from "../kernel/reader.js";
import { column } from "../kernel/table.js";
import { append } from "../event/append.js";
import { refreshStandings } from "./standing.js";
import { isLegal, type RunStatus } from "./status.js";
import type { Verification } from "./verification.js";
import { Work, type WorkStep } from "./work.js";

/** How long a run waits for somebody to act before it fails. */
export const PATIENCE_DAYS = 30;
/** How many days before that its participant is warned, first and last. */
export const WARNING_DAYS = [7, 1] as const;

/** A run as far as a move needs to know it. */
export type Moving = Pick<Verification, "id" | "entityId" | "participantId" | "status">;

/** One move: which run, whither, and what is written with it. */
export interface Move {
  readonly run: Moving;
  readonly to: RunStatus;
  readonly change?: Partial<
    Pick<Verification, "certificateId" | "providerReference" | "answeredAt" | "score" | "reasons" | "tags">
  >;
  /** For `WEBHOOK_PENDING`: when silence has lasted long enough. */
  readonly silentAt?: Instant;
}

/**
 * Moves runs from state to state by the table: the only way in which a run's state changes. With each go its event, what has to be
 * done next, and what it makes of its entity and of every business above; all of it or none.
 */
export async function move(write: Writer, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return;
  for (const each of moves) await moveOne(write, each);
  await scheduleAll(
    write,
    moves.map(({ run, to, silentAt }) => ({ run, next: nextOf(to, write.now, silentAt) })),
  );
  await append(
    write,
    moves.map(({ run, to }) => ({
      type: "VERIFICATION_STATUS_CHANGED",
      participantId: run.participantId,
      entityId: run.entityId,
      subjectId: run.id,
      from: run.status,
      to,
    })),
  );
  const byParticipant = Map.groupBy(moves, ({ run }) => run.participantId);
  for (const [participantId, each] of byParticipant)
    await refreshStandings(write, participantId, [...new Set(each.map(({ run }) => run.entityId))]);
}

const waitsForSomebody = (status: RunStatus): boolean => status === "REVIEW" || status === "DOCUMENTS_REQUIRED";

async function moveOne(write: Writer, { run, to, change = {} }: Move): Promise<void> {
  if (!isLegal(run.status, to))
    throw new Failure("ILLEGAL_TRANSITION", `A verification that is ${run.status} cannot become ${to}.`);
  const dueAt = waitsForSomebody(to) ? plusDays(write.now, PATIENCE_DAYS) : null;
  const cells = Object.entries({ ...change, status: to, updatedAt: write.now, dueAt });
  const moved = await write.rows(
    `update verification set ${cells.map(([name]) => `${column(name)} = ?`).join(", ")} where id = ? and status = ? returning id`,
    [...cells.map(([, value]) => value), run.id, run.status],
  );
  if (moved.length !== 1) throw new Failure("CONFLICT", "This verification has changed meanwhile: read it again.");
}

/** What a run waits for once it is there, and from when on. */
function nextOf(status: RunStatus, now: Instant, silentAt: Instant | undefined): [WorkStep, Instant] | null {
  switch (status) {
    case "PENDING":
      return ["ASK", now];
    case "WEBHOOK_PENDING":
      return ["AWAIT", silentAt ?? plusDays(now, 1)];
    case "REVIEW":
    case "DOCUMENTS_REQUIRED":
      return ["WARN", plusDays(now, PATIENCE_DAYS - WARNING_DAYS[0])];
    case "DOCUMENTS_RECEIVED":
      return ["JUDGE_DOCUMENTS", now];
    case "PASSED":
    case "FAILED":
      return null;
  }
}

/** A run as far as its work needs to know it. */
type Working = Pick<Verification, "id" | "participantId">;

/** Replaces what is to be done next about a run. Whoever still holds a lease on what was to be done before has lost it. */
export const schedule = (write: Writer, run: Working, next: readonly [WorkStep, Instant] | null): Promise<void> =>
  scheduleAll(write, [{ run, next }]);

async function scheduleAll(
  write: Writer,
  all: readonly { readonly run: Working; readonly next: readonly [WorkStep, Instant] | null }[],
): Promise<void> {
  await write.rows(`delete from verification_work where verification_id in ??`, [all.map(({ run }) => run.id)]);
  await write.insert(
    Work,
    all.flatMap(({ run, next }) =>
      next
        ? [
            {
              verificationId: run.id,
              participantId: run.participantId,
              step: next[0],
              dueAt: next[1],
              tries: 0,
              lease: null,
            },
          ]
        : [],
    ),
  );
}

import type { Id } from "../kernel/id.js";
import { plusMs } from "../kernel/instant.js";
import type { Writer } from "../kernel/reader.js";
import { columns } from "../kernel/table.js";
import { Work, type WorkStep } from "./work.js";

/** Work that is held under a lease. */
export interface Claimed {
  readonly verificationId: Id<"ver">;
  readonly participantId: Id<"par">;
  readonly step: WorkStep;
  readonly tries: number;
  readonly lease: string;
}

/**
 * Takes what is due, the longest due first: nobody else gets it until the lease ends. Whoever dies holding it loses nothing, for
 * then it is simply due again. Many may claim together: what one takes follows from the rows that it locks, and rows that another has locked
 * are passed over.
 */
export async function claim(write: Writer, lease: string, limit: number, leaseMs: number): Promise<Claimed[]> {
  const due = await write.rows<Claimed>(
    `select ${columns(Work, "w")} from verification_work w where w.due_at <= ? order by w.due_at limit ? for update skip locked`,
    [write.now, limit],
  );
  if (due.length === 0) return [];
  await write.rows(`update verification_work set lease = ?, due_at = ? where verification_id in ??`, [
    lease,
    plusMs(write.now, leaseMs),
    due.map(({ verificationId }) => verificationId),
  ]);
  return due.map((work) => ({ ...work, lease }));
}

/**
 * Of what was claimed, what is still held, and is from now on until the transaction ends: the rest was done, or given to somebody else,
 * meanwhile, or is about to be.
 */
export async function stillHeld(write: Writer, claimed: readonly Claimed[]): Promise<ReadonlySet<string>> {
  const rows = await write.rows<{ verificationId: string; lease: string | null }>(
    `select verification_id as "verificationId", lease from verification_work where verification_id in ?? for update skip locked`,
    [claimed.map(({ verificationId }) => verificationId)],
  );
  const leases = new Map(rows.map(({ verificationId, lease }) => [verificationId, lease]));
  return new Set(
    claimed
      .filter(({ verificationId, lease }) => leases.get(verificationId) === lease)
      .map((one) => one.verificationId),
  );
}

/** Puts work back, to be done at a later time; a lease on it ends. */
export async function putOff(
  write: Writer,
  { verificationId }: Pick<Claimed, "verificationId">,
  { dueAt, tries }: Pick<Work, "dueAt" | "tries">,
): Promise<void> {
  await write.rows(`update verification_work set due_at = ?, tries = ?, lease = null where verification_id = ?`, [
    dueAt,
    tries,
    verificationId,
  ]);
}

import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import { append } from "../event/append.js";
import { Moment } from "../moment/moment.js";
import { Certificate, certificateStatus, type CertificateStatus } from "./certificate.js";

type Row = Pick<
  Certificate,
  "id" | "entityId" | "participantId" | "staleAt" | "revokedAt" | "supersededById" | "disputedReason"
>;

/** Certificates that have this attestation as a block and are not revoked. */
const standingOn = (write: Writer, attestationId: Id<"att">, more: string): Promise<Row[]> =>
  write.rows<Row>(
    `select c.id, c.entity_id as "entityId", c.participant_id as "participantId", c.stale_at as "staleAt",
            c.revoked_at as "revokedAt", c.superseded_by_id as "supersededById", c.disputed_reason as "disputedReason"
       from certificate c
      where c.revoked_at is null and c.id in (select certificate_id from certificate_block where attestation_id = ?)
        and ${more} order by c.id`,
    [attestationId],
  );

/** Marks every certificate on this attestation as disputed, and tells their queriers. */
export async function doubt(write: Writer, attestationId: Id<"att">, reason: string): Promise<void> {
  await write.flush();
  const rows = await standingOn(write, attestationId, "c.disputed_reason is null");
  await mark(write, rows, reason, reason);
}

/** Lets every certificate on this attestation stand again that no other open dispute concerns, and tells their queriers. */
export async function settled(write: Writer, attestationId: Id<"att">, reason: string): Promise<void> {
  await write.flush();
  const rows = await standingOn(
    write,
    attestationId,
    `not exists (select 1 from certificate_block b join attestation a on a.id = b.attestation_id
                  where b.certificate_id = c.id and a.disputed_reason is not null)`,
  );
  await mark(write, rows, null, reason);
}

async function mark(write: Writer, rows: readonly Row[], disputedReason: string | null, reason: string): Promise<void> {
  if (rows.length === 0) return;
  await write.em.nativeUpdate(Certificate, { id: { $in: rows.map(({ id }) => id) } }, { disputedReason });
  const statusOf = (row: Row): CertificateStatus => certificateStatus(row, write.now);
  const moved = rows
    .map((row) => ({ row, from: statusOf(row), to: statusOf({ ...row, disputedReason }) }))
    .filter(({ from, to }) => from !== to);
  await remember(write, moved);
  await append(
    write,
    moved.map(({ row, from, to }) => ({
      type: "CERTIFICATE_STATUS_CHANGED",
      participantId: row.participantId,
      entityId: row.entityId,
      subjectId: row.id,
      from,
      to,
      reason,
    })),
  );
}

/** That a certificate has come of age is told here where a dispute had hidden it: time alone does not tell it again. */
async function remember(
  write: Writer,
  moved: readonly { readonly row: Row; readonly to: CertificateStatus }[],
): Promise<void> {
  for (const toldStatus of ["EXPIRING", "STALE"] as const) {
    const ids = moved.filter(({ to }) => to === toldStatus).map(({ row }) => row.id);
    if (ids.length > 0) await write.em.nativeUpdate(Moment, { subjectId: { $in: ids } }, { toldStatus });
  }
}

import type { Id } from "../kernel/id.js";
import { never } from "../kernel/never.js";
import type { Writer } from "../kernel/reader.js";
import { sql, type Sql } from "../kernel/table.js";
import { append } from "../event/append.js";
import { Certificate, certificateStatus } from "./certificate.js";

/** What certificates stand on, and can lose. */
export type Ground =
  | { readonly on: "ATTESTATION"; readonly id: Id<"att"> }
  | { readonly on: "CONSENT"; readonly id: Id<"con"> };

function standingOn(ground: Ground): Sql {
  switch (ground.on) {
    case "ATTESTATION":
      return sql("c.id in (select certificate_id from certificate_block where attestation_id = ?)", ground.id);
    case "CONSENT":
      return sql("c.consent_id = ?", ground.id);
    default:
      return never(ground);
  }
}

/** Revokes every certificate that stands on this ground, and tells each of their queriers, once. */
export async function fall(write: Writer, ground: Ground, reason: string): Promise<void> {
  await write.flush();
  const standing = standingOn(ground);
  const rows = await write.rows<
    Pick<
      Certificate,
      "id" | "entityId" | "participantId" | "staleAt" | "revokedAt" | "supersededById" | "disputedReason"
    >
  >(
    `select c.id, c.entity_id as "entityId", c.participant_id as "participantId", c.stale_at as "staleAt",
            c.revoked_at as "revokedAt", c.superseded_by_id as "supersededById",
            c.disputed_reason as "disputedReason"
       from certificate c where c.revoked_at is null and ${standing.text} order by c.id`,
    standing.params,
  );
  if (rows.length === 0) return;
  await write.em.nativeUpdate(
    Certificate,
    { id: { $in: rows.map(({ id }) => id) } },
    { revokedAt: write.now, revokedReason: reason },
  );
  await append(
    write,
    rows.map((row) => ({
      type: "CERTIFICATE_STATUS_CHANGED",
      participantId: row.participantId,
      entityId: row.entityId,
      subjectId: row.id,
      from: certificateStatus(row, write.now),
      to: "REVOKED",
      reason,
    })),
  );
}

import { notFound } from "../kernel/failure.js";
import type { Instant } from "../kernel/instant.js";
import type { Reader, Rows } from "../kernel/reader.js";
import { permit } from "../network/permit.js";

/** The subject of one of the caller's certificates, whose events tell of it. */
export async function subjectOf(read: Reader, certificateId: string): Promise<ReadonlySet<string>> {
  permit(read.actor, "readCertificates");
  const { participantId, entityId } = read.actor;
  const [row] = await read.rows<{ entityId: string }>(
    `select entity_id as "entityId" from certificate where id = ? and participant_id = ?`,
    [certificateId, participantId],
  );
  if (!row || (entityId && entityId !== row.entityId)) throw notFound("Certificate", "id");
  return new Set([row.entityId]);
}

/** Which of these certificates may be followed no longer, and why: told once they have been shown as they are now. */
export async function endingsOfCertificates(
  rows: Rows,
  _now: Instant,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { reason: "CONSENT_WITHDRAWN" | "ROLE_REMOVED"; message: string }>> {
  const found = await rows<{ id: string; withdrawnAt: string | null; role: string | null }>(
    `select c.id, k.withdrawn_at as "withdrawnAt", m.role
       from certificate c join consent k on k.id = c.consent_id
       left join membership m on m.network_id = k.network_id and m.participant_id = c.participant_id and m.role = 'QUERIER'
      where c.id in ?? and (k.withdrawn_at is not null or m.role is null)`,
    [ids],
  );
  return new Map(
    found.map(({ id, withdrawnAt }) => [
      id,
      withdrawnAt
        ? { reason: "CONSENT_WITHDRAWN", message: "The subject has withdrawn the consent." }
        : { reason: "ROLE_REMOVED", message: "The role to query in the network was removed." },
    ]),
  );
}

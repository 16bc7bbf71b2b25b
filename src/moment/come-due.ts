import { subjectHeld } from "../kernel/hold.js";
import type { Id } from "../kernel/id.js";
import type { Instant } from "../kernel/instant.js";
import type { Writer } from "../kernel/reader.js";
import { columns } from "../kernel/table.js";
import { Certificate, certificateStatus, statusReason, type CertificateStatus } from "../certificate/certificate.js";
import { Consent, consentStatus } from "../consent/consent.js";
import { append } from "../event/append.js";
import type { Fact } from "../event/event.js";
import { Moment } from "./moment.js";
import { nextAge } from "./watch.js";

/** What has come of a moment: what is told, and when it is next due; null where nothing more can come. */
interface Coming {
  readonly fact: Fact | null;
  readonly next: { readonly dueAt: Instant; readonly toldStatus: string } | null;
}

type Aging = Omit<Certificate, "jws">;

/**
 * Tells of what time alone has brought about, up to `limit` at once, and answers how many. However many gateways do this, each moment is
 * told once: it is moved on in the transaction that tells of it.
 */
export async function comeDue(write: Writer, limit: number): Promise<number> {
  const found = await write.rows<{ id: string; entityId: Id<"ent"> | null }>(
    `select d.subject_id as id, coalesce(c.entity_id, k.entity_id) as "entityId" from due_moment d
       left join certificate c on c.id = d.subject_id left join consent k on k.id = d.subject_id
      where d.due_at <= ? order by d.due_at, d.subject_id limit ?`,
    [write.now, limit],
  );
  if (found.length === 0) return 0;
  await write.hold(found.flatMap(({ entityId }) => (entityId ? [subjectHeld(entityId)] : [])));
  // Read once they are held: what ended in between may have been told of.
  const due = await write.rows<Moment>(
    `select ${columns(Moment, "d")} from due_moment d where d.due_at <= ? and d.subject_id in ?? order by d.due_at, d.subject_id`,
    [write.now, found.map(({ id }) => id)],
  );
  const ids = due.map(({ subjectId }) => subjectId);
  const certificates = new Map(
    (
      await write.rows<Aging>(`select ${columns(Certificate, "c", ["jws"])} from certificate c where c.id in ??`, [ids])
    ).map((row) => [row.id as string, row]),
  );
  const consents = new Map(
    (await write.rows<Consent>(`select ${columns(Consent, "c")} from consent c where c.id in ??`, [ids])).map((row) => [
      row.id as string,
      row,
    ]),
  );
  const facts: Fact[] = [];
  for (const moment of due) {
    const certificate = certificates.get(moment.subjectId);
    const consent = consents.get(moment.subjectId);
    const { fact, next } = certificate
      ? ageOf(certificate, moment, write.now)
      : consent
        ? endOf(consent, write.now)
        : { fact: null, next: null };
    if (fact) facts.push(fact);
    if (next) await write.em.nativeUpdate(Moment, { subjectId: moment.subjectId }, next);
    else await write.em.nativeDelete(Moment, { subjectId: moment.subjectId });
  }
  await append(write, facts);
  return due.length;
}

/** States of a certificate that time no longer changes. */
const ENDED: readonly CertificateStatus[] = ["REVOKED", "SUPERSEDED", "STALE"];

function ageOf(certificate: Aging, { toldStatus }: Moment, now: Instant): Coming {
  const status = certificateStatus(certificate, now);
  const dueAt = ENDED.includes(status) ? null : nextAge(certificate, now);
  // While it is disputed its age is not what counts; what becomes of the dispute tells the rest.
  const tells = status === "EXPIRING" || status === "STALE";
  const next = dueAt && { dueAt, toldStatus: tells ? status : toldStatus };
  if (!tells || status === toldStatus) return { fact: null, next };
  const fact: Fact = {
    type: "CERTIFICATE_STATUS_CHANGED",
    participantId: certificate.participantId,
    entityId: certificate.entityId,
    subjectId: certificate.id,
    from: toldStatus,
    to: status,
    reason: statusReason(certificate, now),
  };
  return { fact, next };
}

function endOf(consent: Consent, now: Instant): Coming {
  if (consentStatus(consent, now) !== "EXPIRED") return { fact: null, next: null };
  const { participantId, entityId } = consent;
  return { fact: { type: "CONSENT_EXPIRED", participantId, entityId, subjectId: consent.id }, next: null };
}

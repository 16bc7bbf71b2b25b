import type { Id } from "../kernel/id.js";
import { plusDays } from "../kernel/instant.js";
import type { Writer } from "../kernel/reader.js";
import { append } from "../event/append.js";
import { Certification, needsCertification } from "./certification.js";
import { lastCertifications } from "./read-rolls.js";
import { businessTypes } from "./shown.js";

/** How long the last certification is good for once something has changed. */
export const RECERTIFY_DAYS = 30;

/** Says that something changed about the members of a business: what was certified is open again, and expires in 30 days. */
export const reopenCertification = (write: Writer, businessId: Id<"ent">): Promise<void> => reopen(write, [businessId]);

/** The same for every business that has certified, or could have, this entity as an owner. */
export async function reopenCertificationsOf(write: Writer, entityId: Id<"ent">): Promise<void> {
  await write.flush();
  const rows = await write.rows<{ id: Id<"ent"> }>(
    `select distinct m.business_id as id from member m
      where m.participant_id = ? and m.entity_id = ? and m.unlinked_at is null and m.role = 'BENEFICIAL_OWNER'
      order by m.business_id`,
    [write.actor.participantId, entityId],
  );
  await reopen(
    write,
    rows.map(({ id }) => id),
  );
}

/** Opens what stands; what was opened before keeps the day on which it expires. */
async function reopen(write: Writer, businessIds: readonly Id<"ent">[]): Promise<void> {
  await write.flush();
  const last = [...(await lastCertifications(write, businessIds)).values()];
  const standing = last.filter(({ expiresAfter }) => expiresAfter === null);
  if (standing.length === 0) return;
  await write.em.nativeUpdate(
    Certification,
    { id: { $in: standing.map(({ id }) => id) } },
    { expiresAfter: plusDays(write.now, RECERTIFY_DAYS) },
  );
  const reopened = standing.map(({ businessId }) => businessId);
  const types = await businessTypes(write, reopened);
  await append(
    write,
    reopened
      .filter((businessId) => needsCertification(types.get(businessId) ?? null))
      .map((businessId) => ({
        type: "CERTIFICATION_CHANGED",
        participantId: write.actor.participantId,
        entityId: businessId,
        subjectId: businessId,
        from: "CERTIFIED",
        to: "CERTIFICATION_PENDING",
      })),
  );
}

import type { Id } from "../kernel/id.js";
import { plusDays, type Instant } from "../kernel/instant.js";
import type { Writer } from "../kernel/reader.js";
import { EXPIRING_DAYS, certificateStatus, type Certificate } from "../certificate/certificate.js";
import { Moment } from "./moment.js";

/** The next instant at which a certificate's age changes what it is; null where its age changes nothing more. */
export function nextAge(certificate: Pick<Certificate, "staleAt">, now: Instant): Instant | null {
  if (!certificate.staleAt) return null;
  const expiring = plusDays(certificate.staleAt, -EXPIRING_DAYS);
  return [expiring, certificate.staleAt].find((at) => at > now) ?? null;
}

/** Remembers when a certificate that was just issued changes by its age alone. */
export async function watchCertificate(write: Writer, id: Id<"cert">, staleAt: Instant | null): Promise<void> {
  const dueAt = nextAge({ staleAt }, write.now);
  if (!dueAt) return;
  const standing = { staleAt, revokedAt: null, supersededById: null, disputedReason: null };
  const toldStatus = certificateStatus(standing, write.now);
  await write.insert(Moment, [{ subjectId: id, kind: "CERTIFICATE", dueAt, toldStatus }]);
}

/** Remembers when a consent ends by itself. */
export async function watchConsent(write: Writer, id: Id<"con">, expiresAt: Instant | null): Promise<void> {
  if (expiresAt)
    await write.insert(Moment, [{ subjectId: id, kind: "CONSENT", dueAt: expiresAt, toldStatus: "ACTIVE" }]);
}

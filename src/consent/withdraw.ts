import { notFound } from "../kernel/failure.js";
import { subjectHeld } from "../kernel/hold.js";
import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import { fall } from "../certificate/fall.js";
import { append } from "../event/append.js";
import { permit } from "../network/permit.js";
import { Consent } from "./consent.js";

/** Ends a consent before the next read. Certificates that were issued under it stay as a record, revoked. Again is the same. */
export async function withdrawConsent(write: Writer, input: { consentId: string }): Promise<Id<"con">> {
  permit(write.actor, "withdrawConsent");
  const consent = await write.em.findOne(Consent, {
    id: input.consentId as Id<"con">,
    participantId: write.actor.participantId,
  });
  if (!consent) throw notFound("Consent", "input.consentId");
  if (consent.withdrawnAt) return consent.id;
  await write.hold([subjectHeld(consent.entityId)]);
  consent.withdrawnAt = write.now;
  await append(write, [
    {
      type: "CONSENT_WITHDRAWN",
      participantId: write.actor.participantId,
      entityId: consent.entityId,
      subjectId: consent.id,
    },
  ]);
  await fall(write, { on: "CONSENT", id: consent.id }, "The subject withdrew the consent.");
  return consent.id;
}

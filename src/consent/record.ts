import { z } from "zod";
import type { Id } from "../kernel/id.js";
import { isInstant, type Instant } from "../kernel/instant.js";
import type { Writer } from "../kernel/reader.js";
import { faultsOf, optional, refuse, text } from "../kernel/validate.js";
import { SUB_PRODUCT_KINDS, type SubProductKind } from "../attestation/sub-product.js";
import { entityByHandle } from "../entity/find.js";
import { append } from "../event/append.js";
import { watchConsent } from "../moment/watch.js";
import { permit, requireRole } from "../network/permit.js";
import { Consent } from "./consent.js";

export interface RecordConsent {
  readonly networkId: string;
  readonly handle: string;
  readonly purpose: string;
  readonly kinds?: readonly SubProductKind[] | null;
  readonly expiresAt?: Instant | null;
  readonly subjectConsented: boolean;
}

const schema = (now: Instant) =>
  z.object({
    purpose: text(200),
    kinds: optional(
      z
        .array(z.enum(SUB_PRODUCT_KINDS))
        .min(1, "Must name at least one kind, or be left out for all.")
        .refine((kinds) => new Set(kinds).size === kinds.length, "Must not repeat a kind."),
    ),
    expiresAt: optional(
      z
        .string()
        .refine(isInstant, { error: "Must be an RFC 3339 date and time.", abort: true })
        .refine((at) => at > now, "Must be in the future."),
    ),
    subjectConsented: z.literal(true, "Must be true: without the subject's consent there is nothing to record."),
  });

/**
 * Records that a subject allowed the caller to query in one network, for a purpose. Gathering it was the caller's part. The same again is the
 * consent that stands on these terms: whoever lost the answer may repeat the call.
 */
export async function recordConsent(write: Writer, input: RecordConsent): Promise<Id<"con">> {
  permit(write.actor, "recordConsent");
  refuse(faultsOf(schema(write.now), input, "input"));
  await requireRole(write, [input.networkId], "QUERIER", "input.networkId");
  const subject = await entityByHandle(write, input.handle, "input.handle");
  const terms: Terms = {
    entityId: subject.id,
    participantId: write.actor.participantId,
    networkId: input.networkId as Id<"net">,
    purpose: input.purpose.trim(),
    kinds: (input.kinds ?? []).join(" "),
    expiresAt: input.expiresAt ?? null,
  };
  const standing = await standingOn(write, terms);
  if (standing) return standing;
  const id = write.newId("con");
  write.em.create(Consent, { ...terms, id, grantedAt: write.now });
  await watchConsent(write, id, input.expiresAt ?? null);
  await append(write, [
    { type: "CONSENT_GRANTED", participantId: write.actor.participantId, entityId: subject.id, subjectId: id },
  ]);
  return id;
}

type Terms = Pick<Consent, "entityId" | "participantId" | "networkId" | "purpose" | "kinds"> & {
  readonly expiresAt: Instant | null;
};

/** In whatever order kinds are named, they are the same. */
const sorted = (kinds: string): string => kinds.split(" ").toSorted().join(" ");

/** The consent that stands on the very same terms; null where there is none. */
async function standingOn(write: Writer, terms: Terms): Promise<Id<"con"> | null> {
  const rows = await write.rows<Pick<Consent, "id" | "kinds">>(
    `select id, kinds from consent
      where entity_id = ? and participant_id = ? and network_id = ? and purpose = ? and coalesce(expires_at, '') = ?
        and withdrawn_at is null order by id`,
    [terms.entityId, terms.participantId, terms.networkId, terms.purpose, terms.expiresAt ?? ""],
  );
  return rows.find(({ kinds }) => sorted(kinds) === sorted(terms.kinds))?.id ?? null;
}

import { defineEntity, p, type InferEntity } from "@mikro-orm/core";
import type { Id } from "../kernel/id.js";
import type { Instant } from "../kernel/instant.js";
import type { CertificationStatus } from "../business/certification.js";
import type { VerificationStatus } from "../verification/status.js";

/**
 * One committed change in one participant's view of the world. `seq` is commit order. Carries ids and states, never
 * personal data: whoever reads it loads the rest under the rights of that moment.
 */
export const EventRow = defineEntity({
  name: "EventRow",
  tableName: "event",
  indexes: [
    { properties: ["participantId", "seq"] },
    { properties: ["participantId", "entityId", "seq"] },
    // Who follows one rare type would otherwise walk past everything else that ever happened.
    { properties: ["participantId", "type", "seq"] },
  ],
  properties: {
    seq: p.integer().primary().autoincrement(),
    participantId: p.text().$type<Id<"par">>(),
    entityId: p.text().$type<Id<"ent">>(),
    type: p.text().$type<EventType>(),
    /** The id of what changed. */
    subjectId: p.text().$type<Id>(),
    fromStatus: p.text().nullable(),
    toStatus: p.text().nullable(),
    reason: p.text().nullable(),
    occurredAt: p.text().$type<Instant>(),
  },
});
export type EventRow = InferEntity<typeof EventRow>;

export const EVENT_TYPES = [
  "ENTITY_REGISTERED",
  "CONSENT_GRANTED",
  "CONSENT_WITHDRAWN",
  "CONSENT_EXPIRED",
  "ATTESTATION_FURNISHED",
  "ATTESTATION_STATUS_CHANGED",
  "CERTIFICATE_ISSUED",
  "CERTIFICATE_STATUS_CHANGED",
  "ENTITY_STATUS_CHANGED",
  "VERIFICATION_STATUS_CHANGED",
  "VERIFICATION_DEADLINE_NEAR",
  "DOCUMENT_RECEIVED",
  "MEMBER_LINKED",
  "MEMBER_UNLINKED",
  "CERTIFICATION_CHANGED",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Whose view a fact belongs to, and whom it is about: of a business's members, the business. */
interface Placed {
  readonly participantId: Id<"par">;
  readonly entityId: Id<"ent">;
}

/** Something of which only that it happened is told. */
interface Happened<Type extends EventType, Subject extends Id> extends Placed {
  readonly type: Type;
  readonly subjectId: Subject;
}

/** Something that stands otherwise than before. */
interface Changed<Type extends EventType, Subject extends Id, Status extends string> extends Happened<Type, Subject> {
  readonly from: Status;
  readonly to: Status;
}

/** What a verb says has happened. */
export type Fact =
  | Happened<"ENTITY_REGISTERED", Id<"ent">>
  | Happened<"CONSENT_GRANTED" | "CONSENT_WITHDRAWN" | "CONSENT_EXPIRED", Id<"con">>
  | Happened<"ATTESTATION_FURNISHED", Id<"att">>
  | Happened<"CERTIFICATE_ISSUED", Id<"cert">>
  | Happened<"VERIFICATION_DEADLINE_NEAR", Id<"ver">>
  | Happened<"DOCUMENT_RECEIVED", Id<"doc">>
  | Happened<"MEMBER_LINKED" | "MEMBER_UNLINKED", Id<"mem">>
  | Changed<"ENTITY_STATUS_CHANGED", Id<"ent">, VerificationStatus>
  | Changed<"VERIFICATION_STATUS_CHANGED", Id<"ver">, VerificationStatus>
  | Changed<"CERTIFICATION_CHANGED", Id<"ent">, CertificationStatus>
  | (Changed<"ATTESTATION_STATUS_CHANGED" | "CERTIFICATE_STATUS_CHANGED", Id<"att"> | Id<"cert">, string> & {
      readonly reason: string | null;
    });

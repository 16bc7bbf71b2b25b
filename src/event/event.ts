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
  indexes: [{ properties: ["participantId", "seq"] }, { properties: ["participantId", "entityId", "seq"] }],
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

/** What a verb says has happened. `participantId` is whose view it belongs to. */
export type Fact =
  | {
      readonly type: "ENTITY_REGISTERED";
      readonly participantId: Id<"par">;
      readonly entityId: Id<"ent">;
      readonly subjectId: Id<"ent">;
    }
  | {
      readonly type: "CONSENT_GRANTED" | "CONSENT_WITHDRAWN" | "CONSENT_EXPIRED";
      readonly participantId: Id<"par">;
      readonly entityId: Id<"ent">;
      readonly subjectId: Id<"con">;
    }
  | {
      readonly type: "ATTESTATION_FURNISHED";
      readonly participantId: Id<"par">;
      readonly entityId: Id<"ent">;
      readonly subjectId: Id<"att">;
    }
  | {
      readonly type: "ATTESTATION_STATUS_CHANGED" | "CERTIFICATE_STATUS_CHANGED";
      readonly participantId: Id<"par">;
      readonly entityId: Id<"ent">;
      readonly subjectId: Id<"att"> | Id<"cert">;
      readonly from: string;
      readonly to: string;
      readonly reason: string | null;
    }
  | {
      readonly type: "CERTIFICATE_ISSUED";
      readonly participantId: Id<"par">;
      readonly entityId: Id<"ent">;
      readonly subjectId: Id<"cert">;
    }
  | {
      readonly type: "ENTITY_STATUS_CHANGED" | "VERIFICATION_STATUS_CHANGED";
      readonly participantId: Id<"par">;
      readonly entityId: Id<"ent">;
      readonly subjectId: Id<"ent"> | Id<"ver">;
      readonly from: VerificationStatus;
      readonly to: VerificationStatus;
    }
  | {
      readonly type: "VERIFICATION_DEADLINE_NEAR";
      readonly participantId: Id<"par">;
      readonly entityId: Id<"ent">;
      readonly subjectId: Id<"ver">;
    }
  | {
      readonly type: "DOCUMENT_RECEIVED";
      readonly participantId: Id<"par">;
      readonly entityId: Id<"ent">;
      readonly subjectId: Id<"doc">;
    }
  | {
      /** `entityId` is the business. */
      readonly type: "MEMBER_LINKED" | "MEMBER_UNLINKED";
      readonly participantId: Id<"par">;
      readonly entityId: Id<"ent">;
      readonly subjectId: Id<"mem">;
    }
  | {
      readonly type: "CERTIFICATION_CHANGED";
      readonly participantId: Id<"par">;
      readonly entityId: Id<"ent">;
      /** The business. */
      readonly subjectId: Id<"ent">;
      readonly from: CertificationStatus;
      readonly to: CertificationStatus;
    };

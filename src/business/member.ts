import { defineEntity, p, type InferEntity } from "@mikro-orm/core";
import type { Decimal } from "../kernel/decimal.js";
import type { Id } from "../kernel/id.js";
import type { Instant } from "../kernel/instant.js";
import { Entity } from "../entity/entity.js";
import { Participant } from "../network/participant.js";

export const MEMBER_ROLES = ["CONTROLLING_OFFICER", "BENEFICIAL_OWNER", "ADMINISTRATOR"] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

/** One role of one entity in a business, as one participant knows it: a person with two roles is two members. */
export const Member = defineEntity({
  name: "Member",
  tableName: "member",
  indexes: [
    { properties: ["participantId", "businessId", "unlinkedAt"] },
    { properties: ["participantId", "entityId", "unlinkedAt"] },
  ],
  properties: {
    id: p.text().$type<Id<"mem">>().primary(),
    participantId: () => p.manyToOne(Participant).mapToPk().joinColumn("participant_id").index(false),
    businessId: () => p.manyToOne(Entity).mapToPk().joinColumn("business_id").index(false),
    entityId: () => p.manyToOne(Entity).mapToPk().joinColumn("entity_id").index(false),
    role: p.text().$type<MemberRole>(),
    details: p.text().nullable(),
    /** Percent, exact, more than 0 and at most 100; null but for beneficial owners. */
    ownershipStake: p.text().$type<Decimal>().nullable(),
    /** `participant|business|entity|role` while it is linked: nobody holds a role twice. Null once unlinked. */
    linkedAs: p.text().nullable().unique(),
    linkedAt: p.text().$type<Instant>(),
    unlinkedAt: p.text().$type<Instant>().nullable(),
  },
});
export type Member = InferEntity<typeof Member>;

/** So many members a business has at most, whatever their roles. */
export const MAX_MEMBERS = 1_000;

/** What keeps anybody from holding a role twice: the unique name of a link while it lasts. */
export const linkedAs = (link: {
  readonly participantId: Id<"par">;
  readonly businessId: Id<"ent">;
  readonly entityId: Id<"ent">;
  readonly role: MemberRole;
}): string => [link.participantId, link.businessId, link.entityId, link.role].join("|");

import { z } from "zod";
import { Failure, badInput, type Fault } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import { faultsOf, optional, reasonText, refuse } from "../kernel/validate.js";
import type { EntityType } from "../entity/entity.js";
import { entityByHandle } from "../entity/find.js";
import { append } from "../event/append.js";
import { permit } from "../network/permit.js";
import { refreshStandings } from "../verification/standing.js";
import { MAX_MEMBERS, MEMBER_ROLES, Member, linkedAs, type MemberRole } from "./member.js";
import { reopenCertification } from "./reopen.js";
import { exceedWhole, normalised, percentageFault } from "./stake.js";

export interface LinkMember {
  readonly businessHandle: string;
  readonly memberHandle: string;
  readonly role: MemberRole;
  /** What the member is there, such as a title. */
  readonly details?: string | null;
  /** Percent, as exact text: for beneficial owners, and only for them. */
  readonly ownershipStake?: string | null;
}

/**
 * Gives an entity one role in a business. Nobody holds a role twice, and direct stakes in a business never sum over 100. What was
 * certified about the business is open again, and what its members make of its verification is derived anew.
 */
export async function linkMember(write: Writer, input: LinkMember): Promise<Id<"mem">> {
  permit(write.actor, "linkMember");
  refuse([...faultsOf(linkSchema, input, "input"), ...stakeFaults(input)]);
  const business = await entityByHandle(write, input.businessHandle, "input.businessHandle");
  const member = await entityByHandle(write, input.memberHandle, "input.memberHandle");
  refuse(partFaults(business, member, input.role));
  const stake = input.ownershipStake ? normalised(input.ownershipStake) : null;
  const linked = await linkedTo(write, business.id);
  refuseTwice(linked, member.id, input.role);
  refuseMore(linked);
  if (stake && exceedWhole([...linked.flatMap(({ ownershipStake }) => ownershipStake ?? []), stake]))
    throw badInput([{ path: "input.ownershipStake", message: "Direct stakes in one business never sum over 100." }]);
  const id = write.newId("mem");
  const link = {
    participantId: write.actor.participantId,
    businessId: business.id,
    entityId: member.id,
    role: input.role,
  };
  write.em.create(Member, {
    ...link,
    id,
    details: input.details?.trim() ?? null,
    ownershipStake: stake,
    linkedAs: linkedAs(link),
    linkedAt: write.now,
  });
  await append(write, [
    { type: "MEMBER_LINKED", participantId: link.participantId, entityId: business.id, subjectId: id },
  ]);
  await reopenCertification(write, business.id);
  await refreshStandings(write, link.participantId, [business.id]);
  return id;
}

const linkSchema = z.object({
  role: z.enum(MEMBER_ROLES, "Must be a role that members have."),
  details: optional(reasonText.max(200, "Must be at most 200 characters.")),
});

const STAKE = "input.ownershipStake";

/** An owner is one by its stake; whoever else has none to state. */
function stakeFaults({ role, ownershipStake = null }: LinkMember): Fault[] {
  if (role !== "BENEFICIAL_OWNER")
    return ownershipStake === null ? [] : [{ path: STAKE, message: "Is given although the role is another." }];
  if (ownershipStake === null) return [{ path: STAKE, message: "Is needed for a beneficial owner." }];
  const message = percentageFault(ownershipStake);
  return message ? [{ path: STAKE, message }] : [];
}

interface Part {
  readonly id: Id<"ent">;
  readonly entityType: EntityType;
}

/** Who can be what of whom: members are of businesses, and a business acts through people alone. */
function partFaults(business: Part, member: Part, role: MemberRole): Fault[] {
  const faults: Fault[] = [];
  if (business.entityType !== "BUSINESS") faults.push({ path: "input.businessHandle", message: "Must be a business." });
  if (business.id === member.id)
    faults.push({ path: "input.memberHandle", message: "Must be another: nobody is a member of itself." });
  if (member.entityType === "BUSINESS" && role !== "BENEFICIAL_OWNER")
    faults.push({ path: "input.role", message: "Must be BENEFICIAL_OWNER: a business can have no other role." });
  return faults;
}

type Linked = Pick<Member, "entityId" | "role" | "ownershipStake">;

const linkedTo = (write: Writer, businessId: Id<"ent">): Promise<Linked[]> =>
  write.rows<Linked>(
    `select entity_id as "entityId", role, ownership_stake as "ownershipStake" from member
      where participant_id = ? and business_id = ? and unlinked_at is null`,
    [write.actor.participantId, businessId],
  );

function refuseTwice(linked: readonly Linked[], entityId: Id<"ent">, role: MemberRole): void {
  if (!linked.some((link) => link.entityId === entityId && link.role === role)) return;
  throw new Failure("CONFLICT", "This member has this role already.", {
    validationDetails: [{ path: "input.role", message: "Is held already." }],
  });
}

function refuseMore(linked: readonly Linked[]): void {
  if (linked.length < MAX_MEMBERS) return;
  throw new Failure("CONFLICT", `A business has at most ${MAX_MEMBERS} members.`, {
    validationDetails: [{ path: "input.businessHandle", message: `Has ${MAX_MEMBERS} members.` }],
  });
}

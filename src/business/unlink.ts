import { z } from "zod";
import { Failure, notFound } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import { faultsOf, refuse } from "../kernel/validate.js";
import { entityByHandle } from "../entity/find.js";
import { append } from "../event/append.js";
import { permit } from "../network/permit.js";
import { refreshStandings } from "../verification/standing.js";
import { MEMBER_ROLES, Member, linkedAs, type MemberRole } from "./member.js";
import { reopenCertification } from "./reopen.js";

export interface UnlinkMember {
  readonly businessHandle: string;
  readonly memberHandle: string;
  readonly role: MemberRole;
}

/**
 * Takes one role in a business from an entity; the link stays on record. A business is never left without a controlling officer
 * once it has one. Answers the business.
 */
export async function unlinkMember(write: Writer, input: UnlinkMember): Promise<Id<"ent">> {
  permit(write.actor, "linkMember");
  refuse(faultsOf(unlinkSchema, input, "input"));
  const { participantId } = write.actor;
  const { id: businessId } = await entityByHandle(write, input.businessHandle, "input.businessHandle");
  const { id: entityId } = await entityByHandle(write, input.memberHandle, "input.memberHandle");
  const link = { participantId, businessId, entityId, role: input.role };
  const member = await write.em.findOne(Member, { linkedAs: linkedAs(link) });
  if (!member) throw notFound("Member", "input.memberHandle");
  await refuseLastOfficer(write, member);
  member.unlinkedAt = write.now;
  member.linkedAs = null;
  await append(write, [{ type: "MEMBER_UNLINKED", participantId, entityId: businessId, subjectId: member.id }]);
  await reopenCertification(write, businessId);
  await refreshStandings(write, participantId, [businessId]);
  return businessId;
}

const unlinkSchema = z.object({ role: z.enum(MEMBER_ROLES, "Must be a role that members have.") });

async function refuseLastOfficer(write: Writer, { id, businessId, role }: Member): Promise<void> {
  if (role !== "CONTROLLING_OFFICER") return;
  const [other] = await write.rows(
    `select id from member
      where participant_id = ? and business_id = ? and unlinked_at is null and role = 'CONTROLLING_OFFICER' and id <> ? limit 1`,
    [write.actor.participantId, businessId, id],
  );
  if (other) return;
  throw new Failure("CONFLICT", "The only controlling officer cannot be unlinked: link another one first.", {
    validationDetails: [{ path: "input.memberHandle", message: "Is the only controlling officer." }],
  });
}

import type { Id } from "../kernel/id.js";
import type { Reader } from "../kernel/reader.js";
import type { Certification } from "./certification.js";
import type { Member } from "./member.js";
import { certificationToken, contentFingerprint, type Enrolled, type Roll } from "./roll.js";
import { businessTypes, shownColumn } from "./shown.js";

/** The rolls of these businesses as the caller's participant knows them, in their order: three statements, however many. */
export async function readRolls(read: Reader, businessIds: readonly Id<"ent">[]): Promise<Roll[]> {
  const types = await businessTypes(read, businessIds);
  const members = await enrolled(read, businessIds);
  const last = await lastCertifications(read, businessIds);
  return businessIds.map((businessId) => {
    const own = members.get(businessId) ?? [];
    return {
      businessId,
      businessType: types.get(businessId) ?? null,
      members: new Map(own.map((member) => [member.id, member])),
      required: new Set(own.filter(({ role }) => role !== "ADMINISTRATOR").map(({ entityId }) => entityId)),
      fingerprint: contentFingerprint(read.vault, businessId, own),
      last: last.get(businessId) ?? null,
    };
  });
}

/** The roll of one business. */
export async function readRoll(read: Reader, businessId: Id<"ent">): Promise<Roll> {
  const [roll] = await readRolls(read, [businessId]);
  return roll!;
}

interface MemberRow extends Omit<Enrolled, "token"> {
  readonly businessId: Id<"ent">;
  readonly factsFingerprint: string | null;
}

async function enrolled(
  read: Reader,
  businessIds: readonly Id<"ent">[],
): Promise<ReadonlyMap<Member["businessId"], Enrolled[]>> {
  const rows = await read.rows<MemberRow>(
    `select m.id, m.business_id as "businessId", m.entity_id as "entityId", m.role, m.ownership_stake as stake,
            ${shownColumn("facts_fingerprint", "m.participant_id", "m.entity_id")} as "factsFingerprint",
            c.token as "certifiedToken"
       from member m left join owner_certification c on c.member_id = m.id
      where m.participant_id = ? and m.business_id in ?? and m.unlinked_at is null order by m.id`,
    [read.actor.participantId, businessIds],
  );
  const members = new Map<Id<"ent">, Enrolled[]>(businessIds.map((id) => [id, []]));
  for (const row of rows) {
    const token = row.role === "BENEFICIAL_OWNER" ? certificationToken(read.vault, row) : null;
    members.get(row.businessId)!.push({ ...row, token });
  }
  return members;
}

type Last = Pick<Certification, "id" | "businessId" | "contentFingerprint" | "expiresAfter">;

/** The certification of a business that counts, as a subselect: the one that stands, wherever the clock of its gateway stood, else the newest. */
export const lastCertification = (participant: string, business: string): string =>
  `(select n.id from certification n where n.participant_id = ${participant} and n.business_id = ${business}
     order by n.expires_after is not null, n.id desc limit 1)`;

/** The certification that counts, of each business that has one. */
export async function lastCertifications(
  read: Reader,
  businessIds: readonly Id<"ent">[],
): Promise<ReadonlyMap<Id<"ent">, Last>> {
  const rows = await read.rows<Last>(
    `select c.id, c.business_id as "businessId", c.content_fingerprint as "contentFingerprint", c.expires_after as "expiresAfter"
       from certification c
      where c.participant_id = ? and c.business_id in ??
        and c.id = ${lastCertification("c.participant_id", "c.business_id")}`,
    [read.actor.participantId, businessIds],
  );
  return new Map(rows.map((row) => [row.businessId, row]));
}

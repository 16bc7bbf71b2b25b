import { Certification, OwnerCertification } from "../business/certification.js";
import { Member } from "../business/member.js";
import { certificationToken, contentFingerprint, type Enrolled } from "../business/roll.js";
import { shownColumn } from "../business/shown.js";
import { check, each, rowsOf, wrongs, type Books, type Check } from "./audit.js";

type Company = Pick<Member, "participantId" | "businessId">;

/** Somebody who is or was a member, as certification sees one. */
interface Part extends Company, Omit<Enrolled, "token"> {
  readonly factsFingerprint: string | null;
  readonly unlinkedAt: string | null;
}

const companyOf = ({ participantId, businessId }: Company): string => `${participantId} ${businessId}`;

/** Everybody who ever was a member, by what is shown of them now, and how they were certified. */
const partsOf = async ({ rows }: Books, companies: readonly Company[]) =>
  Map.groupBy(
    await rows<Part>(
      `select m.participant_id as "participantId", m.business_id as "businessId", m.id, m.entity_id as "entityId", m.role, m.ownership_stake as stake,
              ${shownColumn("facts_fingerprint", "m.participant_id", "m.entity_id")} as "factsFingerprint",
              o.token as "certifiedToken", m.unlinked_at as "unlinkedAt"
         from member m left join owner_certification o on o.member_id = m.id
        where m.participant_id in ?? and m.business_id in ??`,
      [each(companies.map(({ participantId }) => participantId)), each(companies.map(({ businessId }) => businessId))],
    ),
    companyOf,
  );

const administers = (parts: readonly Part[], id: string): boolean =>
  parts.some(({ role, entityId }) => role === "ADMINISTRATOR" && entityId === id);

function owned(text: string): string {
  try {
    return (JSON.parse(text) as string[]).toSorted().join(" ");
  } catch {
    return "nobody";
  }
}

async function judgeCertifications(books: Books, certifications: readonly Certification[]) {
  const parts = await partsOf(books, certifications);
  return wrongs(certifications, function* (one) {
    const all = parts.get(companyOf(one)) ?? [];
    yield !administers(all, one.administratorId) && "Whoever certified never administered the business.";
    if (one.expiresAfter !== null) return;
    const members = all
      .filter(({ unlinkedAt }) => unlinkedAt === null)
      .map((part) => ({
        ...part,
        token: part.role === "BENEFICIAL_OWNER" ? certificationToken(books.vault, part) : null,
      }));
    const owners = members.filter(({ token }) => token !== null);
    yield contentFingerprint(books.vault, one.businessId, members) !== one.contentFingerprint &&
      "It stands, and what it certifies has changed.";
    yield owners.some(({ token, certifiedToken }) => token !== certifiedToken) && "An owner in it is not certified.";
    yield owned(one.owners) !== owned(JSON.stringify(owners.map(({ entityId }) => entityId))) &&
      "It names other owners than there are.";
  });
}

/** Which members were certified as owners. */
const membersOf = ({ rows }: Books, ids: readonly string[]) =>
  rows<Pick<Member, "id" | "participantId" | "businessId" | "role">>(
    `select id, participant_id as "participantId", business_id as "businessId", role from member where id in ??`,
    [ids],
  );

async function judgeOwners(books: Books, owners: readonly OwnerCertification[]) {
  const members = await membersOf(
    books,
    owners.map(({ memberId }) => memberId),
  );
  const byId = new Map(members.map((member) => [member.id, member]));
  const parts = await partsOf(books, members);
  return wrongs(owners, function* ({ memberId, administratorId }) {
    const member = byId.get(memberId);
    if (!member) return;
    yield member.role !== "BENEFICIAL_OWNER" && "Who was certified is no owner.";
    yield !administers(parts.get(companyOf(member)) ?? [], administratorId) &&
      "Whoever certified never administered the business.";
  });
}

export const CERTIFICATIONS: readonly Check[] = [
  check<Certification>({
    name: "certifications",
    says: "A certification was given by an administrator, and while it stands it is of the members and owners that there are.",
    source: rowsOf(Certification, ["id"]),
    judge: judgeCertifications,
  }),
  check<OwnerCertification>({
    name: "certifications-owners",
    says: "Who was certified as an owner is one, and was by an administrator of the same business.",
    source: rowsOf(OwnerCertification, ["memberId"]),
    judge: judgeOwners,
  }),
];

import type { Decimal } from "../kernel/decimal.js";
import type { Id } from "../kernel/id.js";
import { needsCertification } from "../business/certification.js";
import { Member, MAX_MEMBERS, linkedAs, type MemberRole } from "../business/member.js";
import { shownColumn, typeIn } from "../business/shown.js";
import { exceedWhole, percentageFault } from "../business/stake.js";
import { check, each, rowsOf, wrongs, type Books, type Check, type Source } from "./audit.js";
import { broken, toldAbout, toldTimes } from "./told.js";

/** A business as one participant knows its members. */
interface Company {
  readonly participantId: Id<"par">;
  readonly entityId: Id<"ent">;
}

const companyOf = ({ participantId, entityId }: Company): string => `${participantId} ${entityId}`;

const businessOf = ({ participantId, businessId }: Member): Company => ({ participantId, entityId: businessId });

interface Part extends Company {
  readonly role: MemberRole;
  readonly ownershipStake: Decimal | null;
  readonly unlinkedAt: string | null;
}

/** Everybody who is linked, and every officer who ever was. */
const partsOf = ({ rows }: Books, companies: readonly Company[]) =>
  rows<Part>(
    `select participant_id as "participantId", business_id as "entityId", role, ownership_stake as "ownershipStake", unlinked_at as "unlinkedAt"
       from member where participant_id in ?? and business_id in ?? and (unlinked_at is null or role = 'CONTROLLING_OFFICER')`,
    [each(companies.map(({ participantId }) => participantId)), each(companies.map(({ entityId }) => entityId))],
  );

const standingsOf = ({ rows }: Books, companies: readonly Company[]) =>
  rows<Company>(
    `select participant_id as "participantId", entity_id as "entityId" from standing where participant_id in ?? and entity_id in ??`,
    [each(companies.map(({ participantId }) => participantId)), each(companies.map(({ entityId }) => entityId))],
  );

async function judgeMembers(books: Books, members: readonly Member[]) {
  const about = (one: Member) => ({ ...one, entityId: one.businessId, subjectId: one.id });
  const telling = await toldAbout(books, ["MEMBER_LINKED", "MEMBER_UNLINKED"], members.map(about));
  const standings = new Set((await standingsOf(books, members.map(businessOf))).map(companyOf));
  const { log } = books;
  return wrongs(members, function* (one) {
    const told = telling(about(one));
    const { role, unlinkedAt, linkedAt, ownershipStake } = one;
    yield toldTimes(told, "MEMBER_LINKED", 1, log.reaches(linkedAt));
    yield toldTimes(told, "MEMBER_UNLINKED", unlinkedAt ? 1 : 0, log.reaches(unlinkedAt ?? linkedAt));
    yield (one.linkedAs ?? null) !== (unlinkedAt ? null : linkedAs(one)) && "It is linked by halves.";
    const owns = ownershipStake !== null && percentageFault(ownershipStake) === null;
    yield !standings.has(companyOf(businessOf(one))) && "Its business has no standing.";
    yield owns !== (role === "BENEFICIAL_OWNER") && "Its stake does not fit its role.";
  });
}

async function judgeCompanies(books: Books, companies: readonly Company[]) {
  const parts = Map.groupBy(await partsOf(books, companies), companyOf);
  return wrongs(companies, function* (company) {
    const all = parts.get(companyOf(company)) ?? [];
    const linked = all.filter(({ unlinkedAt }) => unlinkedAt === null);
    const officers = ({ role }: Part): boolean => role === "CONTROLLING_OFFICER";
    yield exceedWhole(linked.flatMap(({ ownershipStake }) => ownershipStake ?? [])) && "Stakes in it sum over 100.";
    yield linked.length > MAX_MEMBERS && `It has ${linked.length} members.`;
    yield all.some(officers) && !linked.some(officers) && "Its last controlling officer was unlinked.";
  });
}

interface Certified extends Company {
  readonly standing: number | string;
  readonly since: Member["linkedAt"];
  readonly count: number | string;
  readonly wrappedKey: string | null;
  readonly sealedFacts: string | null;
}

/** How often each business was certified, whether the last time stands, and what its participant says of it, which may need none by now. */
const certifiedOf = ({ rows }: Books, companies: readonly Company[]) =>
  rows<Certified>(
    `select c.participant_id as "participantId", c.business_id as "entityId", count(*) as count, min(c.created_at) as since,
            max(case when c.expires_after is null then 1 else 0 end) as standing,
            max(e.wrapped_key) as "wrappedKey", max(${shownColumn("sealed_facts", "c.participant_id", "c.business_id")}) as "sealedFacts"
       from certification c join entity e on e.id = c.business_id
      where c.participant_id in ?? and c.business_id in ?? group by c.participant_id, c.business_id`,
    [each(companies.map(({ participantId }) => participantId)), each(companies.map(({ entityId }) => entityId))],
  );

/** Null where its key is erased: nobody can say any more whether it has to be certified. */
function certificationNow({ vault }: Books, { entityId: id, wrappedKey, sealedFacts, standing }: Certified) {
  if (wrappedKey === null) return null;
  const type = sealedFacts ? typeIn(vault, { id, wrappedKey }, { sealedFacts }) : null;
  if (!needsCertification(type)) return "CERTIFICATION_NOT_REQUIRED";
  return Number(standing) === 1 ? "CERTIFIED" : "CERTIFICATION_PENDING";
}

async function judgeCertified(books: Books, companies: readonly Company[]) {
  const certified = new Map((await certifiedOf(books, companies)).map((one) => [companyOf(one), one]));
  const about = (one: Company) => ({ ...one, subjectId: one.entityId });
  const telling = await toldAbout(books, ["CERTIFICATION_CHANGED"], companies.map(about));
  return wrongs(companies, function* (company) {
    const one = certified.get(companyOf(company));
    if (!one) return;
    const told = telling(about(company));
    const kept = books.log.reaches(one.since);
    const made = told.filter(({ from, to }) => from === "CERTIFICATION_PENDING" && to === "CERTIFIED");
    const now = certificationNow(books, one);
    yield toldTimes(made, "CERTIFICATION_CHANGED", Number(one.count), kept);
    yield* broken({
      told,
      start: (from) => from !== "CERTIFIED",
      stands: (to) => now === null || (to ? to === now : now !== "CERTIFIED"),
      now: now ?? "known to nobody",
      kept,
    });
  });
}

/** Every business with a standing, where a table has rows of it: a page costs the same wherever it lies. */
const businessesIn = (table: "member" | "certification"): Source => ({
  table: "standing",
  key: ["participantId", "entityId"],
  select: 't.participant_id as "participantId", t.entity_id as "entityId"',
  where: `t.entity_type = 'BUSINESS' and exists (select 1 from ${table} m where m.participant_id = t.participant_id and m.business_id = t.entity_id)`,
});

export const MEMBERS: readonly Check[] = [
  check<Member>({
    name: "members",
    says: "A member is linked or not, whole, was told of once each time, owns a part or not, and its business has a standing.",
    source: rowsOf(Member, ["id"], { apart: ["details"] }),
    judge: judgeMembers,
  }),
  check<Company>({
    name: "businesses",
    says: "Stakes in a business never sum over 100, and where anybody controlled it, somebody does.",
    source: businessesIn("member"),
    judge: judgeCompanies,
  }),
  check<Company>({
    name: "certifications-told",
    says: "Each certification of a business was told once, and so was that it is open again.",
    source: businessesIn("certification"),
    judge: judgeCertified,
  }),
];

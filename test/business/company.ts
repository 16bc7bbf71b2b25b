import { certifyBeneficialOwner } from "../../src/business/certify-owner.js";
import { certifyBusiness } from "../../src/business/certify-business.js";
import { linkMember, type LinkMember } from "../../src/business/link.js";
import { readRoll } from "../../src/business/read-rolls.js";
import { statusOfBusiness, type Roll } from "../../src/business/roll.js";
import { unlinkMember } from "../../src/business/unlink.js";
import type { CertificationStatus } from "../../src/business/certification.js";
import type { MemberRole } from "../../src/business/member.js";
import { registerBusiness } from "../../src/entity/register.js";
import type { BusinessInput } from "../../src/entity/facts.js";
import type { Id } from "../../src/kernel/id.js";
import { factsIn } from "../support/asked.js";
import { business, givenRegistered, givenWorld, type Party, type World } from "../support/given.js";

/** A person of that name, without a number: nobody else. */
export const givenPerson = (party: Party, name: string): Promise<Id<"ent">> =>
  givenRegistered(party, { handle: name, firstName: name, socialSecurityNumber: null });

export const givenBusiness = (
  party: Party,
  name: string,
  businessType: BusinessInput["businessType"] = "llc",
): Promise<Id<"ent">> =>
  party.commit(
    async (write) =>
      (await registerBusiness(write, business({ handle: name, legalName: name, ein: null, businessType }))).entityId,
  );

/** Links by handles; an owner has its stake. */
export const link = (
  party: Party,
  businessHandle: string,
  memberHandle: string,
  role: MemberRole,
  over: Partial<LinkMember> = {},
): Promise<Id<"mem">> => party.commit((write) => linkMember(write, { businessHandle, memberHandle, role, ...over }));

export const own = (
  party: Party,
  businessHandle: string,
  memberHandle: string,
  ownershipStake: string,
): Promise<Id<"mem">> => link(party, businessHandle, memberHandle, "BENEFICIAL_OWNER", { ownershipStake });

export const unlink = (
  party: Party,
  businessHandle: string,
  memberHandle: string,
  role: MemberRole,
): Promise<Id<"ent">> => party.commit((write) => unlinkMember(write, { businessHandle, memberHandle, role }));

/** The fintech's company, with three people whom it knows and nobody linked. */
export interface Company extends World {
  readonly company: Id<"ent">;
  readonly ann: Id<"ent">;
  readonly ben: Id<"ent">;
  readonly cid: Id<"ent">;
}

export async function givenCompany(businessType: BusinessInput["businessType"] = "llc"): Promise<Company> {
  const world = await givenWorld();
  const { fintech } = world;
  return {
    ...world,
    company: await givenBusiness(fintech, "company", businessType),
    ann: await givenPerson(fintech, "ann"),
    ben: await givenPerson(fintech, "ben"),
    cid: await givenPerson(fintech, "cid"),
  };
}

/** The company as Ann and Ben own it and Cid administers it. */
export interface Owned extends Company {
  readonly annOwns: Id<"mem">;
  readonly benOwns: Id<"mem">;
}

export async function givenOwned(businessType: BusinessInput["businessType"] = "llc"): Promise<Owned> {
  const company = await givenCompany(businessType);
  const { fintech } = company;
  const annOwns = await own(fintech, "company", "ann", "60");
  const benOwns = await own(fintech, "company", "ben", "40");
  await link(fintech, "company", "cid", "ADMINISTRATOR");
  return { ...company, annOwns, benOwns };
}

/** The same with everything certified. */
export async function givenCertified(): Promise<Owned & { readonly certification: Id<"crt"> }> {
  const owned = await givenOwned();
  await certifyOwners(owned);
  return { ...owned, certification: await certify(owned) };
}

export const rollOf = ({ fintech, company }: Company): Promise<Roll> => readRoll(fintech.read, company);

export async function tokenOf(owned: Company, memberId: Id<"mem">): Promise<string> {
  const token = (await rollOf(owned)).members.get(memberId)?.token;
  if (!token) throw new Error("There is no token.");
  return token;
}

export const statusOf = async (owned: Company): Promise<CertificationStatus> => statusOfBusiness(await rollOf(owned));

export const certifyOwner = (
  { fintech }: Company,
  memberHandle: string,
  certificationToken: string,
  administratorHandle?: string,
): Promise<Id<"mem">> =>
  fintech.commit((write) =>
    certifyBeneficialOwner(write, {
      businessHandle: "company",
      memberHandle,
      certificationToken,
      administratorHandle: administratorHandle ?? null,
    }),
  );

export async function certifyOwners(owned: Owned): Promise<void> {
  await certifyOwner(owned, "ann", await tokenOf(owned, owned.annOwns));
  await certifyOwner(owned, "ben", await tokenOf(owned, owned.benOwns));
}

export const certify = ({ fintech }: Company, administratorHandle?: string): Promise<Id<"crt">> =>
  fintech.commit((write) =>
    certifyBusiness(write, { businessHandle: "company", administratorHandle: administratorHandle ?? null }),
  );

/** What a participant was told while some work was done: each fact with what it is about and what it led to. */
export async function told(
  { app }: Pick<World, "app">,
  party: Party,
  work: () => Promise<unknown>,
): Promise<(readonly [type: string, subject: string, from: string | null, to: string | null])[]> {
  const before = (await factsIn(app.store.rows, party.id)).length;
  await work();
  return (await factsIn(app.store.rows, party.id))
    .slice(before)
    .map(({ type, subjectId, fromStatus, toStatus }) => [type, subjectId, fromStatus, toStatus] as const);
}

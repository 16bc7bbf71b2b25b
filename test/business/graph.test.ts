import { Member, linkedAs } from "../../src/business/member.js";
import type { Id } from "../../src/kernel/id.js";
import { onPostgres } from "../support/database.js";
import { NOON } from "../support/app.js";
import { ask, data, refusalOf } from "../support/ask.js";
import { givenGateway, type Gateway } from "../support/gateway.js";
import { givenBusiness, givenPerson, link, own } from "./company.js";

const MEMBERS = `{
  id role details ownershipStake verificationRequired certificationToken linkedAt unlinkedAt
  beneficialOwnerCertificationStatus businessCertificationStatus
  entity { id handle displayName entityType memberships { id } }
  business { id displayName certificationStatus }
}`;

const COMPANY = `query Company($handle: String!) {
  entity(handle: $handle) { ... on Business {
    certificationStatus
    certificationHistory { id createdAt expiresAfter administrator { displayName } beneficialOwnerCertifications { displayName } business { id } }
    members ${MEMBERS}
    owners: members(role: BENEFICIAL_OWNER) { id }
    beneficialOwners { percentage person { displayName } paths { id entity { displayName } } }
    memberships { id business { displayName } }
  } }
}`;

interface MemberAnswer {
  readonly id: Id<"mem">;
  readonly role: string;
  readonly certificationToken: string | null;
  readonly verificationRequired: boolean;
  readonly beneficialOwnerCertificationStatus: string;
  readonly businessCertificationStatus: string;
  readonly entity: { readonly id: Id<"ent">; readonly displayName: string };
}

interface CompanyAnswer {
  readonly entity: {
    readonly certificationStatus: string;
    readonly certificationHistory: readonly object[];
    readonly members: readonly MemberAnswer[];
    readonly owners: readonly { readonly id: string }[];
    readonly beneficialOwners: readonly {
      readonly percentage: string;
      readonly person: { readonly displayName: string };
      readonly paths: readonly (readonly { readonly entity: { readonly displayName: string } }[])[];
    }[];
  };
}

const companyOf = async (gateway: Gateway, token: string): Promise<CompanyAnswer["entity"]> =>
  (await data<CompanyAnswer, { handle: string }>(gateway, token, COMPANY, { handle: "company" })).entity;

/** The fintech's company, owned by Ann directly and through a holding, administered by Cid. */
async function givenCompanyBehindGateway(): Promise<Gateway> {
  const gateway = await givenGateway();
  const { fintech } = gateway;
  await givenBusiness(fintech, "company");
  await givenBusiness(fintech, "holding");
  await givenPerson(fintech, "ann");
  await givenPerson(fintech, "cid");
  await own(fintech, "company", "ann", "20");
  await own(fintech, "company", "holding", "60");
  await own(fintech, "holding", "ann", "50");
  await link(fintech, "company", "cid", "ADMINISTRATOR");
  return gateway;
}

const clientToken = async (gateway: Gateway, handle: string): Promise<string> => {
  const answer = await data<{ createClientToken: { token: string } }, { input: object }>(
    gateway,
    gateway.fintech.token,
    `mutation Token($input: CreateClientTokenInput!) { createClientToken(input: $input) { token } }`,
    { input: { handle, ttlSeconds: 600 } },
  );
  return answer.createClientToken.token;
};

describe("a business", () => {
  it("shows its members, and who owns it through whom", async () => {
    await using gateway = await givenCompanyBehindGateway();
    const company = await companyOf(gateway, gateway.fintech.token);
    expect(company.members.map(({ role, verificationRequired }) => [role, verificationRequired])).toEqual([
      ["BENEFICIAL_OWNER", true],
      ["BENEFICIAL_OWNER", true],
      ["ADMINISTRATOR", false],
    ]);
    expect(company.owners).toHaveLength(2);
    expect(company.beneficialOwners).toMatchObject([
      { percentage: "50", person: { displayName: "ann Moreno" }, paths: [[{}, {}], [{}]] },
    ]);
    expect(company.beneficialOwners[0]!.paths[0]!.map(({ entity }) => entity.displayName)).toEqual([
      "holding",
      "ann Moreno",
    ]);
  });

  it("is certified owner by owner, then whole", async () => {
    await using gateway = await givenCompanyBehindGateway();
    const { token } = gateway.fintech;
    const before = await companyOf(gateway, token);
    for (const [index, memberHandle] of ["ann", "holding"].entries())
      await data(
        gateway,
        token,
        `mutation Owner($input: CertifyBeneficialOwnerInput!) { certifyBeneficialOwner(input: $input) { member { id } } }`,
        {
          input: {
            businessHandle: "company",
            memberHandle,
            certificationToken: before.members[index]!.certificationToken,
          },
        },
      );
    await data(
      gateway,
      token,
      `mutation Company($input: CertifyBusinessInput!) { certifyBusiness(input: $input) { certification { id } } }`,
      { input: { businessHandle: "company" } },
    );
    const after = await companyOf(gateway, token);
    expect([before.certificationStatus, after.certificationStatus]).toEqual(["CERTIFICATION_PENDING", "CERTIFIED"]);
    expect(after.certificationHistory).toMatchObject([
      {
        createdAt: NOON,
        expiresAfter: null,
        administrator: { displayName: "cid Moreno" },
        beneficialOwnerCertifications: [{ displayName: "ann Moreno" }, { displayName: "holding" }],
      },
    ]);
    expect(
      after.members.map((member) => [member.beneficialOwnerCertificationStatus, member.businessCertificationStatus]),
    ).toEqual([
      ["CERTIFIED", "CERTIFIED"],
      ["CERTIFIED", "CERTIFIED"],
      ["CERTIFICATION_NOT_REQUIRED", "CERTIFICATION_NOT_REQUIRED"],
    ]);
  });

  it("is linked and unlinked", async () => {
    await using gateway = await givenCompanyBehindGateway();
    const { token } = gateway.fintech;
    const input = { businessHandle: "company", memberHandle: "cid", role: "BENEFICIAL_OWNER" };
    const linked = await data(
      gateway,
      token,
      `mutation Link($input: LinkMemberInput!) { linkMember(input: $input) { member { role ownershipStake entity { displayName } } } }`,
      { input: { ...input, ownershipStake: "12.50" } },
    );
    expect(linked).toEqual({
      linkMember: {
        member: { role: "BENEFICIAL_OWNER", ownershipStake: "12.5", entity: { displayName: "cid Moreno" } },
      },
    });
    const unlinked = await data(
      gateway,
      token,
      `mutation Unlink($input: UnlinkMemberInput!) { unlinkMember(input: $input) { business { members(role: BENEFICIAL_OWNER) { id } } } }`,
      { input },
    );
    expect(unlinked).toMatchObject({ unlinkMember: { business: { members: [{}, {}] } } });
  });

  it("takes as many statements for many members as for few", async () => {
    await using gateway = await givenCompanyBehindGateway();
    const { fintech, statements } = gateway;
    const counted = async (): Promise<number> => {
      await companyOf(gateway, fintech.token);
      statements.length = 0;
      await companyOf(gateway, fintech.token);
      return statements.length;
    };
    const few = await counted();
    const businessId = (
      await fintech.read.rows<{ id: Id<"ent"> }>("select entity_id as id from registration where handle = 'company'")
    )[0]!.id;
    await fintech.commit(async (write) => {
      const people = await write.rows<{ id: Id<"ent"> }>("select id from entity where entity_type = 'INDIVIDUAL'");
      const rows = Array.from({ length: 300 }, (_, index) => {
        const held = {
          participantId: fintech.id,
          businessId,
          entityId: people[index % people.length]!.id,
          role: "BENEFICIAL_OWNER" as const,
        };
        const id = `mem_x${String(index).padStart(25, "0")}` as const;
        return { ...held, id, linkedAs: `${linkedAs(held)}${index}`, ownershipStake: "0.01" as never, linkedAt: NOON };
      });
      await write.insert(Member, rows);
    });
    const many = await counted();
    // What is asked of a server at once may be answered apart, and is then followed up apart: never for each member.
    expect(many).toBeLessThanOrEqual(onPostgres ? 2 * few : few);
  });

  it("refuses a threshold of nothing, at its place", async () => {
    await using gateway = await givenCompanyBehindGateway();
    const answer = await ask(
      gateway,
      gateway.fintech.token,
      `{ entity(handle: "company") { ... on Business { beneficialOwners(threshold: "0") { percentage } } } }`,
    );
    expect(refusalOf(answer)).toEqual({ code: "BAD_USER_INPUT", paths: ["threshold"] });
  });
});

describe("a client token", () => {
  it("for the business reads its members and its owners, but no token to certify them with", async () => {
    await using gateway = await givenCompanyBehindGateway();
    const company = await companyOf(gateway, await clientToken(gateway, "company"));
    expect(company.members.map(({ certificationToken }) => certificationToken)).toEqual([null, null, null]);
    expect(company.beneficialOwners.map(({ percentage }) => percentage)).toEqual(["50"]);
  });

  it("for a person reads what that person is of which businesses, and nothing of anybody else there", async () => {
    await using gateway = await givenCompanyBehindGateway();
    const token = await clientToken(gateway, "cid");
    const answer = await data(
      gateway,
      token,
      `{ entity(handle: "cid") { ... on Individual { memberships {
        role certificationToken
        business { displayName members { role entity { displayName } } beneficialOwners { percentage } certificationHistory { id } }
      } } } }`,
    );
    expect(answer).toMatchObject({
      entity: {
        memberships: [
          {
            role: "ADMINISTRATOR",
            certificationToken: null,
            business: {
              members: [{ role: "ADMINISTRATOR", entity: { displayName: "cid Moreno" } }],
              beneficialOwners: [],
              certificationHistory: [],
            },
          },
        ],
      },
    });
  });
});

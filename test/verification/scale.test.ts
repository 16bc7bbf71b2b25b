import { Member, linkedAs, type MemberRole } from "../../src/business/member.js";
import { registerBusiness, registerIndividual } from "../../src/entity/register.js";
import type { IndividualInput } from "../../src/entity/facts.js";
import type { Decimal } from "../../src/kernel/decimal.js";
import type { Id } from "../../src/kernel/id.js";
import type { Writer } from "../../src/kernel/reader.js";
import { requestVerification } from "../../src/verification/request.js";
import { refreshStandings } from "../../src/verification/standing.js";
import { data } from "../support/ask.js";
import type { Gateway } from "../support/gateway.js";
import { business, individual, type Party } from "../support/given.js";
import { fullScans } from "../support/plan.js";
import { givenSandboxGateway, worked } from "../support/verify.js";

const FEW = 10;
const MANY = 1_000;
const GROUPS = 20;
const STORY_MS = 60_000;

const CHECK_KYC = `query CheckKyc($handle: String!) {
  checkKyc(handle: $handle) {
    success message verificationStatus validKycLevels
    documentsRequired { id }
    verificationHistory { id status kycLevel checks { tag } }
    entity {
      id handle displayName verificationStatus
      ... on Business {
        certificationStatus
        members {
          id role ownershipStake details linkedAt verificationRequired verificationStatus certificationToken
          beneficialOwnerCertificationStatus businessCertificationStatus
          entity { id handle displayName entityType }
          verification { id status tags }
        }
      }
    }
  }
}`;

const DUE = "code acceptableDocuments publicMessage staffMessage entity { handle }";
const REQUIREMENTS = `requirements { deadline attemptsLeft currentlyDue { ${DUE} } pastDue { code } pendingVerification { code } }`;

const ENTITIES = `query Entities($first: Int!) {
  entities(first: $first) { edges { node { id handle displayName verificationStatus validKycLevels ${REQUIREMENTS} } } }
}`;

const VERIFICATIONS = `query Verifications($first: Int!) {
  verifications(first: $first) { edges { node {
    id status tags score checks { element outcome tag } documents { id filename } requirements { deadline currentlyDue { code } }
    entity { id handle displayName }
  } } }
}`;

type Step = (write: Writer) => Promise<unknown>;

/** A few steps a transaction: what one of them reads grows with what its transaction wrote. */
async function take({ commit }: Party, steps: readonly Step[]): Promise<void> {
  for (let first = 0; first < steps.length; first += 10)
    await commit(async (write) => {
      for (const step of steps.slice(first, first + 10)) await step(write);
    });
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const register =
  (handle: string, number: number, over: Partial<IndividualInput> = {}): Step =>
  (write) =>
    registerIndividual(
      write,
      individual({
        handle,
        lastName: `Number ${number}`,
        socialSecurityNumber: String(100_010_001 + number * 10),
        ...over,
      }),
    );

const company =
  (handle: string, number: number): Step =>
  (write) =>
    registerBusiness(write, business({ handle, legalName: handle, ein: String(120_000_000 + number) }));

const request =
  ({ app }: Gateway, handle: string): Step =>
  (write) =>
    requestVerification(write, { levels: app.config.levels, iss: app.config.issuer }, { handle });

const idOf = async ({ read }: Party, handle: string): Promise<Id<"ent">> => {
  const rows = await read.rows<{ id: Id<"ent"> }>("select entity_id as id from registration where handle = ?", [
    handle,
  ]);
  return rows[0]!.id;
};

const roleAt = (index: number): MemberRole =>
  index === 0 ? "CONTROLLING_OFFICER" : index === 1 ? "ADMINISTRATOR" : "BENEFICIAL_OWNER";

/** Makes these people members, past the verb, which would read all others for each of them. */
async function enrol(party: Party, businessHandle: string, handles: readonly string[]): Promise<void> {
  const businessId = await idOf(party, businessHandle);
  const entityIds: Id<"ent">[] = [];
  for (const handle of handles) entityIds.push(await idOf(party, handle));
  await party.commit(async (write) => {
    const members = entityIds.map((entityId, index) => {
      const link = { participantId: party.id, businessId, entityId, role: roleAt(index) };
      const ownershipStake = link.role === "BENEFICIAL_OWNER" ? ("0.1" as Decimal) : null;
      return { ...link, id: write.newId("mem"), linkedAs: linkedAs(link), ownershipStake, linkedAt: write.now };
    });
    await write.insert(Member, members);
    await refreshStandings(write, party.id, [businessId]);
  });
}

/** What one question takes, once what is made at the first request is made. */
async function statementsOf(gateway: Gateway, document: string, variables: Record<string, unknown>): Promise<string[]> {
  await data(gateway, gateway.bank.token, document, variables);
  gateway.statements.length = 0;
  await data(gateway, gateway.bank.token, document, variables);
  // What does not wait for one another comes in any order.
  return gateway.statements.toSorted();
}

/** One of each kind of answer, so many times over: passed, failed, in review, outdated, not asked, and a business that waits. */
async function givenOfEveryKind(gateway: Gateway): Promise<void> {
  const { bank } = gateway;
  const group = (number: number): Step[] => [
    register(`passed-${number}`, 10_000 + number),
    register(`failed-${number}`, 11_000 + number, { lastName: "Fail" }),
    register(`review-${number}`, 12_000 + number, { firstName: "Review" }),
    register(`amended-${number}`, 13_000 + number),
    register(`unasked-${number}`, 14_000 + number),
    company(`waiting-${number}`, number),
  ];
  await take(bank, numbers(GROUPS).flatMap(group));
  for (const number of numbers(GROUPS)) await enrol(bank, `waiting-${number}`, [`unasked-${number}`]);
  const asked = ["passed", "failed", "review", "amended", "waiting"];
  await take(
    bank,
    numbers(GROUPS).flatMap((number) => asked.map((kind) => request(gateway, `${kind}-${number}`))),
  );
  await worked(gateway);
  await take(
    bank,
    numbers(GROUPS).map((number) => register(`amended-${number}`, 13_000 + number, { lastName: "Otherwise" })),
  );
}

describe("a question about many", () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await givenSandboxGateway();
    const { bank } = gateway;
    await take(
      bank,
      numbers(MANY).flatMap((number) => [register(`member-${number}`, number)]),
    );
    await take(bank, [company("few", 1_001), company("many", 1_002)]);
    for (const [handle, count] of [
      ["few", FEW],
      ["many", MANY],
    ] as const)
      await enrol(
        bank,
        handle,
        numbers(count).map((number) => `member-${number}`),
      );
    await take(
      bank,
      numbers(MANY).map((number) => request(gateway, `member-${number}`)),
    );
    await take(
      bank,
      ["few", "many"].map((handle) => request(gateway, handle)),
    );
    await worked(gateway);
    await givenOfEveryKind(gateway);
  }, STORY_MS);
  afterAll(() => gateway[Symbol.asyncDispose]());

  it(`takes as many statements of a business with ${MANY} members as of one with ${FEW}, within the ordinary limits`, async () => {
    const few = await statementsOf(gateway, CHECK_KYC, { handle: "few" });
    const many = await statementsOf(gateway, CHECK_KYC, { handle: "many" });
    expect(many).toEqual(few);
  });

  it(`answers all ${MANY} members, each with its own run`, async () => {
    interface Answer {
      readonly checkKyc: {
        readonly success: boolean;
        readonly entity: { readonly members: readonly { readonly entity: object; readonly verification: object }[] };
      };
    }
    const { checkKyc } = await data<Answer, object>(gateway, gateway.bank.token, CHECK_KYC, { handle: "many" });
    expect(checkKyc.success).toBe(true);
    const { members } = checkKyc.entity;
    expect(new Set(members.map(({ verification }) => JSON.stringify(verification))).size).toBe(MANY);
    expect(members.at(-1)).toMatchObject({
      role: "BENEFICIAL_OWNER",
      ownershipStake: "0.1",
      verificationRequired: true,
      verificationStatus: "PASSED",
      beneficialOwnerCertificationStatus: "CERTIFICATION_PENDING",
      entity: { handle: `member-${MANY - 1}` },
      verification: { status: "PASSED", tags: expect.arrayContaining(["KYC Name Match"]) },
    });
  });

  it.each([
    ["entities with what they have to do", ENTITIES],
    ["runs with what was found", VERIFICATIONS],
  ])("takes as many statements of a hundred %s as of twelve", async (_what, document) => {
    const few = await statementsOf(gateway, document, { first: 12 });
    const many = await statementsOf(gateway, document, { first: 100 });
    expect(many).toEqual(few);
  });

  it("reads no table from end to end", async () => {
    const asked = [
      ...(await statementsOf(gateway, CHECK_KYC, { handle: "many" })),
      ...(await statementsOf(gateway, ENTITIES, { first: 12 })),
      ...(await statementsOf(gateway, VERIFICATIONS, { first: 12 })),
    ];
    expect(await fullScans(gateway.app, asked)).toEqual([]);
  });
});

describe("settling", () => {
  it("reads no table from end to end, nor does asking for it", async () => {
    await using gateway = await givenSandboxGateway();
    const { bank, statements } = gateway;
    await take(
      bank,
      numbers(FEW).map((number) => register(`person-${number}`, number)),
    );
    await take(bank, [company("company", 1)]);
    await enrol(bank, "company", ["person-0", "person-1", "person-2"]);
    statements.length = 0;
    await take(
      bank,
      ["company", ...numbers(FEW).map((number) => `person-${number}`)].map((handle) => request(gateway, handle)),
    );
    await worked(gateway);
    expect(await fullScans(gateway.app, statements)).toEqual([]);
  });

  it("takes as many statements of twenty-five runs as of ten, but for what is written of each", async () => {
    await using gateway = await givenSandboxGateway();
    const { bank, statements } = gateway;
    const written = /^(?:insert|update .?verification.? |delete from .verification_work.)/;
    const settled = async (from: number, count: number): Promise<string[]> => {
      const handles = numbers(count).map((index) => `person-${from + index}`);
      await take(
        bank,
        numbers(count).map((index) => register(`person-${from + index}`, from + index)),
      );
      await take(
        bank,
        handles.map((handle) => request(gateway, handle)),
      );
      statements.length = 0;
      await worked(gateway);
      return statements.filter((text) => !written.test(text));
    };
    const few = await settled(0, 10);
    expect(await settled(10, 25)).toEqual(few);
  });
});

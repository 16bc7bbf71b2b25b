import { MAX_MEMBERS, Member, linkedAs } from "../../src/business/member.js";
import { linkMember } from "../../src/business/link.js";
import type { Id } from "../../src/kernel/id.js";
import { columns } from "../../src/kernel/table.js";
import { NOON } from "../support/app.js";
import { clientOf, countOf, givenRegistered } from "../support/given.js";
import { refusedTrace } from "../support/trace.js";
import { givenBusiness, givenCompany, givenPerson, link, own, told, unlink, type Company } from "./company.js";

const memberOf = async ({ app }: Company, id: string): Promise<Member> => {
  const [row] = await app.store.rows<Member>(`select ${columns(Member, "m")} from member m where m.id = ?`, [id]);
  return row!;
};

describe("linkMember", () => {
  it("gives an entity a role in a business, and says so", async () => {
    await using world = await givenCompany();
    const { fintech, company, ann } = world;
    let id: Id<"mem"> | undefined;
    const facts = await told(world, fintech, async () => {
      id = await link(fintech, "company", "ann", "CONTROLLING_OFFICER", { details: " Chief executive " });
    });
    expect(facts).toEqual([["MEMBER_LINKED", id, null, null]]);
    expect(await memberOf(world, id!)).toMatchObject({
      participantId: fintech.id,
      businessId: company,
      entityId: ann,
      role: "CONTROLLING_OFFICER",
      details: "Chief executive",
      ownershipStake: null,
      linkedAt: NOON,
      unlinkedAt: null,
    });
  });

  it.each([
    ["66.70", "66.7"],
    ["100.000000", "100"],
    ["0.000001", "0.000001"],
    ["33.333333", "33.333333"],
    ["007", "7"],
  ])("keeps a stake of %s exactly, as %s", async (stake, kept) => {
    await using world = await givenCompany();
    const id = await own(world.fintech, "company", "ann", stake);
    expect((await memberOf(world, id)).ownershipStake).toBe(kept);
  });

  it("lets one person have several roles, and a business own a business", async () => {
    await using world = await givenCompany();
    const { fintech } = world;
    await givenBusiness(fintech, "holding");
    await own(fintech, "company", "ann", "50");
    await link(fintech, "company", "ann", "CONTROLLING_OFFICER");
    await link(fintech, "company", "ann", "ADMINISTRATOR");
    await own(fintech, "company", "holding", "50");
    expect(await countOf(world, "member")).toBe(4);
  });

  it("refuses a role that is held already, until it was given up", async () => {
    await using world = await givenCompany();
    const { fintech } = world;
    await link(fintech, "company", "ann", "ADMINISTRATOR");
    expect(await refusedTrace(world, () => link(fintech, "company", "ann", "ADMINISTRATOR"))).toEqual({
      code: "CONFLICT",
      paths: ["input.role"],
      changed: [],
    });
    await unlink(fintech, "company", "ann", "ADMINISTRATOR");
    await link(fintech, "company", "ann", "ADMINISTRATOR");
    expect(await countOf(world, "member")).toBe(2);
  });

  it("refuses the same again as done already, though its stake would be too much by now", async () => {
    await using world = await givenCompany();
    await own(world.fintech, "company", "ann", "60");
    expect(await refusedTrace(world, () => own(world.fintech, "company", "ann", "60"))).toEqual({
      code: "CONFLICT",
      paths: ["input.role"],
      changed: [],
    });
  });

  it("gives a role once to twenty who ask at the same time", async () => {
    await using world = await givenCompany();
    const asked = Array.from({ length: 20 }, () => link(world.fintech, "company", "ann", "ADMINISTRATOR"));
    const answers = await Promise.allSettled(asked);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await countOf(world, "member")).toBe(1);
  });

  it.each([
    ["without a stake", undefined],
    ["with a stake of nothing", "0"],
    ["with less than nothing", "-1"],
    ["with more than all", "100.000001"],
    ["with seven decimals", "1.0000001"],
    ["with what is no decimal", "1e1"],
    ["with a fraction", "1/3"],
  ])("refuses a beneficial owner %s", async (_what, ownershipStake) => {
    await using world = await givenCompany();
    const asked = () =>
      link(world.fintech, "company", "ann", "BENEFICIAL_OWNER", ownershipStake ? { ownershipStake } : {});
    expect(await refusedTrace(world, asked)).toEqual({
      code: "BAD_USER_INPUT",
      paths: ["input.ownershipStake"],
      changed: [],
    });
  });

  it.each(["CONTROLLING_OFFICER", "ADMINISTRATOR"] as const)("refuses a stake of a %s", async (role) => {
    await using world = await givenCompany();
    const asked = () => link(world.fintech, "company", "ann", role, { ownershipStake: "10" });
    expect((await refusedTrace(world, asked)).paths).toEqual(["input.ownershipStake"]);
  });

  it("reports every fault at once", async () => {
    await using world = await givenCompany();
    const asked = () =>
      link(world.fintech, "company", "ann", "CHAIR" as never, { details: "x".repeat(201), ownershipStake: "10" });
    expect(await refusedTrace(world, asked)).toEqual({
      code: "BAD_USER_INPUT",
      paths: ["input.role", "input.details", "input.ownershipStake"],
      changed: [],
    });
  });

  it("refuses details that hold what looks like a number of a person", async () => {
    await using world = await givenCompany();
    const asked = () => link(world.fintech, "company", "ann", "ADMINISTRATOR", { details: "SSN 212-55-0101" });
    expect((await refusedTrace(world, asked)).paths).toEqual(["input.details"]);
  });

  it("never lets direct stakes sum over 100, but exactly 100 they may be", async () => {
    await using world = await givenCompany();
    const { fintech } = world;
    await own(fintech, "company", "ann", "33.333333");
    await own(fintech, "company", "ben", "33.333333");
    expect(await refusedTrace(world, () => own(fintech, "company", "cid", "33.333335"))).toEqual({
      code: "BAD_USER_INPUT",
      paths: ["input.ownershipStake"],
      changed: [],
    });
    await own(fintech, "company", "cid", "33.333334");
    expect(await countOf(world, "member")).toBe(3);
  });

  it("counts a stake no more once it was given up", async () => {
    await using world = await givenCompany();
    const { fintech } = world;
    await own(fintech, "company", "ann", "100");
    await unlink(fintech, "company", "ann", "BENEFICIAL_OWNER");
    await own(fintech, "company", "ben", "100");
    expect(await countOf(world, "member")).toBe(2);
  });

  it("refuses a person as the business", async () => {
    await using world = await givenCompany();
    expect(await refusedTrace(world, () => link(world.fintech, "ben", "ann", "ADMINISTRATOR"))).toEqual({
      code: "BAD_USER_INPUT",
      paths: ["input.businessHandle"],
      changed: [],
    });
  });

  it.each(["CONTROLLING_OFFICER", "ADMINISTRATOR"] as const)("refuses a business as %s", async (role) => {
    await using world = await givenCompany();
    await givenBusiness(world.fintech, "holding");
    expect(await refusedTrace(world, () => link(world.fintech, "company", "holding", role))).toEqual({
      code: "BAD_USER_INPUT",
      paths: ["input.role"],
      changed: [],
    });
  });

  it("refuses a business as a member of itself", async () => {
    await using world = await givenCompany();
    expect(await refusedTrace(world, () => own(world.fintech, "company", "company", "10"))).toEqual({
      code: "BAD_USER_INPUT",
      paths: ["input.memberHandle"],
      changed: [],
    });
  });

  it.each([
    ["business", "elsewhere", "ann", "input.businessHandle"],
    ["member", "company", "nobody", "input.memberHandle"],
  ])("does not find somebody else's %s", async (_what, businessHandle, memberHandle, path) => {
    await using world = await givenCompany();
    await givenBusiness(world.stranger, "elsewhere");
    await givenRegistered(world.stranger, { handle: "nobody" });
    expect(await refusedTrace(world, () => link(world.fintech, businessHandle, memberHandle, "ADMINISTRATOR"))).toEqual(
      { code: "NOT_FOUND", paths: [path], changed: [] },
    );
  });

  it("is refused to a client token", async () => {
    await using world = await givenCompany();
    const commit = world.app.commitAs(clientOf(world.fintech.id, world.company));
    const input = { businessHandle: "company", memberHandle: "ann", role: "ADMINISTRATOR" } as const;
    expect((await refusedTrace(world, () => commit((write) => linkMember(write, input)))).code).toBe("FORBIDDEN");
  });

  it(`refuses the member after ${MAX_MEMBERS}`, async () => {
    await using world = await givenCompany();
    const { fintech, company, ben } = world;
    const rows = Array.from({ length: MAX_MEMBERS - 1 }, (_, index) => ({
      id: `mem_many_${index}` as const,
      participantId: fintech.id,
      businessId: company,
      entityId: ben,
      role: "ADMINISTRATOR" as const,
      linkedAs: `${linkedAs({ participantId: fintech.id, businessId: company, entityId: ben, role: "ADMINISTRATOR" })}${index}`,
      linkedAt: NOON,
    }));
    await fintech.commit((write) => write.insert(Member, rows));
    await link(fintech, "company", "ann", "ADMINISTRATOR");
    await givenPerson(fintech, "dot");
    expect(await refusedTrace(world, () => link(fintech, "company", "dot", "ADMINISTRATOR"))).toEqual({
      code: "CONFLICT",
      paths: ["input.businessHandle"],
      changed: [],
    });
  });
});

import { columns } from "../../src/kernel/table.js";
import { Member } from "../../src/business/member.js";
import { NOON } from "../support/app.js";
import { refusedTrace } from "../support/trace.js";
import { givenBusiness, givenCompany, givenOwned, givenPerson, link, told, unlink } from "./company.js";

describe("unlinkMember", () => {
  it("ends a role, keeps the link on record, and says so", async () => {
    await using world = await givenOwned();
    const { fintech, company, benOwns } = world;
    expect(await told(world, fintech, () => unlink(fintech, "company", "ben", "BENEFICIAL_OWNER"))).toEqual([
      ["MEMBER_UNLINKED", benOwns, null, null],
    ]);
    const [row] = await fintech.read.rows<Member>(`select ${columns(Member, "m")} from member m where m.id = ?`, [
      benOwns,
    ]);
    expect(row).toMatchObject({ businessId: company, ownershipStake: "40", unlinkedAt: NOON, linkedAs: null });
  });

  it("answers the business", async () => {
    await using world = await givenOwned();
    expect(await unlink(world.fintech, "company", "ben", "BENEFICIAL_OWNER")).toBe(world.company);
  });

  it("leaves the other roles of the same person", async () => {
    await using world = await givenOwned();
    const { fintech } = world;
    await link(fintech, "company", "ann", "ADMINISTRATOR");
    await unlink(fintech, "company", "ann", "ADMINISTRATOR");
    expect(
      await fintech.read.rows("select role from member where entity_id = ? and unlinked_at is null", [world.ann]),
    ).toEqual([{ role: "BENEFICIAL_OWNER" }]);
  });

  it.each([
    ["another role than is held", "company", "ann", "ADMINISTRATOR", "input.memberHandle"],
    ["somebody without a role", "company", "dan", "ADMINISTRATOR", "input.memberHandle"],
    ["an unknown business", "other", "ann", "BENEFICIAL_OWNER", "input.businessHandle"],
  ] as const)("does not find %s", async (_what, businessHandle, memberHandle, role, path) => {
    await using world = await givenOwned();
    expect(await refusedTrace(world, () => unlink(world.fintech, businessHandle, memberHandle, role))).toEqual({
      code: "NOT_FOUND",
      paths: [path],
      changed: [],
    });
  });

  it("does not find a role that has ended", async () => {
    await using world = await givenOwned();
    await unlink(world.fintech, "company", "ann", "BENEFICIAL_OWNER");
    expect((await refusedTrace(world, () => unlink(world.fintech, "company", "ann", "BENEFICIAL_OWNER"))).code).toBe(
      "NOT_FOUND",
    );
  });

  it("does not find the links of another participant that knows both by the same names", async () => {
    await using world = await givenOwned();
    await givenBusiness(world.bank, "company");
    await givenPerson(world.bank, "ann");
    expect((await refusedTrace(world, () => unlink(world.bank, "company", "ann", "BENEFICIAL_OWNER"))).code).toBe(
      "NOT_FOUND",
    );
  });

  it("refuses the only controlling officer, until there is another", async () => {
    await using world = await givenCompany();
    const { fintech, company } = world;
    await link(fintech, "company", "ann", "CONTROLLING_OFFICER");
    await link(fintech, "company", "ben", "ADMINISTRATOR");
    expect(await refusedTrace(world, () => unlink(fintech, "company", "ann", "CONTROLLING_OFFICER"))).toEqual({
      code: "CONFLICT",
      paths: ["input.memberHandle"],
      changed: [],
    });
    await link(fintech, "company", "ben", "CONTROLLING_OFFICER");
    expect(await unlink(fintech, "company", "ann", "CONTROLLING_OFFICER")).toBe(company);
  });
});

import { refreshStandings } from "../../src/verification/standing.js";
import type { RunStatus } from "../../src/verification/status.js";
import { Verification } from "../../src/verification/verification.js";
import type { Id } from "../../src/kernel/id.js";
import { readRoll } from "../../src/business/read-rolls.js";
import type { Party } from "../support/given.js";
import { givenBusiness, givenCompany, link, own, told, unlink, type Company } from "./company.js";

/** A run of the party's about an entity that has come to this. */
const ran = (party: Party, entityId: Id<"ent">, status: RunStatus): Promise<void> =>
  party.commit(async (write) => {
    const [registration] = await write.rows<{ id: Id<"reg"> }>(
      "select id from registration where participant_id = ? and entity_id = ? and superseded_at is null",
      [party.id, entityId],
    );
    write.em.create(Verification, {
      id: write.newId("ver"),
      entityId,
      participantId: party.id,
      registrationId: registration!.id,
      kycLevel: "KYC-STANDARD",
      status,
      attempt: 1,
      reasons: "[]",
      tags: "[]",
      requestedAt: write.now,
      updatedAt: write.now,
    });
    await refreshStandings(write, party.id, [entityId]);
  });

async function standing({ app, fintech }: Company, entityId: Id<"ent">): Promise<string> {
  const [row] = await app.store.rows<{ status: string }>(
    "select status from standing where participant_id = ? and entity_id = ?",
    [fintech.id, entityId],
  );
  return row?.status ?? "UNVERIFIED";
}

/** The company has passed by itself. */
async function givenPassed(): Promise<Company> {
  const world = await givenCompany();
  await ran(world.fintech, world.company, "PASSED");
  return world;
}

describe("what members make of a business", () => {
  it.each([
    [[], "PASSED"],
    [["PASSED"], "PASSED"],
    [["PASSED", "PENDING"], "MEMBER_PENDING"],
    [["PENDING", null], "MEMBER_UNVERIFIED"],
    [["PENDING", null, "REVIEW"], "MEMBER_REVIEW"],
    [["FAILED", "REVIEW", null], "MEMBER_FAILED"],
  ] as const)("is decided by the worst of %j: %s", async (statuses, expected) => {
    await using world = await givenPassed();
    const { fintech } = world;
    const people = [
      ["ann", world.ann],
      ["ben", world.ben],
      ["cid", world.cid],
    ] as const;
    for (const [index, status] of statuses.entries()) {
      await link(fintech, "company", people[index]![0], "CONTROLLING_OFFICER");
      if (status) await ran(fintech, people[index]![1], status);
    }
    expect(await standing(world, world.company)).toBe(expected);
  });

  it("goes up a chain of businesses, and is told of each", async () => {
    await using world = await givenPassed();
    const { fintech, company, ann } = world;
    const holding = await givenBusiness(fintech, "holding");
    await ran(fintech, holding, "PASSED");
    await own(fintech, "company", "holding", "60");
    await own(fintech, "holding", "ann", "50");
    expect([await standing(world, company), await standing(world, holding)]).toEqual([
      "MEMBER_UNVERIFIED",
      "MEMBER_UNVERIFIED",
    ]);
    const facts = await told(world, fintech, () => ran(fintech, ann, "PASSED"));
    expect(new Map(facts.map(([, subject, from, to]) => [subject, [from, to]]))).toEqual(
      new Map([
        [ann, ["UNVERIFIED", "PASSED"]],
        [holding, ["MEMBER_UNVERIFIED", "PASSED"]],
        [company, ["MEMBER_UNVERIFIED", "PASSED"]],
      ]),
    );
  });

  it("follows linking and unlinking at once", async () => {
    await using world = await givenPassed();
    const { fintech, company } = world;
    const linked = await told(world, fintech, () => own(fintech, "company", "ann", "50"));
    expect(linked.at(-1)).toEqual(["ENTITY_STATUS_CHANGED", company, "PASSED", "MEMBER_UNVERIFIED"]);
    const unlinked = await told(world, fintech, () => unlink(fintech, "company", "ann", "BENEFICIAL_OWNER"));
    expect(unlinked.at(-1)).toEqual(["ENTITY_STATUS_CHANGED", company, "MEMBER_UNVERIFIED", "PASSED"]);
  });

  it("does not ask for whoever only administers, until there is another role", async () => {
    await using world = await givenPassed();
    const { fintech, company, ann } = world;
    await link(fintech, "company", "ann", "ADMINISTRATOR");
    expect(await standing(world, company)).toBe("PASSED");
    expect((await readRoll(fintech.read, company)).required.has(ann)).toBe(false);
    await link(fintech, "company", "ann", "CONTROLLING_OFFICER");
    expect(await standing(world, company)).toBe("MEMBER_UNVERIFIED");
    expect((await readRoll(fintech.read, company)).required.has(ann)).toBe(true);
  });

  it("comes to an end where businesses own each other", async () => {
    await using world = await givenPassed();
    const { fintech, company, ann } = world;
    const holding = await givenBusiness(fintech, "holding");
    await own(fintech, "company", "holding", "60");
    await own(fintech, "holding", "company", "10");
    await own(fintech, "holding", "ann", "50");
    await ran(fintech, holding, "PASSED");
    await ran(fintech, ann, "REVIEW");
    expect([await standing(world, company), await standing(world, holding)]).toEqual([
      "MEMBER_REVIEW",
      "MEMBER_REVIEW",
    ]);
    await ran(fintech, ann, "PASSED");
    expect([await standing(world, company), await standing(world, holding)]).toEqual(["PASSED", "PASSED"]);
  });

  it("is each participant's own", async () => {
    await using world = await givenPassed();
    await link(world.fintech, "company", "ann", "CONTROLLING_OFFICER");
    const [theirs] = await world.app.store.rows("select status from standing where participant_id = ?", [
      world.bank.id,
    ]);
    expect(theirs).toBeUndefined();
  });
});

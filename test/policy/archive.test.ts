import { archivePolicy } from "../../src/policy/archive.js";
import { createPolicy } from "../../src/policy/create.js";
import { givenPolicy, givenReady, query } from "../support/asked.js";
import { defaultPolicyOf, type Party } from "../support/given.js";
import { refusal } from "../support/refusal.js";
import { refusedTrace } from "../support/trace.js";

const archive = (party: Party, policyId: string) => party.commit((write) => archivePolicy(write, { policyId }));

describe("archivePolicy", () => {
  it("takes a policy out of use, also as the default; again is the same", async () => {
    await using world = await givenReady();
    const policyId = await defaultPolicyOf(world, world.network);
    await archive(world.bank, policyId);
    await archive(world.bank, policyId);
    expect((await refusal(query(world.fintech, { ...world.ask, policyId }))).code).toBe("NOT_FOUND");
    expect(await refusal(query(world.fintech, world.ask))).toMatchObject({
      code: "BAD_USER_INPUT",
      paths: ["input.policyId"],
    });
  });

  it("is refused for a draft, to who is no governor, and for what does not exist", async () => {
    await using world = await givenReady();
    const published = await givenPolicy(world.bank, world.network, [{ key: "a", kinds: ["LIVENESS_REVIEW"] }]);
    const draft = await world.bank.commit((write) =>
      createPolicy(write, {
        networkId: world.network,
        name: "Draft",
        product: "KYC",
        selection: "OLDEST",
        requirements: [{ key: "a", kinds: ["LIVENESS_REVIEW"] }],
      }),
    );
    expect((await refusedTrace(world, () => archive(world.bank, draft))).code).toBe("ILLEGAL_TRANSITION");
    expect((await refusedTrace(world, () => archive(world.fintech, published))).code).toBe("FORBIDDEN");
    expect((await refusedTrace(world, () => archive(world.fintech, draft))).code).toBe("NOT_FOUND");
    expect((await refusedTrace(world, () => archive(world.stranger, published))).code).toBe("NOT_FOUND");
  });
});

describe("a policy that names furnishers", () => {
  it("counts only theirs", async () => {
    await using world = await givenReady(["LIVENESS_REVIEW"]);
    const requirement = (furnisherIds: string[]) => [{ key: "a", kinds: ["LIVENESS_REVIEW"] as const, furnisherIds }];
    const theirs = await givenPolicy(world.bank, world.network, requirement([world.vendor.id]));
    const others = await givenPolicy(world.bank, world.network, requirement([world.bank.id]), { name: "Others" });
    const outcome = async (policyId: string) => (await query(world.fintech, { ...world.ask, policyId })).queryEventId;
    expect(await outcome(theirs)).not.toBe(await outcome(others));
    const rows = await world.app.store.rows("select outcome, policy_id as policy from query_event order by id");
    expect(rows).toEqual([
      { outcome: "ISSUED", policy: theirs },
      { outcome: "NOT_SATISFIED", policy: others },
    ]);
  });

  it("is refused where it names a participant that is no furnisher of its network, known or not", async () => {
    await using world = await givenReady([]);
    for (const id of [world.fintech.id, world.stranger.id, "par_nobody"]) {
      const refused = await refusedTrace(world, () =>
        givenPolicy(world.bank, world.network, [{ key: "a", kinds: ["LIVENESS_REVIEW"], furnisherIds: [id] }]),
      );
      expect(refused).toEqual({
        code: "BAD_USER_INPUT",
        paths: ["input.requirements[0].furnisherIds[0]"],
        changed: [],
      });
    }
  });
});

import { createApp } from "../../src/app.js";
import { linkMember } from "../../src/business/link.js";
import type { Writer } from "../../src/kernel/reader.js";
import { factsIn } from "../support/asked.js";
import { countOf, partyIn } from "../support/given.js";
import { asFarAsItComes, paused } from "../support/paused.js";
import { refusal } from "../support/refusal.js";
import { givenCompany } from "./company.js";

describe("linkMember beside the same call elsewhere", () => {
  it("is refused as done already, and told of once", async () => {
    await using world = await givenCompany();
    const { app, fintech, time } = world;
    await using other = await createApp({ ...app.config, logLevel: "silent" }, { clock: time.clock });
    const ann = {
      businessHandle: "company",
      memberHandle: "ann",
      role: "BENEFICIAL_OWNER",
      ownershipStake: "60",
    } as const;
    const linking = (write: Writer) => linkMember(write, ann);
    await using first = paused(fintech.commit, linking);
    await first.done;
    const second = refusal(partyIn({ app: other }, fintech).commit(linking));
    const came = await asFarAsItComes(world, second);
    await first.end();
    const { code, paths } = await second;
    expect([came, code, paths, await countOf(world, "member")]).toEqual(["WAITS", "CONFLICT", ["input.role"], 1]);
    expect((await factsIn(app.store.rows)).filter(({ type }) => type === "MEMBER_LINKED")).toHaveLength(1);
  });
});

import { createApp } from "../../src/app.js";
import { recordConsent } from "../../src/consent/record.js";
import type { Writer } from "../../src/kernel/reader.js";
import { factsIn } from "../support/asked.js";
import { countOf, givenRegistered, givenWorld, partyIn } from "../support/given.js";
import { asFarAsItComes, paused } from "../support/paused.js";

describe("recordConsent beside the same call elsewhere", () => {
  it("answers the one consent, which is told of once", async () => {
    await using world = await givenWorld();
    const { app, fintech, network, time } = world;
    await using other = await createApp({ ...app.config, logLevel: "silent" }, { clock: time.clock });
    await givenRegistered(fintech);
    const recording = (write: Writer) =>
      recordConsent(write, { networkId: network, handle: "ada", purpose: "lending", subjectConsented: true });
    await using first = paused(fintech.commit, recording);
    const id = await first.done;
    const second = partyIn({ app: other }, fintech).commit(recording);
    const came = await asFarAsItComes(world, second);
    await first.end();
    expect([came, await second, await countOf(world, "consent")]).toEqual(["WAITS", id, 1]);
    expect((await factsIn(app.store.rows)).filter(({ type }) => type === "CONSENT_GRANTED")).toHaveLength(1);
  });
});

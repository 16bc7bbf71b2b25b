import { createApp } from "../../src/app.js";
import { disputeAttestation } from "../../src/dispute/raise.js";
import type { Writer } from "../../src/kernel/reader.js";
import { factsIn, givenReady, queried } from "../support/asked.js";
import { countOf, partyIn } from "../support/given.js";
import { asFarAsItComes, paused } from "../support/paused.js";
import { refusal } from "../support/refusal.js";

describe("disputeAttestation beside another", () => {
  it.each([
    "bank",
    "vendor",
  ] as const)("is refused as done already, and told of once: the other is the %s", async (who) => {
    await using world = await givenReady();
    const { app, ask, attestations, bank, fintech, time } = world;
    await using other = await createApp({ ...app.config, logLevel: "silent" }, { clock: time.clock });
    await queried(fintech, ask);
    const doubt = { attestationId: attestations.get("DOCUMENT_REVIEW")!, reason: "It shows somebody else." };
    const disputing = (write: Writer) => disputeAttestation(write, doubt);
    await using first = paused(bank.commit, disputing);
    await first.done;
    const second = refusal(partyIn({ app: other }, world[who]).commit(disputing));
    const came = await asFarAsItComes(world, second);
    await first.end();
    const { code, message } = await second;
    expect([came, code, message]).toEqual(["WAITS", "ILLEGAL_TRANSITION", "This attestation is disputed already."]);
    expect(await countOf(world, "dispute")).toBe(1);
    const told = (await factsIn(app.store.rows)).filter(({ toStatus }) => toStatus === "DISPUTED");
    expect(told.map(({ type }) => type)).toEqual(["ATTESTATION_STATUS_CHANGED", "CERTIFICATE_STATUS_CHANGED"]);
  });
});

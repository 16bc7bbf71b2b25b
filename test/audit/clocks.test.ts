import { setPrice } from "../../src/network/create.js";
import { audited, faultsIn } from "../support/audited.js";
import { coverage, givenReady, operate, queried } from "../support/asked.js";

/** So far the clock of another gateway is ahead. */
const AHEAD_MS = 4_000;

describe("the audit of what gateways did whose clocks are some seconds apart", () => {
  it("finds nothing wrong with a no that was quoted by a clock ahead of the one by which it was charged", async () => {
    await using world = await givenReady(["LIVENESS_REVIEW"]);
    const { network, fintech, ask, time } = world;
    await operate(world)((write) =>
      setPrice(write, { networkId: network, product: "KYC", amount: "2.50", noAmount: "0.40", currency: "USD" }),
    );
    time.advance(AHEAD_MS);
    await coverage(fintech, ask);
    time.advance(-AHEAD_MS);
    expect((await queried(fintech, ask)).event.price).toBe("0.40");
    expect(faultsIn(await audited(world, { only: ["queries"] }))).toEqual([]);
  });
});

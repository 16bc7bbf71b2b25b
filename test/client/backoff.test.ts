import { waitMs } from "../../src/client/backoff.js";

const BOUNDS = { minMs: 100, maxMs: 1_000 };

describe("waitMs", () => {
  it("has a bound that doubles with every failure, up to the greatest", () => {
    const longest = [0, 1, 2, 3, 4, 5_000].map((failures) => waitMs(BOUNDS, failures, () => 1));
    expect(longest).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  });

  it("is anywhere below its bound", () => {
    expect([0, 0.25, 0.5].map((random) => waitMs(BOUNDS, 1, () => random))).toEqual([0, 50, 100]);
  });
});

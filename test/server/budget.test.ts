import { Failure } from "../../src/kernel/failure.js";
import { createBudget } from "../../src/server/budget.js";

/** A budget of 60 a minute, so one a second, with a clock that stands still until it is moved. */
function given(): { budget: ReturnType<typeof createBudget>; readonly pass: (seconds: number) => void } {
  let now = 0;
  return { budget: createBudget(60, () => now), pass: (seconds) => void (now += seconds * 1_000) };
}

const refusal = (act: () => void): Failure => {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown;
  }
  throw new Error("It was not refused.");
};

describe("spend", () => {
  it("takes from the bucket and refuses what is not there, saying how long to wait", () => {
    const { budget } = given();
    budget.spend("par_a", 50);
    expect(refusal(() => budget.spend("par_a", 15))).toMatchObject({
      code: "RATE_LIMITED",
      details: { retryAfterMs: 5_000 },
    });
    budget.spend("par_a", 10);
    expect(refusal(() => budget.refuseEmpty("par_a")).details.retryAfterMs).toBe(1_000);
  });

  it("allows again what was refused, after the time that was named", () => {
    const { budget, pass } = given();
    budget.spend("par_a", 60);
    pass(14);
    expect(() => budget.spend("par_a", 15)).toThrow(Failure);
    pass(1);
    expect(() => budget.spend("par_a", 15)).not.toThrow();
  });

  it("never holds more than one minute", () => {
    const { budget, pass } = given();
    budget.spend("par_a", 1);
    pass(3_600);
    budget.spend("par_a", 60);
    expect(() => budget.spend("par_a", 1)).toThrow(Failure);
  });

  it("gives each participant a bucket", () => {
    const { budget } = given();
    budget.spend("par_a", 60);
    expect(() => budget.spend("par_b", 60)).not.toThrow();
  });

  it("lets a request that costs more than a bucket wait for a full one", () => {
    const { budget } = given();
    budget.spend("par_a", 500);
    expect(refusal(() => budget.spend("par_a", 500)).details.retryAfterMs).toBe(60_000);
  });
});

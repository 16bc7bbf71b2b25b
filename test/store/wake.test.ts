import { createRest, createWake } from "../../src/store/wake.js";

/** Longer than any test takes: whoever waits so long was not woken. */
const LONG_MS = 600_000;

const never = (): AbortSignal => new AbortController().signal;

describe("rest", () => {
  it("ends when it rings", async () => {
    const wake = createWake();
    const { rest } = createRest(wake);
    const resting = rest(LONG_MS, never());
    wake.ring();
    await expect(resting).resolves.toBeUndefined();
  });

  it("is short where it has rung since the last one: a commit during a look is not missed", async () => {
    const wake = createWake();
    const { rest } = createRest(wake);
    wake.ring();
    await expect(rest(LONG_MS, never())).resolves.toBeUndefined();
  });

  it("ends by itself, and where it is stopped", async () => {
    const { rest } = createRest(createWake());
    await expect(rest(1, never())).resolves.toBeUndefined();
    const stop = new AbortController();
    const resting = rest(LONG_MS, stop.signal);
    stop.abort();
    await expect(resting).resolves.toBeUndefined();
  });

  it("is of a wake that rings for whoever still hears", () => {
    const wake = createWake();
    const heard: string[] = [];
    const stopHearing = wake.hear(() => heard.push("one"));
    wake.hear(() => heard.push("other"));
    wake.ring();
    stopHearing();
    wake.ring();
    expect(heard).toEqual(["one", "other", "other"]);
  });
});

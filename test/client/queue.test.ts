import { createQueue } from "../../src/client/queue.js";

const taken = (value: number) => ({ done: false, value });
const DONE = { done: true, value: undefined };

describe("a queue", () => {
  it("hands out in order what was put in, before or after it was asked for", async () => {
    const queue = createQueue<number>(3);
    queue.push(1);
    const both = [queue.next(), queue.next(), queue.next()];
    queue.push(2);
    queue.push(3);
    expect(await Promise.all(both)).toEqual([taken(1), taken(2), taken(3)]);
  });

  it("says when it is full, and when there is room again", async () => {
    const queue = createQueue<number>(4);
    expect([1, 2, 3, 4].map((one) => queue.push(one))).toEqual([true, true, true, false]);
    let isRoom = false;
    const room = queue.room().then(() => (isRoom = true));
    await queue.next();
    expect(isRoom).toBe(false);
    await queue.next();
    await room;
    expect(isRoom).toBe(true);
  });

  it("never is full for whoever waits", () => {
    const queue = createQueue<number>(1);
    void queue.next();
    expect([queue.push(1), queue.push(2)]).toEqual([true, false]);
  });

  it("ends behind what waits in it, with an error that is told once", async () => {
    const queue = createQueue<number>(3);
    queue.push(1);
    queue.end(new Error("Enough."));
    expect(queue.push(2)).toBe(false);
    expect(await queue.next()).toEqual(taken(1));
    await expect(queue.next()).rejects.toThrow("Enough.");
    expect(await queue.next()).toEqual(DONE);
  });

  it("is closed at once, whatever waits in it and whoever waits for it", async () => {
    const queue = createQueue<number>(2);
    queue.push(1);
    queue.push(2);
    const room = queue.room();
    queue.end(new Error("Enough."));
    queue.close();
    await room;
    expect(await queue.next()).toEqual(DONE);
    const other = createQueue<number>(2);
    const parked = [other.next(), other.next()];
    other.close();
    expect(await Promise.all(parked)).toEqual([DONE, DONE]);
  });

  it("keeps the order through thousands", async () => {
    const queue = createQueue<number>(7);
    const all: number[] = [];
    for (let next = 0; all.length < 5_000; ) {
      while (queue.push(next)) next += 1;
      next += 1;
      for (let takes = 0; takes < 5; takes += 1) all.push((await queue.next()).value!);
      await queue.room();
    }
    expect(all).toEqual(all.map((_, index) => index));
  });
});

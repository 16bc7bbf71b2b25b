import { OPERATOR } from "../../src/kernel/actor.js";
import type { Rows } from "../../src/kernel/reader.js";
import { createParticipant } from "../../src/network/create.js";
import { openStill } from "../../src/store/sqlite.js";
import { givenSource, givenTarget, openedAt, withSource } from "../support/moved.js";

describe("a file that stands still", () => {
  const names = async (rows: Rows): Promise<string[]> =>
    (await rows<{ name: string }>("select name from participant order by name")).map(({ name }) => name);

  it("is opened by nobody else meanwhile", async () => {
    await using target = await givenTarget();
    const source = await givenSource(target);
    {
      using file = openStill(source.path, true);
      expect(await names(file.rows)).toHaveLength(4);
      await expect(openedAt(source.config)).rejects.toThrow(/locked/);
    }
    await withSource(source, async (app) => expect(await names(app.store.rows)).toHaveLength(4));
  }, 30_000);

  it("is not to be had while somebody has it open, be it only to read", async () => {
    await using target = await givenTarget();
    const source = await givenSource(target);
    await withSource(source, async ({ store }) => {
      await names(store.rows);
      expect(() => openStill(source.path, true)).toThrow(/locked/);
    });
    openStill(source.path, true)[Symbol.dispose]();
  }, 30_000);

  it("stays as it was for who only compares, whatever others write", async () => {
    await using target = await givenTarget();
    const source = await givenSource(target);
    using file = openStill(source.path, false);
    const before = await names(file.rows);
    await withSource(source, (app) => app.commitAs(OPERATOR)((write) => createParticipant(write, "Later")));
    expect(await names(file.rows)).toEqual(before);
    await expect(file.rows("delete from participant")).rejects.toThrow(/readonly/);
  });
});

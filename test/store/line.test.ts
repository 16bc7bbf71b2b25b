import { createLine } from "../../src/store/line.js";
import { settled } from "../support/soon.js";

/** Work that begins when its turn comes, and ends when it is told to. */
function given(atOnce: number) {
  const inLine = createLine(atOnce);
  const begun: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<void>>();
  const start = (name: string, id: string): Promise<string> => {
    const end = Promise.withResolvers<void>();
    ends.set(id, end);
    return inLine(name, async () => {
      begun.push(id);
      await end.promise;
      return id;
    });
  };
  return { start, begun, end: (id: string) => ends.get(id)! };
}

describe("a line", () => {
  it("lets one work at a time in one name, in the order in which they came", async () => {
    const { start, begun, end } = given(1);
    const all = ["a", "b", "c"].map((id) => start("par_1", id));
    await settled();
    expect(begun).toEqual(["a"]);
    end("a").resolve();
    await settled();
    expect(begun).toEqual(["a", "b"]);
    for (const id of ["b", "c"]) end(id).resolve();
    expect(await Promise.all(all)).toEqual(["a", "b", "c"]);
  });

  it("lets as many work at once as it is made for, and never more", async () => {
    const { start, begun, end } = given(2);
    const all = ["a", "b", "c", "d"].map((id) => start("par_1", id));
    await settled();
    expect(begun).toEqual(["a", "b"]);
    end("b").resolve();
    await settled();
    expect(begun).toEqual(["a", "b", "c"]);
    for (const id of ["a", "c", "d"]) end(id).resolve();
    await Promise.all(all);
  });

  it("keeps nobody waiting for another name", async () => {
    const { start, begun, end } = given(1);
    const all = [start("par_1", "a"), start("par_2", "b")];
    await settled();
    expect(begun).toEqual(["a", "b"]);
    for (const id of ["a", "b"]) end(id).resolve();
    await Promise.all(all);
  });

  it("goes on behind what fails, and fails with it alone", async () => {
    const { start, begun, end } = given(1);
    const first = start("par_1", "a");
    const second = start("par_1", "b");
    end("a").reject(new Error("No."));
    end("b").resolve();
    await expect(first).rejects.toThrow("No.");
    expect(await second).toBe("b");
    expect(begun).toEqual(["a", "b"]);
  });
});

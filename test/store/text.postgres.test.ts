import { createSpelling } from "../../src/store/postgres/text.js";

describe("a statement for PostgreSQL", () => {
  it("is prepared under one name, and not where a day stands in it: tomorrow it would be another", () => {
    const spell = createSpelling();
    const [first, again] = [spell("select ? from a"), spell("select ? from a")];
    expect([first, again]).toEqual(Array.from({ length: 2 }, () => ({ text: "select $1 from a", name: first.name })));
    expect(first.name).toMatch(/^attestry_/);
    expect(spell("select ? from a where day <= '2026-03-02'")).toEqual({
      text: "select $1 from a where day <= '2026-03-02'",
    });
  });
});

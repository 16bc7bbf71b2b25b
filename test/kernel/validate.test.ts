import fc from "fast-check";
import { z } from "zod";
import { faultsOf, optional, refuse, text } from "../../src/kernel/validate.js";
import { refusal } from "../support/refusal.js";

const RUNS = 2_000;

const messagesOf = (value: unknown): string[] => faultsOf(text(100), value, "name").map(({ message }) => message);

describe("text", () => {
  it.each([
    "Ada",
    "Øyvind",
    "王小明",
    "محمد",
    "Nguyễn Thị Ánh",
    "ศิริพร",
    "O’Brien-Σ",
    "👩🏽‍🚀",
    "x".repeat(100),
    " Ada ",
  ])("takes %j", (value) => {
    expect(messagesOf(value)).toEqual([]);
  });

  it.each([
    ["more than it may be", "x".repeat(101), "Must be at most 100 characters."],
    ["a megabyte", "x".repeat(1_000_000), "Must be at most 100 characters."],
    ["nothing", "", "Must not be blank."],
    ["blanks", " \u00a0\u3000 ", "Must not be blank."],
    ["a null character", "A\u0000da", "Must not contain control characters."],
    ["a line end", "Ada\nMoreno", "Must not contain control characters."],
    ["a delete character", "Ada\u007f", "Must not contain control characters."],
    ["a C1 control", "Ada\u0085", "Must not contain control characters."],
    ["a line separator", "Ada\u2028", "Must not contain control characters."],
    ["half a character", "Ada\ud83d", "Must be well-formed Unicode."],
    ["the other half", "\ude80Ada", "Must be well-formed Unicode."],
    ["a number", 7, "Must be text."],
    ["null", null, "Must be text."],
    ["a list", ["Ada"], "Must be text."],
  ])("refuses %s", (_what, value, message) => {
    expect(messagesOf(value)).toEqual([message]);
  });

  it("says everything that is wrong at once", () => {
    expect(messagesOf(`${"x".repeat(101)}\u0000\ud83d`)).toHaveLength(3);
  });
});

describe("faultsOf", () => {
  const schema = z.object({ name: text(10), note: optional(text(10)), lines: z.array(z.object({ city: text(5) })) });

  it("finds nothing wrong with what is right, null and absent being the same", () => {
    expect(faultsOf(schema, { name: "Ada", note: null, lines: [] }, "input")).toEqual([]);
    expect(faultsOf(schema, { name: "Ada", lines: [{ city: "Oslo" }] }, "input")).toEqual([]);
  });

  it("names the full path of each fault", () => {
    const faults = faultsOf(
      schema,
      { name: "", note: "\n", lines: [{ city: "Oslo" }, { city: "Trondheim" }] },
      "input",
    );
    expect(faults.map(({ path }) => path).toSorted()).toEqual([
      "input.lines[1].city",
      "input.name",
      "input.note",
      "input.note",
    ]);
    expect(faultsOf(text(1), "", "reveal")).toEqual([{ path: "reveal", message: "Must not be blank." }]);
  });

  it("never repeats what was sent", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 12, maxLength: 300 }), (sent) => {
        const said = JSON.stringify(
          faultsOf(schema, { name: sent, note: sent, lines: [{ city: sent }], [sent]: sent }, "input"),
        );
        expect(said).not.toContain(sent.slice(0, 12));
      }),
      { numRuns: RUNS },
    );
  });
});

describe("refuse", () => {
  it("lets pass where there is no fault", () => {
    expect(() => refuse([])).not.toThrow();
  });

  it("tells every fault with its path; of very many the first thousand, and how many there are", async () => {
    const faults = Array.from({ length: 1_500 }, (_, index) => ({
      path: `input.records[${index}]`,
      message: "Must be text.",
    }));
    expect(await refusal((async () => refuse(faults.slice(0, 2)))())).toMatchObject({
      code: "BAD_USER_INPUT",
      paths: ["input.records[0]", "input.records[1]"],
    });
    const refused = await refusal((async () => refuse(faults))());
    expect(refused.paths).toHaveLength(1_000);
    expect(refused.message).toBe("1500 faults in the input. The first 1000 are listed.");
  });
});

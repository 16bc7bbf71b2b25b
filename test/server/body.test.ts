import * as fc from "fast-check";
import { depthOf, objectOf } from "../../src/server/body.js";
import { Refusal } from "../../src/server/refusal.js";

/** How deep a value nests, by walking it. */
const depthByWalking = (value: unknown): number =>
  typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthByWalking)) : 0;

describe("depthOf", () => {
  it("agrees with the value that the text stands for", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => expect(depthOf(JSON.stringify(value))).toBe(depthByWalking(value))),
    );
  });

  it("does not count what stands in quotes", () => {
    expect(depthOf('{"a":"[[[[","b\\"[":"\\\\"}')).toBe(1);
  });
});

describe("objectOf", () => {
  it.each(["", "1", "null", "[]", '{"secret"', '{"a":1}}'])("refuses %j without repeating it", (text) => {
    const act = () => objectOf(text, "The body");
    expect(act).toThrow(Refusal);
    expect(act).not.toThrow(/secret/);
  });

  it("keeps a member named __proto__ as a member", () => {
    const value = objectOf('{"__proto__":{"polluted":1}}', "The body");
    expect(Object.hasOwn(value, "__proto__")).toBe(true);
    expect("polluted" in {}).toBe(false);
  });
});

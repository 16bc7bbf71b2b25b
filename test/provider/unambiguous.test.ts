import fc from "fast-check";
import { parseUnambiguous } from "../../src/provider/unambiguous.js";

describe("parseUnambiguous", () => {
  it("reads every JSON as anybody would", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseUnambiguous(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['{"a":1,"a":2}'],
    ['{"a":{"b":1, "b" :2}}'],
    ['[{"a":1},{"a":1,"\\u0061":2}]'],
    ['{"__proto__":1,"a":[{"x":"\\"","x":2}]}'],
  ])("refuses a key that is named twice: %s", (text) => {
    expect(() => parseUnambiguous(text)).toThrow("A key is named twice.");
  });

  it.each([
    ['{"a":"b\\":","c":"\\\\"}'],
    ['{"a":"{\\"a\\":1}"}'],
    ['["a","a"]'],
    ["null"],
    ['{"":{"":""}}'],
  ])("is not misled by what stands inside of strings: %s", (text) => {
    expect(parseUnambiguous(text)).toEqual(JSON.parse(text));
  });

  it("refuses what is no JSON", () => {
    expect(() => parseUnambiguous('{"a":1')).toThrow(SyntaxError);
  });
});

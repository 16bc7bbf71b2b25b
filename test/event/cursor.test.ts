import fc from "fast-check";
import { cursorOf, seqOf } from "../../src/event/cursor.js";
import { Failure } from "../../src/kernel/failure.js";
import { createVault } from "../../src/kernel/seal.js";

const RUNS = 1_000;

const vaultOf = (byte: number) => createVault(Buffer.alloc(32, 1), Buffer.alloc(32, byte));

const vault = vaultOf(2);

const ME = "par_00000000000000000000000001";

/** The code with which a text is refused as a cursor; null where it is taken. */
function refusedAs(text: string, whose = ME, by = vault): string | null {
  try {
    seqOf(by, whose, text);
    return null;
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
}

const places = fc.integer({ min: 1, max: 999_999_999_999_999 });

describe("cursorOf", () => {
  it("is read back by seqOf, for the same participant", () => {
    fc.assert(
      fc.property(places, (seq) => expect(seqOf(vault, ME, cursorOf(vault, ME, seq))).toBe(seq)),
      { numRuns: RUNS },
    );
  });

  it("needs no escaping in a URL", () => {
    fc.assert(
      fc.property(places, (seq) => expect(cursorOf(vault, ME, seq)).toMatch(/^[\w-]+$/)),
      { numRuns: RUNS },
    );
  });
});

describe("seqOf", () => {
  it("refuses the cursor of any other participant, and of any other installation", () => {
    fc.assert(
      fc.property(places, fc.string({ minLength: 1 }), (seq, whose) => {
        fc.pre(whose !== ME);
        expect(refusedAs(cursorOf(vault, whose, seq))).toBe("CURSOR_INVALID");
        expect(refusedAs(cursorOf(vault, ME, seq), ME, vaultOf(3))).toBe("CURSOR_INVALID");
      }),
      { numRuns: RUNS },
    );
  });

  it("refuses a cursor whose place was changed", () => {
    fc.assert(
      fc.property(places, places, (seq, other) => {
        fc.pre(seq !== other);
        const [, mac] = Buffer.from(cursorOf(vault, ME, seq), "base64url")
          .toString()
          .split(".");
        expect(refusedAs(Buffer.from(`${other}.${mac}`).toString("base64url"))).toBe("CURSOR_INVALID");
      }),
      { numRuns: RUNS },
    );
  });

  it("refuses any other text with the code and nothing but the code", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.string({ unit: "binary", maxLength: 200 })), (text) => {
        expect(refusedAs(text)).toBe("CURSOR_INVALID");
      }),
      { numRuns: RUNS },
    );
  });
});

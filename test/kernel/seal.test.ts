import fc from "fast-check";
import { createVault, type Vault } from "../../src/kernel/seal.js";

const RUNS = 1_000;

const keyOf = (byte: number): Buffer => Buffer.alloc(32, byte);
const vault = createVault(keyOf(1), keyOf(2));

const words = fc.string({ unit: "grapheme", maxLength: 60 });

/** Sealed text with its bytes changed. */
const tampered = (sealed: string, change: (bytes: Buffer) => Buffer): string =>
  `v1.${change(Buffer.from(sealed.slice(3), "base64url")).toString("base64url")}`;

const opens = (by: Vault, key: string, about: string, sealed: string): boolean => {
  try {
    by.open(key, about, sealed);
    return true;
  } catch {
    return false;
  }
};

describe("seal and open", () => {
  it("give back what was sealed, in any script", () => {
    fc.assert(
      fc.property(words, words, (about, plain) => {
        const key = vault.newKey();
        expect(vault.open(key, about, vault.seal(key, about, plain))).toBe(plain);
      }),
      { numRuns: RUNS },
    );
  });

  it("never make the same text twice, and never show what is inside", () => {
    const key = vault.newKey();
    const sealed = Array.from({ length: 1_000 }, () => vault.seal(key, "ent_one", "212550101"));
    expect(new Set(sealed).size).toBe(sealed.length);
    const bytes = sealed.map((text) => Buffer.from(text.slice(3), "base64url").toString("latin1"));
    expect(bytes.filter((text) => text.includes("212550101"))).toEqual([]);
  });

  it("do not open what was moved to another row", () => {
    fc.assert(
      fc.property(words, words, words, (about, elsewhere, plain) => {
        fc.pre(about !== elsewhere);
        const key = vault.newKey();
        expect(opens(vault, key, elsewhere, vault.seal(key, about, plain))).toBe(false);
      }),
      { numRuns: RUNS },
    );
  });

  it("do not open under the key of another entity", () => {
    const [one, other] = [vault.newKey(), vault.newKey()];
    const sealed = vault.seal(one, "ent_one", "Ada");
    expect(opens(vault, other, "ent_one", sealed)).toBe(false);
    expect(opens(vault, one, "ent_one", sealed)).toBe(true);
  });

  it("do not open under another master key, which unwraps no data key either", () => {
    const stranger = createVault(keyOf(3), keyOf(2));
    const key = vault.newKey();
    const sealed = vault.seal(key, "ent_one", "Ada");
    expect(opens(stranger, key, "ent_one", sealed)).toBe(false);
    expect(opens(stranger, stranger.newKey(), "ent_one", sealed)).toBe(false);
    expect(() => stranger.seal(key, "ent_one", "Ada")).toThrow(/authenticate/);
  });

  it("do not take a sealed value for a data key", () => {
    const key = vault.newKey();
    expect(() => vault.seal(vault.seal(key, "data-key", "x".repeat(32)), "ent_one", "Ada")).toThrow(/authenticate/);
  });

  it("do not open what has one bit changed, wherever it is", () => {
    fc.assert(
      fc.property(words, fc.nat(), fc.integer({ min: 0, max: 7 }), (plain, where, bit) => {
        const key = vault.newKey();
        const changed = tampered(vault.seal(key, "ent_one", plain), (bytes) => {
          bytes[where % bytes.length]! ^= 1 << bit;
          return bytes;
        });
        expect(opens(vault, key, "ent_one", changed)).toBe(false);
      }),
      { numRuns: RUNS },
    );
  });

  it("do not open what was cut or added to, however short", () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 100 }), (plain, cut) => {
        const key = vault.newKey();
        const sealed = vault.seal(key, "ent_one", plain);
        const shorter = tampered(sealed, (bytes) => bytes.subarray(0, Math.max(0, bytes.length - cut)));
        const longer = tampered(sealed, (bytes) => Buffer.concat([bytes, Buffer.alloc(cut)]));
        expect(opens(vault, key, "ent_one", shorter)).toBe(false);
        expect(opens(vault, key, "ent_one", longer)).toBe(false);
      }),
      { numRuns: RUNS },
    );
  });

  it.each([0, 3, 4, 8, 12, 15])("do not open a seal of nothing whose tag was cut to %d bytes", (length) => {
    const key = vault.newKey();
    const cut = tampered(vault.seal(key, "ent_one", ""), (bytes) => bytes.subarray(0, 12 + length));
    expect(opens(vault, key, "ent_one", cut)).toBe(false);
  });

  it("do not open what is marked as sealed in another way", () => {
    const key = vault.newKey();
    const sealed = vault.seal(key, "ent_one", "Ada");
    expect(opens(vault, key, "ent_one", sealed.replace("v1.", "v2."))).toBe(false);
    expect(opens(vault, key, "ent_one", "")).toBe(false);
  });
});

describe("fingerprint", () => {
  it("is the same for the same kind and value, and for nothing else", () => {
    fc.assert(
      fc.property(fc.tuple(words, words), fc.tuple(words, words), (one, other) => {
        fc.pre(!one[0].includes("\u0000") && !other[0].includes("\u0000"));
        const same = one[0] === other[0] && one[1] === other[1];
        expect(vault.fingerprint(...one) === vault.fingerprint(...other)).toBe(same);
        expect(vault.fingerprint(...one)).toBe(createVault(keyOf(9), keyOf(2)).fingerprint(...one));
      }),
      { numRuns: RUNS },
    );
  });

  it("cannot be computed without the key", () => {
    expect(createVault(keyOf(1), keyOf(3)).fingerprint("SSN", "212550101")).not.toBe(
      vault.fingerprint("SSN", "212550101"),
    );
  });
});

describe("derive", () => {
  it("makes one key of 32 bytes for a purpose, the same on every gateway with this master key", () => {
    expect(vault.derive("client-token")).toHaveLength(32);
    expect(createVault(keyOf(1), keyOf(8)).derive("client-token")).toEqual(vault.derive("client-token"));
  });

  it("makes another for another purpose or master key, and none is the master key", () => {
    const keys = [vault.derive("one"), vault.derive("two"), createVault(keyOf(3), keyOf(2)).derive("one"), keyOf(1)];
    expect(new Set(keys.map((key) => Buffer.from(key).toString("hex"))).size).toBe(keys.length);
  });
});

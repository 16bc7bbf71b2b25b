import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { createVault } from "../../src/kernel/seal.js";

const vault = createVault(Buffer.alloc(32, 1), Buffer.alloc(32, 2));
const key = vault.newKey();
const ABOUT = "ent_one";

const REFUSED = /^Not sealed here|unable to authenticate/;

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

const all = (chunks: AsyncIterable<Uint8Array>): Promise<Buffer> => buffer(chunks);

const seal = (plain: Uint8Array, size = 7): Promise<Buffer> => all(vault.sealStream(key, ABOUT, inPieces(plain, size)));

const open = (sealed: Uint8Array, size = 7, by = key, about = ABOUT): Promise<Buffer> =>
  all(vault.openStream(by, about, inPieces(sealed, size)));

const plains = fc.uint8Array({ maxLength: 200 });
const sizes = fc.integer({ min: 1, max: 64 });

describe("sealStream and openStream", () => {
  it("give back what was sealed, in whatever pieces it came and went", async () => {
    await fc.assert(
      fc.asyncProperty(plains, sizes, sizes, async (plain, one, other) => {
        expect(await open(await seal(plain, one), other)).toEqual(Buffer.from(plain));
      }),
    );
  });

  it("mark what they seal, never make the same twice, and never show what is inside", async () => {
    const plain = Buffer.from("Ada Moreno ".repeat(100));
    const [one, other] = [await seal(plain), await seal(plain)];
    expect(one.subarray(0, 3).toString()).toBe("v1.");
    expect(one.length).toBe(3 + 12 + plain.length + 16);
    expect(one.equals(other)).toBe(false);
    expect(one.includes("Moreno")).toBe(false);
  });

  it("do not open to their end what was changed, cut or added to, wherever it is", async () => {
    await fc.assert(
      fc.asyncProperty(plains, fc.nat(), fc.integer({ min: 0, max: 7 }), sizes, async (plain, where, bit, size) => {
        const sealed = await seal(plain);
        const changed = Buffer.from(sealed);
        changed[where % changed.length]! ^= 1 << bit;
        await expect(open(changed, size)).rejects.toThrow(REFUSED);
        await expect(open(sealed.subarray(0, where % sealed.length), size)).rejects.toThrow(REFUSED);
        await expect(open(Buffer.concat([sealed, Buffer.alloc(1 + (where % 20))]), size)).rejects.toThrow(REFUSED);
      }),
    );
  });

  it("do not open under the key of another, nor for another entity", async () => {
    const sealed = await seal(Buffer.from("Ada"));
    await expect(open(sealed, 7, vault.newKey())).rejects.toThrow(REFUSED);
    await expect(open(sealed, 7, key, "ent_two")).rejects.toThrow(REFUSED);
  });
});

import { mkdtempSync } from "node:fs";
import { mkdir, readdir, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { openFolder } from "../../src/store/folder.js";

const ONE = "a1".padEnd(64, "0");
const OTHER = "a1".padEnd(64, "1");

const givenRoot = (): string =>
  join(mkdtempSync(join(process.env["ATTESTRY_TEST_FOLDER"] ?? tmpdir(), "folder-")), "deep", "er");

async function* chunks(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const one of texts) yield Buffer.from(one);
}

const textOf = (bytes: AsyncIterable<Uint8Array>): Promise<string> => text(bytes);

const incomingOf = (root: string): Promise<string[]> => readdir(join(root, "incoming"));

describe("put and get", () => {
  it("give back what was put, also to who opens the folder anew", async () => {
    const root = givenRoot();
    expect(await openFolder(root).put(chunks("seal", "ed"), async () => ONE)).toBe(ONE);
    const again = openFolder(root);
    expect([await again.has(ONE), await again.has(OTHER)]).toEqual([true, false]);
    expect(await textOf(again.get(ONE))).toBe("sealed");
    expect(await readdir(join(root, "a1"))).toEqual([ONE]);
    expect(await incomingOf(root)).toEqual([]);
  });

  it("let nobody else on the machine read it", async () => {
    const root = givenRoot();
    await openFolder(root).put(chunks("sealed"), async () => ONE);
    expect((await stat(join(root, "a1", ONE))).mode & 0o077).toBe(0);
    expect((await stat(root)).mode & 0o077).toBe(0);
  });

  it("write as the bytes come, beside, and show nothing under the address before the last", async () => {
    const root = givenRoot();
    const store = openFolder(root);
    const seen: number[] = [];
    async function* watched() {
      for (let count = 0; count < 3; count += 1) {
        yield Buffer.alloc(100_000, 1);
        const [name] = await incomingOf(root);
        seen.push((await stat(join(root, "incoming", name!))).size);
      }
    }
    await store.put(watched(), async () => {
      expect(await store.has(ONE)).toBe(false);
      return ONE;
    });
    expect(seen).toEqual([100_000, 200_000, 300_000]);
  });

  it("keep nothing of bytes that are cut, nor of bytes that get no address", async () => {
    const root = givenRoot();
    const store = openFolder(root);
    async function* cut() {
      yield Buffer.from("half");
      throw new Error("The line was cut.");
    }
    await expect(store.put(cut(), async () => ONE)).rejects.toThrow("The line was cut.");
    await expect(
      store.put(chunks("whole"), async () => {
        throw new Error("Refused.");
      }),
    ).rejects.toThrow("Refused.");
    expect(await readdir(root)).toEqual(["incoming"]);
    expect(await incomingOf(root)).toEqual([]);
  });

  it("keep one file an address, the last, however many put there at once", async () => {
    const root = givenRoot();
    const store = openFolder(root);
    await Promise.all(Array.from({ length: 8 }, () => store.put(chunks("same"), async () => ONE)));
    await store.put(chunks("mended"), async () => ONE);
    expect(await readdir(join(root, "a1"))).toEqual([ONE]);
    expect(await textOf(store.get(ONE))).toBe("mended");
  });

  it("fail where nothing lies", async () => {
    await expect(textOf(openFolder(givenRoot()).get(ONE))).rejects.toThrow(/ENOENT/);
  });

  it.each(["../../etc/passwd", "", "a1/x", ONE.toUpperCase(), `${ONE}0`])("make no path of %j", async (address) => {
    const root = givenRoot();
    const store = openFolder(root);
    expect(() => store.get(address)).toThrow("This is no address.");
    await expect(store.put(chunks("x"), async () => address)).rejects.toThrow("This is no address.");
    expect(await incomingOf(root)).toEqual([]);
  });
});

describe("tidy", () => {
  it("removes what nobody has written to for an hour, and leaves what is coming in and what is kept", async () => {
    const root = givenRoot();
    const store = openFolder(root);
    await store.put(chunks("kept"), async () => ONE);
    const [stale, fresh] = ["stale", "fresh"].map((name) => join(root, "incoming", name));
    await writeFile(stale!, "half");
    await writeFile(fresh!, "half");
    const longAgo = (await stat(fresh!)).mtimeMs / 1_000 - 3_700;
    await utimes(stale!, longAgo, longAgo);
    await utimes(join(root, "a1", ONE), longAgo, longAgo);
    expect(await store.tidy()).toBe(1);
    expect(await incomingOf(root)).toEqual(["fresh"]);
    expect(await store.has(ONE)).toBe(true);
  });

  it("finds nothing where nothing was put yet", async () => {
    const root = givenRoot();
    expect(await openFolder(root).tidy()).toBe(0);
    await mkdir(root, { recursive: true });
    expect(await openFolder(root).tidy()).toBe(0);
    expect(await readdir(root)).toEqual([]);
  });
});

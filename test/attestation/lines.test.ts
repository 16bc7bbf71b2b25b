import fc from "fast-check";
import { MAX_LINE_BYTES, isBlank, linesOf, type Line } from "../../src/attestation/lines.js";
import { pieces } from "../support/bulk.js";

const RUNS = 500;

async function read(chunks: AsyncIterable<Uint8Array>): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of linesOf(chunks)) lines.push(line);
  return lines;
}

const texts = async (bytes: Uint8Array, size?: number): Promise<string[]> =>
  (await read(pieces(bytes, size))).map(({ text }) => text);

describe("linesOf", () => {
  it("gives each line without its end, the last one also where it is not ended", async () => {
    expect(await texts(Buffer.from("one\n\ntwo"))).toEqual(["one", "", "two"]);
    expect(await texts(Buffer.from("one\n"))).toEqual(["one"]);
    expect(await texts(Buffer.from(""))).toEqual([]);
  });

  it("gives the same lines in whatever pieces the bytes come, also within a letter", async () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "é", "漢", "😀", "\n", "\r"), maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(letters, fc.integer({ min: 1, max: 7 }), async (text, size) => {
        const expected = text.endsWith("\n") ? text.slice(0, -1).split("\n") : text.split("\n");
        expect(await texts(Buffer.from(text), size)).toEqual(text === "" ? [] : expected);
      }),
      { numRuns: RUNS },
    );
  });

  it("skips the mark that some editors put before the first line, and there alone", async () => {
    expect(await texts(Buffer.from("\ufeff{}\n\ufeff{}"))).toEqual(["{}", "\ufeff{}"]);
  });

  it("says of a line that is too long or no UTF-8 what is wrong with it, and goes on behind it", async () => {
    const bytes = Buffer.concat([
      Buffer.from("one\n"),
      Buffer.alloc(MAX_LINE_BYTES + 1, "x"),
      Buffer.from("\n"),
      Buffer.from([0xff, 0xfe, 10]),
      Buffer.alloc(MAX_LINE_BYTES, "y"),
      Buffer.from("\ntwo"),
    ]);
    const lines = await read(pieces(bytes, 1_000));
    expect(lines.map(({ text, fault }) => [text.length, fault])).toEqual([
      [3, null],
      [0, `Must be at most ${MAX_LINE_BYTES} bytes.`],
      [0, "Must be valid UTF-8."],
      [MAX_LINE_BYTES, null],
      [3, null],
    ]);
  });

  it("keeps nothing of a line beyond the limit, however long it is", async () => {
    const megabyte = Buffer.alloc(1024 * 1024, "x");
    async function* endless() {
      for (let count = 0; count < 300; count += 1) yield megabyte;
    }
    const before = process.memoryUsage().arrayBuffers;
    const [line, ...more] = await read(endless());
    expect(more).toEqual([]);
    expect(line!.bytes.length).toBeLessThan(20);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10 * megabyte.length);
  });

  it("gives no unended line of a stream that was cut", async () => {
    const heard: string[] = [];
    const work = (async () => {
      for await (const { text } of linesOf(pieces(Buffer.from("one\ntw"), 2, true))) heard.push(text);
    })();
    await expect(work).rejects.toThrow("The line was cut.");
    expect(heard).toEqual(["one"]);
  });
});

describe("isBlank", () => {
  it("is true of spaces alone, and not of what cannot be read", () => {
    const line = (text: string, fault: string | null = null): Line => ({ bytes: Buffer.from(text), text, fault });
    expect([line(""), line(" \t\r"), line("{}"), line("", "Must be valid UTF-8.")].map(isBlank)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

import { isSameMimeType, mimeTypeOf, sniff } from "../../src/document/sniff.js";

const box = (brand: string): Buffer =>
  Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`ftyp${brand}\0\0\0\0mif1heic`)]);

const PNG_HEADER = Buffer.from("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de", "hex");

/** A TIFF whose directory stands where its writer has put it: mostly at the end. */
function tiff(directoryAt: number, length: number): Buffer {
  const bytes = Buffer.alloc(length, 1);
  bytes.write("49492a00", 0, "hex");
  bytes.writeUInt32LE(directoryAt, 4);
  if (directoryAt + 2 < length) bytes.writeUInt16LE(1, directoryAt);
  return bytes;
}

/** A part of a PNG of 100,000 bytes that is not its picture. */
function longChunk(): Buffer {
  const chunk = Buffer.alloc(100_012, 1);
  chunk.writeUInt32BE(100_000, 0);
  chunk.write("iCCP", 4);
  return chunk;
}

const TAKEN: readonly (readonly [what: string, bytes: Buffer, mimeType: string])[] = [
  ["a PDF", Buffer.from("%PDF-1.7\n"), "application/pdf"],
  ["a JPEG", Buffer.from("ffd8ffe000104a4649460001", "hex"), "image/jpeg"],
  ["a PNG", PNG_HEADER, "image/png"],
  ["a HEIC photograph", box("heic"), "image/heic"],
  ["a HEIF photograph", box("mif1"), "image/heif"],
  ["a WebP", Buffer.from("RIFF\0\0\0\0WEBPVP8 "), "image/webp"],
  ["a TIFF", tiff(8, 4_000), "image/tiff"],
  ["a TIFF whose directory stands at its end", tiff(900_000, 900_020), "image/tiff"],
  ["a PNG with a long profile before its picture", Buffer.concat([PNG_HEADER, longChunk()]), "image/png"],
];

const OTHERS: readonly (readonly [what: string, bytes: Buffer])[] = [
  ["nothing", Buffer.alloc(0)],
  ["text", Buffer.from("Dear Sir or Madam")],
  ["a page", Buffer.from("<!doctype html><script>alert(1)</script>")],
  ["a drawing that can hold scripts", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ["an archive", Buffer.from(`PK\u0003\u0004${"x".repeat(60)}`)],
  ["a program", Buffer.from("4d5a90000300000004000000ffff", "hex")],
  ["a GIF", Buffer.from("GIF89a")],
  ["a film", box("isom")],
  ["a PDF behind something else", Buffer.from("<html>%PDF-1.7")],
  ["a TIFF that is cut before its directory", tiff(900_000, 4_000)],
  ["the first two letters of a JPEG", Buffer.from("ffd8", "hex")],
];

describe("sniff", () => {
  it.each(TAKEN)("tells %s by its content", async (_what, bytes, mimeType) => {
    expect(await sniff(bytes)).toBe(mimeType);
  });

  it.each(OTHERS)("does not take %s", async (_what, bytes) => {
    expect(await sniff(bytes)).toBeNull();
  });
});

describe("mimeTypeOf", () => {
  it.each([
    ["image/jpg", "image/jpeg"],
    [" IMAGE/JPEG ", "image/jpeg"],
    ["application/pdf", "application/pdf"],
    ["text/html", null],
    ["application/pdf; charset=utf-8", null],
    ["", null],
  ])("reads %j as %j", (declared, mimeType) => {
    expect(mimeTypeOf(declared)).toBe(mimeType);
  });

  it("lets one HEIF file be called by its brand or its container, and nothing else by another name", () => {
    expect(isSameMimeType("image/heic", "image/heif")).toBe(true);
    expect(isSameMimeType("image/heif", "image/heic")).toBe(true);
    expect(isSameMimeType("image/heif", "image/jpeg")).toBe(false);
  });
});

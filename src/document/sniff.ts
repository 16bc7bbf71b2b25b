import { fileTypeFromBuffer } from "file-type";

/** What a document may be, by its content. */
export const MIME_TYPES = [
  "application/pdf",
  "image/jpeg",
  "image/png",
  "image/heic",
  "image/heif",
  "image/webp",
  "image/tiff",
] as const;
export type MimeType = (typeof MIME_TYPES)[number];

/** So much of the beginning decides. */
export const HEAD_BYTES = 8 * 1024;

/** How a TIFF begins, in either order of bytes. */
const TIFF_MARKS: readonly Buffer[] = [Buffer.from("II*\0"), Buffer.from("MM\0*")];

/** A TIFF may say more about itself at its very end, which is not here to be looked at. */
const beginsLikeTiff = (head: Uint8Array): boolean =>
  head.length === HEAD_BYTES && TIFF_MARKS.some((mark) => mark.equals(head.subarray(0, mark.length)));

/** What the beginning of a content shows it to be; null where that is nothing that is taken. */
export async function sniff(content: Uint8Array): Promise<MimeType | null> {
  const head = content.subarray(0, HEAD_BYTES);
  // A content that confuses whoever looks at it is nothing that is taken either.
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  const mimeType = found?.mime ?? (beginsLikeTiff(head) ? "image/tiff" : null);
  return MIME_TYPES.find((type) => type === mimeType) ?? null;
}

/** What a document is declared to be, in our spelling; null where that is nothing that is taken. */
export function mimeTypeOf(declared: string): MimeType | null {
  const plain = declared.trim().toLowerCase();
  return plain === "image/jpg" ? "image/jpeg" : (MIME_TYPES.find((type) => type === plain) ?? null);
}

/** A photograph in a HEIF file is called either way: by its brand or by its container. */
const containerOf = (type: MimeType): MimeType => (type === "image/heic" ? "image/heif" : type);

export const isSameMimeType = (one: MimeType, other: MimeType): boolean => containerOf(one) === containerOf(other);

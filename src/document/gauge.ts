import { createHash } from "node:crypto";
import { HEAD_BYTES, sniff, type MimeType } from "./sniff.js";

export const MAX_DOCUMENT_BYTES = 20 * 1024 * 1024;

/** What is known of a content once it has passed by. */
export interface Content {
  readonly sizeBytes: number;
  /** Hex. */
  readonly sha256: string;
  /** What it is, by its content; null for anything that is not taken. */
  readonly mimeType: MimeType | null;
}

/** Reads off what passes through it, and keeps none of it but, for a while, the beginning. */
export interface Gauge {
  through(content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** Throws before everything has passed. */
  read(): Content;
}

/** Keeps the beginning of what it is shown until that decides what it is. */
function createSniffer() {
  let head: Uint8Array[] = [];
  let length = 0;
  let verdict: Promise<MimeType | null> | null = null;
  const decide = (): Promise<MimeType | null> => {
    verdict ??= sniff(Buffer.concat(head));
    head = [];
    return verdict;
  };
  const show = (chunk: Uint8Array): void => {
    if (verdict) return;
    head.push(chunk);
    length += chunk.length;
    if (length >= HEAD_BYTES) void decide();
  };
  return { show, decide };
}

/** A content of more than 20 MB ends with what `tooLarge` makes, as soon as there is one byte too many. */
export function createGauge(tooLarge: () => Error): Gauge {
  const hash = createHash("sha256");
  const sniffer = createSniffer();
  let sizeBytes = 0;
  let content: Content | null = null;
  return {
    async *through(chunks) {
      for await (const chunk of chunks) {
        sizeBytes += chunk.length;
        if (sizeBytes > MAX_DOCUMENT_BYTES) throw tooLarge();
        hash.update(chunk);
        sniffer.show(chunk);
        yield chunk;
      }
      content = { sizeBytes, sha256: hash.digest("hex"), mimeType: await sniffer.decide() };
    },
    read: () => {
      if (!content) throw new Error("Not everything has passed yet.");
      return content;
    },
  };
}

import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { demoRecords } from "./demo-records.js";

/** A line is short, a write is not cheap: several go together. */
const LINES_AT_ONCE = 200;

function* lines(count: number, seed: number): Generator<string> {
  let text = "";
  let held = 0;
  for (const record of demoRecords(count, seed)) {
    text += `${JSON.stringify(record)}\n`;
    held += 1;
    if (held < LINES_AT_ONCE) continue;
    yield text;
    text = "";
    held = 0;
  }
  if (text) yield text;
}

/** Writes invented records as JSON Lines to a file, or to standard output, no faster than they are taken. */
export async function writeRecords(count: number, seed: number, out: string | undefined): Promise<void> {
  const target = out === undefined ? process.stdout : createWriteStream(out);
  await pipeline(Readable.from(lines(count, seed)), target, { end: out !== undefined });
}

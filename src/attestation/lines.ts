import { isUtf8 } from "node:buffer";

/** One line of a stream, without its end; where it cannot be read, what is wrong with it. */
export interface Line {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly fault: string | null;
}

export const MAX_LINE_BYTES = 256 * 1024;

const NEWLINE = 10;
const MARK = "\ufeff";

/** The pieces of a line that has not ended yet; beyond the limit they are counted and let go. */
interface Piece {
  readonly parts: Uint8Array[];
  length: number;
}

function add(piece: Piece, part: Uint8Array): void {
  piece.length += part.length;
  if (piece.length > MAX_LINE_BYTES) piece.parts.length = 0;
  else if (part.length > 0) piece.parts.push(part);
}

/** The line that a piece has become; the length of one that was let go stands for its bytes. */
function ended({ parts, length }: Piece): Line {
  if (length > MAX_LINE_BYTES)
    return { bytes: Buffer.from(`${length}`), text: "", fault: `Must be at most ${MAX_LINE_BYTES} bytes.` };
  const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  if (!isUtf8(bytes)) return { bytes, text: "", fault: "Must be valid UTF-8." };
  return { bytes, text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString(), fault: null };
}

const unmarked = (line: Line): Line => (line.text.startsWith(MARK) ? { ...line, text: line.text.slice(1) } : line);

/**
 * The lines of a stream of bytes, whatever the pieces it comes in. Never holds more than one line within the limit and one
 * chunk; what is behind the last newline is a line of its own only where the stream comes to its proper end.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let piece: Piece = { parts: [], length: 0 };
  let first = true;
  const line = (): Line => {
    const whole = ended(piece);
    piece = { parts: [], length: 0 };
    const read = first ? unmarked(whole) : whole;
    first = false;
    return read;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      add(piece, chunk.subarray(from, at));
      from = at + 1;
      yield line();
    }
    add(piece, from === 0 ? chunk : chunk.subarray(from));
  }
  if (piece.length > 0) yield line();
}

export const isBlank = ({ text, fault }: Line): boolean => fault === null && text.trim() === "";

import type { Writable } from "node:stream";

/** Results as frames of one subscription: the same bytes for everybody, but for the id that each has given it. */

const BEFORE_ID = Buffer.from('{"id":');
const AFTER_ID = Buffer.from(',"type":"next","payload":');
const END = Buffer.from("}");

/** A whole message of text. */
const FINAL_TEXT = 0x81;
const TWO_BYTES = 126;
const EIGHT_BYTES = 127;

/** What stands before so many bytes of a frame that a server sends. */
function headOf(length: number): Buffer {
  if (length < TWO_BYTES) return Buffer.from([FINAL_TEXT, length]);
  if (length <= 0xffff) return Buffer.from([FINAL_TEXT, TWO_BYTES, length >> 8, length & 0xff]);
  const head = Buffer.alloc(10);
  head[0] = FINAL_TEXT;
  head[1] = EIGHT_BYTES;
  head.writeUIntBE(length, 4, 6);
  return head;
}

/** Frames in which ids of one length have still to be filled in, and where. */
interface Form {
  readonly bytes: Buffer;
  readonly places: readonly number[];
}

function formOf(results: readonly Buffer[], idLength: number): Form {
  const gap = Buffer.alloc(idLength);
  const pieces: Buffer[] = [];
  const places: number[] = [];
  let length = 0;
  for (const result of results) {
    const head = headOf(BEFORE_ID.length + idLength + AFTER_ID.length + result.length + END.length);
    places.push(length + head.length + BEFORE_ID.length);
    pieces.push(head, BEFORE_ID, gap, AFTER_ID, result, END);
    length = places.at(-1)! + idLength + AFTER_ID.length + result.length + END.length;
  }
  return { bytes: Buffer.concat(pieces, length), places };
}

/**
 * The form of results that are being sent: a group sends the same to each of its members, whose ids are mostly of one length. One form is
 * kept, whatever lengths there are: else clients could make it many.
 */
const forms = new WeakMap<readonly Buffer[], { readonly idLength: number; readonly form: Form }>();

function knownForm(results: readonly Buffer[], idLength: number): Form {
  const known = forms.get(results);
  if (known?.idLength === idLength) return known.form;
  const form = formOf(results, idLength);
  forms.set(results, { idLength, form });
  return form;
}

/** Where frames are put together: the same place again and again, for as long as the network takes them at once. */
let desk = Buffer.alloc(0);
const MAX_DESK_BYTES = 1024 * 1024;

/** An id as JSON of one byte a character. */
export const idText = (id: string): string =>
  JSON.stringify(id).replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** Writes the frames of some results for the subscription of an id, given as `idText`, in one go. */
export function writeFrames(raw: Writable, results: readonly Buffer[], id: string): void {
  const { bytes, places } = knownForm(results, id.length);
  const filled = desk.length < bytes.length ? Buffer.allocUnsafeSlow(bytes.length) : desk.subarray(0, bytes.length);
  filled.set(bytes);
  for (const place of places) for (let at = 0; at < id.length; at += 1) filled[place + at] = id.charCodeAt(at);
  raw.write(filled);
  // What still waits there is read later: the place belongs to it from now on.
  if (raw.writableLength > 0) desk = Buffer.alloc(0);
  else if (filled.length > desk.length && filled.length <= MAX_DESK_BYTES) desk = filled;
}

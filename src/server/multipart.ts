import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { Busboy, type BusboyFileStream, type BusboyHeaders, type BusboyInstance } from "@fastify/busboy";
import type { Form } from "./parts.js";
import { Refusal, unreadable } from "./refusal.js";

/** The name of the part that is the file. */
const FILE = "file";

const LIMITS = { files: 1, fields: 10, parts: 11, fieldSize: 1_000, headerPairs: 10, headerSize: 4_096 };

/** So many bytes of a body may be something else than the file. */
const AROUND_BYTES = 64 * 1024;

/** How long nothing of a form may come, how long it may make no sense after its end, and how long all of it may take. */
const IDLE_MS = 30_000;
const SETTLE_MS = 2_000;
const FORM_MS = 10 * 60_000;

/** A form that is open: whoever opened it closes it, whether it was read to its end or not. */
export interface OpenForm extends Form {
  readonly close: () => void;
}

const megabytes = (bytes: number): string => `${bytes / 1024 / 1024} MB`;

const tooLarge = (limit: number): Refusal => unreadable(413, `A file may have at most ${megabytes(limit)}.`);

const endedEarly = (): Refusal => unreadable(400, "The body ended early.");

const notWhole = (): Refusal => unreadable(400, "The body is not a whole form.");

const REFUSED: readonly (readonly ["filesLimit" | "fieldsLimit" | "partsLimit", string])[] = [
  ["filesLimit", "A form may hold one file."],
  ["fieldsLimit", `A form may hold at most ${LIMITS.fields} fields.`],
  ["partsLimit", `A form may hold at most ${LIMITS.parts} parts.`],
];

function parserOf({ headers }: IncomingMessage): BusboyInstance {
  try {
    return new Busboy({
      headers: headers as BusboyHeaders,
      limits: LIMITS,
      preservePath: true,
      isPartAFile: (name, _type, filename) => name === FILE || filename !== undefined,
    });
  } catch {
    throw unreadable(400, "The content type must name the boundary of the form.");
  }
}

/** The bytes of the file, which end when the whole form has: what stands behind the file can still be wrong. */
async function* bytesOf(file: Readable, limit: number, ended: Promise<void>): AsyncGenerator<Uint8Array> {
  let size = 0;
  try {
    for await (const chunk of file as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) throw tooLarge(limit);
      yield chunk;
    }
  } catch (error) {
    // The parser has words of its own for a file without an end.
    throw error instanceof Refusal ? error : notWhole();
  }
  await ended;
}

/** Takes the texts of a form, each name once. */
function takeFields(parser: BusboyInstance, fail: (cause: Refusal) => void): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  parser.on("field", (name, value, _nameCut, cut) => {
    if (cut) return fail(unreadable(400, `A field may have at most ${LIMITS.fieldSize} bytes.`));
    if (fields.has(name)) return fail(unreadable(400, "Each field may be given once."));
    fields.set(name, value);
  });
  return fields;
}

/** Feeds a body to a parser no faster than that reads, and tells what is wrong with how it comes. Answers how to stop. */
function feed(request: IncomingMessage, parser: BusboyInstance, limit: number, fail: (cause: Refusal) => void) {
  let size = 0;
  const late = (): void => fail(unreadable(408, "The body took too long."));
  let idle = setTimeout(() => fail(unreadable(408, "Nothing more of the body came.")), IDLE_MS);
  const deadline = setTimeout(late, FORM_MS);
  const count = (chunk: Buffer): void => {
    idle.refresh();
    size += chunk.length;
    if (size > limit + AROUND_BYTES) fail(tooLarge(limit));
  };
  const cut = (): void => {
    if (!request.complete) fail(endedEarly());
  };
  const settle = (): void => {
    clearTimeout(idle);
    // Of some forms without an end the parser never says so.
    idle = setTimeout(() => fail(notWhole()), SETTLE_MS);
  };
  request.on("data", count).once("end", settle).once("close", cut).once("error", cut).pipe(parser);
  return (): void => {
    clearTimeout(idle);
    clearTimeout(deadline);
    request.off("data", count).off("end", settle).off("close", cut).unpipe(parser);
  };
}

/**
 * Reads a form as far as its one file, and the file as it is asked for. All that is not as it must be ends the bytes of the file, or
 * this call where there are none yet.
 */
export async function openForm(request: IncomingMessage, limit: number): Promise<OpenForm> {
  if (request.destroyed) throw endedEarly();
  if (Number(request.headers["content-length"] ?? 0) > limit + AROUND_BYTES) throw tooLarge(limit);
  const parser = parserOf(request);
  const opened = Promise.withResolvers<OpenForm>();
  const ended = Promise.withResolvers<void>();
  ended.promise.catch(() => undefined);
  let file: Readable | null = null;
  const fail = (cause: Refusal): void => {
    close();
    opened.reject(cause);
    ended.reject(cause);
    file?.destroy(cause);
  };
  const fields = takeFields(parser, fail);
  const open = (name: string, stream: BusboyFileStream, filename: string | undefined, mimeType: string): void => {
    file = stream.on("error", () => undefined);
    if (name !== FILE) return fail(unreadable(400, `The part that is the file must be named ${FILE}.`));
    opened.resolve({
      fields,
      filename: filename ?? "",
      mimeType,
      bytes: bytesOf(stream, limit, ended.promise),
      close,
    });
  };
  for (const [event, message] of REFUSED) parser.on(event, () => fail(unreadable(400, message)));
  parser.on("file", (name, stream, filename, _encoding, mimeType) => open(name, stream, filename, mimeType));
  parser.on("error", () => fail(notWhole()));
  parser.on("finish", () => {
    if (file) ended.resolve();
    else fail(unreadable(400, `The form must hold a file in the part ${FILE}.`));
  });
  const close = feed(request, parser, limit, fail);
  return opened.promise;
}

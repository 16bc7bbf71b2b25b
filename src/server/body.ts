import type { IncomingMessage } from "node:http";
import { unreadable } from "./refusal.js";

export const MAX_BODY_BYTES = 4 * 1024 * 1024;
export const MAX_JSON_DEPTH = 32;

/** How long a body of this kind may take to arrive. */
export const BODY_MS = 15_000;

/** A JSON object, as it was parsed. */
export type JsonObject = Readonly<Record<string, unknown>>;

const tooLarge = (limit: number) => unreadable(413, `A request body may have at most ${limit} bytes.`);

/** Whether bytes of a body are announced that nobody has read to their end. */
export const hasUnreadBody = (request: IncomingMessage): boolean =>
  !request.complete &&
  (request.headers["transfer-encoding"] !== undefined || Number(request.headers["content-length"] ?? 0) > 0);

/** Refuses what is not UTF-8 text of one of these types, as it is. */
export function refuseType({ headers }: IncomingMessage, types: readonly string[]): void {
  const [type, ...parameters] = (headers["content-type"] ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  if (!types.includes(type ?? "")) throw unreadable(415, `The content type must be ${types.join(" or ")}.`);
  const charset = parameters.find((parameter) => parameter.startsWith("charset="))?.slice(8);
  if (charset !== undefined && !["utf-8", '"utf-8"', "utf8"].includes(charset))
    throw unreadable(415, "The charset must be UTF-8.");
  if ((headers["content-encoding"] ?? "identity").trim().toLowerCase() !== "identity")
    throw unreadable(415, "The body must not be compressed.");
}

function refuseByHeaders(request: IncomingMessage, limit: number): void {
  refuseType(request, ["application/json"]);
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLarge(limit);
}

/** Collects the bytes and stops counting, listening and keeping as soon as there is one too many. */
async function bytesOf(request: IncomingMessage, limit: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  if (request.destroyed) throw unreadable(400, "The body ended early.");
  const chunks: Buffer[] = [];
  let size = 0;
  const take = (chunk: Buffer): void => {
    size += chunk.length;
    if (size > limit) return settle(() => reject(tooLarge(limit)));
    chunks.push(chunk);
  };
  const finish = (): void => settle(() => resolve(Buffer.concat(chunks)));
  const cut = (): void => settle(() => reject(unreadable(400, "The body ended early.")));
  const late = (): void => settle(() => reject(unreadable(408, "The body took too long.")));
  const timer = setTimeout(late, BODY_MS);
  const settle = (outcome: () => void): void => {
    clearTimeout(timer);
    request.off("data", take).off("end", finish).off("close", cut);
    outcome();
  };
  request.on("data", take).once("end", finish).once("close", cut).once("error", cut);
  return promise;
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw unreadable(400, "The body is not valid UTF-8.");
  }
}

/** How deep brackets nest in JSON text, found without parsing it: text in quotes does not count. */
export function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at += 1) {
    const letter = json[at];
    if (quoted) {
      if (letter === "\\") at += 1;
      else if (letter === '"') quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === "{" || letter === "[") deepest = Math.max(deepest, (depth += 1));
    else if (letter === "}" || letter === "]") depth -= 1;
  }
  return deepest;
}

/** One JSON object from text that may be anything. The refusal never quotes the text. */
export function objectOf(json: string, what: string): JsonObject {
  if (depthOf(json) > MAX_JSON_DEPTH) throw unreadable(400, `${what} may nest at most ${MAX_JSON_DEPTH} deep.`);
  const value = parsed(json, what);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw unreadable(400, `${what} must be a JSON object.`);
  return value as JsonObject;
}

function parsed(json: string, what: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw unreadable(400, `${what} is not valid JSON.`);
  }
}

/** The bytes of a JSON body as they came, at most so many; its headers are judged before a byte of it is read. */
export async function readJsonBytes(request: IncomingMessage, limit = MAX_BODY_BYTES): Promise<Buffer> {
  refuseByHeaders(request, limit);
  return bytesOf(request, limit);
}

/** The JSON object in a request's body. */
export const readObject = async (request: IncomingMessage): Promise<JsonObject> =>
  objectOf(textOf(await readJsonBytes(request)), "The body");

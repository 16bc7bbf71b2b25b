import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { type IncomingMessage, request as overHttp } from "node:http";
import { request as overTls } from "node:https";
import type { LookupFunction } from "node:net";
import { type Destination, reach, type Resolve } from "./reach.js";
import { Unanswered } from "./unanswered.js";

/** What is sent. */
export interface Question {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came back, whole. */
export interface Reply {
  readonly status: number;
  readonly body: string;
}

export interface ExchangeLimits {
  /** How long everything together may take, from the name to the last byte. */
  readonly timeoutMs: number;
  readonly resolve?: Resolve;
}

export const MAX_ANSWER_BYTES = 256 * 1024;

const resolveOnce: Resolve = (name) => lookup(name, { all: true });

/** Answers what a connection asks of the name service with what is known already. */
const pinnedTo =
  (addresses: readonly LookupAddress[]): LookupFunction =>
  (_name, options, done) => {
    const [first] = addresses;
    if (options.all) done(null, [...addresses]);
    else done(null, first!.address, first!.family);
  };

function send(url: URL, addresses: readonly LookupAddress[], question: Question, signal: AbortSignal) {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = url.protocol === "https:" ? overTls : overHttp;
  const headers = { ...question.headers, "content-length": String(Buffer.byteLength(question.body)) };
  request(url, { method: "POST", agent: false, lookup: pinnedTo(addresses), headers, signal })
    .on("response", resolve)
    .on("upgrade", ({ statusCode = 0 }, socket) => {
      socket.destroy();
      reject(new Unanswered(`STATUS_${statusCode}`));
    })
    .on("error", reject)
    .end(question.body);
  return promise;
}

async function bytesOf(response: IncomingMessage): Promise<Buffer> {
  if (Number(response.headers["content-length"] ?? 0) > MAX_ANSWER_BYTES) throw new Unanswered("TOO_LARGE");
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) throw new Unanswered("TOO_LARGE");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Unanswered("UNREADABLE");
  }
}

/** Reads an answer that is one, and nothing of any other: a redirect is not followed, an error is not read. */
async function read(response: IncomingMessage): Promise<Reply> {
  const status = response.statusCode ?? 0;
  try {
    if (status >= 300 && status < 400) throw new Unanswered("REDIRECTED");
    if (status !== 200 && status !== 202) throw new Unanswered(`STATUS_${status}`);
    return { status, body: textOf(await bytesOf(response)) };
  } finally {
    response.destroy();
  }
}

/** The same promise, but no longer than the signal allows. */
function within<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(new Unanswered("STOPPED"));
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop);
  return Promise.race([work, promise]).finally(() => signal.removeEventListener("abort", stop));
}

async function answered(destination: Destination, question: Question, resolve: Resolve, signal: AbortSignal) {
  const addresses = await within(reach(destination, resolve), signal);
  return read(await send(destination.url, addresses, question, signal));
}

/**
 * One request, one answer, on a connection of its own: bounded in time and bytes, to no address that is not allowed. Whatever goes
 * wrong is an `Unanswered`, whose cause is left behind on purpose: it may quote the address or the body.
 */
export async function exchange(
  destination: Destination,
  question: Question,
  { timeoutMs, resolve = resolveOnce }: ExchangeLimits,
  signal: AbortSignal,
): Promise<Reply> {
  const late = AbortSignal.timeout(timeoutMs);
  const both = AbortSignal.any([signal, late]);
  try {
    return await within(answered(destination, question, resolve, both), both);
  } catch (error) {
    if (signal.aborted) throw new Unanswered("STOPPED");
    if (late.aborted) throw new Unanswered("TIMED_OUT");
    throw error instanceof Unanswered ? error : new Unanswered("CONNECTION_BROKEN");
  }
}

import { setTimeout as pause } from "node:timers/promises";
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";
import { add, type Tally } from "./ledger.js";

/** What an answer came to. */
export type Told<Data> =
  | { readonly kind: "DONE"; readonly data: Data; readonly tries: number }
  /** Refused for good, on this try. */
  | { readonly kind: "REFUSED"; readonly code: string; readonly tries: number };

/** What one try came to; a passing one is tried again, for it says when. */
type Try<Data> =
  | { readonly kind: "DONE"; readonly data: Data }
  | { readonly kind: "REFUSED"; readonly code: string }
  | { readonly kind: "PASSING"; readonly cause: string; readonly afterMs: number };

export interface Error {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly retryAfterMs?: number };
}

/** Where clients call, and until when they go on. */
export interface Line {
  readonly url: string;
  readonly tally: Tally;
  readonly random: () => number;
  /** Whoever was not answered by then never is: a fault. */
  readonly untilMs: () => number;
}

const ANSWER_MS = 30_000;
const MAX_PAUSE_MS = 1_000;

/** What a good client makes of errors: it comes back where it was told to. */
export function tryOf<Data>(data: Data | null | undefined, errors: readonly Error[] | undefined): Try<Data> {
  const [first] = errors ?? [];
  const { code = "NONE", retryAfterMs } = first?.extensions ?? {};
  if (first && retryAfterMs !== undefined)
    return { kind: "PASSING", cause: `${code} (${first.message})`, afterMs: retryAfterMs };
  if (errors || !data) return { kind: "REFUSED", code };
  return { kind: "DONE", data };
}

/** Calls until it is answered for good. */
export async function insistOn<Data>(line: Line, kind: string, work: () => Promise<Try<Data>>): Promise<Told<Data>> {
  const count = line.tally.of(kind);
  for (let tries = 1; ; tries += 1) {
    const came = await work().catch((error: unknown): Try<Data> => {
      const cause = error instanceof DOMException ? error.name : "CONNECTION";
      return { kind: "PASSING", cause, afterMs: 100 };
    });
    if (came.kind === "DONE") {
      count.acknowledged += 1;
      return { ...came, tries };
    }
    if (came.kind === "REFUSED") {
      add(count.refused, tries > 1 ? `${came.code} (again)` : came.code);
      return { ...came, tries };
    }
    if (performance.now() > line.untilMs()) {
      add(count.refused, `NEVER ANSWERED: ${came.cause}`);
      return { kind: "REFUSED", code: "NEVER", tries };
    }
    count.retried += 1;
    add(line.tally.causes, came.cause);
    await pause(Math.min(came.afterMs, MAX_PAUSE_MS) * (0.5 + line.random()));
  }
}

/** Asks one operation of GraphQL, again and again, with the same body. */
export function insist<Data>(
  line: Line,
  kind: string,
  token: string,
  document: TypedDocumentNode<Data, never> | TypedDocumentNode<Data>,
  variables: object,
): Promise<Told<Data>> {
  const body = JSON.stringify({ query: print(document), variables });
  return insistOn(line, kind, async () => {
    const answer = await fetch(`${line.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body,
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const { data, errors } = (await answer.json()) as { data?: Data | null; errors?: readonly Error[] };
    return tryOf(data, errors);
  });
}

/** Sends lines of JSON until all of them are taken. */
export function insistOnUpload(
  line: Line,
  token: string,
  search: string,
  lines: string,
): Promise<Told<{ id: string; state: string; attestations: number; bad: number }>> {
  return insistOn(line, "upload", async () => {
    const answer = await fetch(`${line.url}/furnish?${search}`, {
      method: "POST",
      headers: { "content-type": "application/x-ndjson", authorization: `Bearer ${token}` },
      body: lines,
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const last = JSON.parse((await answer.text()).trim().split("\n").at(-1)!) as {
      submission?: { id: string; state: string; attestations: number; bad: number };
      errors?: readonly Error[];
    };
    return tryOf(last.submission, last.errors);
  });
}

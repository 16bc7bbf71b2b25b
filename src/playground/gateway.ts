import { getIntrospectionQuery, type IntrospectionQuery } from "graphql";
import { createClient } from "graphql-ws/client";

/** A demo participant that one may ask as. Outside the demo there are none. */
export interface DemoKey {
  readonly name: string;
  readonly token: string;
}

/** An example operation; `as` names the participant who may ask it. */
export interface Example {
  readonly title: string;
  readonly query: string;
  readonly variables?: string;
  readonly as?: string;
}

/** What the gateway tells its playground when the page opens. */
export interface Setup {
  readonly keys: readonly DemoKey[];
  readonly tabs: readonly Example[];
}

/** One operation as it is sent. */
export interface Request {
  readonly query: string;
  readonly variables?: unknown;
  readonly operationName?: string | null;
}

/** What came back, as far as the page looks into it. */
export interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: unknown } }[];
  readonly extensions?: { readonly cost?: unknown };
}

/** Without a configuration the page still works: it starts empty, with a field for a key. */
export async function loadSetup(): Promise<Setup> {
  try {
    const response = await fetch("/playground/config.json");
    const setup: Partial<Setup> = response.ok ? await response.json() : {};
    return { keys: setup.keys ?? [], tabs: setup.tabs ?? [] };
  } catch {
    return { keys: [], tabs: [] };
  }
}

/** Asks the gateway as the holder of `token`; headers of the editor's own pane come last and win. */
export async function ask(request: Request, token: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: {
      accept: "application/graphql-response+json, application/json",
      "content-type": "application/json",
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    body: JSON.stringify(request),
  });
  const answer: Answer = await response.json();
  return answer;
}

/** Follows a subscription as the holder of `token`, for as long as somebody reads. */
export async function* follow(request: Request, token: string): AsyncGenerator<Answer> {
  const url = new URL("/graphql", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  const client = createClient({ url: url.href, connectionParams: { authorization: `Bearer ${token}` } });
  const { query, operationName, variables } = request;
  const asked = {
    query,
    operationName: operationName ?? null,
    variables: (variables ?? {}) as Record<string, unknown>,
  };
  try {
    for await (const { data, errors, extensions } of client.iterate(asked))
      yield { data, ...(errors ? { errors } : {}), ...(extensions ? { extensions } : {}) };
  } finally {
    await client.dispose();
  }
}

/** The schema as the gateway describes it, or null with the answer that refused it. */
export async function introspect(token: string): Promise<{ schema: IntrospectionQuery | null; answer: Answer }> {
  const answer = await ask({ query: getIntrospectionQuery({ inputValueDeprecation: true }) }, token);
  return { schema: (answer.data as IntrospectionQuery | null | undefined) ?? null, answer };
}

/** The cost of an answer in words, whatever parts the gateway reports; null when it reports none. */
export function costOf(answer: Answer): string | null {
  const cost = answer.extensions?.cost;
  if (cost === undefined || cost === null) return null;
  if (typeof cost !== "object") return JSON.stringify(cost);
  return Object.entries(cost)
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(", ");
}

/** What to tell somebody whose key the gateway does not know; null when the key was not the trouble. */
export function troubleOf(answer: Answer, token: string): string | null {
  if (!answer.errors?.some((error) => error.extensions?.code === "UNAUTHENTICATED")) return null;
  return token
    ? "This key is not known here, or has ended. Choose a participant or enter another key."
    : "This gateway wants to know who asks. Choose a participant or enter a key.";
}

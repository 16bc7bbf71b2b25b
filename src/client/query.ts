import { AttestryError, coded, type GatewayError } from "./attestry-error.js";
import type { Settings } from "./settings.js";

/** One operation, in the language of GraphQL. */
export interface Operation {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
  /** Ends it before its time. */
  readonly signal?: AbortSignal;
}

/** Asks once, over HTTP: a query or a mutation. Any error of the gateway's is thrown, and nothing is tried again. */
export async function query<Data>(
  { httpUrl, authorization }: Settings,
  { signal, ...asked }: Operation,
): Promise<Data> {
  const response = await fetch(httpUrl, {
    method: "POST",
    headers: {
      accept: "application/graphql-response+json, application/json",
      "content-type": "application/json",
      authorization: await authorization(),
    },
    body: JSON.stringify(asked),
    ...(signal ? { signal } : {}),
  });
  const { data, errors } = await answerOf<Data>(response);
  if (errors || !data) throw new AttestryError(errors ?? []);
  return data;
}

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly GatewayError[];
}

/** What stands between may answer in other words. */
async function answerOf<Data>(response: Response): Promise<Answer<Data>> {
  const text = await response.text();
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === "object" && answer !== null) return answer;
  } catch {
    // Told below.
  }
  throw coded("INTERNAL_SERVER_ERROR", `Something that is no gateway answered, with status ${response.status}.`);
}

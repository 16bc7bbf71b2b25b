import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print, type ExecutionResult } from "graphql";
import type { Server } from "../../src/server/http.js";

/** What came back over HTTP, whole. */
export interface Answer<Data> extends ExecutionResult<Data> {
  readonly status: number;
}

/** Asks a listening gateway as the holder of a token, over HTTP. A document is typed, or plain text. */
export async function ask<Data = Record<string, never>, Variables = Record<string, unknown>>(
  { url }: Pick<Server, "url">,
  token: string | null,
  document: TypedDocumentNode<Data, Variables> | string,
  variables?: Variables,
): Promise<Answer<Data>> {
  const query = typeof document === "string" ? document : print(document);
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query, variables }),
  });
  return { ...((await response.json()) as ExecutionResult<Data>), status: response.status };
}

/** The data of an answer that must have no errors. */
export async function data<Data, Variables>(
  server: Pick<Server, "url">,
  token: string,
  document: TypedDocumentNode<Data, Variables> | string,
  variables?: Variables,
): Promise<Data> {
  const answer = await ask(server, token, document, variables);
  if (answer.errors || !answer.data) throw new Error(`Refused: ${JSON.stringify(answer.errors)}`);
  return answer.data;
}

/** The code and the paths of a refusal. */
export interface Refused {
  readonly code: string;
  readonly paths: readonly string[];
}

export const refusalOf = (answer: Pick<Answer<unknown>, "errors">): Refused => {
  const extensions = answer.errors?.[0]?.extensions as
    | { code?: string; validationDetails?: { path: string }[] }
    | undefined;
  return { code: extensions?.code ?? "none", paths: (extensions?.validationDetails ?? []).map(({ path }) => path) };
};

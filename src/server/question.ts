import type { Question } from "./admission.js";
import { type JsonObject, objectOf } from "./body.js";
import { unreadable } from "./refusal.js";

const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;

function textAt(body: JsonObject, name: string): string | null {
  const value = body[name];
  if (isAbsent(value)) return null;
  if (typeof value !== "string") throw unreadable(400, `\`${name}\` must be text.`);
  return value;
}

function objectAt(body: JsonObject, name: string): JsonObject {
  const value = body[name];
  if (isAbsent(value)) return {};
  if (typeof value !== "object" || Array.isArray(value)) throw unreadable(400, `\`${name}\` must be an object.`);
  return value as JsonObject;
}

/** What a body asks; its other members are left where they are. */
export function questionOfBody(body: JsonObject): Question {
  const source = textAt(body, "query");
  if (!source) throw unreadable(400, "`query` must be a GraphQL document.");
  objectAt(body, "extensions");
  return { source, operationName: textAt(body, "operationName"), variables: objectAt(body, "variables") };
}

/** What the search part of an address asks. Each name may stand there once, so that no two readers disagree. */
export function questionOfSearch(search: string): Question {
  const params = new URLSearchParams(search);
  const once = (name: string): string | null => {
    const values = params.getAll(name);
    if (values.length > 1) throw unreadable(400, `\`${name}\` may be given once.`);
    return values[0] ?? null;
  };
  const variables = once("variables");
  return questionOfBody({
    query: once("query"),
    operationName: once("operationName"),
    variables: variables === null ? null : objectOf(variables, "`variables`"),
  });
}

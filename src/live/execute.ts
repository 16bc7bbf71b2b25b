import { execute, type GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from "graphql";
import type { Context } from "../graph/context.js";
import { Failure } from "../kernel/failure.js";
import type { Subscribed } from "./live.js";

/** Turns a thrown thing into what a client reads. */
export type Present = (error: unknown) => GraphQLFormattedError;

/** What will pass: the database was away while a field was read. */
const outageIn = (errors: readonly GraphQLError[] = []): Failure | null =>
  errors
    .map(({ originalError }) => originalError)
    .find((cause): cause is Failure => cause instanceof Failure && cause.code === "SERVICE_UNAVAILABLE") ?? null;

/**
 * The result of one occurrence, as the text that every receiver is sent. Rejects where the database was away: whoever was sent a result
 * without what it should hold would never be sent it again.
 */
export async function resultOf(
  schema: GraphQLSchema,
  { document, operationName, variables }: Subscribed,
  context: Context,
  occurrence: object,
  present: Present,
): Promise<Buffer> {
  const { data, errors } = await execute({
    schema,
    document,
    operationName,
    variableValues: variables,
    contextValue: context,
    rootValue: occurrence,
  });
  const outage = outageIn(errors);
  if (outage) throw outage;
  return Buffer.from(JSON.stringify({ ...(errors ? { errors: errors.map(present) } : {}), data }));
}

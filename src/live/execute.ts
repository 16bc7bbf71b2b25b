import { execute, type GraphQLFormattedError, type GraphQLSchema } from "graphql";
import type { Context } from "../graph/context.js";
import type { Subscribed } from "./live.js";

/** Turns a thrown thing into what a client reads. */
export type Present = (error: unknown) => GraphQLFormattedError;

/** The result of one occurrence, as the text that every receiver is sent. */
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
  return Buffer.from(JSON.stringify({ ...(errors ? { errors: errors.map(present) } : {}), data }));
}

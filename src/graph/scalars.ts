import { GraphQLScalarType, Kind, type ValueNode } from "graphql";
import { z } from "zod";
import { Failure } from "../kernel/failure.js";
import { toInstant } from "../kernel/instant.js";

const MAX_CHARACTERS = 64;

/**
 * A scalar that travels as text, brought into its one spelling where it can be. What is no such value is left as it came, for
 * the verb to refuse: it judges the whole input at once, and one wrong date must not hide every other fault.
 */
function textScalar(
  name: string,
  description: string,
  spell: (text: string) => string = String,
): GraphQLScalarType<string, string> {
  const read = (value: unknown): string => {
    if (typeof value === "string" && value.length <= MAX_CHARACTERS) return spell(value);
    throw new Failure("BAD_USER_INPUT", `Must be ${description.charAt(0).toLowerCase()}${description.slice(1)}`);
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: String,
    parseValue: read,
    parseLiteral: (node: ValueNode) => read(node.kind === Kind.STRING ? node.value : null),
  });
}

const instant = z.iso.datetime({ offset: true });

export const DateTimeScalar = textScalar(
  "DateTime",
  "An RFC 3339 date and time, such as 2026-03-01T09:30:00.000Z.",
  (text) => (instant.safeParse(text).success ? toInstant(text) : text),
);

export const DateScalar = textScalar("Date", "A calendar date, YYYY-MM-DD.");

export const DecimalScalar = textScalar("Decimal", "An exact decimal as text, such as 2.50, never a float.");

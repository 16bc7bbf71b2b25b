import { GraphQLScalarType, Kind, type ValueNode } from "graphql";
import { z } from "zod";
import { isDecimal } from "../kernel/decimal.js";
import { Failure } from "../kernel/failure.js";
import { toInstant } from "../kernel/instant.js";

/** A scalar that travels as text: what comes in is checked and brought into its one spelling, what goes out is text already. */
function textScalar(
  name: string,
  description: string,
  parse: (text: string) => string | null,
): GraphQLScalarType<string, string> {
  const read = (value: unknown): string => {
    const text = typeof value === "string" && value.length <= 64 ? parse(value) : null;
    if (text === null)
      throw new Failure("BAD_USER_INPUT", `Must be ${description.charAt(0).toLowerCase()}${description.slice(1)}`);
    return text;
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
const date = z.iso.date();

export const DateTimeScalar = textScalar(
  "DateTime",
  "An RFC 3339 date and time, such as 2026-03-01T09:30:00.000Z.",
  (text) => (instant.safeParse(text).success ? toInstant(text) : null),
);

export const DateScalar = textScalar("Date", "A calendar date, YYYY-MM-DD.", (text) =>
  date.safeParse(text).success ? text : null,
);

export const DecimalScalar = textScalar("Decimal", "An exact decimal as text, such as 2.50, never a float.", (text) =>
  isDecimal(text) ? text : null,
);

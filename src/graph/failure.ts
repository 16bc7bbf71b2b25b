import { GraphQLError, Kind, type GraphQLFormattedError } from "graphql";
import { Failure } from "../kernel/failure.js";

/** Makes the id under which the log keeps what a client is not told. */
export type NewIncident = () => string;

/** Tells the log what went wrong on our side. */
export type ReportIncident = (incident: string, error: unknown) => void;

/** At most this many errors are listed in one answer. */
export const MAX_ERRORS = 5;

const MASKED = "Something went wrong on our side. Quote the incident id.";

const LITERALS: ReadonlySet<string> = new Set([
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
  Kind.OBJECT_FIELD,
]);

/** A name or a type reference: the only quoted text that a message may keep. */
const NAME_LIKE = /^[$@]?\[*[_A-Za-z][\w.]{0,100}[!\]]*$/;

const SAFE_LITERAL = [
  /^Field "[\w.]+" of required type "[\w![\]]+" was not provided\./,
  /^Field "\w+" is not defined by type "\w+"\./,
  /^Field "[\w.]+" must be non-null\./,
  /^(OneOf Input Object|Exactly one key)[^"]*"\w+"[^"]*\.$/,
];

const TYPE_OF_LITERAL = [
  /^Expected value of type "([\w![\]]+)"/,
  /^(Int|Float|String|Boolean|ID) cannot represent/,
  /^Enum "(\w+)" cannot represent/,
  /^Value "\w+" does not exist in "(\w+)" enum/,
];

const firstMatch = (patterns: readonly RegExp[], text: string): RegExpExecArray | null =>
  patterns.map((pattern) => pattern.exec(text)).find((match) => match !== null) ?? null;

function literalFault(message: string): string {
  const safe = firstMatch(SAFE_LITERAL, message);
  if (safe) return safe[0];
  const type = firstMatch(TYPE_OF_LITERAL, message)?.[1];
  return type ? `Expected a value of type "${type}".` : "A literal does not have the expected type.";
}

/** What the reader of documents complains of; whatever it adds behind these words may be a piece of the document. */
const SYNTAX =
  /^Syntax Error: (Document contains more that \d+ tokens|Unterminated string|Cannot parse the unexpected character|Invalid (?:number|character within String|character escape sequence|Unicode escape sequence|character)|Unexpected (?:Name|String|BlockString|Int|Float|<EOF>)|Unexpected)/;

const EXPECTED = /^Syntax Error: Expected ("[^"\w]{1,3}"|"?[\w ]{1,40}"?), found (<EOF>|[A-Z]\w+|"[^"\w]{1,3}")/;

function syntaxFault(message: string): string {
  const [, expected, found] = EXPECTED.exec(message) ?? [];
  if (expected) return `Syntax Error: Expected ${expected}, found ${found}.`;
  const complaint = SYNTAX.exec(message)?.[1];
  return complaint ? `Syntax Error: ${complaint.replace("more that", "more than")}.` : "Syntax Error.";
}

/** What GraphQL says of a wrong document, without any literal that was in it. */
export function sanitized(error: GraphQLError): string {
  const { message } = error;
  if (message.startsWith("Syntax Error")) return syntaxFault(message);
  const invalid = /^(?:Argument|Variable) "(\$?\w+)" (?:has|got) invalid value/.exec(message)?.[1];
  if (invalid) return `${invalid.startsWith("$") ? "Variable" : "Argument"} "${invalid}" has an invalid value.`;
  if (LITERALS.has(error.nodes?.[0]?.kind ?? "")) return literalFault(message);
  return withoutValues(message.trim());
}

const withoutValues = (message: string): string =>
  message.replace(/"((?:[^"\\]|\\.)*)"/g, (quoted, inner: string) => (NAME_LIKE.test(inner) ? quoted : '"…"'));

/** What was really thrown, below the wrapping that execution adds. */
function cause(error: unknown): unknown {
  if (!(error instanceof GraphQLError) || !error.originalError) return error;
  return cause(error.originalError);
}

/** A wrong request, found before execution: it points into the document, or carries no foreign error. */
const isRequestFault = (error: unknown, thrown: unknown): error is GraphQLError =>
  error instanceof GraphQLError &&
  (error.path === undefined
    ? error.locations !== undefined || thrown instanceof GraphQLError
    : thrown instanceof GraphQLError && /^Argument "\w+" /.test(error.message));

/**
 * The one place where a thrown thing becomes what a client reads. A Failure keeps its code and details, a wrong
 * document keeps its locations, and anything else is a bug: masked, and told to the log under an incident id.
 */
export function present(error: unknown, incident: NewIncident, report: ReportIncident): GraphQLFormattedError {
  const thrown = cause(error);
  const where = error instanceof GraphQLError ? placeOf(error) : {};
  if (thrown instanceof Failure)
    return { message: thrown.message, ...where, extensions: { code: thrown.code, ...thrown.details } };
  if (isRequestFault(error, thrown))
    return { message: sanitized(error), ...where, extensions: { code: "BAD_USER_INPUT" } };
  const id = incident();
  report(id, thrown);
  return { message: MASKED, ...where, extensions: { code: "INTERNAL_SERVER_ERROR", incident: id } };
}

/** All that an answer lists: several errors of one document travel together as an AggregateError. */
export const presentAll = (error: unknown, incident: NewIncident, report: ReportIncident): GraphQLFormattedError[] =>
  (error instanceof AggregateError && error.errors.length > 0 ? error.errors : [error])
    .slice(0, MAX_ERRORS)
    .map((one: unknown) => present(one, incident, report));

const placeOf = (error: GraphQLError): Pick<GraphQLFormattedError, "locations" | "path"> => ({
  ...(error.locations ? { locations: error.locations } : {}),
  ...(error.path ? { path: error.path } : {}),
});

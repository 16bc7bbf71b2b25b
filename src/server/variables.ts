import {
  coerceInputValue,
  getNamedType,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInputType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
} from "graphql";
import { badInput, Failure, type Fault } from "../kernel/failure.js";

/** Variables by name, as JSON brought them. */
export type Variables = Readonly<Record<string, unknown>>;

const MAX_FAULTS = 100;
const MAX_ELEMENTS = 10_000;
const MAX_CHARACTERS = 100_000;
/** What carries bytes as text is as long as a body may be. */
const BYTES_AS_TEXT = /(?:^|\.)contentBase64$/;
const MAX_VALUES = 200_000;

const IDENTIFIER = /^[_A-Za-z]\w{0,99}$/;

type Path = readonly (string | number)[];

/** `records[3].documentCapture`; a key that does not look like a name of a schema is left out, it may be anything. */
const below = (at: string, key: string | number): string => {
  if (typeof key === "number") return `${at}[${key}]`;
  if (!IDENTIFIER.test(key)) return at;
  return at ? `${at}.${key}` : key;
};

const MESSAGES: readonly (readonly [pattern: RegExp, fault: (match: RegExpExecArray, at: string) => Fault])[] = [
  [
    /^Field "(\w+)" of required type "([\w![\]]+)" was not provided\.$/,
    ([, name = "", type], at) => ({ path: below(at, name), message: `A value of type "${type}" is required.` }),
  ],
  [
    /^Field "([_A-Za-z]\w{0,99})" is not defined by type "\w+"\.( Did you mean [\w", ]+\?)?$/,
    ([message, name = ""], at) => ({ path: below(at, name), message }),
  ],
  [
    /^(Expected type "\w+" to be an object|Exactly one key must be specified for OneOf type "\w+"|Field "\w+" must be non-null)\.$/,
    ([message], at) => ({ path: at, message }),
  ],
];

const ENUM_HINT = / Did you mean the enum value [\w", ]+\?$/;

/** The type that the schema has at a path below a variable; lists may be left out, as GraphQL lets a single value stand for one. */
const typeAt = (type: GraphQLInputType, path: Path): GraphQLNamedInputType =>
  path.reduce<GraphQLNamedInputType>((at, key) => {
    const field = isInputObjectType(at) ? at.getFields()[key] : undefined;
    return field ? getNamedType(field.type) : at;
  }, getNamedType(type));

function leafFault(at: string, type: GraphQLNamedInputType, error: GraphQLError): Fault {
  if (error.originalError instanceof Failure) return { path: at, message: error.originalError.message };
  if (isInputObjectType(type))
    return { path: at, message: `Carries a field that type "${type.name}" does not define.` };
  if (!isEnumType(type)) return { path: at, message: `Expected a value of type "${type.name}".` };
  return { path: at, message: `Must be a value of enum "${type.name}".${ENUM_HINT.exec(error.message)?.[0] ?? ""}` };
}

/** One fault in our words: GraphQL's message is only recognised, because it may quote what was sent. */
function faultAt(at: string, type: GraphQLNamedInputType, error: GraphQLError): Fault {
  if (isInputObjectType(type))
    for (const [pattern, fault] of MESSAGES) {
      const match = pattern.exec(error.message);
      if (match) return fault(match, at);
    }
  return nullFault(at, error) ?? leafFault(at, type, error);
}

const nullFault = (at: string, error: GraphQLError): Fault | null => {
  const type = /^Expected non-nullable type "([\w![\]]+)" not to be null\.$/.exec(error.message)?.[1];
  return type ? { path: at, message: `Must not be null: a value of type "${type}" is required.` } : null;
};

/** Ends a coercion that has found enough. */
class Enough extends Error {}

function coerce(name: string, value: unknown, type: GraphQLInputType, faults: Fault[]): void {
  coerceInputValue(value, type, (path: Path, _value: unknown, error: GraphQLError) => {
    faults.push(faultAt(path.reduce<string>(below, name), typeAt(type, path), error));
    if (faults.length >= MAX_FAULTS) throw new Enough();
  });
}

function check(definition: VariableDefinitionNode, variables: Variables, schema: GraphQLSchema, faults: Fault[]): void {
  const name = definition.variable.name.value;
  const type = typeFromAST(schema, definition.type);
  if (!isInputType(type)) throw new Error("A validated document has a variable without an input type.");
  if (Object.hasOwn(variables, name)) return coerce(name, variables[name], type, faults);
  if (isNonNullType(type) && !definition.defaultValue)
    faults.push({ path: name, message: `A value of type "${String(type)}" is required.` });
}

/** Refuses variables that do not fit their types, with every fault at once (at most 100) and without any value. */
export function refuseMisfits(operation: OperationDefinitionNode, variables: Variables, schema: GraphQLSchema): void {
  const faults: Fault[] = [];
  try {
    for (const definition of operation.variableDefinitions ?? []) check(definition, variables, schema, faults);
  } catch (thrown) {
    if (!(thrown instanceof Enough)) throw thrown;
  }
  if (faults.length > 0) throw badInput(faults.slice(0, MAX_FAULTS));
}

const exceeded = (path: string, message: string): Failure => badInput([{ path: path || "variables", message }]);

/** Refuses variables beyond what any type could want, before a type is asked. */
export function refuseUnbounded(variables: Variables): void {
  const open: { value: unknown; path: string }[] = [{ value: variables, path: "" }];
  let count = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path } = next;
    count += 1;
    if (count + open.length > MAX_VALUES) throw exceeded("", `Must hold at most ${MAX_VALUES} values.`);
    if (typeof value === "string" && value.length > MAX_CHARACTERS && !BYTES_AS_TEXT.test(path))
      throw exceeded(path, `Must be at most ${MAX_CHARACTERS} characters.`);
    if (Array.isArray(value) && value.length > MAX_ELEMENTS)
      throw exceeded(path, `Must have at most ${MAX_ELEMENTS} elements.`);
    for (const [key, inner] of partsOf(value)) open.push({ value: inner, path: below(path, key) });
  }
}

const partsOf = (value: unknown): (readonly [key: string | number, inner: unknown])[] => {
  if (Array.isArray(value)) return value.map((inner: unknown, index) => [index, inner] as const);
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
};

import {
  type DocumentNode,
  getNamedType,
  GraphQLError,
  type GraphQLSchema,
  isLeafType,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import complexity, { type ComplexityEstimator } from "graphql-query-complexity/cjs";
import { LRUCache } from "lru-cache";
import { MAX_ERRORS } from "../graph/failure.js";
import { sha256 } from "../kernel/canonical.js";
import { Failure } from "../kernel/failure.js";
import { refuseOversize } from "./document-size.js";
import { refuseMisfits, refuseUnbounded, type Variables } from "./variables.js";

/** What a client asks, as it arrived by whatever transport. */
export interface Question {
  readonly source: string;
  readonly operationName: string | null;
  readonly variables: Variables;
}

/** What one caller may ask by one transport. */
export interface AdmissionLimits {
  readonly costLimit: number;
  readonly introspection: boolean;
  /** The kinds of operation that the transport carries. */
  readonly operations: readonly `${OperationTypeNode}`[];
}

/** A question that may run: well-formed, valid, within every limit. */
export interface Admitted {
  readonly source: string;
  readonly document: DocumentNode;
  readonly operation: `${OperationTypeNode}`;
  readonly operationName: string | null;
  /** As they were sent; they fit their types. */
  readonly variables: Variables;
  readonly cost: number;
}

/** A valid document, with what it lately cost, by operation and variables. */
interface Known {
  readonly document: DocumentNode;
  readonly costs: LRUCache<string, number>;
}

export const MAX_DOCUMENT_BYTES = 100 * 1024;
export const MAX_TOKENS = 2_000;

/** Valid documents are remembered up to this many tokens altogether: some tens of megabytes. */
const REMEMBERED_TOKENS = 200_000;

/** So many costs are remembered of one document, for variables of at most so many characters: clients mostly repeat themselves. */
const REMEMBERED_COSTS = 16;
const MAX_COST_KEY_LENGTH = 500;

/** Nothing is free: a request that selects plain values alone still takes its way. */
const LEAST_COST = 1;

/** The whole schema is a long answer, and one type a short one, whatever is asked of them. */
const INTROSPECTION_COSTS: ReadonlyMap<string, number> = new Map([
  ["__schema", 300],
  ["__type", 30],
]);

/** What has a price of its own says so; else an object costs one and what is asked of it, and a plain value nothing. */
const ESTIMATORS: ComplexityEstimator[] = [
  complexity.fieldExtensionsEstimator(),
  ({ field, childComplexity }) => {
    const whole = INTROSPECTION_COSTS.get(field.name);
    return whole === undefined ? undefined : whole + childComplexity;
  },
  ({ field, childComplexity }) => (isLeafType(getNamedType(field.type)) ? 0 : 1 + childComplexity),
];

const remembered = new WeakMap<GraphQLSchema, LRUCache<string, Known>>();

function knownOf(schema: GraphQLSchema): LRUCache<string, Known> {
  const cache =
    remembered.get(schema) ??
    new LRUCache<string, Known>({
      maxSize: REMEMBERED_TOKENS,
      sizeCalculation: ({ document }) => document.tokenCount || MAX_TOKENS,
    });
  remembered.set(schema, cache);
  return cache;
}

/** A scalar may report a literal without saying where it stands; then its words may quote it. */
const placed = (error: GraphQLError): GraphQLError =>
  error.nodes?.length ? error : new GraphQLError("A literal does not have the expected type.");

function valid(source: string, schema: GraphQLSchema, introspection: boolean): Known {
  const document = parse(source, { maxTokens: MAX_TOKENS });
  refuseOversize(document);
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const errors = validate(schema, document, rules, { maxErrors: MAX_ERRORS });
  if (errors.length > 0) throw new AggregateError(errors.slice(0, MAX_ERRORS).map(placed));
  return { document, costs: new LRUCache({ max: REMEMBERED_COSTS }) };
}

function known(source: string, schema: GraphQLSchema, introspection: boolean): Known {
  const cache = knownOf(schema);
  const key = `${introspection ? "open" : "closed"}:${sha256(source)}`;
  const found = cache.get(key) ?? valid(source, schema, introspection);
  cache.set(key, found);
  return found;
}

const refused = (message: string): Failure => new Failure("BAD_USER_INPUT", message);

function operationOf(document: DocumentNode, name: string | null): OperationDefinitionNode {
  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (name === null && operations.length > 1)
    throw refused("The document has several operations: name the one to run.");
  const chosen = name === null ? operations[0] : operations.find((one) => one.name?.value === name);
  if (!chosen)
    throw refused(name === null ? "The document has no operation." : "The document has no operation of this name.");
  return chosen;
}

const NOT_CARRIED: Readonly<Record<OperationTypeNode, string>> = {
  query: "Queries are not answered here.",
  mutation: "Mutations are not answered here.",
  subscription: "Subscriptions are not answered here.",
};

/** Under what a cost is remembered; null for what is hardly asked again: mutations, and variables that are long. */
function costKeyOf({ operation, name }: OperationDefinitionNode, variables: Variables): string | null {
  if (operation !== OperationTypeNode.QUERY) return null;
  const key = `${name?.value ?? ""} ${JSON.stringify(variables)}`;
  return key.length <= MAX_COST_KEY_LENGTH ? key : null;
}

function costOf(entry: Known, operation: OperationDefinitionNode, variables: Variables, schema: GraphQLSchema): number {
  const key = costKeyOf(operation, variables);
  const paid = key === null ? undefined : entry.costs.get(key);
  if (paid !== undefined) return paid;
  const priced = complexity.getComplexity({
    schema,
    query: entry.document,
    variables,
    estimators: ESTIMATORS,
    ...(operation.name ? { operationName: operation.name.value } : {}),
  });
  const cost = Math.max(LEAST_COST, priced);
  if (key !== null) entry.costs.set(key, cost);
  return cost;
}

const tooCostly = (cost: number, limit: number): Failure =>
  new Failure("QUERY_TOO_COSTLY", `This would cost ${cost}; a request may cost at most ${limit}.`);

/**
 * The one way in, for every transport: a document is bounded before it is read, valid before its variables are looked
 * at, and priced before anything runs. Throws a Failure, a GraphQLError of syntax, or an AggregateError of what is invalid.
 */
export function admit(question: Question, schema: GraphQLSchema, limits: AdmissionLimits): Admitted {
  const { source, operationName, variables } = question;
  if (Buffer.byteLength(source) > MAX_DOCUMENT_BYTES)
    throw new Failure("QUERY_TOO_COSTLY", `A document may have at most ${MAX_DOCUMENT_BYTES} bytes.`);
  refuseUnbounded(variables);
  const entry = known(source, schema, limits.introspection);
  const operation = operationOf(entry.document, operationName);
  if (!limits.operations.includes(operation.operation)) throw refused(NOT_CARRIED[operation.operation]);
  refuseMisfits(operation, variables, schema);
  const cost = costOf(entry, operation, variables, schema);
  if (!(cost <= limits.costLimit)) throw tooCostly(cost, limits.costLimit);
  return {
    source,
    document: entry.document,
    operation: operation.operation,
    operationName: operation.name?.value ?? null,
    variables,
    cost,
  };
}

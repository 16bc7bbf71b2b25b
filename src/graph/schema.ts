import "reflect-metadata";
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from "graphql";
import { buildSchemaSync, type NonEmptyArray } from "type-graphql";
import * as attestation from "../attestation/graph.js";
import * as business from "../business/graph.js";
import * as followCertificate from "../certificate/follow-certificate/graph.js";
import * as certificate from "../certificate/graph.js";
import * as consent from "../consent/graph.js";
import * as dispute from "../dispute/graph.js";
import * as document from "../document/graph.js";
import * as entity from "../entity/graph.js";
import * as event from "../event/graph.js";
import * as ledger from "../ledger/graph.js";
import * as network from "../network/graph.js";
import * as policy from "../policy/graph.js";
import * as checkKyc from "../verification/check-kyc/graph.js";
import * as verification from "../verification/graph.js";
import * as requirement from "../verification/requirement/graph.js";
import { followedElsewhere } from "./followed-elsewhere.js";
import { NodeResolver } from "./node-resolver.js";
import { SUB_PRODUCT_RESOLVERS, SUB_PRODUCT_TYPES } from "./sub-product.js";

type Door = Readonly<Record<string, unknown>>;

/** Everything that a door exports under a name that ends in Resolver. */
const resolversOf = (door: Door) =>
  Object.entries(door)
    .filter(([name]) => name.endsWith("Resolver"))
    .map(([, resolver]) => resolver);

const DOORS: readonly Door[] = [
  network,
  entity,
  consent,
  attestation,
  policy,
  certificate,
  followCertificate,
  verification,
  requirement,
  checkKyc,
  business,
  document,
  dispute,
  ledger,
  event,
];

/** Streams are followed in groups of whoever shares them (see `following.ts`): nothing is published here. */
const NOBODY = { publish: followedElsewhere, subscribe: followedElsewhere };

/** The schema, built from the doors. Inputs are judged by the verbs, which know the domain; the schema checks types alone. */
export function createSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      NodeResolver,
      ...DOORS.flatMap(resolversOf),
      ...SUB_PRODUCT_RESOLVERS,
      ...event.EVENT_RESOLVERS,
    ] as unknown as NonEmptyArray<() => void>,
    orphanedTypes: [
      ...SUB_PRODUCT_TYPES.values(),
      entity.Individual,
      entity.Business,
      attestation.SubmissionType,
      ...event.EVENT_OBJECTS,
    ],
    validate: false,
    pubSub: NOBODY,
  });
  describeRoots(schema);
  return schema;
}

/** The root types have no class that could carry their words. */
function describeRoots(schema: GraphQLSchema): void {
  schema.getQueryType()!.description =
    "What can be asked. Reading changes nothing, but that a reveal and a coverage check are recorded.";
  schema.getSubscriptionType()!.description =
    "What can be followed, over WebSocket (graphql-transport-ws) or server-sent events, on the same address.";
  schema.getMutationType()!.description =
    "What can be done. Every mutation takes one `input` and is done wholly or not at all.";
}

/** The schema as text, sorted, so that a change of it reads as a difference of lines. */
export const printed = (schema: GraphQLSchema): string => `${printSchema(lexicographicSortSchema(schema))}\n`;

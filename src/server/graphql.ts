import {
  ApolloServer,
  type ApolloServerPlugin,
  HeaderMap,
  type HTTPGraphQLRequest,
  type HTTPGraphQLResponse,
} from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { GraphQLFormattedError } from "graphql";
import { Failure } from "../kernel/failure.js";
import type { Actor } from "../kernel/actor.js";
import { admit, type Admitted, type AdmissionLimits, type Question } from "./admission.js";
import { account, accountIncident, type Arrival } from "./arrival.js";
import { readObject } from "./body.js";
import type { Budget } from "./budget.js";
import { DATA_HEADERS, NO_STORE } from "./headers.js";
import type { ServerParts } from "./parts.js";
import { questionOfBody, questionOfSearch } from "./question.js";
import { wrongMethod } from "./refusal.js";
import type { Reply } from "./reply.js";
import { type EventStreams, wantsEvents, wantsJson } from "./sse.js";

/** Answers GraphQL over HTTP. */
export interface GraphqlDoor {
  answer(arrival: Arrival): Promise<Reply>;
  stop(): Promise<void>;
}

/** Turns a thrown thing into what a client reads. */
export type Present = (error: unknown) => GraphQLFormattedError;

/** The requests that Apollo is working on, so that its answers can be priced and accounted for. */
type Running = WeakMap<HTTPGraphQLRequest, Arrival>;

/** Adds the cost to each answer, and the incidents in it to the account of its request. */
const accounting = (running: Running, limit: number): ApolloServerPlugin<object> => ({
  async requestDidStart({ request }) {
    const arrival = request.http && running.get(request.http);
    if (!arrival) return;
    return {
      async willSendResponse({ response: { body } }) {
        if (body.kind !== "single") return;
        const cost = { requested: arrival.account.cost, limit };
        body.singleResult.extensions = { ...body.singleResult.extensions, cost };
        for (const { extensions } of body.singleResult.errors ?? [])
          if (typeof extensions?.["incident"] === "string") accountIncident(arrival, extensions["incident"]);
      },
    };
  },
});

const apolloOf = (parts: ServerParts, running: Running, present: Present): ApolloServer<object> =>
  new ApolloServer<object>({
    schema: parts.schema,
    introspection: parts.settings.introspection,
    logger: parts.log.child({ part: "apollo" }),
    formatError: (_formatted, error) => present(error),
    csrfPrevention: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      accounting(running, parts.settings.costLimit),
    ],
  });

/** Who asks, by the credential that came along. */
export async function actorOf(parts: ServerParts, authorization: string | undefined): Promise<Actor> {
  const actor = await parts.authenticate(authorization);
  if (!actor) throw new Failure("UNAUTHENTICATED", "Send a credential: `Authorization: Bearer …`.");
  return actor;
}

/** Admits a question; one that is refused costs the participant one, because reading it was work. */
async function admitted(
  question: Question,
  parts: ServerParts,
  limits: AdmissionLimits,
  refused: () => void | Promise<void>,
): Promise<Admitted> {
  try {
    return admit(question, parts.schema, limits);
  } catch (fault) {
    await refused();
    throw fault;
  }
}

/** What can be answered in a form that the client reads: streams as events, anything else as JSON. */
const operationsOf = (request: IncomingMessage, streams: boolean): AdmissionLimits["operations"] => [
  ...(wantsEvents(request) && !wantsJson(request) ? [] : (["query", "mutation"] as const)),
  ...(streams && wantsEvents(request) ? (["subscription"] as const) : []),
];

const limitsOf = ({ settings }: ServerParts, { request }: Arrival, streams: boolean): AdmissionLimits => ({
  costLimit: settings.costLimit,
  introspection: settings.introspection,
  operations: operationsOf(request, streams),
});

async function admittedOf(
  arrival: Arrival,
  actor: Actor,
  parts: ServerParts,
  budget: Budget,
  streams: boolean,
): Promise<Admitted> {
  const gets = arrival.request.method === "GET";
  const question = gets ? questionOfSearch(arrival.search) : questionOfBody(await readObject(arrival.request));
  const { participantId } = actor;
  const limits = limitsOf(parts, arrival, streams);
  const one = await admitted(question, parts, limits, () => budget.spend(participantId, 1));
  account(arrival, { cost: one.cost, ...(one.operationName ? { operationName: one.operationName } : {}) });
  if (gets && one.operation === "mutation") throw wrongMethod(["POST"]);
  await budget.spend(participantId, Math.max(one.cost, 1));
  return one;
}

const headerMapOf = (headers: IncomingHttpHeaders): HeaderMap =>
  new HeaderMap(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
  );

/** What was admitted, spelled anew: Apollo runs exactly that, and never the bytes that a client sent. */
function spelled(arrival: Arrival, { source, operationName, variables }: Admitted): HTTPGraphQLRequest {
  const { method = "GET", headers } = arrival.request;
  const body = { query: source, variables, ...(operationName === null ? {} : { operationName }) };
  const search =
    method === "GET" ? new URLSearchParams({ ...body, variables: JSON.stringify(variables) }).toString() : "";
  return { method, headers: headerMapOf(headers), search: search && `?${search}`, body };
}

function replyOf({ status, headers, body }: HTTPGraphQLResponse): Reply {
  if (body.kind !== "complete") throw new Error("An answer came in parts although no schema of ours asks for it.");
  return {
    status: status ?? 200,
    headers: { ...DATA_HEADERS, ...Object.fromEntries(headers), ...NO_STORE },
    body: body.string,
  };
}

/** Opens the GraphQL door: who asks is known before a byte of the body is read, and what is asked before Apollo sees it. */
export async function openGraphql(
  parts: ServerParts,
  present: Present,
  budget: Budget,
  streams: EventStreams | null,
): Promise<GraphqlDoor> {
  const running: Running = new WeakMap();
  const apollo = apolloOf(parts, running, present);
  await apollo.start();
  return {
    async answer(arrival) {
      const actor = await actorOf(parts, arrival.request.headers.authorization);
      account(arrival, { participantId: actor.participantId });
      await budget.refuseEmpty(actor.participantId);
      const one = await admittedOf(arrival, actor, parts, budget, streams !== null);
      if (streams && one.operation === "subscription") return streams.reply(arrival.request, actor, one);
      const httpGraphQLRequest = spelled(arrival, one);
      running.set(httpGraphQLRequest, arrival);
      const context = async (): Promise<object> => parts.context(actor, one.operation);
      return replyOf(await apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest, context }));
    },
    stop: () => apollo.stop(),
  };
}

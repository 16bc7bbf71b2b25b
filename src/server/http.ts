import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";
import { present, presentAll } from "../graph/failure.js";
import { accountIncident, type Arrival, arrivalOf } from "./arrival.js";
import { openCallback } from "./callback.js";
import { DOCUMENT, DOCUMENTS, openDocuments } from "./document.js";
import { createBudget, type Budget } from "./budget.js";
import { openGraphql } from "./graphql.js";
import { corsHeaders, type Headers, PREFLIGHT_HEADERS } from "./headers.js";
import { recordOf } from "./incident.js";
import type { Server, ServerParts } from "./parts.js";
import { openBundle } from "./playground.js";
import { noSuchPath, Refusal, remedyOf, statusOf, wrongMethod } from "./refusal.js";
import { errorReply, json, redirect, type Reply, write } from "./reply.js";
import { openSockets } from "./socket.js";
import { createSharedBudget } from "./shared-budget.js";
import { createEventStreams } from "./sse.js";
import { openUpload, type PresentAll } from "./upload.js";

export type { Server, ServerParts, ServerSettings } from "./parts.js";

/** One path: the methods it knows, and its answer. */
interface Route {
  readonly methods: readonly string[];
  answer(arrival: Arrival): Promise<Reply>;
}

/** What the server is doing; it only ever moves from the one to the other. */
interface State {
  draining: boolean;
  /** Ends what would otherwise go on for hours. */
  readonly stop: AbortController;
}

const GRAPHQL = "/graphql";
const FURNISH = "/furnish";
const CALLBACK = "/callbacks/provider";
const PLAYGROUND = "/playground/";

/** Every wait on a client is bounded: slow headers and idle connections here, slow bodies where they are read. */
const BOUNDS = {
  headersTimeout: 5_000,
  requestTimeout: 0,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16 * 1024,
};
const MAX_CONNECTIONS = 25_000;
const MAX_REQUESTS_PER_SOCKET = 10_000;

const JWKS_CACHING: Headers = { "cache-control": "public, max-age=300" };

const reading = (answer: Route["answer"]): Route => ({ methods: ["GET", "HEAD"], answer });

async function readiness(parts: ServerParts, state: State): Promise<Reply> {
  const ready = !state.draining && (await parts.ready().catch(() => false));
  return ready ? json(200, { status: "ready" }) : json(503, { status: "not ready" });
}

const LOCAL: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** A page of somebody else's whose name was pointed at this machine must not read what is for this machine's own page. */
function isOwnHost(request: IncomingMessage, own: string): boolean {
  const host = (request.headers.host ?? "").replace(/:\d+$/, "");
  return LOCAL.has(host) || host === own;
}

async function playgroundRoutes({ playground, settings }: ServerParts): Promise<[string, Route][]> {
  if (!playground) return [];
  const bundle = await openBundle(playground.directory, PLAYGROUND);
  return [
    ...[...bundle].map(([path, file]): [string, Route] => [path, reading(() => file())]),
    [
      `${PLAYGROUND}config.json`,
      reading(async ({ request }) => {
        if (!isOwnHost(request, settings.host)) throw noSuchPath();
        return json(200, playground.config());
      }),
    ],
    ["/playground", reading(async () => redirect(PLAYGROUND))],
    ["/", reading(async () => redirect(PLAYGROUND))],
  ];
}

function uploadRoutes(parts: ServerParts, { stop }: State): [string, Route][] {
  if (!parts.furnish) return [];
  const answer = openUpload(parts, parts.furnish, stop.signal);
  const errorsOf = presenting(parts.log);
  return [[FURNISH, { methods: ["POST"], answer: (arrival) => answer(arrival, errorsOf) }]];
}

function documentRoutes(parts: ServerParts): [string, Route][] {
  if (!parts.documents) return [];
  const { submit, show } = openDocuments(parts, parts.documents);
  return [
    [DOCUMENTS, { methods: ["POST"], answer: submit }],
    [DOCUMENT, { methods: ["GET"], answer: show }],
  ];
}

/** Under which path a route is found, and logged. */
const routeOf = ({ path }: Arrival): string => (path.startsWith(DOCUMENT) ? DOCUMENT : path);

const callbackRoutes = ({ callback }: ServerParts): [string, Route][] =>
  callback ? [[CALLBACK, { methods: ["POST"], answer: openCallback(callback) }]] : [];

const routesOf = async (parts: ServerParts, state: State, graphql: Route["answer"]): Promise<Map<string, Route>> =>
  new Map<string, Route>([
    [GRAPHQL, { methods: ["GET", "POST"], answer: graphql }],
    ...uploadRoutes(parts, state),
    ...documentRoutes(parts),
    ...callbackRoutes(parts),
    ["/health", reading(async () => json(200, { status: "ok" }))],
    ["/ready", reading(() => readiness(parts, state))],
    ["/.well-known/jwks.json", reading(async () => json(200, await parts.jwks(), JWKS_CACHING))],
    ...(await playgroundRoutes(parts)),
  ]);

const preflight = (): Reply => ({ status: 204, headers: PREFLIGHT_HEADERS, body: "" });

/** Whether a browser asks for leave on behalf of a page of an origin that has it. */
const isPreflight = ({ request, path }: Arrival, cors: Headers): boolean =>
  path === GRAPHQL && request.method === "OPTIONS" && cors["access-control-allow-origin"] !== undefined;

async function answered(arrival: Arrival, routes: ReadonlyMap<string, Route>, cors: Headers): Promise<Reply> {
  if (isPreflight(arrival, cors)) return preflight();
  const route = routes.get(routeOf(arrival));
  if (!route) throw noSuchPath();
  if (!route.methods.includes(arrival.request.method ?? "")) throw wrongMethod(route.methods);
  return route.answer(arrival);
}

/** Keeps of a bug what a log may keep, under an id that the client is told. */
const reporter =
  (log: Logger) =>
  (incident: string, error: unknown): void =>
    log.error({ incident, ...recordOf(error) }, "incident");

const presenting = (log: Logger): PresentAll => {
  const report = reporter(log);
  return (error) => presentAll(error, randomUUID, report);
};

const RESPONSE_TYPE = "application/graphql-response+json";

/** The media type in which a client of GraphQL wants its refusals. */
const typeOf = ({ request, path }: Arrival): Headers =>
  path === GRAPHQL && request.headers.accept?.includes(RESPONSE_TYPE)
    ? { "content-type": `${RESPONSE_TYPE}; charset=utf-8` }
    : {};

/** The answer to a request that was refused, or failed, before GraphQL ran it. */
function refusalReply(thrown: unknown, arrival: Arrival, errorsOf: PresentAll): Reply {
  const known = thrown instanceof Refusal ? thrown : null;
  const cause = known ? known.failure : thrown;
  const errors = errorsOf(cause);
  for (const { extensions } of errors)
    if (typeof extensions?.["incident"] === "string") accountIncident(arrival, extensions["incident"]);
  const status = known?.status ?? statusOf(errors[0]?.extensions?.["code"]);
  return errorReply(status, errors, { ...typeOf(arrival), ...remedyOf(cause), ...known?.headers });
}

/** One line for each request when it is over. A path that we do not know is the client's own words, and is left out. */
function record(log: Logger, arrival: Arrival, response: ServerResponse, known: boolean, ms: number): void {
  const status = response.writableFinished ? response.statusCode : 499;
  const { request, account } = arrival;
  log.info(
    { method: request.method, path: known ? routeOf(arrival) : null, status, ms: Math.round(ms * 10) / 10, ...account },
    "request",
  );
}

/** The whole way of one request: find its route, answer or refuse, write, account for it. */
function respondWith(parts: ServerParts, state: State, routes: ReadonlyMap<string, Route>) {
  const { log, settings } = parts;
  const errorsOf = presenting(log);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const startedAt = performance.now();
    const arrival = arrivalOf(request);
    response.once("close", () =>
      record(log, arrival, response, routes.has(routeOf(arrival)), performance.now() - startedAt),
    );
    const cors = arrival.path === GRAPHQL ? corsHeaders(request.headers.origin, settings.corsOrigins) : {};
    const reply = await answered(arrival, routes, cors).catch((thrown: unknown) =>
      refusalReply(thrown, arrival, errorsOf),
    );
    const headers = { ...reply.headers, ...cors, "x-request-id": arrival.account.requestId };
    await write(request, response, { ...reply, headers }, state.draining);
  };
}

const listening = (server: HttpServer, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject).listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });

const urlOf = (server: HttpServer): string => {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
};

/** Accepts nothing new, closes what is idle, and waits for what runs, but no longer than `drainMs`. */
async function drain(server: HttpServer, drainMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), drainMs);
  await promise;
  clearTimeout(timer);
}

const budgetOf = ({ settings: { costPerMinute }, draw }: ServerParts): Budget =>
  draw ? createSharedBudget(costPerMinute, draw) : createBudget(costPerMinute);

/** Starts to listen. Resolves when the first request can be sent, rejects where the port cannot be had. */
export async function listen(parts: ServerParts): Promise<Server> {
  const { settings, log } = parts;
  const state: State = { draining: false, stop: new AbortController() };
  const presentOne = (error: unknown): GraphQLFormattedError => present(error, randomUUID, reporter(log));
  const budget = budgetOf(parts);
  const live = parts.live?.(presentOne) ?? null;
  const streams = live && createEventStreams(live);
  const graphql = await openGraphql(parts, presentOne, budget, streams);
  const routes = await routesOf(parts, state, (arrival) => graphql.answer(arrival));
  const respond = respondWith(parts, state, routes);
  const server = createServer(BOUNDS, (request, response) => {
    respond(request, response).catch((bug: unknown) => {
      reporter(log)(randomUUID(), bug);
      response.destroy();
    });
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.maxRequestsPerSocket = MAX_REQUESTS_PER_SOCKET;
  await listening(server, settings.host, settings.port);
  const sockets = live && openSockets(server, GRAPHQL, { parts, live, budget, presentAll: presenting(log) });
  const end = async (): Promise<void> => {
    state.draining = true;
    // A connection that comes just as the port is closed is cut before it is heard: whoever balances is to know before.
    if (settings.drainNoticeMs > 0) await pause(settings.drainNoticeMs);
    state.stop.abort();
    sockets?.stop();
    streams?.stop();
    await drain(server, settings.drainMs);
    await live?.stop();
    await graphql.stop();
    await budget.close();
  };
  let closed: Promise<void> | null = null;
  return { url: urlOf(server), close: () => (closed ??= end()) };
}

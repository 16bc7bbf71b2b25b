import { connect } from "node:net";
import { GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from "graphql";
import { pino } from "pino";
import type { Actor } from "../../src/kernel/actor.js";
import { Failure } from "../../src/kernel/failure.js";
import { listen, type Server, type ServerParts, type ServerSettings } from "../../src/server/http.js";

export const SETTINGS: ServerSettings = {
  host: "127.0.0.1",
  port: 0,
  corsOrigins: [],
  introspection: true,
  drainMs: 10_000,
  drainNoticeMs: 0,
  costLimit: 100,
  costPerMinute: 100_000,
};

const ACTOR: Actor = {
  via: "API_KEY",
  participantId: "par_one",
  scopes: new Set(["query"]),
  credentialId: "key_one",
  entityId: null,
  expiresAt: null,
};

/** One line of the log, as an operator reads it. */
export type LogLine = Readonly<Record<string, unknown>>;

/** A server that listens, with all that a test may see of its inside. */
export interface Listening {
  readonly server: Server;
  readonly log: readonly LogLine[];
  /** Resolves when the log has this many lines with these words. */
  logged(words: string, count?: number): Promise<LogLine[]>;
  /** Resolves when a request for `slow` runs; `finish` lets it end. */
  readonly slow: { readonly started: Promise<void>; finish(): void };
  close(): Promise<void>;
}

/** Says `started` when it is asked for, and answers when it is let. */
function slowField() {
  const started = Promise.withResolvers<void>();
  const finished = Promise.withResolvers<number>();
  const resolve = (): Promise<number> => {
    started.resolve();
    return finished.promise;
  };
  return { resolve, started: started.promise, finish: () => finished.resolve(1) };
}

const schemaWith = (slow: () => Promise<number>): GraphQLSchema =>
  new GraphQLSchema({
    query: new GraphQLObjectType({
      name: "Query",
      fields: {
        who: { type: GraphQLString, resolve: (_root, _args, context: { actor: Actor }) => context.actor.participantId },
        slow: { type: GraphQLInt, resolve: slow },
        count: {
          type: GraphQLInt,
          args: { of: { type: new GraphQLNonNull(GraphQLInt) } },
          resolve: (_root, args: { of: number }) => args.of,
        },
        costly: { type: GraphQLInt, extensions: { complexity: 101 } },
        refused: {
          type: GraphQLInt,
          resolve: () => {
            throw new Failure("FORBIDDEN", "Not for you.");
          },
        },
        broken: {
          type: GraphQLInt,
          resolve: () => {
            throw new SyntaxError("near 123-45-6789");
          },
        },
      },
    }),
    mutation: new GraphQLObjectType({ name: "Mutation", fields: { touch: { type: GraphQLInt, resolve: () => 1 } } }),
    subscription: new GraphQLObjectType({ name: "Subscription", fields: { tick: { type: GraphQLInt } } }),
  });

async function authenticate(authorization: string | undefined): Promise<Actor | null> {
  if (authorization === undefined) return null;
  if (authorization === "Bearer broken") throw new RangeError("The store is away.");
  if (authorization !== "Bearer good") throw new Failure("UNAUTHENTICATED", "This credential is not valid.");
  return ACTOR;
}

/** Remembers lines and tells who waits for them. */
function journal() {
  const lines: LogLine[] = [];
  const waiting = new Set<() => void>();
  const write = (line: string): void => {
    lines.push(JSON.parse(line) as LogLine);
    for (const look of waiting) look();
  };
  const logged = (words: string, count = 1): Promise<LogLine[]> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = lines.filter((line) => line["msg"] === words);
        if (found.length < count) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  return { lines, write, logged };
}

export async function given(
  parts: Partial<ServerParts> = {},
  settings: Partial<ServerSettings> = {},
): Promise<Listening> {
  const slow = slowField();
  const { lines, write, logged } = journal();
  const server = await listen({
    schema: schemaWith(slow.resolve),
    settings: { ...SETTINGS, ...settings },
    log: pino({ base: null }, { write }),
    authenticate,
    context: (actor) => ({ actor }),
    ready: async () => true,
    jwks: async () => ({ keys: [] }),
    playground: null,
    ...parts,
  });
  return { server, log: lines, logged, slow, close: () => server.close() };
}

export const GOOD = { authorization: "Bearer good", "content-type": "application/json" };

/** Posts a body as it is. */
export const post = (
  server: Server,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = GOOD,
): Promise<Response> => fetch(`${server.url}/graphql`, { method: "POST", headers, body });

export const ask = (server: Server, query: string, variables?: object): Promise<Response> =>
  post(server, JSON.stringify({ query, variables }));

/** An answer in JSON, as far as tests look into it. */
export interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export const answerOf = async (response: Response | Promise<Response>): Promise<Answer> =>
  (await (await response).json()) as Answer;

/** Writes bytes on a bare connection and collects what comes back until the server closes it. */
export function converse(server: Server, bytes: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const heard: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on("data", (chunk) => heard.push(chunk));
    socket.once("error", reject);
    socket.once("close", () => resolve(Buffer.concat(heard).toString()));
  });
}

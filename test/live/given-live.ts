import type { GraphQLFormattedError, GraphQLSchema } from "graphql";
import { parse } from "graphql";
import { createSchema } from "../../src/graph/schema.js";
import { present } from "../../src/graph/failure.js";
import { settledHead } from "../../src/event/read.js";
import { createLive, type LiveParts } from "../../src/live/create-live.js";
import type { Held, Live, Subscribed } from "../../src/live/live.js";
import { listen, type Server, type ServerParts } from "../../src/server/http.js";
import { givenWorld, type World } from "../support/given.js";
import { onPostgres } from "../support/database.js";
import { until } from "../support/soon.js";
import type { TestOptions } from "../support/app.js";

let schema: GraphQLSchema | null = null;

const schemaOnce = (): GraphQLSchema => (schema ??= createSchema());

/** How soon what is committed is seen, where nobody rings: later than a server has answered. */
const POLL_MS = onPostgres ? 25 : 2;

const presentOne = (error: unknown): GraphQLFormattedError =>
  present(
    error,
    () => "incident",
    () => undefined,
  );

/** The streams of a world, with what they are kept by in sight. */
export interface WorldLive extends World {
  readonly live: Live;
  readonly faults: unknown[];
  readonly subscribed: (source: string, variables?: Readonly<Record<string, unknown>>) => Subscribed;
}

function partsOf({ app }: World, faults: unknown[], over: Partial<LiveParts>): LiveParts {
  const { rows } = app.store;
  return {
    schema: schemaOnce(),
    rows,
    gate: () => settledHead(rows),
    clock: app.workplace.clock,
    context: app.context,
    present: presentOne,
    pollMs: POLL_MS,
    onFault: (error) => void faults.push(error),
    ...over,
  };
}

export async function givenLive(
  options: TestOptions = {},
  over: (world: World) => Partial<LiveParts> = () => ({}),
): Promise<WorldLive> {
  const world = await givenWorld(options);
  const faults: unknown[] = [];
  const live = createLive(partsOf(world, faults, over(world)));
  return {
    ...world,
    live,
    faults,
    subscribed: (source, variables = {}) => ({ source, document: parse(source), operationName: null, variables }),
    [Symbol.asyncDispose]: async () => {
      await live.stop();
      await world[Symbol.asyncDispose]();
    },
  };
}

/** The streams of a world behind a gateway that listens. */
export interface Listening extends WorldLive, Server {}

export async function givenListening(
  options: TestOptions = {},
  settings: Partial<ServerParts["settings"]> = {},
  /** What the server is given in place of the streams. */
  wrapped: (live: Live) => Live = (live) => live,
): Promise<Listening> {
  const world = await givenWorld(options);
  const { app } = world;
  const faults: unknown[] = [];
  let live: Live | null = null;
  const server = await listen({
    schema: schemaOnce(),
    live: (presenting) => {
      live = createLive({ ...partsOf(world, faults, {}), present: presenting });
      return wrapped(live);
    },
    settings: { ...app.config, ...settings },
    log: app.log,
    authenticate: app.authenticate,
    context: app.context,
    ready: async () => true,
    jwks: async () => ({ keys: [] }),
    playground: null,
  });
  return {
    ...world,
    ...server,
    live: live!,
    faults,
    subscribed: (source, variables = {}) => ({ source, document: parse(source), operationName: null, variables }),
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await world[Symbol.asyncDispose]();
    },
  };
}

export const NOTHING: Held = { groups: 0, interests: 0, credentials: 0 };

/** What is kept of anybody, once that is nothing, or a while has passed. */
export async function kept({ live }: Pick<WorldLive, "live">): Promise<Held> {
  const isNothing = (): boolean => Object.values(live.held()).every((count) => count === 0);
  await until(isNothing, () => "nothing to be kept").catch(() => undefined);
  return live.held();
}

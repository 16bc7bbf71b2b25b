import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createSourceEventStream, execute, GraphQLError, type ExecutionArgs, type ExecutionResult } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import type { App } from "../src/app.js";
import { eventsBehind, settledHead } from "../src/event/read.js";
import { createSchema } from "../src/graph/schema.js";
import type { Actor } from "../src/kernel/actor.js";

/** Streams as they are plainly made: whoever subscribed waits at a topic, and what happens is executed for each. */
export interface PlainStreams {
  readonly url: string;
  readonly subscribers: () => number;
  /** Tells everybody of what was committed since the last time. */
  readonly publish: (actor: Actor) => Promise<void>;
}

type Topic = Set<(event: object) => void>;

/** What is published from now on, one after the other, however slow its reader is. */
function listen(topic: Topic): AsyncGenerator<object, void, void> {
  const queue: object[] = [];
  let bell = Promise.withResolvers<void>();
  const push = (event: object): void => {
    queue.push(event);
    bell.resolve();
  };
  topic.add(push);
  async function* events() {
    try {
      for (;;) {
        yield* queue.splice(0);
        bell = Promise.withResolvers();
        await bell.promise;
      }
    } finally {
      topic.delete(push);
    }
  }
  return events();
}

/** What the library's own `subscribe` does, but for the context: one would keep the rows of its first event for ever. */
async function subscribeFresh(args: ExecutionArgs, context: () => object) {
  const events = await createSourceEventStream({ ...args, contextValue: context() });
  if (!(Symbol.asyncIterator in events)) return events;
  async function* results(): AsyncGenerator<ExecutionResult, void, void> {
    for await (const event of events as AsyncIterable<object>)
      yield await execute({ ...args, rootValue: event, contextValue: context() });
  }
  return results();
}

export async function openPlainStreams(app: App): Promise<PlainStreams> {
  const schema = createSchema();
  const topic: Topic = new Set();
  const { events } = schema.getSubscriptionType()!.getFields();
  events!.subscribe = () => listen(topic);
  const server = createServer();
  const sockets = new WebSocketServer({ server, path: "/graphql", perMessageDeflate: false });
  const actors = new WeakMap<object, Actor>();
  useServer<Record<string, unknown>, { request: { headers: { authorization?: string } } }>(
    {
      schema,
      onConnect: async (ctx) => {
        const actor = await app.authenticate(ctx.extra.request.headers.authorization);
        if (!actor) return false;
        actors.set(ctx, actor);
        return true;
      },
      context: (ctx) => actors.get(ctx)!,
      subscribe: (args) => subscribeFresh(args, () => app.context(args.contextValue as Actor)) as never,
      onError: (_ctx, _id, _payload, errors: readonly GraphQLError[]) => console.error(errors),
    },
    sockets,
    0,
  );
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  let place = await settledHead(app.store.rows);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    subscribers: () => topic.size,
    publish: async (actor) => {
      const head = await settledHead(app.store.rows);
      const { read } = app.context(actor);
      const found = await eventsBehind(read, place, head, { types: null, entityIds: null }, head - place);
      place = head;
      for (const event of found.events) for (const push of topic) push(event);
    },
  };
}

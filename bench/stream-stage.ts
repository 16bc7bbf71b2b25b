import { setTimeout as pause } from "node:timers/promises";
import { startChild, type Child } from "./stream-child.js";
import type { LoadOrders, Opening } from "./stream-load.js";
import type { ServerOrders } from "./stream-server.js";
import type { StreamTown, ToldRun } from "./stream-town.js";

/** What the subscribers of a view ask for, all in the same words. */
export const EVENTS = `subscription ($after: String, $entityIds: [ID!]) {
  events(after: $after, entityIds: $entityIds) {
    cursor previousCursor type occurredAt
    ... on VerificationStatusChanged { from to verification { id status } }
  }
}`;

/** A server and whoever is subscribed to it, each in a process of its own. */
export interface Stage extends AsyncDisposable {
  readonly server: Child<ServerOrders>;
  readonly load: Child<LoadOrders>;
  /** Opens subscriptions; resolves when all have begun. */
  readonly open: (opening: Omit<Opening, "url">) => Promise<void>;
  /** Commits events in one transaction and waits until they have come to so many. Answers the milliseconds from the commit on. */
  readonly deliver: (events: number, receivers: number, runs?: readonly ToldRun[]) => Promise<number>;
}

export type StreamWay = "shipped" | "plain";

const RECEIVE = "bench/stream-load.ts";
const SERVE = "bench/stream-server.ts";

/** The plain way answers before a subscription has begun. */
async function untilSubscribed(server: Child<ServerOrders>, count: number): Promise<void> {
  while ((await server.ask("subscribers", null)) < count) await pause(50);
}

export async function openStage(town: StreamTown, way: StreamWay, profile = false): Promise<Stage> {
  const server = startChild<ServerOrders>([SERVE, way], town.environment, profile);
  const load = startChild<LoadOrders>([RECEIVE], {});
  const url = await server.ask("url", null);
  const { participantId } = town;
  return {
    server,
    load,
    open: async (opening) => {
      await load.ask("open", { ...opening, url });
      if (way === "plain") await untilSubscribed(server, opening.subscribers.length);
    },
    deliver: async (events, receivers, runs = town.runs) => {
      await load.ask("expect", { messages: events * receivers });
      const committedAt = await server.ask("commit", { participantId, runs, events });
      return ((await load.ask("arrived", null)) - committedAt) / 1_000;
    },
    [Symbol.asyncDispose]: async () => {
      await load[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** Every receiver must have been sent the same number of messages. */
export async function refuseUneven({ load }: Stage, each: number): Promise<void> {
  const { fewest, most } = await load.ask("counts", null);
  if (fewest !== each || most !== each)
    throw new Error(`Receivers were sent ${fewest} to ${most} messages, and each should have been sent ${each}.`);
}

// Holds subscriptions open by the thousand, and checks and counts what comes. Started by the benchmark alone.
import { randomUUID } from "node:crypto";
import { microseconds, obey } from "./stream-order.js";
import { openSocket, type RawSocket } from "./stream-socket.js";
import { viewOfLog, viewOfState, type View } from "./stream-view.js";

/** One subscription, on a socket of its own. */
export interface Subscriber {
  readonly token: string;
  readonly variables: object;
}

export interface Opening {
  readonly url: string;
  readonly query: string;
  readonly subscribers: readonly Subscriber[];
  /** Whether they all see one view of the log, or each its own, or states. */
  readonly views: "ONE" | "OWN" | "STATES";
}

interface Receiver {
  readonly socket: RawSocket;
  readonly count: () => number;
}

const AT_ONCE = 100;
const KEPT = 20_000;

const receivers: Receiver[] = [];
let received = 0;
let lastAt = 0;
let fault: Error | null = null;
let expected: { total: number; arrived: PromiseWithResolvers<number> } | null = null;
/** When each event came, of each receiver in turn; null while nobody wants to know. */
let receipts: { readonly at: Float64Array; readonly each: number; readonly from: readonly number[] } | null = null;

function failed(error: unknown): void {
  fault ??= error instanceof Error ? error : new Error(String(error));
  expected?.arrived.reject(fault);
}

function arrived(): void {
  received += 1;
  if (!expected || received < expected.total) return;
  lastAt = microseconds();
  if (received > expected.total) return failed(new Error("More came than was sent."));
  expected.arrived.resolve(lastAt);
}

function note(index: number, number: number): void {
  if (!receipts) return;
  const place = number - receipts.from[index]!;
  if (place < receipts.each) receipts.at[index * receipts.each + place] = microseconds();
}

/** Opens one socket and subscribes. Resolves when its subscription has begun, or has sent its first state. */
async function receiver(index: number, { url, query, views }: Opening, one: Subscriber, view: View): Promise<Receiver> {
  const id = randomUUID();
  const before = Buffer.from(`{"id":"${id}","type":"next","payload":`);
  const begun = Promise.withResolvers<void>();
  let acknowledged = Promise.withResolvers<void>();
  let count = 0;
  const message = (bytes: Buffer): void => {
    if (bytes.subarray(0, before.length).equals(before)) {
      view.take(count, bytes.subarray(before.length, -1));
      note(index, count);
      count += 1;
      if (views === "STATES") begun.resolve();
      return arrived();
    }
    const { type } = JSON.parse(bytes.toString()) as { type: string };
    if (type === "connection_ack") acknowledged.resolve();
    else if (type === "pong" && views !== "STATES") begun.resolve();
    else if (type !== "ping" && type !== "pong") throw new Error(bytes.toString());
  };
  const heard = {
    message: (bytes: Buffer): void => {
      try {
        message(bytes);
      } catch (error) {
        begun.reject(error);
        acknowledged.reject(error);
        failed(error);
      }
    },
    lost: (why: string): void => failed(new Error(`A socket was closed: ${why}`)),
  };
  const socket = await openSocket(new URL("/graphql", url), `Bearer ${one.token}`, heard);
  socket.send(JSON.stringify({ type: "connection_init" }));
  await acknowledged.promise;
  socket.send(JSON.stringify({ id, type: "subscribe", payload: { query, variables: one.variables } }));
  // Messages are read one after the other: the answer to this one says that the subscription has begun.
  socket.send(JSON.stringify({ type: "ping" }));
  await begun.promise;
  return { socket, count: () => count };
}

/** The orders of a process that subscribes. */
export type LoadOrders = typeof orders;

const orders = {
  open: async (opening: Opening): Promise<void> => {
    const { subscribers, views } = opening;
    const shared = viewOfLog(KEPT);
    const viewOf = (): View => (views === "ONE" ? shared : views === "OWN" ? viewOfLog(1) : viewOfState);
    let next = 0;
    const opener = async (): Promise<void> => {
      for (let index = next; index < subscribers.length; index = next) {
        next += 1;
        receivers[index] = await receiver(index, opening, subscribers[index]!, viewOf());
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, opener));
  },
  /** How many messages are to come from now on, counted from all that have been expected before. */
  expect: async ({ messages }: { messages: number }): Promise<void> => {
    if (fault) throw fault;
    expected = { total: (expected?.total ?? 0) + messages, arrived: Promise.withResolvers() };
    expected.arrived.promise.catch(() => undefined);
    if (received === expected.total) expected.arrived.resolve(lastAt);
  },
  /** Answers when the last of them came. */
  arrived: async (_order: null): Promise<number> => expected!.arrived.promise,
  /** Answers the fewest and the most that one receiver has been sent so far. */
  counts: async (_order: null): Promise<{ fewest: number; most: number }> => {
    const counts = receivers.map(({ count }) => count());
    return {
      fewest: counts.reduce((one, other) => Math.min(one, other)),
      most: counts.reduce((one, other) => Math.max(one, other)),
    };
  },
  /** From now on it is noted when the next so many come to each. */
  watch: async ({ each }: { each: number }): Promise<void> => {
    receipts = {
      at: new Float64Array(receivers.length * each),
      each,
      from: receivers.map(({ count }) => count()),
    };
  },
  /** Answers quantiles of the milliseconds from each commit to each receipt. */
  latencies: async ({ committedAt, shares }: { committedAt: number[]; shares: number[] }): Promise<number[]> => {
    const { at, each } = receipts!;
    receipts = null;
    const sorted = at.map((time, place) => (time - committedAt[place % each]!) / 1_000).toSorted();
    return shares.map((share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!);
  },
  close: async (_order: null): Promise<void> => {
    for (const { socket } of receivers) socket.close();
    receivers.length = 0;
    received = 0;
    expected = null;
  },
};

obey(orders);

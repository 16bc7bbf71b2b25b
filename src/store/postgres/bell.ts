import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";

const CHANNEL = "attestry";

/** Nobody waits for a bell to be durable: who misses it looks by itself soon after. */
const RING = `begin; set local synchronous_commit = off; select pg_notify('${CHANNEL}', 'FROM'); commit`;

const RECONNECT_MS = 500;

/** The bell that processes on one database ring for one another. What they say is only that it is worth looking. */
export interface Bell {
  readonly hear: (bell: () => void) => Promise<() => Promise<void>>;
  readonly tell: () => void;
}

/**
 * The bell of one process, which does not hear itself. It is rung after a commit and not within it, since the notices of a transaction make
 * every commit wait for every other; and once for all that was committed while it was last rung.
 */
export function createBell(config: pg.ClientConfig, query: (text: string) => Promise<unknown>): Bell {
  const me = randomUUID();
  let ringing = false;
  let wanted = false;
  const ring = async (): Promise<void> => {
    ringing = true;
    while (wanted) {
      wanted = false;
      await query(RING.replace("FROM", me)).catch(() => undefined);
    }
    ringing = false;
  };
  return {
    tell: () => {
      wanted = true;
      if (!ringing) void ring();
    },
    hear: async (bell) => {
      const stop = new AbortController();
      const listening = keepListening(config, stop.signal, (from) => from !== me && bell());
      return async () => {
        stop.abort();
        await listening;
      };
    },
  };
}

/** Listens for as long as it is wanted, on a connection of its own; what was rung while there was none is made up for. */
async function keepListening(config: pg.ClientConfig, stop: AbortSignal, heard: (from: string) => void): Promise<void> {
  while (!stop.aborted) {
    await listenOnce(config, stop, heard).catch(() => undefined);
    await pause(RECONNECT_MS, undefined, { signal: stop }).catch(() => undefined);
  }
}

async function listenOnce(config: pg.ClientConfig, stop: AbortSignal, heard: (from: string) => void): Promise<void> {
  const client = new pg.Client(config);
  const { promise: over, resolve } = Promise.withResolvers<void>();
  client.on("error", () => resolve());
  client.on("end", () => resolve());
  client.on("notification", ({ payload }) => heard(payload ?? ""));
  stop.addEventListener("abort", () => resolve(), { once: true });
  try {
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    heard("");
    await over;
  } finally {
    await client.end().catch(() => undefined);
  }
}

import { Agent, request } from "node:http";
import { ascending } from "./figures.js";

/** One request: who asks, and the body. */
export interface Asked {
  readonly token: string;
  readonly body: string;
}

/** What a burst of requests came to. */
export interface Driven {
  readonly count: number;
  readonly perSecond: number;
  /** Sorted. */
  readonly latenciesMs: readonly number[];
  readonly meanMs: number;
}

export interface Drive {
  /** Where; the clients of several are spread over them evenly. */
  readonly url: string | readonly string[];
  /** How many ask at once, each waiting for its answer before it asks again. */
  readonly clients: number;
  readonly next: () => Asked;
  /** What is wrong with an answer; null where it is right. */
  readonly fault: (answer: Buffer, asked: Asked) => string | null;
  /** Stops after so many seconds, or after so many requests. */
  readonly until: { readonly seconds: number } | { readonly count: number };
}

const send = (agent: Agent, url: URL, { token, body }: Asked): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    };
    const outgoing = request(url, { method: "POST", agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("error", reject);
      response.once("end", () => resolve(Buffer.concat(chunks)));
    });
    outgoing.once("error", reject);
    outgoing.end(body);
  });

/** Asks one thing once. */
export async function askOnce(url: string, asked: Asked): Promise<Buffer> {
  const agent = new Agent();
  try {
    return await send(agent, new URL("/graphql", url), asked);
  } finally {
    agent.destroy();
  }
}

/** Keeps a server busy over connections that stay open. The first wrong answer ends it: a fast error is no result. */
export async function drive({ url, clients, next, fault, until }: Drive): Promise<Driven> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const targets = [url].flat().map((one) => new URL("/graphql", one));
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  let sent = 0;
  const goesOn = (): boolean =>
    "count" in until ? sent < until.count : performance.now() - startedAt < until.seconds * 1_000;
  const client = async (index: number): Promise<void> => {
    const target = targets[index % targets.length]!;
    while (goesOn()) {
      sent += 1;
      const asked = next();
      const askedAt = performance.now();
      const answer = await send(agent, target, asked);
      latenciesMs.push(performance.now() - askedAt);
      const wrong = fault(answer, asked);
      if (wrong !== null) throw new Error(wrong);
    }
  };
  try {
    await Promise.all(Array.from({ length: clients }, (_, index) => client(index)));
  } finally {
    agent.destroy();
  }
  const ms = performance.now() - startedAt;
  const count = latenciesMs.length;
  const total = latenciesMs.reduce((sum, one) => sum + one, 0);
  return { count, perSecond: (count * 1_000) / ms, latenciesMs: ascending(latenciesMs), meanMs: total / count };
}

import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock, Instant } from "../../src/kernel/instant.js";
import type { Evidence } from "../../src/verification/provider.js";
import { stillClock } from "../support/app.js";
import { givenGateway, type Gateway } from "../support/gateway.js";

/** A secret that no one would use. */
export const secretOf = (word: string): string =>
  `whsec_${Buffer.from(word.padEnd(32, ".")).subarray(0, 32).toString("base64")}`;

export const SECRET = secretOf("an obvious secret for tests");

/** The signature as the standard writes it down, computed without anything of ours. */
export const signatureOf = (secret: string, id: string, seconds: number, body: string): string => {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64")}`;
};

/** A question, as far as a vendor reads it. */
export interface Asked {
  readonly verificationId: string;
  readonly kycLevel: string;
  readonly attempt: number;
  readonly requestedAt: string;
  readonly subject: { readonly entityType: string; readonly facts: Readonly<Record<string, unknown>> };
}

/** One request, as it arrived. */
export interface Heard {
  /** Its idempotency key. */
  readonly id: string;
  readonly headers: IncomingMessage["headers"];
  readonly path: string;
  readonly body: string;
  readonly asked: Asked;
  /** Whether its signature is right. */
  readonly signed: boolean;
}

/** What a vendor does about one request. */
export type Reaction =
  | {
      readonly does: "ANSWER";
      readonly status: number;
      readonly body: string | Uint8Array | object;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Takes its time. */
  | { readonly does: "WAIT"; readonly until: Promise<unknown>; readonly afterwards: Reaction }
  /** Sends so many bytes of a good answer and hangs up. */
  | { readonly does: "DROP"; readonly afterBytes: number }
  /** Takes the request and never says a word. */
  | { readonly does: "HANG" }
  /** Sends the head of an answer and one byte, and then nothing. */
  | { readonly does: "STALL" }
  /** Writes these bytes to the connection, whatever they are, and hangs up. */
  | { readonly does: "BABBLE"; readonly bytes: string }
  /** Sends spaces until nobody listens any more; says beforehand how many, or not. */
  | { readonly does: "FLOOD"; readonly announced: boolean };

export type Behaviour = Reaction | ((heard: Heard) => Reaction);

/** Evidence from one source that repeats what was registered. */
export function agreeing({ subject: { entityType, facts } }: Asked): Partial<Evidence> {
  const { socialSecurityNumber, ein, firstName, lastName, dateOfBirth, legalName, address, phone } = facts;
  const person = { firstName, lastName, dateOfBirth, taxNumber: socialSecurityNumber };
  const known = entityType === "BUSINESS" ? { legalName, taxNumber: ein } : person;
  return { findings: [{ source: "credit_bureau", ...known, address, phone } as Evidence["findings"][number]] };
}

/** Decides at once; by default that all is as it was registered. */
export const decides =
  (evidence?: Partial<Evidence>, more: object = {}): Behaviour =>
  ({ asked }) => ({
    does: "ANSWER",
    status: 200,
    body: { status: "decided", evidence: evidence ?? agreeing(asked), ...more },
  });

/** Decides at once by a verdict of its own, though all is as it was registered. */
export const saying =
  (verdict: Evidence["verdict"], more: object = {}): Behaviour =>
  (heard) =>
    reactionTo(heard, decides({ ...agreeing(heard.asked), verdict }, more));

/** Says that it will call back; with `retryAfterMs` that it wants to be asked again. */
export const defers = (more: object = {}): Behaviour => ({
  does: "ANSWER",
  status: 202,
  body: { status: "pending", ...more },
});

export const answers = (status: number, body: string | Uint8Array | object = "", headers = {}): Behaviour => ({
  does: "ANSWER",
  status,
  body,
  headers,
});

/** Sends whoever asks to somebody else. */
export const redirects = (to: string): Behaviour => answers(307, "", { location: to });

/** A good decision, and behind it more than anybody asked for. */
export const rambles = (): Behaviour => decides(undefined, { more: " ".repeat(257 * 1024) });

/** What a behaviour comes to about one request. */
export const reactionTo = (heard: Heard, behaviour: Behaviour): Reaction =>
  typeof behaviour === "function" ? behaviour(heard) : behaviour;

/** One behaviour after the other for each question by itself, the last of them for good. */
export function inTurn(behavioursOf: (heard: Heard) => readonly Behaviour[]): Behaviour {
  const turns = new Map<string, number>();
  return (heard) => {
    const turn = turns.get(heard.id) ?? 0;
    turns.set(heard.id, turn + 1);
    const behaviours = behavioursOf(heard);
    return reactionTo(heard, behaviours[turn] ?? behaviours.at(-1)!);
  };
}

/** Does the same, but not before something else has happened. */
export const waits =
  (until: Promise<unknown>, behaviour: Behaviour): Behaviour =>
  (heard) => ({ does: "WAIT", until, afterwards: reactionTo(heard, behaviour) });

/** A message that a vendor sends by itself. */
export interface Message {
  readonly verificationId: string;
  readonly at: string;
  readonly evidence: Partial<Evidence>;
}

/** How it is sent, where it is not sent as it should be. */
export interface Sending {
  /** Its id; the same again is the same message. */
  readonly id?: string;
  /** How long before now it claims to have been signed. */
  readonly ageMs?: number;
  readonly secrets?: readonly string[];
  /** What is changed on the way, after it was signed. */
  readonly tampered?: (body: string) => string;
}

let made = 0;

/** A message with its signature, as it goes over the wire. */
export function sealed(message: unknown, clock: Clock, sending: Sending = {}) {
  const { id = `msg_${(made += 1)}`, ageMs = 0, secrets = [SECRET], tampered = (body: string) => body } = sending;
  const body = typeof message === "string" ? message : JSON.stringify(message);
  const seconds = Math.floor((Date.parse(clock()) - ageMs) / 1_000);
  const headers = {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(seconds),
    "webhook-signature": secrets.map((secret) => signatureOf(secret, id, seconds, body)).join(" "),
  };
  return { headers, body: tampered(body) };
}

/** A vendor that listens on loopback and behaves as it is told. */
export interface Vendor extends AsyncDisposable {
  readonly url: string;
  /** Every request, oldest first. */
  readonly heard: readonly Heard[];
  /** How often each question was asked, by its idempotency key. */
  readonly asked: ReadonlyMap<string, number>;
  /** From now on: one after the other, the last of them for good. */
  behave(...behaviours: readonly [Behaviour, ...Behaviour[]]): void;
  /** Resolves when there have been so many requests. */
  hears(count: number): Promise<void>;
  /** What it was asked first about a run. */
  about(verificationId: string): Asked;
  /** Calls back: what the receiver says to it. */
  callBack(to: string, message: unknown, sending?: Sending): Promise<Response>;
}

export interface VendorSettings {
  readonly clock: Clock;
  readonly secret?: string;
  readonly behaves?: Behaviour;
}

const SPACES = Buffer.alloc(64 * 1024, 32);
const FLOOD_BYTES = 1024 * 1024 * 1024;

function flood(response: ServerResponse): void {
  while (!response.destroyed && response.write(SPACES));
  if (!response.destroyed) response.once("drain", () => flood(response));
}

const bytesOf = (body: string | Uint8Array | object): string | Uint8Array =>
  typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);

function react(reaction: Reaction, heard: Heard, response: ServerResponse): void {
  switch (reaction.does) {
    case "ANSWER":
      response
        .writeHead(reaction.status, { "content-type": "application/json", ...reaction.headers })
        .end(bytesOf(reaction.body));
      return;
    case "DROP": {
      const whole = JSON.stringify({ status: "decided", evidence: agreeing(heard.asked) });
      if (reaction.afterBytes === 0) return void response.socket?.destroy();
      response.writeHead(200, { "content-length": String(whole.length) });
      response.write(whole.slice(0, reaction.afterBytes), () => response.socket?.destroy());
      return;
    }
    case "WAIT":
      void reaction.until.then(() => react(reaction.afterwards, heard, response));
      return;
    case "HANG":
      return;
    case "STALL":
      response.writeHead(200).write("{");
      return;
    case "BABBLE":
      response.socket?.end(reaction.bytes);
      return;
    case "FLOOD":
      response.writeHead(200, reaction.announced ? { "content-length": String(FLOOD_BYTES) } : {});
      flood(response);
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function heardIn({ headers, url = "" }: IncomingMessage, body: string, secret: string): Heard {
  const id = String(headers["webhook-id"]);
  const right = signatureOf(secret, id, Number(headers["webhook-timestamp"]), body);
  const signed = headers["webhook-signature"] === right;
  return { id, headers, path: url, body, asked: JSON.parse(body) as Asked, signed };
}

const listening = async (server: Server): Promise<string> => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/checks`;
};

/** Who waits until something has been heard so often. */
function gathering() {
  let waiting: readonly { readonly count: number; readonly go: () => void }[] = [];
  return {
    wait: (count: number): Promise<void> => new Promise((go) => (waiting = [...waiting, { count, go }])),
    tell: (heard: number): void => {
      for (const { count, go } of waiting) if (count <= heard) go();
      waiting = waiting.filter(({ count }) => count > heard);
    },
  };
}

export async function startVendor({ clock, secret = SECRET, behaves = decides() }: VendorSettings): Promise<Vendor> {
  const heard: Heard[] = [];
  const asked = new Map<string, number>();
  const waiting = gathering();
  let next: readonly [Behaviour, ...Behaviour[]] = [behaves];
  const behaviourNow = (): Behaviour => {
    const [now, then, ...later] = next;
    if (then !== undefined) next = [then, ...later];
    return now;
  };
  const server = createServer((request, response) => {
    response.on("error", () => undefined);
    const take = (body: string): void => {
      const one = heardIn(request, body, secret);
      heard.push(one);
      asked.set(one.id, (asked.get(one.id) ?? 0) + 1);
      react(reactionTo(one, behaviourNow()), one, response);
      waiting.tell(heard.length);
    };
    bodyOf(request).then(take, () => response.destroy());
  });
  const url = await listening(server);
  return {
    url,
    heard,
    asked,
    behave: (...behaviours) => {
      next = behaviours;
    },
    hears: (count) => (heard.length >= count ? Promise.resolve() : waiting.wait(count)),
    about: (verificationId) => {
      const found = heard.find(({ asked: { verificationId: id } }) => id === verificationId);
      if (!found) throw new Error("The vendor was never asked about this run.");
      return found.asked;
    },
    callBack: (to, message, sending) =>
      fetch(to, { method: "POST", ...sealed(message, clock, { secrets: [secret], ...sending }) }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A gateway that listens, and a vendor that it asks. */
export interface Story extends Gateway {
  readonly checker: Vendor;
}

export async function givenStory(environment: Readonly<Record<string, string>> = {}): Promise<Story> {
  const time = stillClock();
  const checker = await startVendor({ clock: time.clock });
  const gateway = await givenGateway({
    time,
    environment: {
      PROVIDER: "http",
      PROVIDER_URL: checker.url,
      PROVIDER_SECRET: SECRET,
      PROVIDER_ALLOW_PRIVATE: "true",
      PROVIDER_TIMEOUT_SECONDS: "1",
      ...environment,
    },
  });
  const dispose = async (): Promise<void> => {
    await gateway[Symbol.asyncDispose]();
    await checker[Symbol.asyncDispose]();
  };
  return { ...gateway, checker, [Symbol.asyncDispose]: dispose };
}

/** A message about a run that repeats what was asked, with a verdict. */
export const message = (story: Story, id: string, verdict: Evidence["verdict"], at: Instant = story.time.clock()) => ({
  verificationId: id,
  at,
  evidence: { ...agreeing(story.checker.about(id)), verdict },
});

/** What a message is told: whether it changed something, where that is said. */
export interface Receipt {
  readonly status: number;
  readonly taken: boolean | null;
}

/** Calls the gateway back. */
export async function callBack(story: Story, said: unknown, sending?: Sending): Promise<Receipt> {
  const response = await story.checker.callBack(`${story.url}/callbacks/provider`, said, sending);
  const { taken = null } = (await response.json()) as { readonly taken?: boolean };
  return { status: response.status, taken };
}

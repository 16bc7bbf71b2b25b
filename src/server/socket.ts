import type { IncomingMessage, Server as HttpServer } from "node:http";
import type { Duplex } from "node:stream";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { CloseCode, handleProtocols, makeServer, type SubscribePayload } from "graphql-ws";
import { WebSocketServer, type WebSocket } from "ws";
import type { Actor } from "../kernel/actor.js";
import { Failure } from "../kernel/failure.js";
import type { Ended } from "../graph/following.js";
import type { Live, Sink } from "../live/live.js";
import { admit, type Admitted } from "./admission.js";
import type { Budget } from "./budget.js";
import { idText, writeFrames } from "./frames.js";
import type { ServerParts } from "./parts.js";
import { createPlaces } from "./places.js";
import { questionOfBody } from "./question.js";
import type { PresentAll } from "./upload.js";

/** What the socket's door needs besides the parts of the server. */
export interface SocketParts {
  readonly parts: ServerParts;
  readonly live: Live;
  readonly budget: Budget;
  readonly presentAll: PresentAll;
}

const MAX_MESSAGE_BYTES = 256 * 1024;
/** Pieces of one message, and of what has come of it: more are a way to cost memory, not to say something. */
const MAX_FRAGMENTS = 64;
const MAX_CHUNKS = 4_096;
const MAX_SUBSCRIPTIONS = 50;
/** An id comes back with every result: a long one would cost many times what it cost to send. */
const MAX_ID_CHARACTERS = 1_000;
const MAX_SOCKETS = 20_000;
/** Of these one participant can have so many: there is room for others, whatever one of them does. */
const MAX_SOCKETS_EACH = 15_000;
/** What may wait in a socket before its receiver counts as behind. */
const HIGH_WATER_BYTES = 256 * 1024;
/** How often a receiver is asked whether it is there, and how long it may be silent: longer than a pause of a minute. */
const PING_MS = 30_000;
const SILENT_MS = 150_000;
const INIT_MS = 5_000;
/** How long a socket that is being closed may take over it. */
const CLOSING_MS = 1_000;
/** Messages that a client may send in a row, and how many a second after that. */
const BURST = 100;
const REFILL_PER_SECOND = 20;

/** What is kept of one socket. */
interface Session {
  readonly socket: WebSocket;
  readonly raw: Duplex;
  /** What the request that opened it said of who asks; null once somebody is known. */
  authorization: string | null;
  actor: Actor | null;
  heardAtMs: number;
  credit: number;
  creditedAtMs: number;
  readonly running: Set<Running>;
  /** Resolves when the last message has been read: they are read one after the other. */
  turn: Promise<void>;
  /** Resolves when the latest subscription that was asked for has begun, or been refused. */
  begun: Promise<unknown>;
  leave: () => void;
}

/** One subscription on a socket. */
interface Running {
  /** Ends it at once, with words on why. */
  readonly end: (error: GraphQLFormattedError) => void;
}

/** What the protocol's keeper waits on: it yields nothing, since results are written as they are, and ends when told to. */
type Stream = AsyncGenerator<never, void, void>;

/** Streams over WebSocket, on the port of the gateway. */
export interface SocketDoor {
  readonly stop: () => void;
}

/** Whether a page may open a socket: of its own origin, or of one that was configured. */
function isWelcome({ headers }: IncomingMessage, allowed: readonly string[]): boolean {
  const { origin, host } = headers;
  if (origin === undefined || allowed.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

const refuse = (socket: Duplex, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
};

export function openSockets(server: HttpServer, path: string, door: SocketParts): SocketDoor {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    maxFragments: MAX_FRAGMENTS,
    maxBufferedChunks: MAX_CHUNKS,
    perMessageDeflate: false,
    clientTracking: false,
    handleProtocols,
  });
  const keeper = keeperOf(door);
  const sessions = new Set<Session>();
  let stopped = false;
  server.on("upgrade", (request, raw: Duplex, head) => {
    endOnFault(raw);
    if ((request.url ?? "").split("?")[0] !== path) return refuse(raw, "404 Not Found");
    if (!isWelcome(request, door.parts.settings.corsOrigins)) return refuse(raw, "403 Forbidden");
    if (stopped || sessions.size >= MAX_SOCKETS) return refuse(raw, "503 Service Unavailable");
    sockets.handleUpgrade(request, raw, head, (socket) => {
      const session = sessionOf(socket, raw, request.headers.authorization ?? null);
      sessions.add(session);
      attach(session, sessions, keeper);
    });
  });
  const pinging = setInterval(() => pingAll(sessions), PING_MS);
  return {
    stop: () => {
      stopped = true;
      clearInterval(pinging);
      for (const { socket } of sessions) close(socket, 1001, "The gateway is stopping: connect again.");
    },
  };
}

/** Closes a socket with a code and words; whoever does not answer that is left all the same. */
function close(socket: WebSocket, code: number, reason: string): void {
  if (socket.readyState !== socket.OPEN) return;
  socket.close(code, reason);
  const closing = setTimeout(() => socket.terminate(), CLOSING_MS);
  socket.once("close", () => clearTimeout(closing));
}

/** On its own, so that the request that opened the socket is not kept with it. */
const endOnFault = (raw: Duplex): void => void raw.on("error", () => raw.destroy());

const sessionOf = (socket: WebSocket, raw: Duplex, authorization: string | null): Session => ({
  socket,
  raw,
  authorization,
  actor: null,
  heardAtMs: performance.now(),
  credit: BURST,
  creditedAtMs: performance.now(),
  running: new Set(),
  turn: Promise.resolve(),
  begun: Promise.resolve(),
  leave: () => undefined,
});

function pingAll(sessions: ReadonlySet<Session>): void {
  const now = performance.now();
  for (const { socket, heardAtMs } of sessions)
    if (now - heardAtMs > SILENT_MS) socket.terminate();
    else socket.ping();
}

type Keeper = ReturnType<typeof keeperOf>;

/** What the keeper of the protocol says in words of its own, which repeat what was sent. */
const wordsOf = (code: number, reason: string): string =>
  code === CloseCode.SubscriberAlreadyExists.valueOf() ? "A subscription of this id is running." : reason;

/** Joins a socket to the protocol's keeper; too many messages are refused before they are read. */
function attach(session: Session, sessions: Set<Session>, keeper: Keeper): void {
  const { socket } = session;
  const heard = (): void => {
    session.heardAtMs = performance.now();
  };
  socket.on("pong", heard).on("ping", heard);
  // A message that cannot be read is answered by the socket itself, with a code.
  socket.on("error", () => setTimeout(() => socket.terminate(), CLOSING_MS).unref());
  const closed = keeper.opened(
    {
      protocol: socket.protocol,
      send: (text) =>
        new Promise((resolve) => {
          if (socket.readyState === socket.OPEN) socket.send(text, () => resolve());
          else resolve();
        }),
      close: (code = 1000, reason = "") => close(socket, code, wordsOf(code, reason)),
      // What a ping carries is not sent back: a client that does not read could let it pile up here.
      onPing: () => socket.send(PONG),
      onMessage: (take) =>
        void socket.on("message", (bytes: Buffer) => {
          heard();
          if (!isAllowance(session)) return close(socket, 1008, "Too many messages.");
          session.turn = session.turn.then(() => read(session, bytes, take));
        }),
    },
    session,
  );
  socket.once("close", (code, reason) => {
    sessions.delete(session);
    session.leave();
    void closed(code, reason.toString());
  });
}

const PONG = JSON.stringify({ type: "pong" });

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Has one message read, and waits until the subscription that it asks for has begun, though not until it ends: the next message may
 * end it, or ask for another under the same id.
 */
async function read(session: Session, bytes: Buffer, take: (text: string) => Promise<void>): Promise<void> {
  const { socket } = session;
  if (socket.readyState !== socket.OPEN) return;
  take(bytes.toString()).catch(() => close(socket, CloseCode.InternalServerError, "Something went wrong."));
  await session.begun;
  await turn();
}

function isAllowance(session: Session): boolean {
  const now = performance.now();
  session.credit = Math.min(BURST, session.credit + ((now - session.creditedAtMs) / 1_000) * REFILL_PER_SECOND) - 1;
  session.creditedAtMs = now;
  return session.credit >= 0;
}

/** The credential comes with the first message, or with the request that opened the socket. */
function credentialOf(params: Readonly<Record<string, unknown>> | undefined, { authorization }: Session) {
  const given = params?.["authorization"] ?? params?.["Authorization"];
  return typeof given === "string" ? given : (authorization ?? undefined);
}

/** Whether it was the credential that was refused: a database that is away knows nothing of it. */
const isJudgement = (error: unknown): boolean => error instanceof Failure && error.code !== "SERVICE_UNAVAILABLE";

/** Who connects; null for nobody. A fault of ours is no judgement of the credential: the client is told to come back. */
async function actorOf({ socket }: Session, authenticated: Promise<Actor | null>): Promise<Actor | null> {
  try {
    return await authenticated;
  } catch (error) {
    if (!isJudgement(error)) close(socket, 1013, "The gateway cannot tell now: try again later.");
    return null;
  }
}

/** A place among the connections of a participant; who finds none is told to come back. */
function placed({ socket }: Session, take: () => () => void): (() => void) | null {
  try {
    return take();
  } catch {
    close(socket, 1013, "Too many connections of one participant: try again later.");
    return null;
  }
}

/** The keeper of the protocol: who connects, what is subscribed to, in which order; results go past it. */
function keeperOf({ parts, live, budget, presentAll }: SocketParts) {
  const take = createPlaces(MAX_SOCKETS_EACH);
  return makeServer<Record<string, unknown> | undefined, Session>({
    connectionInitWaitTimeout: INIT_MS,
    onConnect: async ({ extra: session, connectionParams }) => {
      const actor = await actorOf(session, parts.authenticate(credentialOf(connectionParams, session)));
      if (!actor || session.socket.readyState !== session.socket.OPEN) return false;
      const place = placed(session, () => take(actor));
      if (!place) return false;
      session.actor = actor;
      session.authorization = null;
      const absent = live.attend(actor, (why) => endSession(session, why));
      session.leave = () => {
        session.leave = () => undefined;
        absent();
        place();
      };
      return true;
    },
    onSubscribe: ({ extra: session }, id, payload) => {
      const begin = async () => {
        try {
          refuseLong(id);
          const admitted = await admitOn(session, payload, parts, budget);
          const stream = await subscribeOn(session, id, admitted, live);
          const { document, operationName } = admitted;
          return { schema: parts.schema, document, operationName, contextValue: stream };
        } catch (fault) {
          return presentAll(fault).map(({ message, ...rest }) => new GraphQLError(message, rest));
        }
      };
      const begun = begin();
      session.begun = begun;
      return begun;
    },
    subscribe: ({ contextValue }) => contextValue as Stream,
  });
}

function refuseLong(id: string): void {
  if (id.length > MAX_ID_CHARACTERS)
    throw new Failure("BAD_USER_INPUT", `The id of a subscription has at most ${MAX_ID_CHARACTERS} characters.`);
}

async function admitOn(
  session: Session,
  payload: SubscribePayload,
  parts: ServerParts,
  budget: Budget,
): Promise<Admitted> {
  const { participantId } = session.actor!;
  if (session.running.size >= MAX_SUBSCRIPTIONS)
    throw new Failure("RATE_LIMITED", `At most ${MAX_SUBSCRIPTIONS} subscriptions run on a connection.`);
  await budget.refuseEmpty(participantId);
  const { costLimit, introspection } = parts.settings;
  const limits = { costLimit, introspection, operations: ["subscription"] as const };
  const admitted = await admittedOr(
    () => admit(questionOfBody({ ...payload }), parts.schema, limits),
    () => budget.spend(participantId, 1),
  );
  await budget.spend(participantId, Math.max(admitted.cost, 1));
  return admitted;
}

/** What was refused costs one, because reading it was work. */
async function admittedOr(admitting: () => Admitted, refused: () => void | Promise<void>): Promise<Admitted> {
  try {
    return admitting();
  } catch (fault) {
    await refused();
    throw fault;
  }
}

/** Begins a subscription whose results are written straight to the socket, as the frames that the protocol prescribes. */
async function subscribeOn(session: Session, id: string, admitted: Admitted, live: Live): Promise<Stream> {
  const over = Promise.withResolvers<void>();
  over.promise.catch(() => undefined);
  let leave = (): void => undefined;
  const end = ({ message, extensions = {} }: GraphQLFormattedError): void => {
    leave();
    over.reject(new GraphQLError(message, { extensions }));
  };
  leave = await live.open(session.actor!, admitted, { ...frames(session, id), end });
  const running = { end };
  session.running.add(running);
  return silentStream(over.promise, () => {
    over.resolve();
    session.running.delete(running);
    leave();
  });
}

/** Yields nothing; ends when `over` does, or when it is returned from: then `left` is called, once. */
function silentStream(over: Promise<void>, left: () => void): Stream {
  let open = true;
  const done = { done: true, value: undefined } as const;
  const finish = (): void => {
    if (open) left();
    open = false;
  };
  return {
    next: () => over.finally(finish).then(() => done),
    return: async () => {
      finish();
      return done;
    },
    throw: async (error) => {
      finish();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: async () => finish(),
  };
}

/** Results as frames of one subscription, written past the socket's keeper: it neither compresses nor masks what it sends. */
function frames({ socket, raw }: Session, id: string): Pick<Sink, "send" | "drained"> {
  const text = idText(id);
  return {
    send: (results) => {
      if (socket.readyState !== socket.OPEN) return true;
      writeFrames(raw, results, text);
      return socket.bufferedAmount <= HIGH_WATER_BYTES;
    },
    drained: () => {
      if (raw.destroyed || raw.writableLength === 0) return Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      const done = (): void => {
        raw.off("drain", done).off("close", done);
        resolve();
      };
      raw.once("drain", done).once("close", done);
      return promise;
    },
  };
}

/** A credential that counts no longer: each subscription is told why, then the socket is closed. */
function endSession(session: Session, { reason, message }: Ended): void {
  const error = { message, extensions: { code: "UNAUTHENTICATED", reason } };
  for (const { end } of session.running) end(error);
  const code = reason === "TOKEN_EXPIRED" ? CloseCode.Unauthorized : CloseCode.Forbidden;
  // The words on each subscription go first.
  setImmediate(() => close(session.socket, code, message));
}

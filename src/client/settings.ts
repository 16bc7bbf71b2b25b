import type { Backoff } from "./backoff.js";

/** A WebSocket as browsers, Node and `ws` have it. */
export interface Socket {
  close(code?: number, reason?: string): void;
  addEventListener(type: "error" | "close", listener: () => void): void;
  /** Ends it without waiting for the other side, where that can be done. */
  terminate?(): void;
}

export type SocketConstructor = new (url: string, protocols?: string | string[]) => Socket;

/** A connection that was lost or could not be had, and how long it is waited before the next. */
export interface Retry {
  readonly cause: string;
  /** How many times in a row, from 1 on. */
  readonly failures: number;
  readonly delayMs: number;
}

/** What one may say of a client. */
export interface ClientOptions {
  /** Where the gateway is, such as `https://gateway.example`; its path is `/graphql` where none is given. */
  readonly url: string;
  /** A credential, or where to get one: asked for each connection, so that one that has expired is replaced. */
  readonly token: string | (() => string | Promise<string>);
  /** Where there is no global WebSocket, or another is wanted, such as that of `ws`. */
  readonly webSocketImpl?: SocketConstructor;
  /** By default the first wait is below a quarter of a second, and none is longer than half a minute. */
  readonly retry?: Partial<Backoff>;
  /** How often a gateway that is silent is asked whether it is there; silent for two and a half times as long, it is left. */
  readonly pingMs?: number;
  /** How many results may wait to be taken before reading stops. */
  readonly bufferLimit?: number;
  /** Told of every connection that is lost, or cannot be had: the streams go on by themselves. */
  readonly onRetry?: (retry: Retry) => void;
}

/** The same, whole. */
export interface Settings {
  readonly httpUrl: string;
  readonly socketUrl: string;
  readonly authorization: () => Promise<string>;
  /** Whether another credential may come of asking again. */
  readonly renews: boolean;
  readonly webSocketImpl: SocketConstructor;
  readonly retry: Backoff;
  readonly pingMs: number;
  readonly bufferLimit: number;
  readonly onRetry: (retry: Retry) => void;
}

const RETRY: Backoff = { minMs: 250, maxMs: 30_000 };
const PING_MS = 10_000;
const BUFFER_LIMIT = 1_000;

export function settingsOf(options: ClientOptions): Settings {
  const { token, retry, pingMs = PING_MS, bufferLimit = BUFFER_LIMIT, onRetry = () => undefined } = options;
  const webSocketImpl = options.webSocketImpl ?? globalThis.WebSocket;
  if (!webSocketImpl) throw new TypeError("There is no WebSocket here: hand one over as webSocketImpl.");
  if (!(bufferLimit >= 1)) throw new RangeError("bufferLimit must be at least 1.");
  return {
    ...addressesOf(options.url),
    authorization: async () => `Bearer ${typeof token === "string" ? token : await token()}`,
    renews: typeof token === "function",
    webSocketImpl,
    retry: { ...RETRY, ...retry },
    pingMs,
    bufferLimit,
    onRetry,
  };
}

/** The same place for requests and for sockets. */
function addressesOf(text: string): Pick<Settings, "httpUrl" | "socketUrl"> {
  const url = new URL(text);
  if (!/^(?:https?|wss?):$/.test(url.protocol)) throw new TypeError("url must begin with http, https, ws or wss.");
  if (url.pathname === "/") url.pathname = "/graphql";
  url.hash = "";
  const rest = url.href.slice(url.protocol.length);
  const secure = /^(?:https|wss):$/.test(url.protocol) ? "s" : "";
  return { httpUrl: `http${secure}:${rest}`, socketUrl: `ws${secure}:${rest}` };
}

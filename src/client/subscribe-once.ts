import { createClient, type FormattedExecutionResult, type SubscribePayload } from "graphql-ws/client";
import { AttestryError, coded, type GatewayError } from "./attestry-error.js";
import type { Settings, Socket, SocketConstructor } from "./settings.js";

/** How a subscription came to its end on one connection. */
export type Ending =
  /** The gateway ended it, or what it said cannot be taken. */
  | { readonly kind: "ENDED"; readonly error: unknown }
  /** The connection was lost, or could not be had. */
  | { readonly kind: "LOST"; readonly cause: string }
  /** We left. */
  | { readonly kind: "LEFT" };

/** What is asked on one connection, and by whom. */
export interface Asked {
  readonly authorization: string;
  readonly payload: SubscribePayload;
  /** Takes each result; false leaves the connection. What it throws ends the subscription. */
  readonly take: (result: FormattedExecutionResult<Record<string, unknown>, unknown>) => boolean;
}

const LEFT: Ending = { kind: "LEFT" };
const lost = (cause: string): Ending => ({ kind: "LOST", cause });
const ended = (error: unknown): Ending => ({ kind: "ENDED", error });

/** How many pings may remain unanswered, before the other side counts as gone. */
const PINGS_MISSED = 2.5;
/** How long a goodbye may take. */
const GOODBYE_MS = 1_000;

/** Subscribes on a connection of its own, until it ends in one way or the other. Never rejects. */
export function subscribeOnce(settings: Settings, asked: Asked, stop: AbortSignal): Promise<Ending> {
  return new Promise((resolve) => {
    const held = holder(settings.webSocketImpl);
    let heardAtMs = performance.now();
    let over = false;
    let acknowledged = false;
    let unsubscribe = (): void => undefined;

    const finish = (ending: Ending, silent = false): void => {
      if (over) return;
      over = true;
      clearInterval(watching);
      stop.removeEventListener("abort", leave);
      unsubscribe();
      held.release(silent);
      resolve(ending);
    };
    const leave = (): void => finish(LEFT);
    const silentMs = settings.pingMs * PINGS_MISSED;
    const watching = setInterval(() => {
      if (performance.now() - heardAtMs > silentMs) finish(lost("The gateway is silent."), true);
    }, silentMs / 5);

    const client = createClient({
      url: settings.socketUrl,
      webSocketImpl: held.Impl,
      connectionParams: { authorization: asked.authorization },
      retryAttempts: 0,
      keepAlive: settings.pingMs,
      on: {
        connected: () => void (acknowledged = true),
        message: () => void (heardAtMs = performance.now()),
        closed: (event) => finish(endingOfClose(event, acknowledged)),
      },
    });
    stop.addEventListener("abort", leave);
    unsubscribe = client.subscribe(asked.payload, {
      next: (result) => {
        if (over) return;
        try {
          if (!asked.take(result)) leave();
        } catch (error) {
          finish(ended(error));
        }
      },
      error: (error) => finish(endingOfError(error, acknowledged)),
      complete: () => finish(lost("The gateway completed the subscription.")),
    });
    if (stop.aborted) leave();
    // What ended it before there was anything to unsubscribe from.
    if (over) unsubscribe();
  });
}

/** Keeps hold of the one socket that is made, so that it can be left in whatever state it is. */
function holder(Impl: SocketConstructor): { Impl: SocketConstructor; release: (atOnce: boolean) => void } {
  let socket: Socket | null = null;
  let closed = false;
  const hold = (made: Socket): void => {
    socket = made;
    // Whoever leaves while it still connects must not be told of it by an error that nobody listens to.
    made.addEventListener("error", () => undefined);
    made.addEventListener("close", () => void (closed = true));
  };
  class Held extends Impl {
    constructor(url: string, protocols?: string | string[]) {
      super(url, protocols);
      hold(this);
    }
  }
  return {
    Impl: Held,
    release: (atOnce) => {
      const left = socket;
      if (!left || closed) return;
      left.close(1000, "Left.");
      if (atOnce) return left.terminate?.();
      const timer = setTimeout(() => left.terminate?.(), GOODBYE_MS);
      left.addEventListener("close", () => clearTimeout(timer));
    },
  };
}

const isErrors = (value: unknown): value is readonly GatewayError[] =>
  Array.isArray(value) && value.every((one) => typeof (one as GatewayError | null)?.message === "string");

/** The words of the gateway on one subscription, a socket that closed, or one that failed without a word. */
function endingOfError(error: unknown, acknowledged: boolean): Ending {
  if (isErrors(error)) return ended(new AttestryError(error));
  if (typeof error === "object" && error !== null && "code" in error && typeof error.code === "number")
    return endingOfClose(error, acknowledged);
  return lost("The gateway cannot be reached.");
}

/** Codes with which a gateway closes where trying again would change nothing. */
const HOPELESS: Readonly<Record<number, () => AttestryError>> = {
  4400: () => coded("BAD_USER_INPUT", "The gateway could not read what was sent."),
  4401: () => coded("UNAUTHENTICATED", "The token has expired.", "TOKEN_EXPIRED"),
  4406: () => coded("BAD_USER_INPUT", "The gateway does not speak this protocol."),
};

function endingOfClose(event: unknown, acknowledged: boolean): Ending {
  const { code = 1006 } = event as { readonly code?: number };
  if (code === 4403)
    return ended(
      acknowledged
        ? coded("UNAUTHENTICATED", "The credential counts no longer.", "KEY_REVOKED")
        : coded("UNAUTHENTICATED", "The gateway does not accept this credential."),
    );
  const hopeless = HOPELESS[code];
  if (hopeless) return ended(hopeless());
  return lost(code === 1006 ? "The connection was cut." : `The gateway closed the connection (${code}).`);
}

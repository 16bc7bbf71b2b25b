import type { Event } from "./event.js";
import { events, type EventsOptions } from "./events.js";
import { follow } from "./follow.js";
import { query, type Operation } from "./query.js";
import { settingsOf, type ClientOptions } from "./settings.js";
import type { Stream } from "./stream.js";

export { AttestryError, type GatewayError } from "./attestry-error.js";
export type { Event, EventOf, EventType } from "./event.js";
export { BEGINNING, type EventsOptions } from "./events.js";
export { GapError } from "./gap-error.js";
export type { Operation } from "./query.js";
export type { ClientOptions, Retry, Socket, SocketConstructor } from "./settings.js";
export type { Stream } from "./stream.js";

/** A gateway as a client asks it. Each stream has a connection of its own, so that a slow one holds up no other. */
export interface AttestryClient {
  /**
   * Every event, once and in order, for ever: it goes on by cursor when a connection is lost or the gateway restarts, and checks that
   * nothing is missing. Throws an `AttestryError` where the gateway ends it, a `GapError` where the proof fails. Events wait for
   * whoever takes them; past a limit they wait at the gateway. Name the type that comes of your `selection` in place of `One`.
   */
  readonly events: <One extends Event = Event>(options?: EventsOptions) => Stream<One>;
  /** Any other subscription: the present state at once, then each change; after a lost connection the present state again, if it is another. */
  readonly follow: <Data extends object>(operation: Operation) => Stream<Data>;
  /** A query or a mutation, asked once. */
  readonly query: <Data>(operation: Operation) => Promise<Data>;
}

export function createAttestryClient(options: ClientOptions): AttestryClient {
  const settings = settingsOf(options);
  return {
    events: (which = {}) => events(settings, which),
    follow: (operation) => follow(settings, operation),
    query: (operation) => query(settings, operation),
  };
}

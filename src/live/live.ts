import type { DocumentNode, GraphQLFormattedError } from "graphql";
import type { Actor } from "../kernel/actor.js";
import type { Ended } from "../graph/following.js";

/** What a client subscribed to, admitted: valid, priced, within every limit. */
export interface Subscribed {
  readonly source: string;
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Where the results of one subscription go. Results are JSON text, made once for everybody who shares them. */
export interface Sink {
  /** Sends results in order. False where the receiver is behind: then nothing more is sent until `drained`. */
  readonly send: (results: readonly Buffer[]) => boolean;
  /** Resolves when what was sent has left, or the receiver is gone. */
  readonly drained: () => Promise<void>;
  /** The subscription was ended, and why. */
  readonly end: (error: GraphQLFormattedError) => void;
}

/** How much is kept, by what it is kept for. */
export interface Held {
  readonly groups: number;
  readonly interests: number;
  readonly credentials: number;
}

/** Live streams of one process. */
export interface Live {
  /** Begins a subscription; what is wrong with it rejects before anything is sent. Answers how to leave it. */
  readonly open: (actor: Actor, subscribed: Subscribed, sink: Sink) => Promise<() => void>;
  /** Tells when a credential counts no longer, within a second. Answers how to stop being told. */
  readonly attend: (actor: Actor, ended: (why: Ended) => void) => () => void;
  /** What is kept for whoever is here: nothing once everybody has left. */
  readonly held: () => Held;
  /** Says that something may have been committed. */
  readonly nudge: () => void;
  readonly stop: () => Promise<void>;
}

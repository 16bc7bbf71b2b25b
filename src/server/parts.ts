import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { Actor } from "../kernel/actor.js";

/** How the server listens and what it allows. */
export interface ServerSettings {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Origins whose pages may ask from a browser; none by default. */
  readonly corsOrigins: readonly string[];
  readonly introspection: boolean;
  /** How long running requests may take to finish once the server closes. */
  readonly drainMs: number;
  /** The most that one request may cost. */
  readonly costLimit: number;
  /** What all requests of one participant may cost in a minute. */
  readonly costPerMinute: number;
}

/** All that the server is given; it knows nothing of what the schema speaks about. */
export interface ServerParts {
  readonly schema: GraphQLSchema;
  readonly settings: ServerSettings;
  readonly log: Logger;
  /** Null without a credential; throws a Failure `UNAUTHENTICATED` for one that does not count. */
  authenticate(authorization: string | undefined): Promise<Actor | null>;
  /** The context of one GraphQL request. */
  context(actor: Actor): object;
  ready(): Promise<boolean>;
  /** The public keys, as JSON. */
  jwks(): Promise<object>;
  /** Where the bundled playground lies, and the JSON that its page reads; null where it is switched off. */
  readonly playground: { readonly directory: string; config(): object } | null;
}

/** A server that listens. */
export interface Server {
  readonly url: string;
  /** Turns readiness red, accepts nothing new, lets running requests finish. May be called again. */
  readonly close: () => Promise<void>;
}

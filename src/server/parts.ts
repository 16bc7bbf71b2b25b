import type { IncomingHttpHeaders } from "node:http";
import type { GraphQLFormattedError, GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { Actor } from "../kernel/actor.js";
import type { Live } from "../live/live.js";
import type { Leases } from "./places.js";
import type { Draw } from "./shared-budget.js";

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
  /** How long it goes on taking requests before that, while it says that it is not ready. */
  readonly drainNoticeMs: number;
  /** The most that one request may cost. */
  readonly costLimit: number;
  /** What all requests of one participant may cost in a minute. */
  readonly costPerMinute: number;
}

/** A body that is taken in piece by piece, and answered line by line while it comes. */
export interface Stream {
  /** What follows the question mark. */
  readonly search: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Rejects where the body is cut, or its sender may not go on. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** A form that is taken in as it comes, with its one file. */
export interface Form {
  /** Texts by name: all of them once `bytes` have ended. */
  readonly fields: ReadonlyMap<string, string>;
  readonly filename: string;
  /** As it was declared. */
  readonly mimeType: string;
  /** The file's; they end when the whole form has been read, and reject where anything in it is wrong. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** A file that is handed out. */
export interface Download {
  readonly filename: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** What becomes of files that are sent and asked for over plain HTTP. */
export interface Documents {
  /** The most that a file may have. */
  readonly maxBytes: number;
  /** Reads the file to its end; answers what it became, and whether it was there already. */
  submit(
    actor: Actor,
    form: Form & { readonly search: URLSearchParams },
  ): Promise<{ readonly document: object; readonly known: boolean }>;
  open(actor: Actor, id: string, search: URLSearchParams): Promise<Download>;
}

/** All that the server is given; it knows nothing of what the schema speaks about. */
export interface ServerParts {
  readonly schema: GraphQLSchema;
  readonly settings: ServerSettings;
  readonly log: Logger;
  /** Null without a credential; throws a Failure `UNAUTHENTICATED` for one that does not count. */
  authenticate(authorization: string | undefined): Promise<Actor | null>;
  /** The context of one GraphQL request; one that only asks may be answered elsewhere. */
  context(actor: Actor, operation?: "query" | "mutation" | "subscription"): object;
  /** Answers a stream with objects, one a line; a refusal before the first of them has its status. */
  readonly furnish?: (actor: Actor, stream: Stream) => AsyncIterable<object>;
  readonly documents?: Documents;
  /** Takes a signed message by its headers and its very bytes; left out where nobody is expected to send any. */
  readonly callback?: (headers: IncomingHttpHeaders, body: Uint8Array) => Promise<object>;
  /** Opens the live streams, once it is known how results are presented; left out where nothing is streamed. */
  live?(present: (error: unknown) => GraphQLFormattedError): Live;
  /** Draws from the budgets that gateways share; left out where this one is alone. */
  readonly draw?: Draw | undefined;
  /** Of places that gateways share; left out likewise. */
  readonly leases?: Leases | undefined;
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

import { coded } from "./attestry-error.js";
import { createChain } from "./chain.js";
import type { Event, EventType } from "./event.js";
import { query } from "./query.js";
import type { Settings } from "./settings.js";
import { createStream, type Stream, type Told } from "./stream.js";

/** Which events, and from where on. */
export interface EventsOptions {
  /**
   * Begins behind this cursor; behind nothing at all with `BEGINNING`, where all that is kept is told. Left out, it begins with what
   * happens from the first connection on; until there was an event, what happens between connections is not told then.
   */
  readonly after?: string | undefined;
  /** Only these types. */
  readonly types?: readonly EventType[] | undefined;
  /** Only about these entities. */
  readonly entityIds?: readonly string[] | undefined;
  /** What else to tell of an event, such as `... on VerificationStatusChanged { to verification { id } }`. */
  readonly selection?: string | undefined;
  /** Ends it as `return()` does. */
  readonly signal?: AbortSignal | undefined;
}

/** In place of a cursor: behind nothing. */
export const BEGINNING = "BEGINNING";

const fieldsOf = (selection: string): string => `__typename cursor previousCursor occurredAt type ${selection}`;

const subscriptionOf = (selection: string): string =>
  `subscription Events($after: String, $types: [EventType!], $entityIds: [ID!]) {
  events(after: $after, types: $types, entityIds: $entityIds) { ${fieldsOf(selection)} }
}`;

const firstOf = (selection: string): string =>
  `query FirstEvent($types: [EventType!], $entityIds: [ID!]) {
  events(types: $types, entityIds: $entityIds, first: 1) { edges { node { ${fieldsOf(selection)} } } pageInfo { endCursor } }
}`;

/** Every event of a view, in order, each once; goes on by cursor after whatever befalls a connection. */
export function events<One extends Event>(settings: Settings, options: EventsOptions): Stream<One> {
  const { after, selection = "", types, entityIds, signal } = options;
  const filter = { types: types ?? null, entityIds: entityIds ?? null };
  const wholly = after === BEGINNING;
  const chain = createChain(after === undefined || wholly ? null : after);
  type Take = (event: One) => boolean;
  /** Where to begin while nothing has been told. */
  let beginning: string | null = null;

  const tellNext = (event: One, take: Take): boolean => {
    // The first of all there is, or something came before it while we connected: then it is begun anew.
    if (wholly && chain.last === null && event.previousCursor !== null) return false;
    const verdict = chain.judge(event);
    if (verdict === "NEXT") return take(event);
    return verdict === "KNOWN";
  };
  const firstOfAll = async (take: Take): Promise<void> => {
    const found = await query<FirstEvent>(settings, {
      query: firstOf(selection),
      variables: filter,
      ...(signal ? { signal } : {}),
    });
    const event = found.events.edges[0]?.node;
    if (event) tellNext(eventIn(event) as One, take);
    // What happens until we listen lies behind this place.
    else beginning = found.events.pageInfo?.endCursor ?? null;
  };
  return createStream<One>(
    settings,
    {
      begin: async (take) => {
        if (wholly && chain.last === null) await firstOfAll(take);
        chain.begin();
      },
      payload: () => ({ query: subscriptionOf(selection), variables: { ...filter, after: chain.last ?? beginning } }),
      tell: (told: Told, take) => tellNext(eventIn(told["events"]) as One, take),
    },
    signal,
  );
}

interface FirstEvent {
  readonly events: {
    readonly edges: readonly { readonly node: unknown }[];
    /** Absent where a test, or an older gateway, says less. */
    readonly pageInfo?: { readonly endCursor: string | null };
  };
}

/** What is told as an event must say its place: a selection may not give these names to something else. */
function eventIn(value: unknown): Event {
  const { cursor, previousCursor } = (value ?? {}) as Partial<Event>;
  if (typeof cursor !== "string" || (previousCursor !== null && typeof previousCursor !== "string"))
    throw coded("UNKNOWN", "The gateway told an event without its place.");
  return value as Event;
}

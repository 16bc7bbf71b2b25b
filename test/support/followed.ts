import { data } from "./ask.js";
import type { Gateway } from "./gateway.js";
import { dataOf, type Client, type Message } from "./listen.js";
import { operation } from "./operation.js";

/** One event as it is followed: where it stands, and what it is about. */
export interface Event {
  readonly cursor: string;
  readonly previousCursor: string | null;
  readonly type: string;
  readonly became?: string;
  readonly certificate?: { readonly id: string };
}

const FIELDS = `cursor previousCursor type
  ... on CertificateIssued { certificate { id } }
  ... on CertificateStatusChanged { became: to certificate { id } }`;

/** The log as a stream. */
export const FOLLOW = `subscription Follow($after: String, $types: [EventType!], $entityIds: [ID!]) {
  events(after: $after, types: $types, entityIds: $entityIds) { ${FIELDS} }
}`;

const READ = operation<{
  events: { edges: readonly { node: Event }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}>(`query Read($after: String, $types: [EventType!], $entityIds: [ID!], $first: Int) {
  events(after: $after, types: $types, entityIds: $entityIds, first: $first) {
    edges { node { ${FIELDS} } } pageInfo { hasNextPage endCursor }
  }
}`);

export interface View {
  readonly after?: string | null;
  readonly types?: readonly string[];
  readonly entityIds?: readonly string[];
}

/** Everything in a view, by asking page after page. */
export async function readAll(
  gateway: Pick<Gateway, "url">,
  token: string,
  view: View = {},
  first = 100,
): Promise<Event[]> {
  const all: Event[] = [];
  for (let after = view.after ?? null; ; ) {
    const { events } = await data(gateway, token, READ, { ...view, after, first });
    all.push(...events.edges.map(({ node }) => node));
    if (!events.pageInfo.hasNextPage) return all;
    after = events.pageInfo.endCursor;
  }
}

export const eventOf = (message: Message): Event => (dataOf(message) as { events: Event }).events;

/** The next events of a client that follows the log and nothing else. */
export const eventsOf = async (client: Client, count: number): Promise<Event[]> =>
  (await client.nexts(count)).map(eventOf);

export const cursors = (events: readonly Pick<Event, "cursor">[]): string[] => events.map(({ cursor }) => cursor);

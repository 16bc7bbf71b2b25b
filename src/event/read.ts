import { Failure } from "../kernel/failure.js";
import type { Reader, Rows } from "../kernel/reader.js";
import { columns, sql, type Sql } from "../kernel/table.js";
import { permit } from "../network/permit.js";
import { cursorOf, seqOf } from "./cursor.js";
import { EventRow, type EventType } from "./event.js";

export interface EventFilter {
  readonly types: readonly EventType[] | null;
  readonly entityIds: readonly string[] | null;
}

/** A row of the log with its place and that of its predecessor, both in the caller's own filtered view. */
export interface PlacedEvent extends Omit<EventRow, "seq"> {
  readonly cursor: string;
  readonly previousCursor: string | null;
}

export interface EventPage {
  readonly events: readonly PlacedEvent[];
  readonly hasNextPage: boolean;
  /** Behind what was read; also of a view in which nothing has happened yet: whoever goes on from there misses nothing. */
  readonly endCursor: string | null;
}

/**
 * What the caller may see of the log, narrowed by the filter: whoever holds a client token sees its one entity. Judged when it is
 * read, so that what was allowed when it happened and is not any more is not told any more: of a certificate nothing after its
 * consent was withdrawn, and nothing while the role to query in its network is missing.
 */
function viewOf(read: Reader, entityIds: EventFilter["entityIds"], type: Sql | null): Sql {
  const parts = [sql("e.participant_id = ?", read.actor.participantId), sql(STILL_ALLOWED)];
  if (read.actor.entityId) parts.push(sql("e.entity_id = ?", read.actor.entityId));
  if (type) parts.push(type);
  if (entityIds) parts.push(sql("e.entity_id in ??", entityIds));
  return sql(parts.map(({ text }) => text).join(" and "), ...parts.flatMap(({ params }) => params));
}

/**
 * A view in pieces that do not meet, each a range of an index: of some entities there are few events; of everything, those of each type
 * stand by themselves, or a rare one would be looked for among all others.
 */
function viewsOf(read: Reader, { types, entityIds }: EventFilter): Sql[] {
  if (!types) return [viewOf(read, entityIds, null)];
  if (entityIds || read.actor.entityId || types.length === 0)
    return [viewOf(read, entityIds, sql("e.type in ??", types))];
  return [...new Set(types)].map((type) => viewOf(read, null, sql("e.type = ?", type)));
}

const STILL_ALLOWED = `(e.type not in ('CERTIFICATE_ISSUED', 'CERTIFICATE_STATUS_CHANGED') or exists (
  select 1 from certificate c join consent k on k.id = c.consent_id
    join membership m on m.network_id = k.network_id and m.participant_id = e.participant_id and m.role = 'QUERIER'
   where c.id = e.subject_id and (k.withdrawn_at is null or e.occurred_at <= k.withdrawn_at)))`;

/** The number of the log up to which nothing can appear any more: each database has its own way to know. */
export async function settledHead(rows: Rows): Promise<number> {
  const [head] = await rows<{ seq: number }>("select seq from log_head");
  return head?.seq ?? 0;
}

/** Where to go on behind a cursor; refuses one that is not the caller's, lies in the future, or past what is kept. */
export async function placeOf(read: Reader, after: string, head: number): Promise<number> {
  const from = seqOf(read.vault, read.actor.participantId, after);
  if (from > head)
    throw new Failure("CURSOR_INVALID", "This cursor lies in the future of this log: was a backup restored?");
  const [log] = await read.rows<{ first: number | string | null; named: number | string | null }>(
    "select (select min(seq) from event) as first, (select seq from event where seq = ?) as named",
    [from],
  );
  const first = Number(log?.first ?? 0);
  if (from + 1 < first)
    throw new Failure(
      "CURSOR_EXPIRED",
      "This cursor is older than what is kept of the log: read the present state anew.",
    );
  // Numbers that were given out after the point to which a backup was restored are passed over: what they named never happened here.
  if (log?.named === null && from > 0 && from >= first)
    throw new Failure("CURSOR_INVALID", "What this cursor names is not in this log: was a backup restored?");
  return from;
}

/** Events of a view with their numbers, and how far was looked: nothing up to there is missing. */
export interface EventsUpTo {
  readonly events: readonly (PlacedEvent & { readonly seq: number })[];
  /** The number up to which this is all: that of the last event where more follow, else the head. */
  readonly upTo: number;
  readonly more: boolean;
}

/** The events behind one number up to another, in commit order: replay and live alike. */
export async function eventsBehind(
  read: Reader,
  from: number,
  head: number,
  filter: EventFilter,
  first: number,
): Promise<EventsUpTo> {
  const me = read.actor.participantId;
  const views = viewsOf(read, filter);
  const rows = await firstIn(read, views, from, head, first + 1);
  let previous = rows.length > 0 ? await lastIn(read, views, from) : null;
  const events = rows.slice(0, first).map(({ seq, ...row }) => {
    const previousCursor = previous === null ? null : cursorOf(read.vault, me, previous);
    previous = Number(seq);
    return { ...row, seq: Number(seq), cursor: cursorOf(read.vault, me, Number(seq)), previousCursor };
  });
  const more = rows.length > first;
  return { events, upTo: more ? events.at(-1)!.seq : head, more };
}

type Numbered = Omit<EventRow, "seq"> & { readonly seq: number | string };

/** The first events of a view behind a number, up to another. */
function firstIn(read: Reader, views: readonly Sql[], from: number, head: number, limit: number): Promise<Numbered[]> {
  const params = views.flatMap((view) => [...view.params, from, head, limit]);
  const texts = views.map(
    ({ text }) =>
      `select ${columns(EventRow, "e")} from event e where ${text} and e.seq > ? and e.seq <= ? order by e.seq limit ?`,
  );
  if (texts.length === 1) return read.rows(texts[0]!, params);
  const merged = texts.map((text, index) => `select * from (${text}) l${index}`).join(" union all ");
  return read.rows(`select * from (${merged}) e order by e.seq limit ?`, [...params, limit]);
}

/** The last event of a view up to a number. */
async function lastIn(read: Reader, views: readonly Sql[], upTo: number): Promise<number | null> {
  const params = views.flatMap((view) => [...view.params, upTo]);
  const texts = views.map(({ text }) => `select max(e.seq) as seq from event e where ${text} and e.seq <= ?`);
  const text = texts.length === 1 ? texts[0]! : `select max(seq) as seq from (${texts.join(" union all ")}) l`;
  const [before] = await read.rows<{ seq: number | string | null }>(text, params);
  return before?.seq ? Number(before.seq) : null;
}

/** One page of the events after a cursor. `previousCursor` chains them within this very view, so a gap shows. */
export async function readEvents(
  read: Reader,
  after: string | null,
  filter: EventFilter,
  first: number,
): Promise<EventPage> {
  permit(read.actor, "readEvents");
  const head = await settledHead(read.rows);
  const from = after === null ? 0 : await placeOf(read, after, head);
  const { events, more } = await eventsBehind(read, from, head, filter, first);
  const end = events.at(-1)?.cursor ?? (after === null ? cursorOf(read.vault, read.actor.participantId, head) : null);
  return { events, hasNextPage: more, endCursor: end };
}

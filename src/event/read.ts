import { Failure } from "../kernel/failure.js";
import type { Reader } from "../kernel/reader.js";
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
}

/** What the caller may see of the log, narrowed by the filter: whoever holds a client token sees its one entity. */
function viewOf(read: Reader, { types, entityIds }: EventFilter): Sql {
  const parts = [sql("e.participant_id = ?", read.actor.participantId)];
  if (read.actor.entityId) parts.push(sql("e.entity_id = ?", read.actor.entityId));
  if (types) parts.push(sql("e.type in ??", types));
  if (entityIds) parts.push(sql("e.entity_id in ??", entityIds));
  return sql(parts.map(({ text }) => text).join(" and "), ...parts.flatMap(({ params }) => params));
}

/** The events after a cursor in commit order. `previousCursor` chains them within this very view, so a gap shows. */
export async function readEvents(
  read: Reader,
  after: string | null,
  filter: EventFilter,
  first: number,
): Promise<EventPage> {
  permit(read.actor, "readEvents");
  const me = read.actor.participantId;
  const from = after === null ? 0 : seqOf(read.vault, me, after);
  await refuseFuture(read, from);
  const view = viewOf(read, filter);
  const rows = await read.rows<Omit<EventRow, "seq"> & { seq: number | string }>(
    `select ${columns(EventRow, "e")} from event e where ${view.text} and e.seq > ? order by e.seq limit ?`,
    [...view.params, from, first + 1],
  );
  const [before] = await read.rows<{ seq: number | string | null }>(
    `select max(e.seq) as seq from event e where ${view.text} and e.seq <= ?`,
    [...view.params, from],
  );
  let previous = before?.seq ? Number(before.seq) : null;
  const events = rows.slice(0, first).map(({ seq, ...row }) => {
    const previousCursor = previous === null ? null : cursorOf(read.vault, me, previous);
    previous = Number(seq);
    return { ...row, cursor: cursorOf(read.vault, me, Number(seq)), previousCursor };
  });
  return { events, hasNextPage: rows.length > first };
}

async function refuseFuture(read: Reader, from: number): Promise<void> {
  if (from === 0) return;
  const [last] = await read.rows<{ seq: number | string | null }>("select max(seq) as seq from event");
  if (from > Number(last?.seq ?? 0))
    throw new Failure("CURSOR_INVALID", "This cursor lies in the future of this log: was a backup restored?");
}

import type { EventType } from "../event/event.js";
import type { Instant } from "../kernel/instant.js";
import { each, type Books } from "./audit.js";

/** One event as far as an audit needs it. */
export interface Told {
  readonly seq: number;
  readonly type: EventType;
  readonly from: string | null;
  readonly to: string | null;
  readonly at: Instant;
}

/** Whose view, whom it concerns, and what it is about. */
export interface About {
  readonly participantId: string;
  readonly entityId: string;
  readonly subjectId: string;
}

/** What the log holds about some things, each in its order. */
export type Telling = (about: About) => readonly Told[];

interface Row extends Omit<Told, "seq">, About {
  readonly seq: number | string;
}

const nameOf = ({ participantId, entityId, subjectId }: About): string => `${participantId} ${entityId} ${subjectId}`;

/** Reads what was told of these types about these things, in one statement. */
export async function toldAbout(
  { rows }: Pick<Books, "rows">,
  types: readonly EventType[],
  abouts: readonly About[],
): Promise<Telling> {
  const found = await rows<Row>(
    `select e.seq, e.type, e.participant_id as "participantId", e.entity_id as "entityId", e.subject_id as "subjectId",
            e.from_status as "from", e.to_status as "to", e.occurred_at as at
       from event e where e.participant_id in ?? and e.entity_id in ?? and e.subject_id in ?? and e.type in ?? order by e.seq`,
    [
      each(abouts.map(({ participantId }) => participantId)),
      each(abouts.map(({ entityId }) => entityId)),
      each(abouts.map(({ subjectId }) => subjectId)),
      types,
    ],
  );
  const told = Map.groupBy(
    found.map((row) => ({ ...row, seq: Number(row.seq) })),
    nameOf,
  );
  return (about) => told.get(nameOf(about)) ?? [];
}

/** How often something was told, where that is not as often as it happened. `kept` says whether what was told of it is still kept. */
export function toldTimes(told: readonly Told[], type: EventType, times: number, kept: boolean): string | null {
  const count = told.filter((one) => one.type === type).length;
  if (count === times || (!kept && count < times)) return null;
  return `${type} was told ${count} times, not ${times}.`;
}

/** A chain of changes, of which each goes on where the last one ended. */
export interface Chain {
  readonly told: readonly Told[];
  /** Where it begins. */
  readonly start: (from: string) => boolean;
  /** Where it stands by what is stored; that nothing was told is no state. */
  readonly stands: (to: string | null) => boolean;
  /** How what is stored is called. */
  readonly now: string;
  /** Whether what was told from the beginning on is kept: else it may begin anywhere. */
  readonly kept: boolean;
  /** Whether one state becomes another without a word. */
  readonly becomes?: (told: string, from: string) => boolean;
}

/** What is wrong with a chain. */
export function* broken({ told, start, stands, now, kept, becomes = () => false }: Chain): Generator<string> {
  let last: string | null = null;
  for (const { seq, type, from, to } of told) {
    const goesOn: boolean = last === null ? !kept || start(from!) : last === from || becomes(last, from!);
    if (!goesOn) yield `${type} at ${seq} is from ${from}, and what stood was ${last ?? "nothing"}.`;
    last = to;
  }
  if ((last !== null || kept) && !stands(last)) yield `It is ${now}, and what was told last is ${last ?? "nothing"}.`;
}

import { eventsBehind, type EventFilter, type EventsUpTo } from "../event/read.js";
import type { Context } from "../graph/context.js";
import { eachInTurn, insist, oneAtATime, turn, type Member } from "./group.js";
import type { Interested } from "./interest.js";
import type { Sink } from "./live.js";

/** What a group of the log's readers needs. */
export interface EventsParts {
  readonly participantId: string;
  readonly filter: EventFilter;
  /** A context of this very moment: what is not allowed any more is not told. */
  readonly context: () => Context;
  /** The result for one event. */
  readonly resultOf: (context: Context, event: object) => Promise<Buffer>;
  /** How far the log is settled. */
  readonly head: () => Promise<number>;
  /** How many events are read at a time. */
  readonly pageSize?: number;
  readonly onFault: (error: unknown) => void;
}

/** The log as one view of it, for everybody who shares it: replay and live are the same reading. */
export interface EventsGroup extends Interested {
  readonly members: ReadonlySet<Member>;
  /** Begins behind a place in the log. */
  readonly join: (sink: Sink, place: number) => Member;
  readonly leave: (member: Member) => void;
}

const PAGE = 200;

/** Some events, and the result of each. */
interface Page {
  readonly found: EventsUpTo;
  readonly results: readonly Buffer[];
}

async function pageBehind(parts: EventsParts, from: number): Promise<Page> {
  const { filter, pageSize = PAGE } = parts;
  const context = parts.context();
  const found = await eventsBehind(context.read, from, await parts.head(), filter, pageSize);
  const results = await Promise.all(found.events.map((event) => parts.resultOf(context, event)));
  return { found, results };
}

/** Sends what a member has not been told of a page; answers whether it can take more. */
function share(member: Member, before: number, { found, results }: Page): boolean {
  // Somebody who came in while this was worked out has been told some of it.
  const skip = member.place <= before ? 0 : found.events.findIndex(({ seq }) => seq > member.place);
  if (skip < 0) return true;
  member.place = found.upTo;
  return member.sink.send(skip === 0 ? results : results.slice(skip));
}

export function createEventsGroup(parts: EventsParts, start: number): EventsGroup {
  const { participantId, filter, onFault } = parts;
  const members = new Set<Member>();
  /** How far the members that are in step have been told. */
  let place = start;

  const tellAll = async (): Promise<void> => {
    for (let more = true; more && members.size > 0; ) {
      const page = await pageBehind(parts, place);
      more = page.found.more;
      const before = place;
      place = Math.max(place, page.found.upTo);
      if (page.results.length === 0) continue;
      await eachInTurn([...members], (member) => {
        if (member.inStep && !member.gone && !share(member, before, page)) fallBehind(member).catch(onFault);
      });
    }
  };
  const stir = oneAtATime(tellAll, onFault);

  /** Tells one member by itself what it has missed, at its own speed, until it is in step with the others. */
  const catchUp = async (member: Member): Promise<void> => {
    while (!member.gone) {
      const { found, results } = await pageBehind(parts, member.place);
      if (member.gone) return;
      member.place = Math.max(member.place, found.upTo);
      if (results.length > 0 && !member.sink.send(results)) await member.sink.drained();
      if (found.more || member.place < place) {
        await turn();
        continue;
      }
      // Nothing is awaited between this look and the step: whatever comes now is told by the group.
      member.inStep = true;
      return;
    }
  };

  const bringUp = (member: Member): Promise<void> =>
    insist(
      async () => catchUp(member),
      () => member.gone,
      onFault,
    );

  const fallBehind = async (member: Member): Promise<void> => {
    member.inStep = false;
    await member.sink.drained();
    await bringUp(member);
  };

  return {
    participantId,
    entityIds: () => (filter.entityIds ? new Set(filter.entityIds) : null),
    stirred: (stirs) => {
      if (stirs.some(({ type }) => filter.types?.includes(type) ?? true)) stir();
    },
    members,
    join: (sink, from) => {
      const member: Member = { sink, place: from, inStep: false, gone: false };
      members.add(member);
      bringUp(member).catch(onFault);
      return member;
    },
    leave: (member) => {
      member.gone = true;
      members.delete(member);
    },
  };
}

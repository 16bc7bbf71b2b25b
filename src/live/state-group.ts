import type { EventType } from "../event/event.js";
import type { Context } from "../graph/context.js";
import { eachInTurn, oneAtATime, type Member } from "./group.js";
import type { Interested } from "./interest.js";
import type { Sink } from "./live.js";

/** What a group that looks at one state needs. */
export interface StateParts {
  readonly participantId: string;
  readonly context: () => Context;
  /** The entities whose events can change the state: read anew when members come and go. */
  readonly watched: (context: Context) => Promise<ReadonlySet<string>>;
  /** The present state, as the result that is sent. */
  readonly resultOf: (context: Context) => Promise<Buffer>;
  /** Puts the group under what it watches now. */
  readonly reindex: (group: StateGroup) => void;
  readonly onFault: (error: unknown) => void;
}

/** One state, for everybody who looks at it: as it is, then as it becomes. A receiver that is behind is told the latest. */
export interface StateGroup extends Interested {
  readonly members: ReadonlySet<Member>;
  readonly join: (sink: Sink) => Member;
  readonly leave: (member: Member) => void;
  /** Looks again, and tells whoever has not been told. */
  readonly look: () => Promise<void>;
}

const CHANGES_WATCHED: readonly EventType[] = ["MEMBER_LINKED", "MEMBER_UNLINKED", "ENTITY_REGISTERED"];

export function createStateGroup(parts: StateParts, watched: ReadonlySet<string>): StateGroup {
  const members = new Set<Member>();
  let entityIds = watched;
  let rewatch = false;
  /** The latest result, and a number that grows with each other one: who has been told which. */
  let latest: Buffer | null = null;
  let version = 0;

  const tell = (member: Member): void => {
    if (member.gone || !member.inStep || member.place === version || !latest) return;
    member.place = version;
    if (member.sink.send([latest])) return;
    member.inStep = false;
    member.sink
      .drained()
      .then(() => {
        member.inStep = true;
        tell(member);
      })
      .catch(parts.onFault);
  };

  const lookOnce = async (): Promise<void> => {
    const context = parts.context();
    if (rewatch) {
      rewatch = false;
      entityIds = await parts.watched(context);
      parts.reindex(group);
    }
    const result = await parts.resultOf(context);
    if (!latest?.equals(result)) {
      latest = result;
      version += 1;
    }
    await eachInTurn([...members], tell);
  };
  /** One after the other: what was read later is told later. */
  let last: Promise<void> = Promise.resolve();
  const look = (): Promise<void> => (last = last.then(lookOnce, lookOnce));
  const stir = oneAtATime(look, parts.onFault);

  const group: StateGroup = {
    participantId: parts.participantId,
    entityIds: () => entityIds,
    stirred: (stirs) => {
      rewatch ||= stirs.some(({ type }) => CHANGES_WATCHED.includes(type));
      stir();
    },
    members,
    join: (sink) => {
      const member: Member = { sink, place: 0, inStep: true, gone: false };
      members.add(member);
      // What is known now may be told at once: it was read after the group began to watch, and what changes is told to all.
      if (latest) tell(member);
      else stir();
      return member;
    },
    leave: (member) => {
      member.gone = true;
      members.delete(member);
    },
    look,
  };
  return group;
}

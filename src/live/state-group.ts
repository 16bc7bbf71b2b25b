import type { EventType } from "../event/event.js";
import type { Context } from "../graph/context.js";
import { Failure } from "../kernel/failure.js";
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

const isSame = (some: ReadonlySet<string>, others: ReadonlySet<string>): boolean =>
  some.size === others.size && [...some].every((one) => others.has(one));

export function createStateGroup(parts: StateParts, watched: ReadonlySet<string>): StateGroup {
  const members = new Set<Member>();
  let entityIds = watched;
  /** What is watched was read before anybody told this group of changes: it has to be read again. */
  let rewatch = true;
  /** The latest result, and a number that grows with each other one: who has been told which. */
  let latest: Buffer | null = null;
  let version = 0;

  const tell = (member: Member): void => {
    if (member.gone || !member.inStep || member.place === version || !latest) return;
    member.place = version;
    if (member.sink.send([latest])) return;
    member.inStep = false;
    untilInStep(member).catch(parts.onFault);
  };

  const untilInStep = async (member: Member): Promise<void> => {
    await member.sink.drained();
    member.inStep = true;
    tell(member);
  };

  /** Reads whom to watch until that is who is watched: in between nobody would tell of the next one. */
  const watchAnew = async (context: Context): Promise<void> => {
    rewatch = false;
    for (;;) {
      const found = await parts.watched(context);
      if (isSame(found, entityIds) || members.size === 0) return;
      entityIds = found;
      parts.reindex(group);
    }
  };

  const lookOnce = async (): Promise<void> => {
    // Who comes in from now on is told by the next look: what this one reads may be older than they are.
    const present = [...members];
    if (present.length === 0) return;
    const context = parts.context();
    if (rewatch)
      await watchAnew(context).catch((error: unknown) => {
        // Where there is nothing to watch any more, the result says so.
        if (error instanceof Failure) return;
        rewatch = true;
        throw error;
      });
    const result = await parts.resultOf(context);
    if (!latest?.equals(result)) {
      latest = result;
      version += 1;
    }
    await eachInTurn(present, tell);
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
      stir();
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

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

/** Whom a group watches, and whether that may have changed. */
interface Watch {
  readonly entityIds: () => ReadonlySet<string>;
  /** Says that it may. */
  readonly doubt: () => void;
  /** Reads whom to watch, where that is in doubt, until that is who is watched: in between nobody would tell of the next one. */
  readonly renew: (context: Context, isOver: () => boolean) => Promise<void>;
}

function createWatch(parts: Pick<StateParts, "watched">, watched: ReadonlySet<string>, reindex: () => void): Watch {
  let entityIds = watched;
  /** What is watched at first was read before anybody told of changes. */
  let isInDoubt = true;
  return {
    entityIds: () => entityIds,
    doubt: () => {
      isInDoubt = true;
    },
    renew: async (context, isOver) => {
      while (isInDoubt) {
        isInDoubt = false;
        const found = await parts.watched(context).catch((error: unknown) => {
          // Where there is nothing to watch any more, the result says so.
          if (error instanceof Failure) return entityIds;
          isInDoubt = true;
          throw error;
        });
        if (isSame(found, entityIds) || isOver()) return;
        entityIds = found;
        isInDoubt = true;
        reindex();
      }
    },
  };
}

export function createStateGroup(parts: StateParts, watched: ReadonlySet<string>): StateGroup {
  const members = new Set<Member>();
  const watch = createWatch(parts, watched, () => parts.reindex(group));
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

  const lookOnce = async (): Promise<void> => {
    // Who comes in from now on is told by the next look: what this one reads may be older than they are.
    const present = [...members];
    if (present.length === 0) return;
    const context = parts.context();
    await watch.renew(context, () => members.size === 0);
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
    entityIds: watch.entityIds,
    stirred: (stirs) => {
      if (stirs.some(({ type }) => CHANGES_WATCHED.includes(type))) watch.doubt();
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

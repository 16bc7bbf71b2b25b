import type { GraphQLFormattedError, GraphQLSchema } from "graphql";
import type { Actor } from "../kernel/actor.js";
import type { Clock } from "../kernel/instant.js";
import type { Rows } from "../kernel/reader.js";
import { placeOf, type EventFilter } from "../event/read.js";
import type { Context } from "../graph/context.js";
import type { Ended } from "../graph/following.js";
import { createAttendance } from "./attend.js";
import { createEventsGroup, type EventsGroup } from "./events-group.js";
import { resultOf, type Present } from "./execute.js";
import { createInterests, type Interested } from "./interest.js";
import type { Live, Sink, Subscribed } from "./live.js";
import { followedOf, groupKey, type Followed } from "./question.js";
import { createStateGroup, type StateGroup } from "./state-group.js";
import { followWhenWanted, type Gate } from "./tail.js";

export interface LiveParts {
  readonly schema: GraphQLSchema;
  readonly rows: Rows;
  readonly gate: Gate;
  readonly clock: Clock;
  readonly context: (actor: Actor) => Context;
  readonly present: Present;
  /** How long what other processes commit may go unseen. */
  readonly pollMs: number;
  readonly onFault: (error: unknown) => void;
}

/** A group as the hub keeps it. */
interface Kept {
  readonly group: EventsGroup | StateGroup;
  readonly followed: Followed;
  /** By which it is asked whether it has to end; null where only its credentials can end it. */
  readonly endingKey: string | null;
}

/** How often it is asked what has to end, where nothing happens: together with the pause of the follower well within a second. */
const LOOK_MS = 250;

/**
 * Opens the live streams of this process: one follower of the log, and groups of whoever asks the same with the same rights. The log
 * is followed from the first on who wants to know: until then nothing is asked of the database.
 */
export function createLive(parts: LiveParts): Live {
  const interests = createInterests();
  const attendance = createAttendance(parts.rows, parts.clock);
  const kept = new Map<string, Promise<Kept>>();
  let lookedAt = -LOOK_MS;
  const everyRound = async (isNews: boolean): Promise<void> => {
    const isTime = performance.now() - lookedAt >= LOOK_MS;
    // Nobody is told of anything by a credential that had ended before it happened.
    if (isTime || isNews) await attendance.look();
    if (!isTime) return;
    lookedAt = performance.now();
    await endGroups(parts, kept);
  };
  const { rows, gate, pollMs, onFault } = parts;
  const log = followWhenWanted({ rows, gate, pollMs, onFault, everyRound, stirred: interests.tell });

  const keptFor = (
    key: string,
    actor: Actor,
    subscribed: Subscribed,
    followed: Followed,
    head: number,
  ): Promise<Kept> => {
    const known = kept.get(key);
    if (known) return known;
    const begun = begin(parts, interests, actor, subscribed, followed, head);
    kept.set(key, begun);
    begun.catch(() => kept.get(key) === begun && kept.delete(key));
    return begun;
  };

  /** Comes into a group; answers how to leave it, again or not. The last to leave takes the group away. */
  const enter = (key: string, one: Kept, sink: Sink, place: number): (() => void) => {
    const { group } = one;
    const member = "look" in group ? group.join(sink) : group.join(sink, place);
    return () => {
      if (member.gone) return;
      group.leave(member);
      if (group.members.size > 0) return;
      interests.remove(one.group);
      kept.delete(key);
    };
  };

  const open: Live["open"] = async (actor, subscribed, sink) => {
    const followed = followedOf(parts.schema, subscribed);
    const key = groupKey(actor, subscribed, followed);
    const { head } = await log.wanted();
    const place = await startOf(parts, actor, followed);
    for (;;) {
      const found = keptFor(key, actor, subscribed, followed, head());
      const one = await found;
      // Nothing is awaited between this look and coming in: a group that was taken away meanwhile would never be told of anything.
      if (kept.get(key) === found) return enter(key, one, sink, place);
    }
  };

  const held = () => ({ groups: kept.size, interests: interests.size(), credentials: attendance.size() });
  const attend: Live["attend"] = (actor, ended) => {
    log.wanted().catch(onFault);
    return attendance.attend(actor, ended);
  };
  return { open, attend, held, nudge: log.nudge, stop: log.stop };
}

/** Where a reader of the log begins: behind its cursor, or now. */
async function startOf(parts: LiveParts, actor: Actor, { following, args }: Followed): Promise<number> {
  if (following.kind !== "EVENTS") return 0;
  const { read } = parts.context(actor);
  following.permitted(read);
  const head = await parts.gate();
  const after = following.after(args);
  return after === null ? head : placeOf(read, after, head);
}

async function begin(
  parts: LiveParts,
  interests: { add(one: Interested): void; remove(one: Interested): void },
  actor: Actor,
  subscribed: Subscribed,
  followed: Followed,
  head: number,
): Promise<Kept> {
  const { following, args } = followed;
  const context = (): Context => parts.context(actor);
  const result = (of: Context, occurrence: object): Promise<Buffer> =>
    resultOf(parts.schema, subscribed, of, occurrence, parts.present);
  const { participantId } = actor;
  const { onFault } = parts;
  if (following.kind === "EVENTS") {
    const events = {
      participantId,
      filter: narrowed(following.filter(args), actor),
      context,
      resultOf: result,
      head: parts.gate,
      onFault,
    };
    const group = createEventsGroup(events, head);
    interests.add(group);
    return { group, followed, endingKey: null };
  }
  const group = createStateGroup(
    {
      participantId,
      context,
      watched: (of) => following.watched(of, args),
      resultOf: (of) => result(of, following.occurrence(args)),
      reindex: (one) => {
        interests.remove(one);
        interests.add(one);
      },
      onFault,
    },
    await following.watched(context(), args),
  );
  interests.add(group);
  return { group, followed, endingKey: following.endingKey?.(context().read, args) ?? null };
}

/** Who may see one entity alone has to be told of no other: its view is the same. */
const narrowed = ({ types, entityIds }: EventFilter, { entityId }: Actor): EventFilter => ({
  types,
  entityIds: entityIds ?? (entityId && [entityId]),
});

const endedError = ({ reason, message }: Ended): GraphQLFormattedError => ({
  message,
  extensions: { code: "FORBIDDEN", reason },
});

/** Ends the groups whose ground is gone, after each has been shown how things are now. */
async function endGroups(parts: LiveParts, kept: ReadonlyMap<string, Promise<Kept>>): Promise<void> {
  const all = (await Promise.allSettled(kept.values())).flatMap((one) =>
    one.status === "fulfilled" && one.value.endingKey !== null ? [one.value] : [],
  );
  for (const [following, ones] of Map.groupBy(all, ({ followed }) => followed.following)) {
    if (following.kind !== "STATE") continue;
    const keys = [...new Set(ones.map(({ endingKey }) => endingKey!))];
    const endings = await following.endings(parts.rows, parts.clock(), keys);
    for (const one of ones) {
      const why = endings.get(one.endingKey!);
      if (!why) continue;
      if ("look" in one.group) await one.group.look().catch(parts.onFault);
      for (const { sink } of one.group.members) sink.end(endedError(why));
    }
  }
}

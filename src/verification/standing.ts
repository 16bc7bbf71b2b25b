import type { Id } from "../kernel/id.js";
import type { Reader, Writer } from "../kernel/reader.js";
import { append } from "../event/append.js";
import { standingOf, statusOfRuns, type RunStatus, type VerificationStatus } from "./status.js";
import type { Standing } from "./verification.js";

type Own = RunStatus | "UNVERIFIED";

/**
 * Derives anew what these entities' verification has come to in one participant's eyes, and what that makes of every business
 * above them, and tells of each that changed. A number of statements that does not grow, but for inserts.
 */
export async function refreshStandings(
  write: Writer,
  participantId: Id<"par">,
  entityIds: readonly Id<"ent">[],
): Promise<void> {
  await write.flush();
  const own = await ownStatuses(write, participantId, entityIds);
  const above = await businessesAbove(write, participantId, entityIds);
  const all = [...new Set([...entityIds, ...above])];
  const stored = await storedStandings(write, participantId, all);
  await keepOwn(write, participantId, own, stored);
  const below = await statesBelow(write, participantId, all);
  const changed = all.flatMap((entityId) => {
    const { ownStatus, status: from } = stored.get(entityId)!;
    const to = standingOf(own.get(entityId) ?? ownStatus, below.get(entityId) ?? []);
    return from === to ? [] : [{ entityId, from, to }];
  });
  await set(write, participantId, "status", changed);
  await append(
    write,
    changed.map(({ entityId, from, to }) => ({
      type: "ENTITY_STATUS_CHANGED",
      participantId,
      entityId,
      subjectId: entityId,
      from,
      to,
    })),
  );
}

/** What the runs of each entity say by themselves. */
async function ownStatuses(
  write: Writer,
  participantId: Id<"par">,
  entityIds: readonly Id<"ent">[],
): Promise<Map<Id<"ent">, Own>> {
  const rows = await write.rows<{ entityId: Id<"ent">; status: RunStatus }>(
    `select entity_id as "entityId", status from verification
      where participant_id = ? and entity_id in ?? order by requested_at desc, id desc`,
    [participantId, entityIds],
  );
  const runs = new Map<Id<"ent">, RunStatus[]>(entityIds.map((id) => [id, []]));
  for (const { entityId, status } of rows) runs.get(entityId)!.push(status);
  return new Map([...runs].map(([entityId, statuses]) => [entityId, statusOfRuns(statuses)]));
}

/** Links whose verification counts: every role but that of an administrator alone. Over the alias `m`. */
const COUNTS = "m.participant_id = ? and m.unlinked_at is null and m.role <> 'ADMINISTRATOR'";

/**
 * Every business that one of the entities is part of, directly or through others. Chains that end in themselves end. A cross join keeps
 * its order: left to choose, SQLite reads every member of the participant for each step.
 */
async function businessesAbove(
  write: Writer,
  participantId: Id<"par">,
  entityIds: readonly Id<"ent">[],
): Promise<Id<"ent">[]> {
  const rows = await write.rows<{ id: Id<"ent"> }>(
    `with recursive above(id) as (
       select m.business_id from member m where ${COUNTS} and m.entity_id in ??
       union
       select m.business_id from above cross join member m where m.entity_id = above.id and ${COUNTS}
     ) select id from above`,
    [participantId, entityIds, participantId],
  );
  return rows.map(({ id }) => id);
}

type StoredStanding = Pick<Standing, "entityId" | "ownStatus" | "status">;

async function storedStandings(
  write: Writer,
  participantId: Id<"par">,
  entityIds: readonly Id<"ent">[],
): Promise<Map<string, StoredStanding>> {
  const rows = await write.rows<StoredStanding>(
    `select entity_id as "entityId", own_status as "ownStatus", status from standing where participant_id = ? and entity_id in ??`,
    [participantId, entityIds],
  );
  return new Map(rows.map((row) => [row.entityId, row]));
}

/** Writes the entities' own states, so that what lies above can be derived by one statement. */
const keepOwn = (
  write: Writer,
  participantId: Id<"par">,
  own: ReadonlyMap<Id<"ent">, Own>,
  stored: ReadonlyMap<string, StoredStanding>,
): Promise<void> =>
  set(
    write,
    participantId,
    "own_status",
    [...own].flatMap(([entityId, to]) => (stored.get(entityId)!.ownStatus === to ? [] : [{ entityId, to }])),
  );

/** Changes one state of many standings: a statement for each state that is come to, however many come to it. */
async function set(
  write: Writer,
  participantId: Id<"par">,
  which: "status" | "own_status",
  changed: readonly {
    readonly entityId: Id<"ent">;
    readonly to: VerificationStatus;
  }[],
): Promise<void> {
  for (const [to, each] of Map.groupBy(changed, (one) => one.to))
    await write.rows(`update standing set ${which} = ?, updated_at = ? where participant_id = ? and entity_id in ??`, [
      to,
      write.now,
      participantId,
      each.map(({ entityId }) => entityId),
    ]);
}

/** One link below: of which business who is a member, and how that member stands by itself. */
export interface Below {
  readonly businessId: string;
  readonly memberId: string;
  readonly status: Own;
}

/**
 * The own states of everybody below each business whose verification counts, each state once. One statement reads every link below all of
 * them once; the states are handed up from member to business until nothing changes, so that rings end and depth costs no more than links.
 */
export async function statesBelow(
  { rows: read }: Pick<Reader, "rows">,
  participantId: Id<"par">,
  entityIds: readonly string[],
): Promise<Map<string, Own[]>> {
  const links = await read<Below>(
    `with recursive below(business_id, entity_id) as (
       select m.business_id, m.entity_id from member m where ${COUNTS} and m.business_id in ??
       union
       select m.business_id, m.entity_id from below cross join member m where m.business_id = below.entity_id and ${COUNTS}
     )
     select business_id as "businessId", entity_id as "memberId",
            (select s.own_status from standing s where s.participant_id = ? and s.entity_id = below.entity_id) as status
       from below`,
    [participantId, entityIds, participantId, participantId],
  );
  const states = handedUp(links);
  return new Map(entityIds.flatMap((id) => (states.has(id) ? [[id, [...states.get(id)!]]] : [])));
}

/** The states below each business that has any, from its links and those of everybody below it. Pure. */
export function handedUp(links: readonly Below[]): ReadonlyMap<string, ReadonlySet<Own>> {
  const states = new Map<string, Set<Own>>();
  const above = Map.groupBy(links, ({ memberId }) => memberId);
  const open: string[] = [];
  const add = (businessId: string, more: Iterable<Own>): void => {
    const known = states.get(businessId) ?? new Set<Own>();
    const before = known.size;
    for (const state of more) known.add(state);
    states.set(businessId, known);
    if (known.size > before) open.push(businessId);
  };
  for (const { businessId, status } of links) add(businessId, [status]);
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const { businessId } of above.get(id) ?? []) add(businessId, states.get(id)!);
  return states;
}

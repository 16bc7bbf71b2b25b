import { Entity, EntityConflict, Registration } from "../entity/entity.js";
import { check, each, rowsOf, wrongs, type Books, type Check, type Stored } from "./audit.js";
import { toldAbout, toldTimes } from "./told.js";

/** Whoever shares a tax number with each of some entities, where that is not marked on both. */
const unmarked = ({ rows }: Books, ids: readonly string[]) =>
  rows<{ id: string; otherId: string }>(
    `select e.id, o.id as "otherId" from entity e
       join entity o on o.tax_fingerprint = e.tax_fingerprint and o.id <> e.id
       left join entity_conflict c on c.entity_id = e.id and c.other_entity_id = o.id
       left join entity_conflict r on r.entity_id = o.id and r.other_entity_id = e.id
      where e.id in ?? and (c.entity_id is null or r.entity_id is null) order by e.id, o.id`,
    [ids],
  );

async function judgeUnmarked(books: Books, entities: readonly Entity[]) {
  const pairs = await unmarked(
    books,
    entities.map(({ id }) => id),
  );
  const byId = Map.groupBy(pairs, ({ id }) => id);
  return wrongs(entities, ({ id }) =>
    (byId.get(id) ?? []).map(({ otherId }) => `It has the tax number of ${otherId}, and that is not marked on both.`),
  );
}

async function judgeConflicts({ rows }: Books, conflicts: readonly EntityConflict[]) {
  const ids = each(conflicts.flatMap(({ entityId, otherEntityId }) => [entityId as string, otherEntityId as string]));
  const found = await rows<{ id: string; tax: string | null }>(
    `select id, tax_fingerprint as tax from entity where id in ??`,
    [ids],
  );
  const taxOf = new Map(found.map(({ id, tax }) => [id, tax]));
  return wrongs(conflicts, ({ entityId, otherEntityId }) => {
    const [one, other] = [taxOf.get(entityId) ?? null, taxOf.get(otherEntityId) ?? null];
    return [(one === null || one !== other) && "They have no tax number in common."];
  });
}

interface Named {
  readonly participantId: string;
  readonly entityId: string;
  readonly handle: string | null;
}

interface Versions extends Named {
  readonly current: number | string;
  readonly versions: number | string;
  readonly last: number | string;
  readonly currentVersion: number | string | null;
}

const COUNTED = `sum(case when superseded_at is null then 1 else 0 end) as current, count(*) as versions, max(version) as last,
  max(case when superseded_at is null then version else null end) as "currentVersion"`;

/** How many versions there are of what participants say, by handle; of what came with checks, by entity. */
const versionsOf = ({ rows }: Books, registrations: readonly Named[]) => {
  const participantIds = each(registrations.map(({ participantId }) => participantId));
  return rows<Versions>(
    `select participant_id as "participantId", handle, '' as "entityId", ${COUNTED} from registration
      where participant_id in ?? and handle in ?? group by participant_id, handle
      union all
     select participant_id, null, entity_id, ${COUNTED} from registration
      where participant_id in ?? and entity_id in ?? and handle is null group by participant_id, entity_id`,
    [
      participantIds,
      each(registrations.flatMap(({ handle }) => handle ?? [])),
      participantIds,
      each(registrations.filter(({ handle }) => handle === null).map(({ entityId }) => entityId)),
    ],
  );
};

const nameOf = ({ participantId, entityId, handle }: Named): string =>
  handle === null ? `${participantId} of ${entityId}` : `${participantId} as ${handle}`;

async function judgeVersions(books: Books, registrations: readonly Stored<Registration>[]) {
  const versions = new Map((await versionsOf(books, registrations)).map((one) => [nameOf(one), one]));
  return wrongs(registrations, function* (one) {
    const found = versions.get(nameOf(one));
    if (!found) return;
    const { current, last, currentVersion } = found;
    yield Number(current) !== 1 && `${Number(current)} versions of what it says hold now.`;
    yield Number(found.versions) !== Number(last) && "Versions of it are missing.";
    yield Number(current) === 1 && Number(currentVersion) !== Number(last) && "An older version holds.";
  });
}

interface Times {
  readonly participantId: string;
  readonly entityId: string;
  readonly times: number | string;
}

/** How often each participant named each entity, or named somebody else as it had named that entity: that is told to both. */
const namings = ({ rows }: Books, ids: readonly string[]) =>
  rows<Times & { readonly since: Entity["createdAt"] }>(
    `select r.participant_id as "participantId", r.entity_id as "entityId", min(r.created_at) as since,
            count(*) + sum(case when n.entity_id <> r.entity_id then 1 else 0 end) as times
       from registration r
       left join registration n on n.participant_id = r.participant_id and n.handle = r.handle and n.version = r.version + 1
      where r.entity_id in ?? and r.handle is not null group by r.participant_id, r.entity_id`,
    [ids],
  );

async function judgeTold(books: Books, entities: readonly Entity[]) {
  const named = await namings(
    books,
    entities.map(({ id }) => id),
  );
  const about = (one: Times) => ({ ...one, subjectId: one.entityId });
  const telling = await toldAbout(books, ["ENTITY_REGISTERED"], named.map(about));
  const byEntity = Map.groupBy(named, ({ entityId }) => entityId);
  return wrongs(entities, ({ id }) =>
    (byEntity.get(id) ?? []).map((one) =>
      toldTimes(telling(about(one)), "ENTITY_REGISTERED", Number(one.times), books.log.reaches(one.since)),
    ),
  );
}

const ENTITY = { apart: ["wrappedKey"] };

export const ENTITIES: readonly Check[] = [
  check<Entity>({
    name: "entities-told",
    says: "Each time that a participant named an entity was told once.",
    source: rowsOf(Entity, ["id"], ENTITY),
    judge: judgeTold,
  }),
  check<Entity>({
    name: "entities-marked",
    says: "Entities with one tax number are marked as in conflict, each with the other.",
    source: rowsOf(Entity, ["id"], { ...ENTITY, where: "t.tax_fingerprint is not null" }),
    judge: judgeUnmarked,
  }),
  check<EntityConflict>({
    name: "conflicts",
    says: "Whoever is marked as in conflict shares a tax number.",
    source: rowsOf(EntityConflict, ["entityId", "otherEntityId"]),
    judge: judgeConflicts,
  }),
  check<Stored<Registration>>({
    name: "registrations",
    says: "Of what a participant says under one handle the last version holds, and no other, and none is missing.",
    source: rowsOf(Registration, ["id"], { apart: ["sealedFacts"] }),
    judge: judgeVersions,
  }),
];

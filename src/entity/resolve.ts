import { numberHeld } from "../kernel/hold.js";
import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import type { Vault } from "../kernel/seal.js";
import { Entity, EntityConflict, type EntityType } from "./entity.js";

/** Who is meant: an SSN with its birth date, or an EIN. Null where no such number is known. */
export interface Identification {
  readonly entityType: EntityType;
  readonly taxNumber: string | null;
  readonly dateOfBirth: string | null;
}

export type ResolvedEntity = Pick<Entity, "id" | "entityType" | "wrappedKey" | "matchFingerprint"> & {
  readonly created: boolean;
};

const SELECT = `select id, entity_type as "entityType", wrapped_key as "wrappedKey", match_fingerprint as "matchFingerprint", tax_fingerprint as "taxFingerprint" from entity`;

/** Keyed hashes of what identifies: equal people have equal fingerprints, and nobody can compute them without the key. */
export function fingerprintsOf(vault: Vault, who: Identification): { match: string | null; tax: string | null } {
  if (!who.taxNumber) return { match: null, tax: null };
  if (who.entityType === "BUSINESS") return { match: vault.fingerprint("EIN", who.taxNumber), tax: null };
  return {
    match: vault.fingerprint("SSN+DOB", `${who.taxNumber}|${who.dateOfBirth}`),
    tax: vault.fingerprint("SSN", who.taxNumber),
  };
}

/** Holds the numbers of all of these: what is known by them stays as it is. */
export const holdAll = (write: Writer, subjects: readonly Identification[]): Promise<void> =>
  holdPrints(
    write,
    subjects.map((who) => fingerprintsOf(write.vault, who)),
  );

const holdPrints = (write: Writer, prints: readonly ReturnType<typeof fingerprintsOf>[]): Promise<void> =>
  write.hold(prints.flatMap(({ match, tax }) => [match, tax].flatMap((print) => (print ? [numberHeld(print)] : []))));

/**
 * The entities that are meant, in order, made where they were not known: the same person named by two participants is one
 * entity. The same SSN with another birth date is its own entity, and both are marked as in conflict. Two statements
 * whatever the number of subjects, and up to two more where something is new.
 */
export async function resolve(write: Writer, subjects: readonly Identification[]): Promise<ResolvedEntity[]> {
  const prints = subjects.map((who) => fingerprintsOf(write.vault, who));
  await holdPrints(write, prints);
  const matches = prints.flatMap(({ match }) => (match ? [match] : []));
  const known = new Map<string, ResolvedEntity>();
  if (matches.length > 0) {
    const rows = await write.rows<Omit<ResolvedEntity, "created">>(`${SELECT} where match_fingerprint in ??`, [
      matches,
    ]);
    for (const row of rows) known.set(row.matchFingerprint!, { ...row, created: false });
  }
  const fresh: { row: Entity; tax: string | null }[] = [];
  const resolved = subjects.map((who, index) => {
    const { match, tax } = prints[index]!;
    const found = match ? known.get(match) : undefined;
    if (found) return found;
    const row = newEntity(write, who.entityType, match, tax);
    fresh.push({ row, tax });
    const entity = { ...row, matchFingerprint: match, created: true } as ResolvedEntity;
    if (match) known.set(match, entity);
    return entity;
  });
  if (fresh.length > 0) {
    await write.insert(
      Entity,
      fresh.map(({ row }) => row),
    );
    await markConflicts(write, fresh);
  }
  return resolved;
}

function newEntity(write: Writer, entityType: EntityType, match: string | null, tax: string | null): Entity {
  return {
    id: write.newId("ent"),
    entityType,
    matchFingerprint: match,
    taxFingerprint: tax,
    wrappedKey: write.vault.newKey(),
    createdAt: write.now,
    updatedAt: write.now,
  };
}

async function markConflicts(
  write: Writer,
  fresh: readonly { row: Pick<Entity, "id">; tax: string | null }[],
): Promise<void> {
  const taxes = fresh.flatMap(({ tax }) => (tax ? [tax] : []));
  if (taxes.length === 0) return;
  const rows = await write.rows<{ id: Id<"ent">; taxFingerprint: string }>(`${SELECT} where tax_fingerprint in ??`, [
    taxes,
  ]);
  const newIds = new Set(fresh.map(({ row }) => row.id));
  const pairs = rows.flatMap((one) =>
    rows
      .filter(
        (other) =>
          other.taxFingerprint === one.taxFingerprint &&
          other.id !== one.id &&
          (newIds.has(one.id) || newIds.has(other.id)),
      )
      .map((other) => ({
        entityId: one.id,
        otherEntityId: other.id,
        detectedAt: write.now,
      })),
  );
  if (pairs.length > 0) await write.insert(EntityConflict, pairs);
}

/**
 * Corrects by what number an entity is known, where nobody but the caller has spoken of it: a first SSN, or a typing error put
 * right, is the same person still. Conflicts are judged anew.
 */
export async function rename(write: Writer, entityId: Id<"ent">, who: Identification): Promise<void> {
  const { match, tax } = fingerprintsOf(write.vault, who);
  await write.em.nativeUpdate(
    Entity,
    { id: entityId },
    { matchFingerprint: match, taxFingerprint: tax, updatedAt: write.now },
  );
  await write.em.nativeDelete(EntityConflict, { $or: [{ entityId }, { otherEntityId: entityId }] });
  await markConflicts(write, [{ row: { id: entityId }, tax }]);
}

/** Whether everything that is on record about an entity comes from the caller. */
export async function isOwn(write: Writer, entityId: Id<"ent">): Promise<boolean> {
  const others = await write.rows(
    `select 1 from registration where entity_id = ? and participant_id <> ?
      union all select 1 from attestation where entity_id = ? and furnisher_id <> ? limit 1`,
    [entityId, write.actor.participantId, entityId, write.actor.participantId],
  );
  return others.length === 0;
}

/**
 * The entity that is known by this number, if there is one. The number is held from now on, and so is that by which the other is known that
 * it may be given to: whoever else speaks of either waits.
 */
export async function entityKnownAs(
  write: Writer,
  who: Identification,
  other: Pick<Entity, "matchFingerprint" | "taxFingerprint">,
): Promise<ResolvedEntity | null> {
  const { match, tax } = fingerprintsOf(write.vault, who);
  if (!match) return null;
  await write.hold(
    [match, tax, other.matchFingerprint, other.taxFingerprint].flatMap((print) => (print ? [numberHeld(print)] : [])),
  );
  const [row] = await write.rows<Omit<ResolvedEntity, "created">>(`${SELECT} where match_fingerprint = ?`, [match]);
  return row ? { ...row, created: false } : null;
}

import { canonical } from "../kernel/canonical.js";
import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import { Registration } from "../entity/entity.js";
import { resolve, type ResolvedEntity } from "../entity/resolve.js";
import { append } from "../event/append.js";
import type { CertificateProduct } from "../network/network.js";
import { Attestation, AttestationNetwork } from "./attestation.js";
import type { Check } from "./check.js";
import { earn } from "./earn.js";
import { NAMING, checksOf, type SubjectRecord } from "./record.js";
import { state } from "./statement.js";
import type { SubProductKind } from "./sub-product.js";

export interface Furnished {
  readonly networkIds: readonly Id<"net">[];
  readonly records: readonly SubjectRecord[];
}

/**
 * Makes the attestations of records that have no faults, in a submission that exists: subjects resolved, statements hashed,
 * entitlement earned, events appended. Answers how many. A number of statements that does not grow, but for inserts.
 */
export async function storeRecords(
  write: Writer,
  { networkIds, records }: Furnished,
  product: CertificateProduct,
  submissionId: Id<"sub">,
): Promise<number> {
  const naming = NAMING[product];
  const entities = await resolve(write, records.map(naming.identify));
  await know(
    write,
    entities,
    records.map((record) => canonical(naming.facts(record))),
  );
  const attestations = records.flatMap((record, index) =>
    Object.entries(checksOf(record, product)).map(([kind, check]) =>
      attest(write, submissionId, entities[index]!, kind as SubProductKind, check),
    ),
  );
  await write.insert(Attestation, attestations);
  const places = attestations.flatMap((one) => networkIds.map((networkId) => ({ ...one, networkId })));
  await write.insert(
    AttestationNetwork,
    places.map(({ id, networkId }) => ({ attestationId: id, networkId })),
  );
  await earn(write, "FURNISHING", places);
  await append(
    write,
    attestations.map(({ id, entityId }) => ({
      type: "ATTESTATION_FURNISHED",
      participantId: write.actor.participantId,
      entityId,
      subjectId: id,
    })),
  );
  return attestations.length;
}

function attest(write: Writer, submissionId: Id<"sub">, entity: ResolvedEntity, kind: SubProductKind, check: Check) {
  const id = write.newId("att");
  const furnisherId = write.actor.participantId;
  const about = { attestation: id, entity: entity.id, furnisher: furnisherId, kind, furnishedAt: write.now };
  const { text, contentHash, personal } = state(about, check);
  return {
    id,
    submissionId,
    entityId: entity.id,
    furnisherId,
    kind,
    performedAt: check.performedAt,
    furnishedAt: write.now,
    statement: text,
    contentHash,
    sealedValues: personal && write.vault.seal(entity.wrappedKey!, id, JSON.stringify(personal)),
    revokedAt: null,
    revokedReason: null,
    disputedReason: null,
  };
}

/** What the furnisher says about who each subject is, as a registration without a handle; other facts than last time are a new version. */
async function know(write: Writer, entities: readonly ResolvedEntity[], facts: readonly string[]): Promise<void> {
  const current = await write.rows<Pick<Registration, "id" | "entityId" | "factsFingerprint" | "version">>(
    `select id, entity_id as "entityId", facts_fingerprint as "factsFingerprint", version from registration
      where participant_id = ? and coalesce(handle, '') = '' and superseded_at is null and entity_id in ??`,
    [write.actor.participantId, entities.map(({ id }) => id)],
  );
  const byEntity = new Map(current.map((row) => [row.entityId, row]));
  const said = entities.map((entity, index) => {
    const plain = facts[index]!;
    return {
      entity,
      plain,
      factsFingerprint: write.vault.fingerprint("FACTS", plain),
      before: byEntity.get(entity.id),
    };
  });
  const changed = said.filter(({ before, factsFingerprint }) => before?.factsFingerprint !== factsFingerprint);
  const superseded = changed.flatMap(({ before }) => (before ? [before.id] : []));
  if (superseded.length > 0)
    await write.em.nativeUpdate(Registration, { id: { $in: superseded } }, { supersededAt: write.now });
  if (changed.length === 0) return;
  await write.insert(
    Registration,
    changed.map(({ entity, plain, factsFingerprint, before }) => ({
      id: write.newId("reg"),
      entityId: entity.id,
      participantId: write.actor.participantId,
      handle: null,
      version: (before?.version ?? 0) + 1,
      sealedFacts: write.vault.seal(entity.wrappedKey!, entity.id, plain),
      factsFingerprint,
      createdAt: write.now,
      supersededAt: null,
    })),
  );
}

import { z } from "zod";
import { canonical } from "../kernel/canonical.js";
import type { Fault } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import { faultsOf, refuse } from "../kernel/validate.js";
import { Registration } from "../entity/entity.js";
import { birthDate, furnishedFacts, name, ssn } from "../entity/facts.js";
import { resolve, type ResolvedEntity } from "../entity/resolve.js";
import { append } from "../event/append.js";
import { once } from "../idempotency/once.js";
import { permit, requireRole } from "../network/permit.js";
import { Attestation, AttestationNetwork, Submission } from "./attestation.js";
import { faultsOfChecks, type Check, type Checks } from "./check.js";
import { earn } from "./earn.js";
import { state } from "./statement.js";
import { SUB_PRODUCTS, kindsOf, type SubProductKind } from "./sub-product.js";

/** One person, and the checks that were done, each under its field name of the table. */
export interface KycRecord {
  readonly firstName: string;
  readonly lastName: string;
  readonly dateOfBirth: string;
  readonly socialSecurityNumber: string;
  readonly [fieldName: string]: unknown;
}

export interface FurnishKyc {
  readonly networkIds: readonly string[];
  readonly records: readonly KycRecord[];
  readonly idempotencyKey?: string | null;
}

export const MAX_RECORDS = 1_000;
export const MAX_NETWORKS = 10;

/** 1 to 10 networks, each once. */
export const networkList = z
  .array(z.string())
  .min(1, "Must name at least one network.")
  .max(MAX_NETWORKS, `Must name at most ${MAX_NETWORKS} networks.`)
  .refine((list) => new Set(list).size === list.length, "Must not repeat a network.");

const callSchema = z.object({
  networkIds: networkList,
  records: z
    .array(z.unknown())
    .min(1, "Must hold at least one record.")
    .max(MAX_RECORDS, `Must hold at most ${MAX_RECORDS} records in one call.`),
});

/** States checks on people to networks: every record or none. Each check becomes an attestation that never changes. */
export async function furnish(
  write: Writer,
  input: FurnishKyc,
): Promise<{ submissionId: Id<"sub">; replayed: boolean }> {
  permit(write.actor, "furnish");
  refuse(faultsOf(callSchema, input, "input"));
  refuse(faultsOfRecords(input.records, write));
  await requireRole(write, input.networkIds, "FURNISHER", "input.networkIds");
  const { idempotencyKey, ...body } = input;
  const done = await once(write, { verb: "furnishKyc", key: idempotencyKey, body }, () => store(write, input));
  return { submissionId: done.resultId, replayed: done.replayed };
}

const checksOf = (record: KycRecord): Checks =>
  Object.fromEntries(
    kindsOf("KYC")
      .map((kind) => [kind, record[SUB_PRODUCTS[kind].fieldName]] as const)
      .filter(([, check]) => check !== undefined && check !== null),
  );

function faultsOfRecords(records: readonly KycRecord[], write: Writer): Fault[] {
  const person = z.object({
    firstName: name,
    lastName: name,
    dateOfBirth: birthDate(write.now.slice(0, 10)),
    socialSecurityNumber: ssn,
  });
  const firstIndex = new Map<string, number>();
  return records.flatMap((record, index) => {
    const path = `input.records[${index}]`;
    const faults = [...faultsOf(person, record, path), ...faultsOfChecks(checksOf(record), path, write.now)];
    const who = `${record.socialSecurityNumber.replace(/\D/g, "")}|${record.dateOfBirth}`;
    const first = firstIndex.get(who);
    if (first === undefined) firstIndex.set(who, index);
    else
      faults.push({
        path,
        message: `Is about the same person as records[${first}]: put the checks of one person into one record.`,
      });
    return faults;
  });
}

async function store(write: Writer, { networkIds, records }: FurnishKyc): Promise<Id<"sub">> {
  const people = records.map(furnishedFacts);
  const entities = await resolve(
    write,
    people.map((facts) => ({
      entityType: "INDIVIDUAL",
      taxNumber: facts.socialSecurityNumber,
      dateOfBirth: facts.dateOfBirth,
    })),
  );
  await know(write, entities, people.map(canonical));
  const submissionId = write.newId("sub");
  const attestations = records.flatMap((record, index) =>
    Object.entries(checksOf(record)).map(([kind, check]) =>
      attest(write, submissionId, entities[index]!, networkIds as readonly Id<"net">[], kind as SubProductKind, check),
    ),
  );
  write.em.create(Submission, {
    id: submissionId,
    participantId: write.actor.participantId,
    recordCount: records.length,
    attestationCount: attestations.length,
    furnishedAt: write.now,
  });
  await write.flush();
  await write.insert(Attestation, attestations);
  await write.insert(
    AttestationNetwork,
    attestations.flatMap(({ id }) =>
      networkIds.map((networkId) => ({ attestationId: id, networkId: networkId as Id<"net"> })),
    ),
  );
  await earn(
    write,
    "FURNISHING",
    attestations.flatMap(({ entityId, kind }) =>
      networkIds.map((networkId) => ({ entityId, kind, networkId: networkId as Id<"net"> })),
    ),
  );
  await append(
    write,
    attestations.map(({ id, entityId }) => ({
      type: "ATTESTATION_FURNISHED",
      participantId: write.actor.participantId,
      entityId,
      subjectId: id,
    })),
  );
  return submissionId;
}

function attest(
  write: Writer,
  submissionId: Id<"sub">,
  entity: ResolvedEntity,
  networks: readonly Id<"net">[],
  kind: SubProductKind,
  check: Check,
) {
  const id = write.newId("att");
  const furnisherId = write.actor.participantId;
  const about = { attestation: id, entity: entity.id, furnisher: furnisherId, networks, kind, furnishedAt: write.now };
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
  };
}

/** What the furnisher says about who each subject is, as a registration without a handle; other facts than last time are a new version. */
async function know(write: Writer, entities: readonly ResolvedEntity[], facts: readonly string[]): Promise<void> {
  const current = await write.rows<Pick<Registration, "id" | "entityId" | "factsFingerprint" | "version">>(
    `select id, entity_id as "entityId", facts_fingerprint as "factsFingerprint", version from registration
      where participant_id = ? and handle is null and superseded_at is null and entity_id in ??`,
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

import { canonical } from "../kernel/canonical.js";
import { Failure } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import { faultsOf, refuse } from "../kernel/validate.js";
import { reopenCertificationsOf } from "../business/reopen.js";
import { retype, typesSaid } from "../business/retype.js";
import { append } from "../event/append.js";
import { permit } from "../network/permit.js";
import { Entity, Registration, type EntityType } from "./entity.js";
import {
  businessFacts,
  businessSchema,
  individualFacts,
  individualSchema,
  type BusinessFacts,
  type BusinessInput,
  type IndividualFacts,
  type IndividualInput,
} from "./facts.js";
import { entityKnownAs, isOwn, rename, resolve, type Identification, type ResolvedEntity } from "./resolve.js";

export interface Registered {
  readonly entityId: Id<"ent">;
  /** True where the handle is new; false for the same facts again and for an amendment. */
  readonly created: boolean;
}

/** Says who a person is, under a handle of one's own. The same again changes nothing; other facts are a new version. */
export async function registerIndividual(write: Writer, input: IndividualInput): Promise<Registered> {
  permit(write.actor, "registerEntity");
  refuse(faultsOf(individualSchema(write.now.slice(0, 10)), input, "input"));
  const facts = individualFacts(input);
  const { socialSecurityNumber: taxNumber, dateOfBirth } = facts;
  return register(write, input.handle, { entityType: "INDIVIDUAL", taxNumber, dateOfBirth }, facts);
}

/** Says what a business is, under a handle of one's own. The same again changes nothing; other facts are a new version. */
export async function registerBusiness(write: Writer, input: BusinessInput): Promise<Registered> {
  permit(write.actor, "registerEntity");
  refuse(faultsOf(businessSchema, input, "input"));
  const facts = businessFacts(input);
  return register(write, input.handle, { entityType: "BUSINESS", taxNumber: facts.ein, dateOfBirth: null }, facts);
}

/**
 * Whom a handle means from now on. The number decides where it is known; else the handle itself holds the entity together, so
 * that adding or correcting a number amends a person and does not make a second one.
 */
async function resolveUnder(write: Writer, handle: string, who: Identification): Promise<ResolvedEntity[]> {
  const [held] = await write.rows<Omit<ResolvedEntity, "created"> & Pick<Entity, "taxFingerprint">>(
    `select e.id, e.entity_type as "entityType", e.wrapped_key as "wrappedKey", e.match_fingerprint as "matchFingerprint", e.tax_fingerprint as "taxFingerprint"
       from registration r join entity e on e.id = r.entity_id
      where r.participant_id = ? and r.handle = ? and r.superseded_at is null and e.entity_type = ?`,
    [write.actor.participantId, handle, who.entityType],
  );
  if (!held) return resolve(write, [who]);
  if (!who.taxNumber) return [{ ...held, created: false }];
  const meant = await entityKnownAs(write, who, held);
  if (meant) return [meant];
  if (!(await isOwn(write, held.id))) return resolve(write, [who]);
  await rename(write, held.id, who);
  return [{ ...held, created: false }];
}

async function register(
  write: Writer,
  handle: string,
  who: Identification,
  facts: IndividualFacts | BusinessFacts,
): Promise<Registered> {
  const plain = canonical(facts);
  const fingerprint = write.vault.fingerprint("FACTS", plain);
  const current = await write.em.findOne(Registration, {
    participantId: write.actor.participantId,
    handle,
    supersededAt: null,
  });
  // Looked at before anybody is resolved: what was said before, and is not what others are known by any more, is not said anew.
  if (current && current.factsFingerprint === fingerprint) return { entityId: current.entityId, created: false };
  const [resolved] = await resolveUnder(write, handle, who);
  const entity = resolved!;
  if (current && current.entityId !== entity.id) await refuseOtherType(write, current.entityId, entity.entityType);
  // Who was meant by the handle before is told of too: it means somebody else from now on.
  const meant = [...new Set(current ? [current.entityId, entity.id] : [entity.id])];
  const known = meant.filter((id) => id !== entity.id || !entity.created);
  const types = entity.entityType === "BUSINESS" ? await typesSaid(write, known) : null;
  if (current) current.supersededAt = write.now;
  write.em.create(Registration, {
    id: write.newId("reg"),
    entityId: entity.id,
    participantId: write.actor.participantId,
    handle,
    version: (current?.version ?? 0) + 1,
    sealedFacts: write.vault.seal(entity.wrappedKey!, entity.id, plain),
    factsFingerprint: fingerprint,
    createdAt: write.now,
  });
  if (types) await retype(write, types);
  if (current) for (const each of new Set([entity.id, current.entityId])) await reopenCertificationsOf(write, each);
  const { participantId } = write.actor;
  await append(
    write,
    meant.map((entityId) => ({ type: "ENTITY_REGISTERED", participantId, entityId, subjectId: entityId })),
  );
  return { entityId: entity.id, created: !current };
}

/** A handle names a person or a business for as long as it is used: no amendment makes the one of the other. */
async function refuseOtherType(write: Writer, entityId: Id<"ent">, entityType: EntityType): Promise<void> {
  const named = await write.em.findOneOrFail(Entity, entityId);
  if (named.entityType === entityType) return;
  const message = `Is in use for ${named.entityType === "BUSINESS" ? "a business" : "a person"}.`;
  throw new Failure("CONFLICT", "This handle names an entity of the other type.", {
    validationDetails: [{ path: "input.handle", message }],
  });
}

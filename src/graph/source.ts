import type { EntitySchema } from "@mikro-orm/core";
import type { Actor } from "../kernel/actor.js";
import type { Prefix } from "../kernel/id.js";
import type { Instant } from "../kernel/instant.js";
import { sql, type Listed, type Sql } from "../kernel/table.js";
import { Attestation, AttestationNetwork, Submission } from "../attestation/attestation.js";
import { EARNED } from "../attestation/earn.js";
import { Certification, OwnerCertification } from "../business/certification.js";
import { Member } from "../business/member.js";
import { Certificate, CertificateBlock, QueryEvent } from "../certificate/certificate.js";
import { Consent } from "../consent/consent.js";
import { Dispute } from "../dispute/dispute.js";
import { Document } from "../document/document.js";
import { Entity, EntityConflict, Registration } from "../entity/entity.js";
import { knownTo } from "../entity/known.js";
import { Membership, Network } from "../network/network.js";
import { Participant } from "../network/participant.js";
import type { Verb } from "../network/permit.js";
import { Policy } from "../policy/policy.js";
import { Standing, Verification, VerificationCheck } from "../verification/verification.js";

/**
 * What can be read, and how one thing leads to another: said once, as data. Loaders derive from it. `visible` is the
 * predicate of a statement over the alias `t`, so that what a caller may not see never leaves the database.
 */
export interface Source<Row extends object = object> {
  readonly name: string;
  readonly table: Pick<EntitySchema, "meta">;
  /** Properties that are not read with the others, being large and seldom asked for. */
  readonly apart?: readonly string[];
  /** Which permission reading it needs; null where whatever leads to it has been permitted already. */
  readonly verb: Verb | null;
  readonly visible: (actor: Actor, now: Instant) => Sql;
  /** How a list of everything visible is read, where that is not by the table itself. */
  readonly listed?: (actor: Actor) => Listed;
  /** For sources that `node(id:)` finds: the prefix of their ids and the GraphQL type of a row. */
  readonly prefix?: Prefix;
  readonly typeOf?: (row: Row) => string;
}

const ANYBODY = (): Sql => sql("1 = 1");

/** Mine, and about the one entity where the credential is for one entity only. */
const mine =
  (owner: string, entity: string) =>
  (actor: Actor): Sql =>
    actor.entityId
      ? sql(`t.${owner} = ? and t.${entity} = ?`, actor.participantId, actor.entityId)
      : sql(`t.${owner} = ?`, actor.participantId);

const memberOf = (network: string) => (actor: Actor) =>
  sql(
    `exists (select 1 from membership m where m.network_id = ${network} and m.participant_id = ?)`,
    actor.participantId,
  );

export const PARTICIPANT: Source<Participant> = {
  name: "participant",
  table: Participant,
  verb: "viewer",
  prefix: "par",
  typeOf: () => "Participant",
  visible: ({ participantId, entityId }) =>
    entityId
      ? sql("t.id = ?", participantId)
      : sql(
          `(t.id = ? or exists (select 1 from membership a join membership b on b.network_id = a.network_id
                                 where a.participant_id = ? and b.participant_id = t.id))`,
          participantId,
          participantId,
        ),
};

export const NETWORK: Source<Network> = {
  name: "network",
  table: Network,
  verb: "viewer",
  prefix: "net",
  typeOf: () => "Network",
  visible: memberOf("t.id"),
};

/** A participant or network that a record names which the caller may read: the name goes with the record. */
export const NAMED_PARTICIPANT: Source<Participant> = {
  name: "named participant",
  table: Participant,
  verb: null,
  visible: ANYBODY,
};
export const NAMED_NETWORK: Source<Network> = { name: "named network", table: Network, verb: null, visible: ANYBODY };

export const MEMBERSHIP: Source<Membership> = {
  name: "membership",
  table: Membership,
  verb: "readMembers",
  visible: memberOf("t.network_id"),
};

export const OWN_MEMBERSHIP: Source<Membership> = {
  name: "own membership",
  table: Membership,
  verb: "viewer",
  visible: ({ participantId }) => sql("t.participant_id = ?", participantId),
};

/** Whoever registered or furnished about an entity knows it. */
export const ENTITY: Source<Entity> = {
  name: "entity",
  table: Entity,
  verb: "readEntities",
  prefix: "ent",
  typeOf: ({ entityType }) => (entityType === "BUSINESS" ? "Business" : "Individual"),
  visible: ({ participantId, entityId }) =>
    sql(
      `exists (select 1 from registration r where r.entity_id = t.id and r.participant_id = ?)${entityId ? " and t.id = ?" : ""}`,
      participantId,
      ...(entityId ? [entityId] : []),
    ),
  listed: knownTo,
};

export const REGISTRATION: Source<Registration> = {
  name: "registration",
  table: Registration,
  verb: null,
  visible: ({ participantId }) => sql("t.participant_id = ? and t.superseded_at is null", participantId),
};

export const OWN_VERSION: Source<Registration> = {
  name: "version of a registration",
  table: Registration,
  verb: null,
  visible: ({ participantId }) => sql("t.participant_id = ?", participantId),
};

export const CONFLICT: Source<EntityConflict> = {
  name: "conflict",
  table: EntityConflict,
  verb: null,
  visible: ANYBODY,
};

export const CONSENT: Source<Consent> = {
  name: "consent",
  table: Consent,
  verb: "readEntities",
  prefix: "con",
  typeOf: () => "Consent",
  visible: mine("participant_id", "entity_id"),
};

/** By its furnisher, by whoever holds a certificate that stands on it or disputed it, and by whoever is entitled to its kind. */
export const ATTESTATION: Source<Attestation> = {
  name: "attestation",
  table: Attestation,
  verb: "readAttestations",
  prefix: "att",
  typeOf: () => "Attestation",
  visible: ({ participantId, entityId }, now) =>
    sql(
      `(t.furnisher_id = ?
        or exists (select 1 from certificate_block b join certificate c on c.id = b.certificate_id
                    where b.attestation_id = t.id and c.participant_id = ?)
        or exists (select 1 from dispute d where d.attestation_id = t.id and d.raised_by_id = ?)
        or exists (select 1 from attestation_network n
                     join membership m on m.network_id = n.network_id and m.participant_id = ?
                     join entitlement e on e.participant_id = m.participant_id and e.entity_id = t.entity_id
                                       and e.network_id = n.network_id and e.kind = t.kind and ${EARNED}
                    where n.attestation_id = t.id))${entityId ? " and t.entity_id = ?" : ""}`,
      participantId,
      participantId,
      participantId,
      participantId,
      now,
      ...(entityId ? [entityId] : []),
    ),
};

/** The attestation behind a block of a certificate that the caller holds. */
export const BLOCK_ATTESTATION: Source<Attestation> = {
  name: "attestation of a block",
  table: Attestation,
  verb: null,
  visible: ANYBODY,
};

/** An attestation names the networks that the caller is in; that it was furnished elsewhere too is nobody else's business. */
export const ATTESTATION_NETWORK: Source<AttestationNetwork> = {
  name: "network of an attestation",
  table: AttestationNetwork,
  verb: null,
  visible: memberOf("t.network_id"),
};

export const SUBMISSION: Source<Submission> = {
  name: "submission",
  table: Submission,
  verb: "furnish",
  prefix: "sub",
  typeOf: () => "Submission",
  visible: ({ participantId }) => sql("t.participant_id = ?", participantId),
};

/** Whoever may see an attestation may see that it was doubted. */
export const DISPUTE: Source<Dispute> = {
  name: "dispute",
  table: Dispute,
  verb: "readDisputes",
  prefix: "dsp",
  typeOf: () => "Dispute",
  visible: (actor, now) => {
    const attestation = ATTESTATION.visible(actor, now);
    return sql(
      `exists (select 1 from attestation a where a.id = t.attestation_id and ${attestation.text.replaceAll(/\bt\./g, "a.")})`,
      ...attestation.params,
    );
  },
};

/** Published policies are for all members of the network, drafts for its governors. */
export const POLICY: Source<Policy> = {
  name: "policy",
  table: Policy,
  verb: "readPolicies",
  prefix: "pol",
  typeOf: () => "Policy",
  visible: ({ participantId }) =>
    sql(
      `exists (select 1 from membership m where m.network_id = t.network_id and m.participant_id = ?
                 and (t.status <> 'DRAFT' or m.role = 'GOVERNOR'))`,
      participantId,
    ),
};

/** The policy by which a certificate of the caller was judged, whatever has become of it or of the membership. */
export const JUDGING_POLICY: Source<Policy> = { name: "judging policy", table: Policy, verb: null, visible: ANYBODY };

export const CERTIFICATE: Source<Omit<Certificate, "jws">> = {
  name: "certificate",
  table: Certificate,
  apart: ["jws"],
  verb: "readCertificates",
  prefix: "cert",
  typeOf: () => "Certificate",
  visible: mine("participant_id", "entity_id"),
};

/** A certificate with its signed text, for whoever was shown the certificate. */
export const SIGNED_CERTIFICATE: Source<Certificate> = {
  name: "signed certificate",
  table: Certificate,
  verb: null,
  visible: ANYBODY,
};

/** The certificate that a run of the caller passed on. */
export const GROUND_CERTIFICATE: Source<Omit<Certificate, "jws">> = {
  name: "ground of a run",
  table: Certificate,
  apart: ["jws"],
  verb: null,
  visible: ({ participantId }) => sql("t.participant_id = ?", participantId),
};

export const CERTIFICATE_BLOCK: Source<CertificateBlock> = {
  name: "block",
  table: CertificateBlock,
  verb: null,
  visible: ANYBODY,
};

export const QUERY_EVENT: Source<QueryEvent> = {
  name: "query event",
  table: QueryEvent,
  verb: "readQueryEvents",
  prefix: "qev",
  typeOf: () => "QueryEvent",
  visible: mine("participant_id", "entity_id"),
};

export const VERIFICATION: Source<Verification> = {
  name: "verification",
  table: Verification,
  verb: "readVerifications",
  prefix: "ver",
  typeOf: () => "Verification",
  visible: mine("participant_id", "entity_id"),
};

export const VERIFICATION_CHECK: Source<VerificationCheck> = {
  name: "check of a verification",
  table: VerificationCheck,
  verb: null,
  visible: ANYBODY,
};

/** What verification has come to, in the caller's own eyes; with a client token, of its entity and of that entity's members. */
export const STANDING: Source<Standing> = {
  name: "standing",
  table: Standing,
  verb: "readVerifications",
  visible: ({ participantId, entityId }) =>
    entityId
      ? sql(
          `t.participant_id = ? and (t.entity_id = ? or exists (
            select 1 from member m where m.participant_id = t.participant_id and m.business_id = ?
               and m.entity_id = t.entity_id and m.unlinked_at is null))`,
          participantId,
          entityId,
          entityId,
        )
      : sql("t.participant_id = ?", participantId),
};

export const DOCUMENT: Source<Document> = {
  name: "document",
  table: Document,
  verb: "readVerifications",
  prefix: "doc",
  typeOf: () => "Document",
  visible: mine("participant_id", "entity_id"),
};

/** A member is read by whoever may read its business or, with a client token for the member, by the member itself. */
const memberOfOwn = ({ participantId, entityId }: Actor): Sql =>
  entityId
    ? sql("t.participant_id = ? and (t.business_id = ? or t.entity_id = ?)", participantId, entityId, entityId)
    : sql("t.participant_id = ?", participantId);

export const MEMBER: Source<Member> = {
  name: "member",
  table: Member,
  verb: "readEntities",
  prefix: "mem",
  typeOf: () => "Member",
  visible: memberOfOwn,
};

/** Members that are linked now. */
export const LINKED_MEMBER: Source<Member> = {
  name: "linked member",
  table: Member,
  verb: "readEntities",
  visible: (actor) => {
    const own = memberOfOwn(actor);
    return sql(`${own.text} and t.unlinked_at is null`, ...own.params);
  },
};

/** A business or person that a member names which the caller may read: who it is goes with the member. */
export const NAMED_ENTITY: Source<Entity> = { name: "named entity", table: Entity, verb: null, visible: ANYBODY };

/** A link of a chain of ownership, for whoever was shown the chain. */
export const NAMED_MEMBER: Source<Member> = {
  name: "named member",
  table: Member,
  verb: null,
  visible: ({ participantId }) => sql("t.participant_id = ?", participantId),
};

export const OWNER_CERTIFICATION: Source<OwnerCertification> = {
  name: "certification of an owner",
  table: OwnerCertification,
  verb: null,
  visible: ANYBODY,
};

export const CERTIFICATION: Source<Certification> = {
  name: "certification",
  table: Certification,
  verb: "readEntities",
  prefix: "crt",
  typeOf: () => "Certification",
  visible: mine("participant_id", "business_id"),
};

const SOURCES: readonly Source<never>[] = [
  PARTICIPANT,
  NETWORK,
  ENTITY,
  CONSENT,
  ATTESTATION,
  SUBMISSION,
  DISPUTE,
  POLICY,
  CERTIFICATE,
  QUERY_EVENT,
  VERIFICATION,
  DOCUMENT,
  MEMBER,
  CERTIFICATION,
];

/** Where `node(id:)` looks for an id with this prefix. */
export const sourceOf = (prefix: Prefix | null): Source<{ id: string }> | undefined =>
  SOURCES.find((source) => source.prefix === prefix) as Source<{ id: string }> | undefined;

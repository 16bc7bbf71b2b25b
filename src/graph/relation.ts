import { MAX_MEMBERS as MAX_MEMBERS_OF_BUSINESS } from "../business/member.js";
import {
  ATTESTATION,
  ATTESTATION_NETWORK,
  CERTIFICATE,
  CERTIFICATE_BLOCK,
  CERTIFICATION,
  CONFLICT,
  CONSENT,
  DISPUTE,
  DOCUMENT,
  LINKED_MEMBER,
  MEMBERSHIP,
  OWNER_CERTIFICATION,
  OWN_MEMBERSHIP,
  OWN_VERSION,
  POLICY,
  REGISTRATION,
  STANDING,
  VERIFICATION,
  VERIFICATION_CHECK,
  type Source,
} from "./source.js";

/** From one key to many rows: which column holds the key, in which order, at most how many. */
export interface Relation<Row extends object = object> {
  readonly name: string;
  readonly source: Source<Row>;
  readonly key: string;
  /** Over the alias `t`. Pages go by `id`, newest first. */
  readonly order: string;
  /** Null where a key can have few rows only: then nothing is ranked to count them. */
  readonly limit: number | null;
}

const relation = <Row extends object>(
  source: Source<Row>,
  key: string,
  order: string,
  limit: number | null,
  which = "",
): Relation<Row> => ({
  name: `${which} ${source.name} by ${key}`,
  source,
  key,
  order,
  limit,
});

const NEWEST_FIRST = "t.id desc";

export const MAX_MEMBERS = 1_000;

export const registrationsOfEntity = relation(REGISTRATION, "entityId", "t.handle is null, t.created_at, t.id", 10);
export const firstVersionsOfEntity = relation(OWN_VERSION, "entityId", "t.created_at, t.id", 1, "first");
export const lastVersionsOfEntity = relation(OWN_VERSION, "entityId", "t.created_at desc, t.id desc", 1, "last");
export const conflictsOfEntity = relation(CONFLICT, "entityId", "t.other_entity_id", 10);
export const consentsOfEntity = relation(CONSENT, "entityId", NEWEST_FIRST, 100);
export const attestationsOfEntity = relation(ATTESTATION, "entityId", NEWEST_FIRST, 100);
export const attestationsOfSubmission = relation(ATTESTATION, "submissionId", "t.id", 100);
export const disputesOfAttestation = relation(DISPUTE, "attestationId", NEWEST_FIRST, 20);
export const networksOfAttestation = relation(ATTESTATION_NETWORK, "attestationId", "t.network_id", 10);
export const membershipsOfNetwork = relation(MEMBERSHIP, "networkId", "t.participant_id, t.role", MAX_MEMBERS);
export const membershipsOfParticipant = relation(OWN_MEMBERSHIP, "participantId", "t.network_id, t.role", MAX_MEMBERS);
export const ownRolesInNetwork = relation(OWN_MEMBERSHIP, "networkId", "t.role", 10);
export const policiesOfNetwork = relation(POLICY, "networkId", "t.name, t.version desc", 100);
export const certificatesOfEntity = relation(CERTIFICATE, "entityId", NEWEST_FIRST, 100);
export const blocksOfCertificate = relation(CERTIFICATE_BLOCK, "certificateId", "t.position", null);

export const verificationsOfEntity = relation(VERIFICATION, "entityId", NEWEST_FIRST, 100);
export const checksOfVerification = relation(VERIFICATION_CHECK, "verificationId", "t.position", null);
export const standingsOfEntity = relation(STANDING, "entityId", "t.entity_id", null);
export const documentsOfVerification = relation(DOCUMENT, "verificationId", "t.id", 100);
export const membersOfBusiness = relation(LINKED_MEMBER, "businessId", "t.id", MAX_MEMBERS_OF_BUSINESS);
export const membershipsOfEntity = relation(LINKED_MEMBER, "entityId", "t.id", 100, "memberships,");
export const ownerCertificationsOfMember = relation(OWNER_CERTIFICATION, "memberId", "t.member_id", null);
export const certificationsOfBusiness = relation(CERTIFICATION, "businessId", NEWEST_FIRST, 100);

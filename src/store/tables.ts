import { Attestation, AttestationNetwork, Entitlement, Submission } from "../attestation/attestation.js";
import { Certification, OwnerCertification } from "../business/certification.js";
import { Member } from "../business/member.js";
import { Certificate, CertificateBlock, CoverageCheck, QueryEvent } from "../certificate/certificate.js";
import { SigningKey } from "../certificate/signing-key.js";
import { Consent } from "../consent/consent.js";
import { Document } from "../document/document.js";
import { Entity, EntityConflict, Registration, Reveal } from "../entity/entity.js";
import { Dispute } from "../dispute/dispute.js";
import { EventRow } from "../event/event.js";
import { IdempotencyKey } from "../idempotency/idempotency-key.js";
import { Moment } from "../moment/moment.js";
import { ApiKey } from "../network/api-key.js";
import { Installation } from "../network/installation.js";
import { Membership, Network, Price } from "../network/network.js";
import { Participant } from "../network/participant.js";
import { Policy } from "../policy/policy.js";
import { Callback, LevelApproval, Standing, Verification, VerificationCheck } from "../verification/verification.js";
import { Work } from "../verification/work.js";

/**
 * Every table, in the order in which they refer to one another; and standings before registrations, which would otherwise write them.
 */
export const TABLES = [
  Installation,
  Participant,
  ApiKey,
  Network,
  Membership,
  Price,
  Entity,
  Standing,
  Registration,
  EntityConflict,
  Reveal,
  Submission,
  Attestation,
  AttestationNetwork,
  Entitlement,
  Consent,
  Policy,
  QueryEvent,
  Certificate,
  CertificateBlock,
  CoverageCheck,
  Dispute,
  SigningKey,
  Verification,
  VerificationCheck,
  LevelApproval,
  Callback,
  Work,
  Document,
  Member,
  OwnerCertification,
  Certification,
  Moment,
  EventRow,
  IdempotencyKey,
];

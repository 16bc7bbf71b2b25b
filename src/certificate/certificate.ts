import { defineEntity, p, type InferEntity } from "@mikro-orm/core";
import type { Decimal } from "../kernel/decimal.js";
import type { Id } from "../kernel/id.js";
import { plusDays, type Instant } from "../kernel/instant.js";
import { never } from "../kernel/never.js";
import { sql, type Narrowing, type Sql } from "../kernel/table.js";
import { Attestation } from "../attestation/attestation.js";
import type { SubProductKind } from "../attestation/sub-product.js";
import { Consent } from "../consent/consent.js";
import { Entity } from "../entity/entity.js";
import { Network, type CertificateProduct } from "../network/network.js";
import { Participant } from "../network/participant.js";
import { Policy } from "../policy/policy.js";

export const QUERY_OUTCOMES = ["ISSUED", "NOT_SATISFIED"] as const;
export type QueryOutcome = (typeof QUERY_OUTCOMES)[number];

/** The billable record of one certificate query, with every requirement's result as it was answered. */
export const QueryEvent = defineEntity({
  name: "QueryEvent",
  tableName: "query_event",
  // Months of the ledger by the one, pages of the list by the other.
  indexes: [{ properties: ["participantId", "occurredAt"] }, { properties: ["participantId", "id"] }],
  properties: {
    id: p.text().$type<Id<"qev">>().primary(),
    participantId: () => p.manyToOne(Participant).mapToPk().joinColumn("participant_id").index(false),
    entityId: () => p.manyToOne(Entity).mapToPk().joinColumn("entity_id").index(false),
    consentId: () => p.manyToOne(Consent).mapToPk().joinColumn("consent_id").index(false),
    policyId: () => p.manyToOne(Policy).mapToPk().joinColumn("policy_id").index(false),
    outcome: p.text().$type<QueryOutcome>(),
    /** What was charged: zero for a "no". */
    price: p.text().$type<Decimal>(),
    currency: p.text(),
    /** JSON: `RequirementResult[]`. */
    requirements: p.text(),
    occurredAt: p.text().$type<Instant>(),
    certificateId: p.text().$type<Id<"cert">>().nullable(),
  },
});
export type QueryEvent = InferEntity<typeof QueryEvent>;

/**
 * What a certificate is filed under: what has happened to it, else the day on which it becomes stale; null where neither comes. Days sort
 * before words.
 */
const filedUnder = (of: "" | "t."): string =>
  `(case when ${of}revoked_at is not null then 'REVOKED' when ${of}superseded_by_id is not null then 'SUPERSEDED' when ${of}disputed_reason is not null then 'DISPUTED' else substr(${of}stale_at, 1, 10) end)`;

/**
 * A network-issued answer, assembled from attestations under one policy version at one moment. Its content never
 * changes. Its status follows its evidence: causes that happen are marked on the row when they happen, causes that
 * come with time alone are instants fixed at issue.
 */
export const Certificate = defineEntity({
  name: "Certificate",
  tableName: "certificate",
  indexes: [
    { properties: ["participantId", "id"] },
    { properties: ["entityId", "participantId"] },
    // What falls when a consent is withdrawn.
    { properties: ["consentId"] },
    // Lists by status: what is rare, or lies far behind what is newer.
    {
      name: "certificate_filed_index",
      expression: `create index certificate_filed_index on certificate (participant_id, ${filedUnder("")}, id)`,
    },
  ],
  properties: {
    id: p.text().$type<Id<"cert">>().primary(),
    product: p.text().$type<CertificateProduct>(),
    entityId: () => p.manyToOne(Entity).mapToPk().joinColumn("entity_id").index(false),
    participantId: () => p.manyToOne(Participant).mapToPk().joinColumn("participant_id").index(false),
    policyId: () => p.manyToOne(Policy).mapToPk().joinColumn("policy_id").index(false),
    consentId: () => p.manyToOne(Consent).mapToPk().joinColumn("consent_id").index(false),
    queryEventId: () => p.manyToOne(QueryEvent).mapToPk().joinColumn("query_event_id").index(false),
    issuedAt: p.text().$type<Instant>(),
    /** Space-separated, in the order of the query. */
    networkIds: p.text(),
    jws: p.text(),
    /** When the first block passes the age that its requirement allows; null where none has a limit. */
    staleAt: p.text().$type<Instant>().nullable(),
    revokedAt: p.text().$type<Instant>().nullable(),
    revokedReason: p.text().nullable(),
    supersededById: p.text().$type<Id<"cert">>().nullable(),
    /** While somebody doubts an attestation that it stands on. */
    disputedReason: p.text().nullable(),
  },
});
export type Certificate = InferEntity<typeof Certificate>;

/** One block: the attestation behind one sub-product of a certificate, and the requirement that it meets. */
export const CertificateBlock = defineEntity({
  name: "CertificateBlock",
  tableName: "certificate_block",
  // What falls, or is doubted, with an attestation; and who may see it since they hold a certificate on it.
  indexes: [{ properties: ["attestationId"] }],
  properties: {
    certificateId: () => p.manyToOne(Certificate).mapToPk().joinColumn("certificate_id").primary().index(false),
    kind: p.text().$type<SubProductKind>().primary(),
    position: p.integer(),
    requirementKey: p.text(),
    attestationId: () => p.manyToOne(Attestation).mapToPk().joinColumn("attestation_id").index(false),
    networkId: () => p.manyToOne(Network).mapToPk().joinColumn("network_id").index(false),
  },
});
export type CertificateBlock = InferEntity<typeof CertificateBlock>;

/** Somebody asked whether a policy could be met: kept for the rate limit and for the subject's history. */
export const CoverageCheck = defineEntity({
  name: "CoverageCheck",
  tableName: "coverage_check",
  indexes: [{ properties: ["participantId", "checkedAt"] }],
  properties: {
    id: p.text().$type<Id<"cov">>().primary(),
    participantId: () => p.manyToOne(Participant).mapToPk().joinColumn("participant_id").index(false),
    entityId: () => p.manyToOne(Entity).mapToPk().joinColumn("entity_id").index(false),
    consentId: () => p.manyToOne(Consent).mapToPk().joinColumn("consent_id").index(false),
    policyId: () => p.manyToOne(Policy).mapToPk().joinColumn("policy_id").index(false),
    /** What was quoted for a no: only what was said before may be charged. */
    noPrice: p.text().$type<Decimal>(),
    currency: p.text(),
    checkedAt: p.text().$type<Instant>(),
  },
});
export type CoverageCheck = InferEntity<typeof CoverageCheck>;

export const CERTIFICATE_STATUSES = ["VALID", "EXPIRING", "STALE", "DISPUTED", "REVOKED", "SUPERSEDED"] as const;
export type CertificateStatus = (typeof CERTIFICATE_STATUSES)[number];

/** A certificate warns this long before its evidence becomes too old. */
export const EXPIRING_DAYS = 30;

type Standing = Pick<Certificate, "revokedAt" | "supersededById" | "disputedReason" | "staleAt">;

/** The gravest cause wins; a newer certificate comes before age, since whoever reads should go there. */
export function certificateStatus(standing: Standing, at: Instant): CertificateStatus {
  if (standing.revokedAt) return "REVOKED";
  if (standing.supersededById) return "SUPERSEDED";
  if (standing.disputedReason) return "DISPUTED";
  if (!standing.staleAt) return "VALID";
  if (standing.staleAt <= at) return "STALE";
  return standing.staleAt <= plusDays(at, EXPIRING_DAYS) ? "EXPIRING" : "VALID";
}

/** The same decision as a condition over the alias `t`, for lists that are filtered by status. */
export function hasStatus(status: CertificateStatus, at: Instant): Sql {
  const current = "t.revoked_at is null and t.superseded_by_id is null";
  const standing = `${current} and t.disputed_reason is null`;
  const soon = plusDays(at, EXPIRING_DAYS);
  switch (status) {
    case "REVOKED":
      return sql("t.revoked_at is not null");
    case "SUPERSEDED":
      return sql("t.revoked_at is null and t.superseded_by_id is not null");
    case "STALE":
      return sql(`${standing} and t.stale_at <= ?`, at);
    case "EXPIRING":
      return sql(`${standing} and t.stale_at > ? and t.stale_at <= ?`, at, soon);
    case "VALID":
      return sql(`${standing} and (t.stale_at is null or t.stale_at > ?)`, soon);
    case "DISPUTED":
      return sql(`${current} and t.disputed_reason is not null`);
    default:
      return never(status);
  }
}

const FILED = filedUnder("t.");

/** A day within the text of a statement, and not beside it: how many lie before it is what a plan depends on. */
const dayOf = (at: Instant): string => `'${at.slice(0, 10)}'`;

/** The same once more, in pieces that are each read from what certificates are filed under: no two meet. */
function piecesOf(status: CertificateStatus, at: Instant): readonly Sql[] {
  switch (status) {
    case "REVOKED":
    case "SUPERSEDED":
    case "DISPUTED":
      return [sql(`${FILED} = '${status}'`)];
    case "STALE":
      return [sql(`${FILED} <= ${dayOf(at)} and t.stale_at <= ?`, at)];
    case "EXPIRING":
      return Array.from({ length: EXPIRING_DAYS + 1 }, (_, days) => plusDays(at, days)).map((day) =>
        sql(`${FILED} = ? and t.stale_at > ? and t.stale_at <= ?`, day.slice(0, 10), at, plusDays(at, EXPIRING_DAYS)),
      );
    // Those that hold are most of the newest: they need not be looked for.
    case "VALID":
      return [hasStatus(status, at)];
    default:
      return never(status);
  }
}

/** Any of these; all where none is named. */
export const hasAnyStatus = (
  statuses: readonly CertificateStatus[] | null | undefined,
  at: Instant,
): Narrowing | undefined => {
  if (!statuses) return undefined;
  // In whatever order they are named, it is one statement.
  const asked = CERTIFICATE_STATUSES.filter((status) => statuses.includes(status));
  const whole = asked.map((status) => hasStatus(status, at));
  const any = whole.map(({ text }) => `(${text})`).join(" or ") || "1 = 0";
  return {
    ...sql(`(${any})`, ...whole.flatMap(({ params }) => params)),
    each: asked.flatMap((status) => piecesOf(status, at)),
  };
};

/** Why a certificate does not stand as it was issued; null while it does. */
export function statusReason(certificate: Standing & Pick<Certificate, "revokedReason">, at: Instant): string | null {
  const status = certificateStatus(certificate, at);
  switch (status) {
    case "VALID":
      return null;
    case "DISPUTED":
      return certificate.disputedReason ?? null;
    case "REVOKED":
      return certificate.revokedReason ?? null;
    case "SUPERSEDED":
      return `A newer certificate was issued: ${certificate.supersededById}.`;
    case "STALE":
      return `A check passed the age that the policy allows on ${certificate.staleAt?.slice(0, 10)}.`;
    case "EXPIRING":
      return `A check passes the age that the policy allows on ${certificate.staleAt?.slice(0, 10)}.`;
    default:
      return never(status);
  }
}

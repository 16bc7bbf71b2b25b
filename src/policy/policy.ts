import { defineEntity, p, type InferEntity } from "@mikro-orm/core";
import type { Id } from "../kernel/id.js";
import type { Instant } from "../kernel/instant.js";
import type { SubProductKind } from "../attestation/sub-product.js";
import { Network, type CertificateProduct } from "../network/network.js";

export const POLICY_STATUSES = ["DRAFT", "PUBLISHED", "ARCHIVED"] as const;
export type PolicyStatus = (typeof POLICY_STATUSES)[number];

export const ATTESTATION_SELECTIONS = ["OLDEST", "FRESHEST"] as const;
export type AttestationSelection = (typeof ATTESTATION_SELECTIONS)[number];

export const CONDITION_OPERATORS = ["EQ", "IN", "GTE", "LTE", "CONTAINS"] as const;
export type ConditionOperator = (typeof CONDITION_OPERATORS)[number];

/** A demand on one data field of the attestation, by the field's name. */
export interface PolicyCondition {
  readonly field: string;
  readonly operator: ConditionOperator;
  readonly values: readonly string[];
}

/** One thing the policy asks for: any one of the kinds will do. */
export interface PolicyRequirement {
  readonly key: string;
  readonly kinds: readonly SubProductKind[];
  readonly required: boolean;
  readonly maxAgeDays: number | null;
  readonly conditions: readonly PolicyCondition[];
  /** Only evidence of these furnishers counts; null for all. */
  readonly furnisherIds: readonly string[] | null;
}

/** What a querier asks for. A published version is frozen; a change is a new version. */
export const Policy = defineEntity({
  name: "Policy",
  tableName: "policy",
  uniques: [{ properties: ["networkId", "name", "version"] }],
  properties: {
    id: p.text().$type<Id<"pol">>().primary(),
    networkId: () => p.manyToOne(Network).mapToPk().joinColumn("network_id").index(false),
    name: p.text(),
    version: p.integer(),
    product: p.text().$type<CertificateProduct>(),
    selection: p.text().$type<AttestationSelection>(),
    status: p.text().$type<PolicyStatus>(),
    /** JSON: `PolicyRequirement[]`. */
    requirements: p.text(),
    /** 1 where disputed evidence counts, else 0. */
    acceptsDisputed: p.integer(),
    /** `network:product` on the default of that network and product, null on all others: one default each. */
    defaultFor: p.text().nullable().unique(),
    createdAt: p.text().$type<Instant>(),
    publishedAt: p.text().$type<Instant>().nullable(),
  },
});
export type Policy = InferEntity<typeof Policy>;

export const requirementsOf = (policy: Pick<Policy, "requirements">): PolicyRequirement[] =>
  JSON.parse(policy.requirements) as PolicyRequirement[];

export const defaultKey = (networkId: string, product: CertificateProduct): string => `${networkId}:${product}`;

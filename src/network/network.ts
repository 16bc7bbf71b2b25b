import { defineEntity, p, type InferEntity } from "@mikro-orm/core";
import type { Decimal } from "../kernel/decimal.js";
import type { Id } from "../kernel/id.js";
import type { Instant } from "../kernel/instant.js";
import { Participant } from "./participant.js";

/** Participants that share attestations. */
export const Network = defineEntity({
  name: "Network",
  tableName: "network",
  properties: {
    id: p.text().$type<Id<"net">>().primary(),
    name: p.text().unique(),
    createdAt: p.text().$type<Instant>(),
  },
});
export type Network = InferEntity<typeof Network>;

export const NETWORK_ROLES = ["GOVERNOR", "FURNISHER", "QUERIER"] as const;
export type NetworkRole = (typeof NETWORK_ROLES)[number];

/** One role of one participant in one network. Capability only: consent is permission, entitlement is visibility. */
export const Membership = defineEntity({
  name: "Membership",
  tableName: "membership",
  indexes: [{ properties: ["participantId"] }],
  properties: {
    networkId: () => p.manyToOne(Network).mapToPk().joinColumn("network_id").primary().index(false),
    participantId: () => p.manyToOne(Participant).mapToPk().joinColumn("participant_id").primary().index(false),
    role: p.text().$type<NetworkRole>().primary(),
    grantedAt: p.text().$type<Instant>(),
  },
});
export type Membership = InferEntity<typeof Membership>;

export const CERTIFICATE_PRODUCTS = ["KYC", "KYB"] as const;
export type CertificateProduct = (typeof CERTIFICATE_PRODUCTS)[number];

/** What one certificate of a product costs in a network. A change is a new version; the highest in force counts. */
export const Price = defineEntity({
  name: "Price",
  tableName: "price",
  properties: {
    networkId: () => p.manyToOne(Network).mapToPk().joinColumn("network_id").primary().index(false),
    product: p.text().$type<CertificateProduct>().primary(),
    version: p.integer().primary(),
    amount: p.text().$type<Decimal>(),
    /** What a query costs that is answered by no: zero but where the network says otherwise. */
    noAmount: p.text().$type<Decimal>(),
    currency: p.text(),
    effectiveAt: p.text().$type<Instant>(),
  },
});
export type Price = InferEntity<typeof Price>;

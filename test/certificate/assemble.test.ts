import { assemble, type Issue } from "../../src/certificate/assemble.js";
import type { Gathered } from "../../src/certificate/gather.js";
import { SUB_PRODUCT_KINDS, type SubProductKind } from "../../src/attestation/sub-product.js";
import type { Decimal } from "../../src/kernel/decimal.js";
import { plusDays, type Instant } from "../../src/kernel/instant.js";
import type { Chosen } from "../../src/policy/evaluate.js";
import { NOON } from "../support/app.js";

const ISSUE: Issue = {
  iss: "https://gateway.example",
  certificate: "cert_1",
  queryEvent: "qev_1",
  querier: "par_1",
  issuedAt: NOON,
};

const GATHERED: Gathered = {
  consent: {
    id: "con_1",
    entityId: "ent_1",
    participantId: "par_1",
    networkId: "net_1",
    purpose: "account opening",
    kinds: "",
    grantedAt: NOON,
    expiresAt: null,
    withdrawnAt: null,
  },
  policy: {
    id: "pol_1",
    networkId: "net_1",
    name: "Own",
    version: 3,
    product: "KYC",
    selection: "OLDEST",
    status: "PUBLISHED",
    requirements: "[]",
    acceptsDisputed: 0,
    defaultFor: null,
    createdAt: NOON,
    publishedAt: NOON,
  },
  networkIds: ["net_1", "net_2"],
  price: "2.50" as Decimal,
  noPrice: "0.00" as Decimal,
  currency: "USD",
  question: {
    requirements: [],
    selection: "OLDEST",
    consented: null,
    furnishers: null,
    excluded: new Set(),
    acceptsDisputed: false,
    at: NOON,
  },
  evidence: [],
};

function chosen(kind: SubProductKind, maxAgeDays: number | null = null, performedAt: Instant = NOON): Chosen {
  const about = {
    attestation: `att_${kind}`,
    entity: "ent_1",
    furnisher: "par_2",
    kind,
    assertion: true,
  } as const;
  return {
    requirement: { key: `key_${kind}`, kinds: [kind], required: true, maxAgeDays, conditions: [], furnisherIds: null },
    evidence: {
      attestationId: about.attestation,
      kind,
      furnisherId: about.furnisher,
      networkId: "net_1",
      performedAt,
      statement: { ...about, performedAt, furnishedAt: NOON, data: {} },
      contentHash: "hash",
      revokedReason: null,
      disputedReason: null,
    },
  };
}

const staleAtOf = (...list: readonly Chosen[]): Instant | null => assemble(ISSUE, GATHERED, list).staleAt;

describe("assemble", () => {
  it("names whom and what it is about, and neither price nor purpose", () => {
    const { evidence } = chosen("LIVENESS_REVIEW");
    expect(assemble(ISSUE, GATHERED, [chosen("LIVENESS_REVIEW")])).toEqual({
      ...ISSUE,
      product: "KYC",
      subject: "ent_1",
      consent: "con_1",
      networks: ["net_1", "net_2"],
      policy: { id: "pol_1", name: "Own", version: 3 },
      staleAt: null,
      blocks: [
        {
          kind: "LIVENESS_REVIEW",
          requirement: "key_LIVENESS_REVIEW",
          network: "net_1",
          attestation: "att_LIVENESS_REVIEW",
          contentHash: "hash",
          statement: evidence.statement,
        },
      ],
    });
  });

  it("puts its blocks in the order of the table, whatever order the policy has", () => {
    const list = SUB_PRODUCT_KINDS.toReversed().map((kind) => chosen(kind));
    expect(assemble(ISSUE, GATHERED, list).blocks.map(({ kind }) => kind)).toEqual(SUB_PRODUCT_KINDS);
  });

  it("is stale when the first of its blocks is, by the age that its requirement allows", () => {
    expect(staleAtOf(chosen("LIVENESS_REVIEW", 30), chosen("ADDRESS_CAPTURE", 10), chosen("DOCUMENT_REVIEW"))).toBe(
      plusDays(NOON, 10),
    );
    expect(staleAtOf(chosen("LIVENESS_REVIEW", 30, plusDays(NOON, -25)), chosen("ADDRESS_CAPTURE", 10))).toBe(
      plusDays(NOON, 5),
    );
  });

  it("is never stale where no block has an age", () => {
    expect(staleAtOf(chosen("LIVENESS_REVIEW"), chosen("ADDRESS_CAPTURE"))).toBeNull();
    expect(staleAtOf()).toBeNull();
  });
});

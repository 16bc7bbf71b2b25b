import type { Id } from "../kernel/id.js";
import { plusDays, type Instant } from "../kernel/instant.js";
import type { Statement } from "../attestation/statement.js";
import { SUB_PRODUCT_KINDS, type SubProductKind } from "../attestation/sub-product.js";
import type { Chosen } from "../policy/evaluate.js";
import type { Gathered } from "./gather.js";

/** What a certificate's signature covers: whole, so that it can be judged without asking anybody. */
export interface CertificateDocument {
  readonly iss: string;
  readonly certificate: Id<"cert">;
  readonly product: string;
  readonly subject: Id<"ent">;
  readonly querier: Id<"par">;
  readonly consent: Id<"con">;
  readonly queryEvent: Id<"qev">;
  readonly networks: readonly Id<"net">[];
  readonly policy: { readonly id: Id<"pol">; readonly name: string; readonly version: number };
  readonly issuedAt: Instant;
  /** When the first block grows too old for its requirement; null where none has a limit. */
  readonly staleAt: Instant | null;
  readonly blocks: readonly DocumentBlock[];
}

export interface DocumentBlock {
  readonly kind: SubProductKind;
  readonly requirement: string;
  readonly network: Id<"net">;
  readonly attestation: Id<"att">;
  /** SHA-256 of the canonical statement, hex. */
  readonly contentHash: string;
  readonly statement: Statement;
}

/** The names under which a certificate is issued. */
export type Issue = Pick<CertificateDocument, "iss" | "certificate" | "queryEvent" | "querier" | "issuedAt">;

const placeOf = ({ evidence }: Chosen): number => SUB_PRODUCT_KINDS.indexOf(evidence.kind);

/** Whose consent, which policy and which networks a certificate is about. */
export interface Ground {
  readonly consent: Pick<Gathered["consent"], "id" | "entityId">;
  readonly policy: Pick<Gathered["policy"], "id" | "name" | "version" | "product">;
  readonly networkIds: Gathered["networkIds"];
}

/** The certificate as a document: its blocks in the order of the table, whatever order the policy has. */
export function assemble(issue: Issue, ground: Ground, chosen: readonly Chosen[]): CertificateDocument {
  const { id, name, version, product } = ground.policy;
  const ends = chosen.flatMap(({ requirement, evidence }) =>
    requirement.maxAgeDays === null ? [] : [plusDays(evidence.performedAt, requirement.maxAgeDays)],
  );
  return {
    ...issue,
    product,
    subject: ground.consent.entityId,
    consent: ground.consent.id,
    networks: ground.networkIds,
    policy: { id, name, version },
    staleAt: ends.toSorted()[0] ?? null,
    blocks: chosen.toSorted((a, b) => placeOf(a) - placeOf(b)).map(blockOf),
  };
}

const blockOf = ({ requirement, evidence }: Chosen): DocumentBlock => ({
  kind: evidence.kind,
  requirement: requirement.key,
  network: evidence.networkId,
  attestation: evidence.attestationId,
  contentHash: evidence.contentHash,
  statement: evidence.statement,
});

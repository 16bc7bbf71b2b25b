import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { parse } from "graphql";
import type { SubProductKind } from "../../src/attestation/sub-product.js";
import type { Id } from "../../src/kernel/id.js";

/** What every mutation is given. */
export interface Given {
  readonly input: object;
}

/** A document with the shape of what it answers. */
export const operation = <Data, Variables = Record<string, unknown>>(
  text: string,
): TypedDocumentNode<Data, Variables> => parse(text);

export const FURNISH = operation<
  {
    furnishKyc: {
      submissionId: Id<"sub">;
      replayed: boolean;
      attestations: readonly { id: Id<"att">; kind: SubProductKind }[];
    };
  },
  Given
>(`mutation Furnish($input: FurnishKycInput!) {
  furnishKyc(input: $input) { submissionId replayed attestations { id kind } }
}`);

export const REVOKE = operation<{ revokeAttestation: { attestation: { status: string } } }, Given>(
  `mutation Revoke($input: RevokeAttestationInput!) { revokeAttestation(input: $input) { attestation { status } } }`,
);

export const REGISTER = operation<
  { registerIndividual: { created: boolean; individual: { id: Id<"ent">; displayName: string } } },
  Given
>(`mutation Register($input: RegisterIndividualInput!) {
  registerIndividual(input: $input) { created individual { id displayName } }
}`);

export const RECORD_CONSENT = operation<{ recordConsent: { consent: { id: Id<"con">; status: string } } }, Given>(
  `mutation RecordConsent($input: RecordConsentInput!) { recordConsent(input: $input) { consent { id status } } }`,
);

export const WITHDRAW_CONSENT = operation<{ withdrawConsent: { consent: { status: string } } }, Given>(
  `mutation WithdrawConsent($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { consent { status } } }`,
);

export const CLIENT_TOKEN = operation<{ createClientToken: { token: string; expiresAt: string } }, Given>(
  `mutation ClientToken($input: CreateClientTokenInput!) { createClientToken(input: $input) { token expiresAt } }`,
);

export const CREATE_POLICY = operation<{ createPolicy: { policy: { id: Id<"pol"> } } }, Given>(
  `mutation CreatePolicy($input: CreatePolicyInput!) { createPolicy(input: $input) { policy { id } } }`,
);

export const PUBLISH_POLICY = operation<{ publishPolicy: { policy: { status: string } } }, Given>(
  `mutation PublishPolicy($input: PublishPolicyInput!) { publishPolicy(input: $input) { policy { status } } }`,
);

/** One requirement as it is answered. */
export interface Requirement {
  readonly key: string;
  readonly met: boolean;
  readonly reason: string;
  readonly detail: string | null;
}

export const COVERAGE = operation<
  {
    checkCoverage: {
      satisfiable: boolean;
      price: string;
      currency: string;
      requirements: readonly Requirement[];
      furnishers: readonly { furnisher: { name: string }; complete: boolean; kinds: readonly SubProductKind[] }[];
    };
  },
  Given
>(`query Coverage($input: CheckCoverageInput!) {
  checkCoverage(input: $input) {
    satisfiable price currency
    requirements { key met reason detail }
    furnishers { furnisher { name } complete kinds }
  }
}`);

/** A block of a certificate, as it names its origin. */
export interface Block {
  readonly kind: SubProductKind;
  readonly assertion: boolean;
  readonly furnisher: { readonly name: string };
  readonly attestation: { readonly id: Id<"att">; readonly contentHash: string };
}

export interface Queried {
  readonly queryCertificate: {
    readonly replayed: boolean;
    readonly requirements: readonly Requirement[];
    readonly queryEvent: {
      readonly id: Id<"qev">;
      readonly outcome: string;
      readonly charged: boolean;
      readonly price: string;
      readonly currency: string;
    };
    readonly certificate: {
      readonly id: Id<"cert">;
      readonly status: string;
      readonly jws: string;
      readonly subProducts: readonly Block[];
    } | null;
  };
}

export const QUERY = operation<Queried, Given>(`mutation Query($input: QueryCertificateInput!) {
  queryCertificate(input: $input) {
    replayed
    requirements { key met reason detail }
    queryEvent { id outcome charged price currency }
    certificate {
      id status jws
      subProducts { kind assertion furnisher { name } attestation { id contentHash } }
    }
  }
}`);

export const CERTIFICATE = operation<
  { certificate: { status: string; statusReason: string | null } | null },
  { readonly id: string }
>(`query Certificate($id: ID!) { certificate(id: $id) { status statusReason } }`);

/** One event, with the id of what it is about and what became of it. */
export interface Told {
  readonly type: string;
  readonly cursor: string;
  readonly previousCursor: string | null;
  readonly to?: string;
  readonly became?: string;
  readonly reason?: string;
  readonly certificate?: { readonly id: string };
}

export const EVENTS = operation<
  { events: { edges: readonly { node: Told }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } },
  { readonly after?: string | null; readonly first?: number; readonly entityIds?: readonly string[] }
>(`query Events($after: String, $first: Int, $entityIds: [ID!]) {
  events(after: $after, first: $first, entityIds: $entityIds) {
    pageInfo { hasNextPage endCursor }
    edges {
      node {
        type cursor previousCursor
        ... on AttestationStatusChanged { to reason }
        ... on CertificateIssued { certificate { id } }
        ... on CertificateStatusChanged { became: to reason certificate { id } }
      }
    }
  }
}`);

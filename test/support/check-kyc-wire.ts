import { TypeID } from "typeid-js";
import { operation } from "./operation.js";
import type { Wire } from "./check-kyc-example.js";

/** One operation that asks for everything that the published answer of `/check_kyc` holds, and the rule that makes the one of the other. */

interface Handled {
  readonly handle: string;
}

interface Asked {
  readonly success: boolean;
  readonly message: string;
  readonly verificationStatus: string;
  readonly validKycLevels: readonly string[];
  readonly documentsRequired: readonly { readonly id: string }[];
  readonly verificationHistory: readonly {
    readonly id: string;
    readonly status: string;
    readonly kycLevel: string;
    readonly requestedAt: string;
    readonly updatedAt: string;
    readonly reasons: readonly string[];
    readonly tags: readonly string[];
    readonly score: number | null;
    readonly parentVerification: { readonly id: string } | null;
    readonly requiredDocuments: readonly object[];
  }[];
  readonly entity: {
    readonly entityType: string;
    readonly certificationStatus?: string;
    readonly certificationHistory?: readonly {
      readonly administrator: Handled;
      readonly createdAt: string;
      readonly expiresAfter: string | null;
      readonly beneficialOwnerCertifications: readonly Handled[];
    }[];
    readonly members?: readonly {
      readonly entity: Handled & { readonly identity: { readonly firstName: string; readonly lastName: string } };
      readonly role: string;
      readonly details: string | null;
      readonly ownershipStake: string | null;
      readonly verificationStatus: string;
      readonly verificationRequired: boolean;
      readonly verification: { readonly id: string } | null;
      readonly beneficialOwnerCertificationStatus: string;
      readonly businessCertificationStatus: string;
    }[];
  };
}

export const ASK_EVERYTHING = operation<
  { checkKyc: Asked },
  { readonly handle: string }
>(`query Everything($handle: String!) {
  checkKyc(handle: $handle) {
    success message verificationStatus validKycLevels
    documentsRequired { id }
    verificationHistory {
      id status kycLevel requestedAt updatedAt reasons tags score parentVerification { id } requiredDocuments { element }
    }
    entity {
      entityType
      ... on Business {
        certificationStatus
        certificationHistory { administrator { handle } createdAt expiresAfter beneficialOwnerCertifications { handle } }
        members {
          entity { handle ... on Individual { identity { firstName lastName } } }
          role details ownershipStake verificationStatus verificationRequired verification { id }
          beneficialOwnerCertificationStatus businessCertificationStatus
        }
      }
    }
  }
}`);

const uuid = (id: string): string => TypeID.fromString(id).toUUID();
const word = (value: string): string => value.toLowerCase();
const epoch = (at: string): number => Date.parse(at) / 1_000;
const offset = (at: string): string => at.replace("Z", "+00:00");
const orNull = <From, To>(value: From | null, as: (value: From) => To): To | null =>
  value === null ? null : as(value);

const detailsUrl = (id: string): string => `https://api.silamoney.com/0.2/check_kyc/${id}/required_document_types`;

const runOf = (run: Asked["verificationHistory"][number]): Wire => ({
  verification_id: uuid(run.id),
  verification_status: word(run.status),
  kyc_level: run.kycLevel,
  requested_at: Math.floor(epoch(run.requestedAt)),
  updated_at: Math.floor(epoch(run.updatedAt)),
  reasons: run.reasons,
  tags: run.tags,
  documents_required_details_url: run.requiredDocuments.length > 0 ? detailsUrl(uuid(run.id)) : null,
  score: run.score,
  parent_verification: orNull(run.parentVerification, ({ id }) => uuid(id)),
});

const memberOf = (member: NonNullable<Asked["entity"]["members"]>[number]): Wire => ({
  user_handle: member.entity.handle,
  first_name: member.entity.identity.firstName,
  last_name: member.entity.identity.lastName,
  role: word(member.role),
  details: member.details,
  ownership_stake: orNull(member.ownershipStake, Number),
  verification_status: word(member.verificationStatus),
  verification_required: member.verificationRequired,
  verification_id: orNull(member.verification, ({ id }) => uuid(id)),
  beneficial_owner_certification_status: word(member.beneficialOwnerCertificationStatus),
  business_certification_status: word(member.businessCertificationStatus),
});

function businessOf({ certificationStatus, certificationHistory = [], members = [] }: Asked["entity"]): Wire {
  if (certificationStatus === undefined) return {};
  return {
    certification_status: word(certificationStatus),
    certification_history: certificationHistory.map(({ administrator, createdAt, expiresAfter, ...rest }) => ({
      administrator_user_handle: administrator.handle,
      created: offset(createdAt),
      created_epoch: epoch(createdAt),
      expires_after: orNull(expiresAfter, offset),
      expires_after_epoch: orNull(expiresAfter, epoch),
      beneficial_owner_certifications: rest.beneficialOwnerCertifications.map(({ handle }) => handle),
    })),
    members: members.map(memberOf),
  };
}

/** What was asked, in the published shape: snake case, words in small letters, the UUID behind an id, Unix seconds. */
export const wireOf = ({ checkKyc: asked }: { readonly checkKyc: Asked }): Wire => ({
  success: asked.success,
  status: asked.success ? "SUCCESS" : "FAILURE",
  message: asked.message,
  entity_type: word(asked.entity.entityType),
  verification_status: word(asked.verificationStatus),
  documents_required_verification_ids: asked.documentsRequired.map(({ id }) => uuid(id)),
  verification_history: asked.verificationHistory.map(runOf),
  valid_kyc_levels: asked.validKycLevels,
  ...businessOf(asked.entity),
});

/** What stands in place of a value that is not there. */
export const ABSENT = "(absent)";

type Difference = readonly [path: string, theirs: unknown, ours: unknown];

/** Every place in which two answers differ, down to the smallest. */
export function differences(theirs: unknown, ours: unknown, path = ""): Difference[] {
  if (typeof theirs !== "object" || typeof ours !== "object" || theirs === null || ours === null)
    return Object.is(theirs, ours) ? [] : [[path, theirs, ours]];
  const keys = new Set([...Object.keys(theirs), ...Object.keys(ours)]);
  return [...keys].flatMap((key) => {
    const at = Array.isArray(theirs) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
    const within = (value: object): unknown => (Object.hasOwn(value, key) ? value[key as keyof typeof value] : ABSENT);
    return differences(within(theirs), within(ours), at);
  });
}

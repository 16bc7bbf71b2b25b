import { operation, type Given } from "./operation.js";

/** What is asked about verification, as documents with the shape of their answers. */

export interface Due {
  readonly code: string;
  readonly publicMessage: string;
  readonly staffMessage: string | null;
  readonly acceptableDocuments: readonly string[];
  readonly alternatives: readonly string[];
  readonly entity: { readonly handle: string | null } | null;
}

export interface Requirements {
  readonly currentlyDue: readonly Due[];
  readonly pastDue: readonly Due[];
  readonly pendingVerification: readonly Due[];
  readonly deadline: string | null;
  readonly attemptsLeft: number | null;
}

const DUE = "code publicMessage staffMessage acceptableDocuments alternatives entity { handle }";
const REQUIREMENTS = `requirements {
  currentlyDue { ${DUE} } pastDue { ${DUE} } pendingVerification { ${DUE} } deadline attemptsLeft
}`;

/** One run of a history. */
export interface Run {
  readonly id: string;
  readonly status: string;
  readonly kycLevel: string;
  readonly attempt: number;
  readonly requestedAt: string;
  readonly updatedAt: string;
  readonly tags: readonly string[];
  readonly reasons: readonly string[];
  readonly score: number | null;
  readonly parentVerification: { readonly id: string } | null;
  readonly checks: readonly { readonly element: string; readonly outcome: string; readonly tag: string }[];
  readonly documents: readonly { readonly id: string; readonly filename: string }[];
  readonly requiredDocuments: readonly { readonly element: string; readonly acceptableDocuments: readonly string[] }[];
  readonly certificate: { readonly id: string; readonly status: string } | null;
}

export const RUN = `id status kycLevel attempt requestedAt updatedAt tags reasons score
  parentVerification { id } checks { element outcome tag } documents { id filename }
  requiredDocuments { element acceptableDocuments } certificate { id status }`;

export interface KycCheck {
  readonly success: boolean;
  readonly message: string;
  readonly verificationStatus: string;
  readonly validKycLevels: readonly string[];
  readonly documentsRequired: readonly { readonly id: string }[];
  readonly verificationHistory: readonly Run[];
  readonly entity: { readonly id: string; readonly verificationStatus: string; readonly requirements: Requirements };
}

export const CHECK_KYC = operation<{ checkKyc: KycCheck }>(`query CheckKyc($handle: String!, $kycLevel: String) {
  checkKyc(handle: $handle, kycLevel: $kycLevel) {
    success message verificationStatus validKycLevels
    documentsRequired { id }
    verificationHistory { ${RUN} }
    entity { id verificationStatus ${REQUIREMENTS} }
  }
}`);

export interface Requested {
  readonly replayed: boolean;
  readonly verification: { readonly id: string; readonly status: string; readonly attempt: number };
}

export const REQUEST = operation<{ requestVerification: Requested }, Given>(
  `mutation Request($input: RequestVerificationInput!) {
    requestVerification(input: $input) { replayed verification { id status attempt } }
  }`,
);

export const REVIEW = operation<{ reviewVerification: { verification: { status: string } } }, Given>(
  `mutation Review($input: ReviewVerificationInput!) { reviewVerification(input: $input) { verification { status } } }`,
);

export const SUBMIT_DOCUMENT = operation<{ submitDocument: { document: { id: string } } }, Given>(
  `mutation Submit($input: SubmitDocumentInput!) { submitDocument(input: $input) { document { id } } }`,
);

export const REGISTER = operation<{ registerIndividual: { individual: { id: string } } }, Given>(
  `mutation Register($input: RegisterIndividualInput!) { registerIndividual(input: $input) { individual { id } } }`,
);

export const REGISTER_BUSINESS = operation<{ registerBusiness: { business: { id: string } } }, Given>(
  `mutation RegisterBusiness($input: RegisterBusinessInput!) { registerBusiness(input: $input) { business { id } } }`,
);

export const LINK = operation<{ linkMember: { member: { id: string } } }, Given>(
  `mutation Link($input: LinkMemberInput!) { linkMember(input: $input) { member { id } } }`,
);

export const UNLINK = operation<{ unlinkMember: { business: { id: string } } }, Given>(
  `mutation Unlink($input: UnlinkMemberInput!) { unlinkMember(input: $input) { business { id } } }`,
);

export const CERTIFY_OWNER = operation<{ certifyBeneficialOwner: { member: { id: string } } }, Given>(
  `mutation CertifyOwner($input: CertifyBeneficialOwnerInput!) { certifyBeneficialOwner(input: $input) { member { id } } }`,
);

export const CERTIFY = operation<{ certifyBusiness: { certification: { id: string } } }, Given>(
  `mutation Certify($input: CertifyBusinessInput!) { certifyBusiness(input: $input) { certification { id } } }`,
);

/** One event of a run or of an entity, and what it became. */
export interface VerificationEvent {
  readonly type: string;
  readonly from?: string | null;
  readonly to?: string;
  readonly daysLeft?: number | null;
  readonly verification?: { readonly id: string };
  readonly entity?: { readonly id: string };
}

export const VERIFICATION_EVENTS = operation<
  { events: { edges: readonly { node: VerificationEvent }[] } },
  { readonly types: readonly string[] }
>(`query VerificationEvents($types: [EventType!]) {
  events(types: $types) {
    edges {
      node {
        type
        ... on VerificationStatusChanged { from to verification { id } }
        ... on EntityStatusChanged { from to entity { id } }
        ... on VerificationDeadlineNear { daysLeft verification { id } }
      }
    }
  }
}`);

/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** A residential address was captured. The address itself is not passed on. */
export type AddressCaptureInput = {
  /** Which address it is. One of residential, mailing, previous_residential. */
  addressCategory?: string | null | undefined;
  /** Whether the check holds. Where it does not, no data is given. */
  assertion?: boolean;
  /** When the check was done; not in the future. */
  performedAt: string;
};

/** A postal address. */
export type AddressInput = {
  /** City. */
  city: string;
  /** Two-letter country code (ISO 3166-1). */
  country?: string;
  /** Street and number. */
  line1: string;
  /** Apartment, suite or floor. */
  line2?: string | null | undefined;
  /** Postal code; in the US 12345 or 12345-6789. */
  postalCode: string;
  /** State; in the US two letters. */
  state: string;
};

/** The address was verified against sources. */
export type AddressVerificationInput = {
  /** Sources that matched in full. */
  addressSourceCountFullMatch?: number | null | undefined;
  /** Sources that could not tell. */
  addressSourceCountInconclusive?: number | null | undefined;
  /** Sources that did not match. */
  addressSourceCountNoMatch?: number | null | undefined;
  /** Sources that matched street and city only. */
  addressSourceCountPartialMatchStreetAndCityOnly?: number | null | undefined;
  /** Sources that matched the postal code only. */
  addressSourceCountPartialMatchZipOnly?: number | null | undefined;
  /** Which kinds of source were consulted. One of credit_bureau, public_records, utility, postal_file, telephone_directory, document. */
  addressVerificationMethods?: Array<string> | null | undefined;
  /** Which outcomes the sources gave. One of full_match, partial_match_street_and_city_only, partial_match_zip_only, no_match, inconclusive. */
  addressVerificationOutcomes?: Array<string> | null | undefined;
  /** Whether the check holds. Where it does not, no data is given. */
  assertion?: boolean;
  /** When the check was done; not in the future. */
  performedAt: string;
  /** The sources one by one; counts and totals follow from them. */
  sources?: Array<SourceOutcomeInput> | null | undefined;
  /** How many sources were consulted: the sum of the five counts. */
  totalAddressSourcesConsulted?: number | null | undefined;
};

/** Which policy is taken out of use. */
export type ArchivePolicyInput = {
  /** The policy. */
  policyId: string;
};

/** Which attestation is chosen where several would do. */
export type AttestationSelection =
  /** The one performed last. */
  | 'FRESHEST'
  /** The one performed first. */
  | 'OLDEST';

/** Whether an attestation counts. */
export type AttestationStatus =
  /** It counts. */
  | 'ACTIVE'
  /** Somebody doubts it. */
  | 'DISPUTED'
  /** Its time has passed. */
  | 'EXPIRED'
  /** Its furnisher took it back. */
  | 'REVOKED';

/** A biometric, such as a selfie, was captured. */
export type BiometricCaptureInput = {
  /** Whether the check holds. Where it does not, no data is given. */
  assertion?: boolean;
  /** Opaque reference to the captured biometric at the furnisher, never the bytes. */
  biometricArtifact?: string | null | undefined;
  /** How the biometric was captured. One of selfie, live_selfie_video, in_person_photo. */
  biometricCaptureMethod?: string | null | undefined;
  /** When the check was done; not in the future. */
  performedAt: string;
};

/** The biometric was compared against a reference. */
export type BiometricReviewInput = {
  /** Whether the check holds. Where it does not, no data is given. */
  assertion?: boolean;
  /** What the comparison found. One of match, no_match, inconclusive. */
  biometricComparisonOutcome?: string | null | undefined;
  /** What it was compared against. One of document_portrait, document_chip_portrait, prior_enrolment, issuer_record. */
  biometricComparisonReference?: string | null | undefined;
  /** Similarity, 0 to 1. */
  biometricComparisonScore?: number | null | undefined;
  /** Whether the image was good enough to compare. */
  biometricImageQualitySufficientForComparison?: boolean | null | undefined;
  /** When the check was done; not in the future. */
  performedAt: string;
};

/** That the business exists, is registered and is what it says was verified. */
export type BusinessIdentityVerificationInput = {
  /** Whether the check holds. Where it does not, no data is given. */
  assertion?: boolean;
  /** Whether registered and operating address were confirmed. One of match, partial_match, no_match, inconclusive. */
  businessAddressVerificationResult?: string | null | undefined;
  /** What kind of business it is. One of corporation, llc, lp, llp, partnership, non_profit, sole_proprietorship, trust, unincorporated_association, public_corporation. */
  businessEntityType?: string | null | undefined;
  /** Which kinds of source were consulted. One of secretary_of_state, irs, commercial_registry, credit_bureau, document. */
  businessVerificationSources?: Array<string> | null | undefined;
  /** Web address. */
  businessWebsite?: string | null | undefined;
  /** Name that it trades under. */
  doingBusinessAs?: string | null | undefined;
  /** Opaque reference to the formation document at the furnisher, never the bytes. */
  formationDocumentArtifact?: string | null | undefined;
  /** Where it was formed (ISO 3166-2), such as US-DE. */
  jurisdictionOfFormation?: string | null | undefined;
  /** Whether it was found to operate. One of operating, not_operating, inconclusive. */
  operationalExistenceStatus?: string | null | undefined;
  /** When the check was done; not in the future. */
  performedAt: string;
  /** Its number in the register. */
  registrationIdentifier?: string | null | undefined;
  /** How it stands in the register. One of active, inactive, suspended, dissolved, unknown. */
  registrationStatus?: string | null | undefined;
  /** Whether the EIN belongs to the legal name. One of match, mismatch, inconclusive. */
  taxIdentifierValidationResult?: string | null | undefined;
};

/** Who owns and controls the business was established and verified. */
export type BusinessOwnershipControlVerificationInput = {
  /** Whether the check holds. Where it does not, no data is given. */
  assertion?: boolean;
  /** Owners at or above the threshold that were found. */
  beneficialOwnersIdentifiedCount?: number | null | undefined;
  /** Of those, how many were verified. */
  beneficialOwnersVerifiedCount?: number | null | undefined;
  /** Controlling officers that were found. */
  controllingOfficersIdentifiedCount?: number | null | undefined;
  /** Of those, how many were verified. */
  controllingOfficersVerifiedCount?: number | null | undefined;
  /** From which share on an owner counts, in percent. */
  ownershipThresholdPercent?: number | null | undefined;
  /** How ownership was established. One of self_certification, registry, document, database. */
  ownershipVerificationMethods?: Array<string> | null | undefined;
  /** Whether ownership and control were verified. One of verified, partially_verified, not_verified. */
  ownershipVerificationOutcome?: string | null | undefined;
  /** When the check was done; not in the future. */
  performedAt: string;
};

/** Sanctions, adverse media and the risk of the business were assessed. */
export type BusinessRiskComplianceAssessmentInput = {
  /** Whether something adverse was found. */
  adverseMediaObserved?: boolean | null | undefined;
  /** Whether media were searched. */
  adverseMediaScreeningPerformed?: boolean | null | undefined;
  /** Whether the check holds. Where it does not, no data is given. */
  assertion?: boolean;
  /** Industry (NAICS). */
  naicsCode?: string | null | undefined;
  /** When the check was done; not in the future. */
  performedAt: string;
  /** How the risk was assessed. One of automated, manual, automated_and_manual. */
  riskAssessmentMethod?: string | null | undefined;
  /** Risk, 0 to 1. */
  riskScore?: number | null | undefined;
  /** What it came to. One of low, medium, high, prohibited. */
  riskTier?: string | null | undefined;
  /** Whether a true match was found. */
  sanctionsMatchObserved?: boolean | null | undefined;
  /** Whether sanctions lists were searched. */
  sanctionsScreeningPerformed?: boolean | null | undefined;
};

/** What kind of subject a certificate is about. */
export type CertificateProduct =
  /** A business. */
  | 'KYB'
  /** A person. */
  | 'KYC';

/** Whether a certificate still stands. Its content never changes; this does. */
export type CertificateStatus =
  /** Somebody doubts an attestation that it stands on. */
  | 'DISPUTED'
  /** Within 30 days a check passes the age that the policy allows. */
  | 'EXPIRING'
  /** An attestation was revoked, or the consent withdrawn. */
  | 'REVOKED'
  /** A check has passed the age that the policy allows. */
  | 'STALE'
  /** A newer one was issued for the same subject, policy and querier. */
  | 'SUPERSEDED'
  /** It stands as it was issued. */
  | 'VALID';

/** Whether owners have been certified as they are shown now. */
export type CertificationStatus =
  /** Nobody has to certify this. */
  | 'CERTIFICATION_NOT_REQUIRED'
  /** They have not, or something has changed since. */
  | 'CERTIFICATION_PENDING'
  /** They have. */
  | 'CERTIFIED';

/** Which beneficial owner is right as shown. */
export type CertifyBeneficialOwnerInput = {
  /** The caller's handle of the administrator who certifies; may be left out where there is only one. */
  administratorHandle?: string | null | undefined;
  /** The caller's handle of the business. */
  businessHandle: string;
  /** The member's `certificationToken`, as it was read with what is certified. */
  certificationToken: string;
  /** The caller's handle of the beneficial owner. */
  memberHandle: string;
};

/** Which business's owners are right. */
export type CertifyBusinessInput = {
  /** The caller's handle of the administrator who certifies; may be left out where there is only one. */
  administratorHandle?: string | null | undefined;
  /** The caller's handle of the business. */
  businessHandle: string;
};

/** What would be asked. */
export type CheckCoverageInput = {
  /** The subject's consent, one of the caller's own. */
  consentId: string;
  /** Accepts no evidence of these furnishers. */
  excludedFurnisherIds?: Array<string> | null | undefined;
  /** Accepts evidence of these furnishers only; of all where it is left out. */
  furnisherIds?: Array<string> | null | undefined;
  /** The networks to ask, that of the consent among them: the caller needs the role QUERIER in each. */
  networkIds: Array<string>;
  /** The policy; the default of the first network where it is left out. */
  policyId?: string | null | undefined;
  /** What kind of certificate. */
  product?: CertificateProduct | null | undefined;
};

/** What a comparison came to. */
export type CheckOutcome =
  /** Neither clearly the same nor clearly another. */
  | 'INCONCLUSIVE'
  /** The sources say the same. */
  | 'MATCH'
  /** The sources say the same but for one typing error. */
  | 'MISKEY'
  /** The sources say something else. */
  | 'MISMATCH'
  /** It was not confirmed. */
  | 'NOT_VERIFIED'
  /** A warning. */
  | 'WARNING';

/** What a finding is about. */
export type CheckedElement =
  /** The address. */
  | 'ADDRESS'
  /** The date of birth. */
  | 'DATE_OF_BIRTH'
  /** A document that was handed in. */
  | 'DOCUMENT'
  /** The employer identification number. */
  | 'EIN'
  /** Signs of fraud. */
  | 'FRAUD'
  /** The name of a person or a business. */
  | 'NAME'
  /** The telephone number. */
  | 'PHONE'
  /** Who acts for a business. */
  | 'REPRESENTATIVE'
  /** The Social Security number. */
  | 'SSN';

/** How a data field is compared with a condition's values. */
export type ConditionOperator =
  /** A list that has every one of the values. */
  | 'CONTAINS'
  /** Is the value. */
  | 'EQ'
  /** Is the value or more; for dates, that day or later. */
  | 'GTE'
  /** Is one of the values. */
  | 'IN'
  /** Is the value or less; for dates, that day or earlier. */
  | 'LTE';

/** Whether a consent counts. */
export type ConsentStatus =
  /** It counts. */
  | 'ACTIVE'
  /** Its time has passed. */
  | 'EXPIRED'
  /** The subject took it back. */
  | 'WITHDRAWN';

/** Whom a browser or phone may read, and for how long. */
export type CreateClientTokenInput = {
  /** The caller's handle of the entity. */
  handle: string;
  /** Seconds until it ends, 60 to 3600. */
  ttlSeconds?: number;
};

/** A draft of a policy. */
export type CreatePolicyInput = {
  /** Whether disputed evidence counts. */
  acceptsDisputed?: boolean;
  /** A name of its own, or that of an earlier policy, whose next version this is. */
  name: string;
  /** The network: the caller needs the role GOVERNOR there. */
  networkId: string;
  /** What kind of certificate it asks for. */
  product?: CertificateProduct;
  /** 1 to 20 requirements. */
  requirements: Array<PolicyRequirementInput>;
  /** Which attestation is chosen where several would do. */
  selection?: AttestationSelection;
};

/** Which attestation is doubted, and why. */
export type DisputeAttestationInput = {
  /** The attestation: the caller's own, or one in a network that the caller governs. */
  attestationId: string;
  /** Why. Whoever holds a certificate that stands on it reads this. */
  reason: string;
};

/** How a dispute ended. */
export type DisputeOutcome =
  /** Another attestation took its place; it is revoked. */
  | 'CORRECTED'
  /** The attestation stands. */
  | 'UPHELD'
  /** It is revoked. */
  | 'WITHDRAWN';

/** An identity document was captured. */
export type DocumentCaptureInput = {
  /** Whether the check holds. Where it does not, no data is given. */
  assertion?: boolean;
  /** Opaque reference to the captured document at the furnisher, never the bytes. */
  documentArtifact?: string | null | undefined;
  /** How the document was captured. One of mobile_live_capture, mobile_scan, web_upload, nfc_chip, in_person. */
  documentCaptureMethod?: string | null | undefined;
  /** When the document expires. */
  documentExpirationDate?: string | null | undefined;
  /** When the document was issued. */
  documentIssueDate?: string | null | undefined;
  /** Two-letter state that issued the document, or `government` for a federal issue. */
  documentIssuingState?: string | null | undefined;
  /** The document's number. */
  documentNumber?: string | null | undefined;
  /** Which document it is. One of passport, us_passport, passport_card, drivers_license, state_id, permanent_resident_card, residence_permit, visa, military_id, other. */
  documentType?: string | null | undefined;
  /** When the check was done; not in the future. */
  performedAt: string;
};

/** The document's attributes were reviewed: tampering and machine-readable data. */
export type DocumentReviewInput = {
  /** Whether the check holds. Where it does not, no data is given. */
  assertion?: boolean;
  /** How the document was reviewed. One of automated_ocr, automated, manual, automated_and_manual. */
  documentReviewMethod?: string | null | undefined;
  /** Whether signs of tampering were seen. */
  documentTamperIndicatorsObserved?: boolean | null | undefined;
  /** Whether signs of tampering were looked for. */
  documentTamperReviewPerformed?: boolean | null | undefined;
  /** Whether the machine-readable data agrees with the printed face. */
  isDocumentMachineReadableDataValidationConsistentWithDocumentFace?: boolean | null | undefined;
  /** Whether the machine-readable zone or barcode was validated. */
  isDocumentMachineReadableDataValidationPerformed?: boolean | null | undefined;
  /** When the check was done; not in the future. */
  performedAt: string;
};

/** What an entity is. */
export type EntityType =
  /** A business. */
  | 'BUSINESS'
  /** A person. */
  | 'INDIVIDUAL';

/** What has happened. */
export type EventType =
  /** The caller stated a check. */
  | 'ATTESTATION_FURNISHED'
  /** An attestation of the caller's counts no longer, or again. */
  | 'ATTESTATION_STATUS_CHANGED'
  /** The caller was issued a certificate. */
  | 'CERTIFICATE_ISSUED'
  /** A certificate of the caller's stands otherwise than before. */
  | 'CERTIFICATE_STATUS_CHANGED'
  /** The owners of a business were certified, have to be certified again, or need not be certified. */
  | 'CERTIFICATION_CHANGED'
  /** A consent has come to the end that it was given for. */
  | 'CONSENT_EXPIRED'
  /** A subject allowed the caller to query. */
  | 'CONSENT_GRANTED'
  /** A subject took a consent back. */
  | 'CONSENT_WITHDRAWN'
  /** A document came in for a run. */
  | 'DOCUMENT_RECEIVED'
  /** The caller registered an entity, or amended what it says of one. */
  | 'ENTITY_REGISTERED'
  /** What verification has come to for an entity has changed, by its own runs or by those of its members. */
  | 'ENTITY_STATUS_CHANGED'
  /** Somebody was given a role in a business. */
  | 'MEMBER_LINKED'
  /** Somebody no longer has a role in a business. */
  | 'MEMBER_UNLINKED'
  /** A run will fail soon unless somebody acts. */
  | 'VERIFICATION_DEADLINE_NEAR'
  /** A run of the caller's stands otherwise than before. */
  | 'VERIFICATION_STATUS_CHANGED';

/** Checks on businesses that the caller did, for networks in which it is a furnisher. */
export type FurnishKybInput = {
  /** The same key and body again answer the first result. */
  idempotencyKey?: string | null | undefined;
  /** The networks that may use them: the caller needs the role FURNISHER in each. */
  networkIds: Array<string>;
  /** 1 to 1000 records, each about another business. All are stored or none. */
  records: Array<KybRecordInput>;
};

/** Checks on people that the caller did, for networks in which it is a furnisher. */
export type FurnishKycInput = {
  /** The same key and body again answer the first result. */
  idempotencyKey?: string | null | undefined;
  /** The networks that may use them: the caller needs the role FURNISHER in each. */
  networkIds: Array<string>;
  /** 1 to 1000 records, each about another person. All are stored or none. */
  records: Array<KycRecordInput>;
};

/** Name, birth date and SSN were corroborated across sources, as a customer identification program asks. */
export type IdentityCorroborationInput = {
  /** Whether the check holds. Where it does not, no data is given. */
  assertion?: boolean;
  /** Which kinds of source were consulted. One of credit_bureau_match, public_records_match, database, documentary. */
  identityCorroborationMethods?: Array<string> | null | undefined;
  /** Outcomes by element, and overall. One of ssn_match, name_match, dob_match, ssn_mismatch, name_mismatch, dob_mismatch, full_match, partial_match, no_match, inconclusive. */
  identityCorroborationOutcomes?: Array<string> | null | undefined;
  /** Sources that matched in full. */
  identityCorroborationSourceCountFullMatch?: number | null | undefined;
  /** Sources that could not tell. */
  identityCorroborationSourceCountInconclusive?: number | null | undefined;
  /** Sources that did not match. */
  identityCorroborationSourceCountNoMatch?: number | null | undefined;
  /** Sources that matched in part. */
  identityCorroborationSourceCountPartialMatch?: number | null | undefined;
  /** Which elements were corroborated. One of ssn, name, dob, address. */
  identityElementsCorroborated?: Array<string> | null | undefined;
  /** When the check was done; not in the future. */
  performedAt: string;
  /** The sources one by one; counts and totals follow from them. */
  sources?: Array<SourceOutcomeInput> | null | undefined;
  /** How many sources were consulted: the sum of the four counts. */
  totalIdentityCorroborationSourcesConsulted?: number | null | undefined;
};

/** What kind of proof a document is. */
export type IdentityType =
  /** A paper that shows where somebody lives or works. */
  | 'address'
  /** A record of birth, marriage, divorce or a change of name. */
  | 'civil_record'
  /** A paper of a business. */
  | 'company'
  /** A license to drive, which names an address too. */
  | 'license'
  /** A passport. */
  | 'passport'
  /** Another proof with a photograph. */
  | 'photo_id'
  /** A paper that shows a tax number. */
  | 'tax';

/** One business and the checks that were done on it. Each check is optional; at least one is given. */
export type KybRecordInput = {
  /** That the business exists, is registered and is what it says was verified. */
  businessIdentityVerification?: BusinessIdentityVerificationInput | null | undefined;
  /** Who owns and controls the business was established and verified. */
  businessOwnershipControlVerification?: BusinessOwnershipControlVerificationInput | null | undefined;
  /** Sanctions, adverse media and the risk of the business were assessed. */
  businessRiskComplianceAssessment?: BusinessRiskComplianceAssessmentInput | null | undefined;
  /** Employer identification number, 12-3456789. */
  ein: string;
  /** Name as registered with the state. */
  legalName: string;
};

/** One person and the checks that were done on that person. Each check is optional; at least one is given. */
export type KycRecordInput = {
  /** A residential address was captured. The address itself is not passed on. */
  addressCapture?: AddressCaptureInput | null | undefined;
  /** The address was verified against sources. */
  addressVerification?: AddressVerificationInput | null | undefined;
  /** A biometric, such as a selfie, was captured. */
  biometricCapture?: BiometricCaptureInput | null | undefined;
  /** The biometric was compared against a reference. */
  biometricReview?: BiometricReviewInput | null | undefined;
  /** Date of birth. */
  dateOfBirth: string;
  /** An identity document was captured. */
  documentCapture?: DocumentCaptureInput | null | undefined;
  /** The document's attributes were reviewed: tampering and machine-readable data. */
  documentReview?: DocumentReviewInput | null | undefined;
  /** Given name, in any script. */
  firstName: string;
  /** Name, birth date and SSN were corroborated across sources, as a customer identification program asks. */
  identityCorroboration?: IdentityCorroborationInput | null | undefined;
  /** Family name, in any script. */
  lastName: string;
  /** Evidence that a living person was present was captured. */
  livenessCapture?: LivenessCaptureInput | null | undefined;
  /** The liveness evidence was reviewed. */
  livenessReview?: LivenessReviewInput | null | undefined;
  /** Nine digits, dashes allowed. */
  socialSecurityNumber: string;
};

/** Who becomes what of which business. */
export type LinkMemberInput = {
  /** The caller's handle of the business. */
  businessHandle: string;
  /** What the member is there, such as a title. */
  details?: string | null | undefined;
  /** The caller's handle of the member. A business can be a beneficial owner only. */
  memberHandle: string;
  /** Percent, more than 0 and at most 100, with up to 6 decimals. Needed for a beneficial owner, and for nobody else. Direct stakes in one business never sum over 100. */
  ownershipStake?: string | null | undefined;
  /** The role. One entity may have several, none twice. */
  role: MemberRole;
};

/** Evidence that a living person was present was captured. */
export type LivenessCaptureInput = {
  /** Whether the check holds. Where it does not, no data is given. */
  assertion?: boolean;
  /** Opaque reference to the liveness evidence at the furnisher, never the bytes. */
  livenessArtifact?: string | null | undefined;
  /** Where the evidence was captured. One of native_app, mobile_web, desktop_web, kiosk, in_branch. */
  livenessCaptureEnvironment?: string | null | undefined;
  /** When the check was done; not in the future. */
  performedAt: string;
};

/** The liveness evidence was reviewed. */
export type LivenessReviewInput = {
  /** Whether the check holds. Where it does not, no data is given. */
  assertion?: boolean;
  /** How sure the reviewer was. One of low, medium, high. */
  livenessReviewConfidenceTier?: string | null | undefined;
  /** How liveness was judged. One of passive, active_challenge, video_challenge, manual. */
  livenessReviewMethod?: string | null | undefined;
  /** What the review found. One of live, spoof_suspected, inconclusive. */
  livenessReviewOutcome?: string | null | undefined;
  /** Presentation-attack-detection level that the detector was tested at (ISO/IEC 30107-3). One of none, iso30107_3_l1, iso30107_3_l2, iso30107_3_l3. */
  padConformanceLevel?: string | null | undefined;
  /** When the check was done; not in the future. */
  performedAt: string;
};

/** What an entity is in a business. */
export type MemberRole =
  /** Somebody who acts for it here and certifies its owners. Alone, this needs no verification. */
  | 'ADMINISTRATOR'
  /** Somebody who owns a part of it: a person, or another business. */
  | 'BENEFICIAL_OWNER'
  /** Somebody who controls it. The only one cannot be unlinked. */
  | 'CONTROLLING_OFFICER';

/** What a participant may do in a network. */
export type NetworkRole =
  /** States attestations. */
  | 'FURNISHER'
  /** Writes policies. */
  | 'GOVERNOR'
  /** Asks for certificates, with the subject's consent. */
  | 'QUERIER';

/** A demand on one data field. */
export type PolicyConditionInput = {
  /** The data field's name: one of every kind that the requirement names. */
  field: string;
  /** How it is compared. */
  operator: ConditionOperator;
  /** With what, as text: `true`, `3`, `0.8`, `2026-01-31`, `live`. */
  values: Array<string>;
};

/** One thing that the policy asks for. */
export type PolicyRequirementInput = {
  /** All of these must hold. Checked against each field's type now. */
  conditions?: Array<PolicyConditionInput> | null | undefined;
  /** Only evidence of these furnishers of the network counts. */
  furnisherIds?: Array<string> | null | undefined;
  /** Its name within the policy: letters, digits, _ or -. */
  key: string;
  /** Any one of these kinds will do. A kind is named only once in a policy. */
  kinds: Array<SubProductKind>;
  /** How many days old the check may be, 1 to 36500. */
  maxAgeDays?: number | null | undefined;
  /** Whether the policy fails without it. */
  required?: boolean;
};

/** Whether a policy can be used. */
export type PolicyStatus =
  /** No longer used; certificates still show it. */
  | 'ARCHIVED'
  /** Being written; for governors alone. */
  | 'DRAFT'
  /** In use, and frozen. */
  | 'PUBLISHED';

/** Which draft is published. */
export type PublishPolicyInput = {
  /** Makes it the default of its network and product. */
  isDefault?: boolean;
  /** The draft. */
  policyId: string;
};

/** What is asked. */
export type QueryCertificateInput = {
  /** The subject's consent, one of the caller's own. */
  consentId: string;
  /** Accepts no evidence of these furnishers. */
  excludedFurnisherIds?: Array<string> | null | undefined;
  /** Accepts evidence of these furnishers only; of all where it is left out. */
  furnisherIds?: Array<string> | null | undefined;
  /** The same key and body again answer the first result, and charge nothing. */
  idempotencyKey?: string | null | undefined;
  /** Refuses, without charge, where the price is higher. */
  maxPrice?: string | null | undefined;
  /** The networks to ask, that of the consent among them: the caller needs the role QUERIER in each. */
  networkIds: Array<string>;
  /** The policy; the default of the first network where it is left out. */
  policyId?: string | null | undefined;
  /** What kind of certificate. */
  product?: CertificateProduct | null | undefined;
};

/** What a query came to. */
export type QueryOutcome =
  /** A certificate. */
  | 'ISSUED'
  /** A no, with its reasons: recorded, and free. */
  | 'NOT_SATISFIED';

/** A consent that the caller gathered from the subject. */
export type RecordConsentInput = {
  /** When the consent ends by itself. */
  expiresAt?: string | null | undefined;
  /** The caller's handle of the subject. */
  handle: string;
  /** The sub-products that the subject allowed; all of them where this is left out. */
  kinds?: Array<SubProductKind> | null | undefined;
  /** The network to query in: the caller needs the role QUERIER there. */
  networkId: string;
  /** What the subject allowed the query for. */
  purpose: string;
  /** Must be true: the caller states that the subject consented. */
  subjectConsented: boolean;
};

/** What a business is, under a handle of the caller's own. */
export type RegisterBusinessInput = {
  /** Where the business is. */
  address: AddressInput;
  /** One of corporation, llc, lp, llp, partnership, non_profit, sole_proprietorship, trust, unincorporated_association, public_corporation. */
  businessType: string;
  /** Name that it trades under. */
  doingBusinessAs?: string | null | undefined;
  /** Employer identification number, 12-3456789. Without it the business is not matched with others. */
  ein?: string | null | undefined;
  /** E-mail address. */
  email?: string | null | undefined;
  /** The caller's own name for this business, unique with the caller. */
  handle: string;
  /** Name as registered with the state. */
  legalName: string;
  /** Telephone number; outside the US with + and country code. */
  phone?: string | null | undefined;
  /** Web address, http or https. */
  website?: string | null | undefined;
};

/** Who a person is, under a handle of the caller's own. */
export type RegisterIndividualInput = {
  /** Where the person lives. */
  address: AddressInput;
  /** At least 18 years ago. */
  dateOfBirth: string;
  /** E-mail address. */
  email?: string | null | undefined;
  /** Given name, in any script. */
  firstName: string;
  /** The caller's own name for this person, unique with the caller. */
  handle: string;
  /** Family name, in any script. */
  lastName: string;
  /** Telephone number; outside the US with + and country code. */
  phone?: string | null | undefined;
  /** Nine digits, dashes allowed. Without it the person is not matched with others. */
  socialSecurityNumber?: string | null | undefined;
};

/** Whom to verify, and how thoroughly. */
export type RequestVerificationInput = {
  /** The caller's handle for the entity. */
  handle: string;
  /** Up to 255 characters: the same key and body again answers the first result. */
  idempotencyKey?: string | null | undefined;
  /** One of the entity's `validKycLevels`; the first of them where it is left out. */
  kycLevel?: string | null | undefined;
  /** The most that a certificate of the network may cost, where one answers the level; any price where it is left out. With 0, or without the scope `query`, only what costs nothing is reused. */
  maxPrice?: string | null | undefined;
};

/** Why a requirement is met or not: how far the best attestation came. */
export type RequirementReason =
  /** It does not meet a condition of the policy, or says that the check does not hold. */
  | 'CONDITION_FAILED'
  /** Somebody doubts it. */
  | 'DISPUTED'
  /** Only furnishers that the caller did not accept have attested it. */
  | 'FURNISHER_EXCLUDED'
  /** An attestation meets it. */
  | 'MET'
  /** No attestation of these kinds is visible to the caller in these networks. */
  | 'MISSING'
  /** The caller may not see it. */
  | 'NOT_ENTITLED'
  /** The subject's consent does not name these kinds. */
  | 'OUTSIDE_CONSENT'
  /** Its furnisher took it back. */
  | 'REVOKED'
  /** It is older than the policy allows. */
  | 'STALE';

/** How staff settles a run. */
export type ReviewVerificationInput = {
  /** PASSED, FAILED or, once documents were looked at, DOCUMENTS_REQUIRED. */
  outcome: VerificationStatus;
  /** Why, for staff: up to 10. Nothing that names a person. */
  reasons?: Array<string> | null | undefined;
  /** A run in REVIEW or DOCUMENTS_RECEIVED. */
  verificationId: string;
};

/** Which attestation is taken back, and why. */
export type RevokeAttestationInput = {
  /** The attestation: one of the caller's own. */
  attestationId: string;
  /** Why. Whoever holds a certificate that stands on it reads this. */
  reason: string;
};

/** How a dispute ends. */
export type SettleDisputeInput = {
  /** The disputed attestation. */
  attestationId: string;
  /** For CORRECTED: the later attestation of the same furnisher about the same subject and kind. */
  correctedById?: string | null | undefined;
  /** How it ends. */
  outcome: DisputeOutcome;
  /** Why it ends so. */
  reason: string;
};

/** The outcome at one source; counts and totals are computed from these where they are not given. */
export type SourceOutcomeInput = {
  /** Which kind of source it was. */
  method: string;
  /** What it said. */
  outcome: string;
};

/** Which check was done: one of the sub-products of a certificate. */
export type SubProductKind =
  /** A residential address was captured. The address itself is not passed on. */
  | 'ADDRESS_CAPTURE'
  /** The address was verified against sources. */
  | 'ADDRESS_VERIFICATION'
  /** A biometric, such as a selfie, was captured. */
  | 'BIOMETRIC_CAPTURE'
  /** The biometric was compared against a reference. */
  | 'BIOMETRIC_REVIEW'
  /** That the business exists, is registered and is what it says was verified. */
  | 'BUSINESS_IDENTITY_VERIFICATION'
  /** Who owns and controls the business was established and verified. */
  | 'BUSINESS_OWNERSHIP_CONTROL_VERIFICATION'
  /** Sanctions, adverse media and the risk of the business were assessed. */
  | 'BUSINESS_RISK_COMPLIANCE_ASSESSMENT'
  /** An identity document was captured. */
  | 'DOCUMENT_CAPTURE'
  /** The document's attributes were reviewed: tampering and machine-readable data. */
  | 'DOCUMENT_REVIEW'
  /** Name, birth date and SSN were corroborated across sources, as a customer identification program asks. */
  | 'IDENTITY_CORROBORATION'
  /** Evidence that a living person was present was captured. */
  | 'LIVENESS_CAPTURE'
  /** The liveness evidence was reviewed. */
  | 'LIVENESS_REVIEW';

/** A document, as text. Larger files are sent as they are, to `POST /documents`. */
export type SubmitDocumentInput = {
  /** The bytes in base64, padded and in one line: up to about 3 MB. Send larger ones to `POST /documents`. */
  contentBase64: string;
  /** One of `documentTypes`. */
  documentType: string;
  /** The file's name, without a path. Kept sealed. */
  filename: string;
  /** PDF, JPEG, PNG, HEIC, HEIF, WebP or TIFF, as a MIME type. The content must be what it says. */
  mimeType: string;
  /** The verification that it is for. */
  verificationId: string;
};

/** Who no longer is what of which business. */
export type UnlinkMemberInput = {
  /** The caller's handle of the business. */
  businessHandle: string;
  /** The caller's handle of the member. */
  memberHandle: string;
  /** The role that ends. The only controlling officer keeps it. */
  role: MemberRole;
};

/** What verification has come to. More may be added: treat what you do not know as not passed. */
export type VerificationStatus =
  /** Documents came in and are being looked at. */
  | 'DOCUMENTS_RECEIVED'
  /** Documents are needed before it can pass. */
  | 'DOCUMENTS_REQUIRED'
  /** It has failed; documents may still settle it. */
  | 'FAILED'
  /** Somebody who owns or controls the business has failed. */
  | 'MEMBER_FAILED'
  /** Somebody who owns or controls the business is under way. */
  | 'MEMBER_PENDING'
  /** Somebody who owns or controls the business is in review, or owes documents. */
  | 'MEMBER_REVIEW'
  /** Somebody who owns or controls the business was not verified yet. */
  | 'MEMBER_UNVERIFIED'
  /** It has passed. */
  | 'PASSED'
  /** It is under way. */
  | 'PENDING'
  /** Nobody could tell: documents or staff have to settle it. */
  | 'REVIEW'
  /** Nothing was asked for yet. */
  | 'UNVERIFIED'
  /** It is under way at a provider that will call back. */
  | 'WEBHOOK_PENDING';

/** Which consent ends. */
export type WithdrawConsentInput = {
  /** The consent. */
  consentId: string;
};

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { scopes: Array<string>, participant: { id: string, name: string }, networks: Array<{ id: string, name: string, roles: Array<NetworkRole>, participants: Array<{ name: string }> }> } };

export type CheckCoverageQueryVariables = Exact<{
  input: CheckCoverageInput;
}>;


export type CheckCoverageQuery = { checkCoverage: { satisfiable: boolean, price: string, currency: string, requirements: Array<{ key: string, required: boolean, met: boolean, reason: RequirementReason, detail: string | null }>, furnishers: Array<{ complete: boolean, kinds: Array<SubProductKind>, furnisher: { name: string } }> } };

export type FurnishKycMutationVariables = Exact<{
  input: FurnishKycInput;
}>;


export type FurnishKycMutation = { furnishKyc: { submissionId: string, replayed: boolean, attestations: Array<{ id: string, kind: SubProductKind, performedAt: string, contentHash: string, networks: Array<{ name: string }> }> } };

export type QueryCertificateMutationVariables = Exact<{
  input: QueryCertificateInput;
}>;


export type QueryCertificateMutation = { queryCertificate: { replayed: boolean, certificate: { id: string, status: CertificateStatus, subProducts: Array<
        | { kind: SubProductKind, performedAt: string | null, furnisher: { name: string }, attestation: { id: string, contentHash: string } }
        | { kind: SubProductKind, performedAt: string | null, furnisher: { name: string }, attestation: { id: string, contentHash: string } }
        | { kind: SubProductKind, performedAt: string | null, furnisher: { name: string }, attestation: { id: string, contentHash: string } }
        | { kind: SubProductKind, performedAt: string | null, furnisher: { name: string }, attestation: { id: string, contentHash: string } }
        | { kind: SubProductKind, performedAt: string | null, furnisher: { name: string }, attestation: { id: string, contentHash: string } }
        | { kind: SubProductKind, performedAt: string | null, furnisher: { name: string }, attestation: { id: string, contentHash: string } }
        | { kind: SubProductKind, performedAt: string | null, furnisher: { name: string }, attestation: { id: string, contentHash: string } }
        | { kind: SubProductKind, performedAt: string | null, furnisher: { name: string }, attestation: { id: string, contentHash: string } }
        | { kind: SubProductKind, performedAt: string | null, furnisher: { name: string }, attestation: { id: string, contentHash: string } }
        | { kind: SubProductKind, performedAt: string | null, furnisher: { name: string }, attestation: { id: string, contentHash: string } }
        | { kind: SubProductKind, performedAt: string | null, furnisher: { name: string }, attestation: { id: string, contentHash: string } }
        | { kind: SubProductKind, performedAt: string | null, furnisher: { name: string }, attestation: { id: string, contentHash: string } }
      > } | null, requirements: Array<{ key: string, met: boolean, reason: RequirementReason, detail: string | null }>, queryEvent: { id: string, outcome: QueryOutcome, charged: boolean, price: string, currency: string } } };

export type CertificatesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  status?: Array<CertificateStatus> | CertificateStatus | null | undefined;
}>;


export type CertificatesQuery = { certificates: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, status: CertificateStatus, issuedAt: string, subject:
          | { displayName: string }
          | { displayName: string }
        , subProducts: Array<
          | { kind: SubProductKind, performedAt: string | null, attestation: { id: string, status: AttestationStatus }, furnisher: { name: string }, network: { name: string } }
          | { kind: SubProductKind, performedAt: string | null, attestation: { id: string, status: AttestationStatus }, furnisher: { name: string }, network: { name: string } }
          | { kind: SubProductKind, performedAt: string | null, attestation: { id: string, status: AttestationStatus }, furnisher: { name: string }, network: { name: string } }
          | { kind: SubProductKind, performedAt: string | null, attestation: { id: string, status: AttestationStatus }, furnisher: { name: string }, network: { name: string } }
          | { kind: SubProductKind, performedAt: string | null, attestation: { id: string, status: AttestationStatus }, furnisher: { name: string }, network: { name: string } }
          | { kind: SubProductKind, performedAt: string | null, attestation: { id: string, status: AttestationStatus }, furnisher: { name: string }, network: { name: string } }
          | { kind: SubProductKind, performedAt: string | null, attestation: { id: string, status: AttestationStatus }, furnisher: { name: string }, network: { name: string } }
          | { kind: SubProductKind, performedAt: string | null, attestation: { id: string, status: AttestationStatus }, furnisher: { name: string }, network: { name: string } }
          | { kind: SubProductKind, performedAt: string | null, attestation: { id: string, status: AttestationStatus }, furnisher: { name: string }, network: { name: string } }
          | { kind: SubProductKind, performedAt: string | null, attestation: { id: string, status: AttestationStatus }, furnisher: { name: string }, network: { name: string } }
          | { kind: SubProductKind, performedAt: string | null, attestation: { id: string, status: AttestationStatus }, furnisher: { name: string }, network: { name: string } }
          | { kind: SubProductKind, performedAt: string | null, attestation: { id: string, status: AttestationStatus }, furnisher: { name: string }, network: { name: string } }
        > } }> } };

export type CertificateQueryVariables = Exact<{
  id: string;
}>;


export type CertificateQuery = { certificate: { id: string, product: CertificateProduct, status: CertificateStatus, statusReason: string | null, issuedAt: string, asOf: string, jws: string, subject:
      | { handle: string | null, displayName: string }
      | { handle: string | null, displayName: string }
    , policy: { name: string, version: number }, networks: Array<{ name: string }>, queryEvent: { price: string, currency: string }, documentCapture: { furnisher: { name: string }, data: { documentType: string | null, documentNumber: string | null, documentExpirationDate: string | null } } | null, documentReview: { attestation: { status: AttestationStatus, statusReason: string | null }, data: { documentReviewMethod: string | null, documentTamperIndicatorsObserved: boolean | null } } | null, livenessReview: { data: { livenessReviewOutcome: string | null, livenessReviewConfidenceTier: string | null } } | null, addressVerification: { data: { addressVerificationMethods: Array<string> | null, addressVerificationOutcomes: Array<string> | null, totalAddressSourcesConsulted: number | null, addressSourceCountFullMatch: number | null, addressSourceCountPartialMatchZipOnly: number | null } } | null } | null };

export type RevokeAttestationMutationVariables = Exact<{
  input: RevokeAttestationInput;
}>;


export type RevokeAttestationMutation = { revokeAttestation: { attestation: { id: string, kind: SubProductKind, status: AttestationStatus, statusReason: string | null, subject:
        | { id: string }
        | { id: string }
       | null } } };

export type EntityQueryVariables = Exact<{
  handle: string;
}>;


export type EntityQuery = { entity:
    | { id: string, entityType: EntityType, handle: string | null, displayName: string, createdAt: string, requirements: { currentlyDue: Array<{ code: string, publicMessage: string, staffMessage: string | null }> }, consents: Array<{ id: string, purpose: string, status: ConsentStatus, grantedAt: string, network: { name: string } }>, attestations: { totalCount: number, edges: Array<{ node: { kind: SubProductKind, status: AttestationStatus, performedAt: string, furnisher: { name: string } } }> }, certificates: { edges: Array<{ node: { id: string, status: CertificateStatus, statusReason: string | null } }> } }
    | { id: string, entityType: EntityType, handle: string | null, displayName: string, createdAt: string, identity: { firstName: string | null, lastName: string | null, dateOfBirth: string | null, socialSecurityNumber: string | null, email: string | null, phone: string | null, address: { line1: string | null, city: string | null, state: string | null } | null } | null, requirements: { currentlyDue: Array<{ code: string, publicMessage: string, staffMessage: string | null }> }, consents: Array<{ id: string, purpose: string, status: ConsentStatus, grantedAt: string, network: { name: string } }>, attestations: { totalCount: number, edges: Array<{ node: { kind: SubProductKind, status: AttestationStatus, performedAt: string, furnisher: { name: string } } }> }, certificates: { edges: Array<{ node: { id: string, status: CertificateStatus, statusReason: string | null } }> } }
   | null };

export type EntitiesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  entityType?: EntityType | null | undefined;
}>;


export type EntitiesQuery = { entities: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node:
        | { id: string, entityType: EntityType, handle: string | null, displayName: string }
        | { id: string, entityType: EntityType, handle: string | null, displayName: string }
       }> } };

export type RecordConsentMutationVariables = Exact<{
  input: RecordConsentInput;
}>;


export type RecordConsentMutation = { recordConsent: { consent: { id: string, purpose: string, status: ConsentStatus, kinds: Array<SubProductKind>, grantedAt: string, expiresAt: string | null, subject:
        | { handle: string | null }
        | { handle: string | null }
      , grantedTo: { name: string }, network: { name: string } } } };

export type WithdrawConsentMutationVariables = Exact<{
  input: WithdrawConsentInput;
}>;


export type WithdrawConsentMutation = { withdrawConsent: { consent: { id: string, status: ConsentStatus, withdrawnAt: string | null, subject:
        | { certificates: { edges: Array<{ node: { status: CertificateStatus, statusReason: string | null } }> } }
        | { certificates: { edges: Array<{ node: { status: CertificateStatus, statusReason: string | null } }> } }
       } } };

export type RegisterIndividualMutationVariables = Exact<{
  input: RegisterIndividualInput;
}>;


export type RegisterIndividualMutation = { registerIndividual: { created: boolean, individual: { id: string, handle: string | null, displayName: string, identity: { dateOfBirth: string | null, socialSecurityNumber: string | null, phone: string | null } | null } } };

export type RegisterBusinessMutationVariables = Exact<{
  input: RegisterBusinessInput;
}>;


export type RegisterBusinessMutation = { registerBusiness: { created: boolean, business: { id: string, handle: string | null, displayName: string, businessType: string, identity: { legalName: string | null, ein: string | null, website: string | null } | null } } };

export type EventsQueryVariables = Exact<{
  after?: string | null | undefined;
  types?: Array<EventType> | EventType | null | undefined;
  entityIds?: Array<string> | string | null | undefined;
  first?: number | null | undefined;
}>;


export type EventsQuery = { events: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node:
        | { __typename: 'AttestationFurnished', cursor: string, previousCursor: string | null, occurredAt: string }
        | { __typename: 'AttestationStatusChanged', cursor: string, previousCursor: string | null, occurredAt: string }
        | { __typename: 'CertificateIssued', cursor: string, previousCursor: string | null, occurredAt: string, certificate: { id: string, subject:
              | { handle: string | null }
              | { handle: string | null }
             } }
        | { __typename: 'CertificateStatusChanged', from: CertificateStatus | null, to: CertificateStatus, reason: string | null, cursor: string, previousCursor: string | null, occurredAt: string, certificate: { id: string, status: CertificateStatus } }
        | { __typename: 'CertificationChanged', cursor: string, previousCursor: string | null, occurredAt: string }
        | { __typename: 'ConsentExpired', cursor: string, previousCursor: string | null, occurredAt: string }
        | { __typename: 'ConsentGranted', cursor: string, previousCursor: string | null, occurredAt: string }
        | { __typename: 'ConsentWithdrawn', cursor: string, previousCursor: string | null, occurredAt: string, consent: { id: string, status: ConsentStatus } }
        | { __typename: 'DocumentReceived', cursor: string, previousCursor: string | null, occurredAt: string }
        | { __typename: 'EntityRegistered', cursor: string, previousCursor: string | null, occurredAt: string }
        | { __typename: 'EntityStatusChanged', cursor: string, previousCursor: string | null, occurredAt: string }
        | { __typename: 'MemberLinked', cursor: string, previousCursor: string | null, occurredAt: string }
        | { __typename: 'MemberUnlinked', cursor: string, previousCursor: string | null, occurredAt: string }
        | { __typename: 'VerificationDeadlineNear', cursor: string, previousCursor: string | null, occurredAt: string }
        | { __typename: 'VerificationStatusChanged', cursor: string, previousCursor: string | null, occurredAt: string }
       }> } };

export type QueryEventsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type QueryEventsQuery = { queryEvents: { totalCount: number, edges: Array<{ node: { id: string, occurredAt: string, outcome: QueryOutcome, charged: boolean, price: string, currency: string, subject:
          | { handle: string | null }
          | { handle: string | null }
        , policy: { name: string, version: number }, certificate: { id: string } | null } }> } };

export type PoliciesQueryVariables = Exact<{
  networkId?: string | null | undefined;
}>;


export type PoliciesQuery = { policies: Array<{ id: string, name: string, version: number, product: CertificateProduct, status: PolicyStatus, isDefault: boolean, selection: AttestationSelection, network: { name: string }, requirements: Array<{ key: string, kinds: Array<SubProductKind>, required: boolean, maxAgeDays: number | null, conditions: Array<{ field: string, operator: ConditionOperator, values: Array<string> }> }> }> };

export type CreatePolicyMutationVariables = Exact<{
  input: CreatePolicyInput;
}>;


export type CreatePolicyMutation = { createPolicy: { policy: { id: string, name: string, version: number, status: PolicyStatus, selection: AttestationSelection, requirements: Array<{ key: string, kinds: Array<SubProductKind>, maxAgeDays: number | null, conditions: Array<{ field: string, operator: ConditionOperator, values: Array<string> }> }> } } };

export type PublishPolicyMutationVariables = Exact<{
  input: PublishPolicyInput;
}>;


export type PublishPolicyMutation = { publishPolicy: { policy: { id: string, name: string, version: number, status: PolicyStatus, isDefault: boolean } } };

export type NodesQueryVariables = Exact<{
  ids: Array<string> | string;
}>;


export type NodesQuery = { nodes: Array<
    | { __typename: 'Attestation', id: string }
    | { __typename: 'Business', displayName: string, id: string }
    | { __typename: 'Certificate', status: CertificateStatus, id: string }
    | { __typename: 'Certification', id: string }
    | { __typename: 'Consent', purpose: string, id: string }
    | { __typename: 'Dispute', id: string }
    | { __typename: 'Document', id: string }
    | { __typename: 'Individual', displayName: string, id: string }
    | { __typename: 'Member', id: string }
    | { __typename: 'Network', id: string }
    | { __typename: 'Participant', name: string, id: string }
    | { __typename: 'Policy', name: string, id: string }
    | { __typename: 'QueryEvent', id: string }
    | { __typename: 'Submission', id: string }
    | { __typename: 'Verification', id: string }
   | null> };

export type RevealIdentityQueryVariables = Exact<{
  handle: string;
  reason: string;
}>;


export type RevealIdentityQuery = { entity:
    | { identity: { firstName: string | null, lastName: string | null, dateOfBirth: string | null, socialSecurityNumber: string | null } | null }
    | Record<PropertyKey, never>
   | null };

export type CreateClientTokenMutationVariables = Exact<{
  input: CreateClientTokenInput;
}>;


export type CreateClientTokenMutation = { createClientToken: { token: string, expiresAt: string } };

export type AttestationQueryVariables = Exact<{
  id: string;
}>;


export type AttestationQuery = { attestation: { id: string, kind: SubProductKind, status: AttestationStatus, performedAt: string, furnishedAt: string, contentHash: string, statement: string | null, furnisher: { name: string }, networks: Array<{ name: string }>, subject:
      | { displayName: string }
      | { displayName: string }
     | null } | null };

export type FurnishKybMutationVariables = Exact<{
  input: FurnishKybInput;
}>;


export type FurnishKybMutation = { furnishKyb: { submissionId: string, attestations: Array<{ id: string, kind: SubProductKind, subject:
        | { displayName: string }
        | { displayName: string }
       | null }> } };

export type QueryBusinessCertificateMutationVariables = Exact<{
  input: QueryCertificateInput;
}>;


export type QueryBusinessCertificateMutation = { queryCertificate: { certificate: { id: string, product: CertificateProduct, subject:
        | { displayName: string }
        | { displayName: string }
      , policy: { name: string }, businessIdentityVerification: { furnisher: { name: string }, data: { registrationStatus: string | null, jurisdictionOfFormation: string | null, taxIdentifierValidationResult: string | null } } | null, businessOwnershipControlVerification: { data: { ownershipVerificationOutcome: string | null, beneficialOwnersVerifiedCount: number | null } } | null, businessRiskComplianceAssessment: { data: { riskTier: string | null, sanctionsMatchObserved: boolean | null } } | null } | null, requirements: Array<{ key: string, reason: RequirementReason }>, queryEvent: { price: string, currency: string } } };

export type DisputeAttestationMutationVariables = Exact<{
  input: DisputeAttestationInput;
}>;


export type DisputeAttestationMutation = { disputeAttestation: { dispute: { id: string, reason: string, raisedAt: string, outcome: DisputeOutcome | null, attestation: { kind: SubProductKind, status: AttestationStatus, statusReason: string | null } } } };

export type SettleDisputeMutationVariables = Exact<{
  input: SettleDisputeInput;
}>;


export type SettleDisputeMutation = { settleDispute: { dispute: { outcome: DisputeOutcome | null, settledReason: string | null, settledAt: string | null, raisedBy: { name: string }, attestation: { status: AttestationStatus } } } };

export type LedgerQueryVariables = Exact<{ [key: string]: never; }>;


export type LedgerQuery = { ledger: { month: string, lines: Array<{ product: CertificateProduct, outcome: QueryOutcome, currency: string, count: number, amount: string }> } };

export type ArchivePolicyMutationVariables = Exact<{
  input: ArchivePolicyInput;
}>;


export type ArchivePolicyMutation = { archivePolicy: { policy: { name: string, status: PolicyStatus, isDefault: boolean } } };

export type CheckKycQueryVariables = Exact<{
  handle: string;
  kycLevel?: string | null | undefined;
}>;


export type CheckKycQuery = { checkKyc: { success: boolean, message: string, verificationStatus: VerificationStatus, validKycLevels: Array<string>, entity:
      | { id: string, displayName: string }
      | { id: string, displayName: string }
    , documentsRequired: Array<{ id: string, requiredDocuments: Array<{ element: CheckedElement, acceptableDocuments: Array<string> }> }>, verificationHistory: Array<{ id: string, kycLevel: string, status: VerificationStatus, attempt: number, requestedAt: string, updatedAt: string, score: number | null, tags: Array<string>, reasons: Array<string> }> } };

export type CheckKycBusinessQueryVariables = Exact<{
  handle: string;
}>;


export type CheckKycBusinessQuery = { checkKyc: { success: boolean, message: string, verificationStatus: VerificationStatus, entity:
      | { certificationStatus: CertificationStatus, id: string, displayName: string, members: Array<{ id: string, role: MemberRole, details: string | null, ownershipStake: string | null, verificationRequired: boolean, verificationStatus: VerificationStatus, beneficialOwnerCertificationStatus: CertificationStatus, businessCertificationStatus: CertificationStatus, entity:
            | { id: string, entityType: EntityType, handle: string | null, displayName: string }
            | { id: string, entityType: EntityType, handle: string | null, displayName: string }
           }>, certificationHistory: Array<{ id: string, createdAt: string, expiresAfter: string | null, administrator:
            | { handle: string | null }
            | { handle: string | null }
          , beneficialOwnerCertifications: Array<
            | { handle: string | null }
            | { handle: string | null }
          > }> }
      | { id: string, displayName: string }
    , verificationHistory: Array<{ id: string, kycLevel: string, status: VerificationStatus }> } };

export type RequestVerificationMutationVariables = Exact<{
  input: RequestVerificationInput;
}>;


export type RequestVerificationMutation = { requestVerification: { replayed: boolean, verification: { id: string, status: VerificationStatus, kycLevel: string, attempt: number, requestedAt: string, requirements: { pendingVerification: Array<{ code: string, publicMessage: string }> }, entity:
        | { handle: string | null, verificationStatus: VerificationStatus }
        | { handle: string | null, verificationStatus: VerificationStatus }
       } } };

export type ReviewVerificationMutationVariables = Exact<{
  input: ReviewVerificationInput;
}>;


export type ReviewVerificationMutation = { reviewVerification: { verification: { id: string, status: VerificationStatus, reasons: Array<string>, updatedAt: string, entity:
        | { handle: string | null, verificationStatus: VerificationStatus, memberships: Array<{ role: MemberRole, business: { handle: string | null, verificationStatus: VerificationStatus } }> }
        | { handle: string | null, verificationStatus: VerificationStatus, memberships: Array<{ role: MemberRole, business: { handle: string | null, verificationStatus: VerificationStatus } }> }
       } } };

export type SubmitDocumentMutationVariables = Exact<{
  input: SubmitDocumentInput;
}>;


export type SubmitDocumentMutation = { submitDocument: { document: { id: string, documentType: string, mimeType: string, sizeBytes: number, sha256: string, receivedAt: string, verification: { id: string, status: VerificationStatus, requirements: { pendingVerification: Array<{ code: string, publicMessage: string }> } } | null } } };

export type LinkMemberMutationVariables = Exact<{
  input: LinkMemberInput;
}>;


export type LinkMemberMutation = { linkMember: { member: { id: string, role: MemberRole, details: string | null, linkedAt: string, verificationRequired: boolean, verificationStatus: VerificationStatus, entity:
        | { handle: string | null, displayName: string }
        | { handle: string | null, displayName: string }
      , business: { handle: string | null, verificationStatus: VerificationStatus, certificationStatus: CertificationStatus } } } };

export type UnlinkMemberMutationVariables = Exact<{
  input: UnlinkMemberInput;
}>;


export type UnlinkMemberMutation = { unlinkMember: { business: { id: string, verificationStatus: VerificationStatus, certificationStatus: CertificationStatus, members: Array<{ role: MemberRole, ownershipStake: string | null, entity:
          | { handle: string | null }
          | { handle: string | null }
         }> } } };

export type CertifyMutationVariables = Exact<{
  owner: CertifyBeneficialOwnerInput;
  business: CertifyBusinessInput;
}>;


export type CertifyMutation = { certifyBeneficialOwner: { member: { id: string, beneficialOwnerCertificationStatus: CertificationStatus } }, certifyBusiness: { certification: { id: string, createdAt: string, expiresAfter: string | null, administrator:
        | { handle: string | null }
        | { handle: string | null }
      , beneficialOwnerCertifications: Array<
        | { handle: string | null, displayName: string }
        | { handle: string | null, displayName: string }
      >, business: { handle: string | null, certificationStatus: CertificationStatus } } } };

export type BeneficialOwnersQueryVariables = Exact<{
  handle: string;
  threshold?: string | null | undefined;
}>;


export type BeneficialOwnersQuery = { entity:
    | { id: string, displayName: string, beneficialOwners: Array<{ percentage: string, person: { handle: string | null, displayName: string, verificationStatus: VerificationStatus }, paths: Array<Array<{ ownershipStake: string | null, business: { handle: string | null }, entity:
            | { handle: string | null }
            | { handle: string | null }
           }>> }> }
    | { id: string, displayName: string }
   | null };

export type RequirementsQueryVariables = Exact<{
  handle: string;
}>;


export type RequirementsQuery = { entity:
    | { id: string, verificationStatus: VerificationStatus, validKycLevels: Array<string>, requirements: { deadline: string | null, attemptsLeft: number | null, currentlyDue: Array<{ code: string, publicMessage: string, staffMessage: string | null, acceptableDocuments: Array<string>, alternatives: Array<string>, entity:
            | { handle: string | null }
            | { handle: string | null }
           | null, verification: { id: string, kycLevel: string } | null }>, pastDue: Array<{ code: string, publicMessage: string, staffMessage: string | null, acceptableDocuments: Array<string>, alternatives: Array<string>, entity:
            | { handle: string | null }
            | { handle: string | null }
           | null, verification: { id: string, kycLevel: string } | null }>, pendingVerification: Array<{ code: string, publicMessage: string, staffMessage: string | null, acceptableDocuments: Array<string>, alternatives: Array<string>, entity:
            | { handle: string | null }
            | { handle: string | null }
           | null, verification: { id: string, kycLevel: string } | null }> } }
    | { id: string, verificationStatus: VerificationStatus, validKycLevels: Array<string>, requirements: { deadline: string | null, attemptsLeft: number | null, currentlyDue: Array<{ code: string, publicMessage: string, staffMessage: string | null, acceptableDocuments: Array<string>, alternatives: Array<string>, entity:
            | { handle: string | null }
            | { handle: string | null }
           | null, verification: { id: string, kycLevel: string } | null }>, pastDue: Array<{ code: string, publicMessage: string, staffMessage: string | null, acceptableDocuments: Array<string>, alternatives: Array<string>, entity:
            | { handle: string | null }
            | { handle: string | null }
           | null, verification: { id: string, kycLevel: string } | null }>, pendingVerification: Array<{ code: string, publicMessage: string, staffMessage: string | null, acceptableDocuments: Array<string>, alternatives: Array<string>, entity:
            | { handle: string | null }
            | { handle: string | null }
           | null, verification: { id: string, kycLevel: string } | null }> } }
   | null };

export type DueFragment = { code: string, publicMessage: string, staffMessage: string | null, acceptableDocuments: Array<string>, alternatives: Array<string>, entity:
    | { handle: string | null }
    | { handle: string | null }
   | null, verification: { id: string, kycLevel: string } | null };

export type VerificationsQueryVariables = Exact<{
  status?: Array<VerificationStatus> | VerificationStatus | null | undefined;
  kycLevel?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type VerificationsQuery = { verifications: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, status: VerificationStatus, kycLevel: string, attempt: number, requestedAt: string, score: number | null, checks: Array<{ element: CheckedElement, outcome: CheckOutcome, tag: string }>, certificate: { id: string, status: CertificateStatus } | null, documents: Array<{ id: string, documentType: string, receivedAt: string }>, requirements: { deadline: string | null }, entity:
          | { id: string, handle: string | null, displayName: string }
          | { id: string, handle: string | null, displayName: string }
         } }> } };

export type EntitiesByStatusQueryVariables = Exact<{
  status?: Array<VerificationStatus> | VerificationStatus | null | undefined;
  entityType?: EntityType | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type EntitiesByStatusQuery = { entities: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node:
        | { id: string, entityType: EntityType, handle: string | null, displayName: string, verificationStatus: VerificationStatus }
        | { id: string, entityType: EntityType, handle: string | null, displayName: string, verificationStatus: VerificationStatus }
       }> } };

export type VerificationEventsQueryVariables = Exact<{
  after?: string | null | undefined;
  types?: Array<EventType> | EventType | null | undefined;
  entityIds?: Array<string> | string | null | undefined;
  first?: number | null | undefined;
}>;


export type VerificationEventsQuery = { events: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node:
        | { __typename: 'AttestationFurnished', cursor: string, previousCursor: string | null, occurredAt: string }
        | { __typename: 'AttestationStatusChanged', cursor: string, previousCursor: string | null, occurredAt: string }
        | { __typename: 'CertificateIssued', cursor: string, previousCursor: string | null, occurredAt: string }
        | { __typename: 'CertificateStatusChanged', cursor: string, previousCursor: string | null, occurredAt: string }
        | { __typename: 'CertificationChanged', cursor: string, previousCursor: string | null, occurredAt: string, was: CertificationStatus | null, became: CertificationStatus, business: { handle: string | null } }
        | { __typename: 'ConsentExpired', cursor: string, previousCursor: string | null, occurredAt: string }
        | { __typename: 'ConsentGranted', cursor: string, previousCursor: string | null, occurredAt: string }
        | { __typename: 'ConsentWithdrawn', cursor: string, previousCursor: string | null, occurredAt: string }
        | { __typename: 'DocumentReceived', cursor: string, previousCursor: string | null, occurredAt: string, document: { id: string, documentType: string } }
        | { __typename: 'EntityRegistered', cursor: string, previousCursor: string | null, occurredAt: string }
        | { __typename: 'EntityStatusChanged', from: VerificationStatus | null, to: VerificationStatus, cursor: string, previousCursor: string | null, occurredAt: string, entity:
            | { handle: string | null }
            | { handle: string | null }
           }
        | { __typename: 'MemberLinked', cursor: string, previousCursor: string | null, occurredAt: string }
        | { __typename: 'MemberUnlinked', cursor: string, previousCursor: string | null, occurredAt: string }
        | { __typename: 'VerificationDeadlineNear', daysLeft: number | null, cursor: string, previousCursor: string | null, occurredAt: string, verification: { id: string, status: VerificationStatus } }
        | { __typename: 'VerificationStatusChanged', from: VerificationStatus | null, to: VerificationStatus, cursor: string, previousCursor: string | null, occurredAt: string, verification: { id: string, kycLevel: string } }
       }> } };

export type DocumentTypesQueryVariables = Exact<{ [key: string]: never; }>;


export type DocumentTypesQuery = { documentTypes: Array<{ name: string, label: string, identityType: IdentityType }> };

export type FollowKycSubscriptionVariables = Exact<{
  handle: string;
}>;


export type FollowKycSubscription = { checkKyc: { success: boolean, message: string, verificationStatus: VerificationStatus, verificationHistory: Array<{ id: string, status: VerificationStatus, tags: Array<string> }> } };

export type FollowCertificateSubscriptionVariables = Exact<{
  id: string;
}>;


export type FollowCertificateSubscription = { certificate: { id: string, status: CertificateStatus, statusReason: string | null, asOf: string, supersededBy: { id: string } | null } };

export const DueFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Due"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Requirement"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"publicMessage"}},{"kind":"Field","name":{"kind":"Name","value":"staffMessage"}},{"kind":"Field","name":{"kind":"Name","value":"acceptableDocuments"}},{"kind":"Field","name":{"kind":"Name","value":"alternatives"}},{"kind":"Field","name":{"kind":"Name","value":"entity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"verification"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kycLevel"}}]}}]}}]} as unknown as DocumentNode<DueFragment, unknown>;
export const ViewerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"participant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"networks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"roles"}},{"kind":"Field","name":{"kind":"Name","value":"participants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ViewerQuery, ViewerQueryVariables>;
export const CheckCoverageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CheckCoverage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CheckCoverageInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"checkCoverage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"satisfiable"}},{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"requirements"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"required"}},{"kind":"Field","name":{"kind":"Name","value":"met"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}}]}},{"kind":"Field","name":{"kind":"Name","value":"furnishers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"furnisher"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"complete"}},{"kind":"Field","name":{"kind":"Name","value":"kinds"}}]}}]}}]}}]} as unknown as DocumentNode<CheckCoverageQuery, CheckCoverageQueryVariables>;
export const FurnishKycDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"FurnishKyc"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"FurnishKycInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"furnishKyc"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"submissionId"}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"attestations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"performedAt"}},{"kind":"Field","name":{"kind":"Name","value":"contentHash"}},{"kind":"Field","name":{"kind":"Name","value":"networks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}}]} as unknown as DocumentNode<FurnishKycMutation, FurnishKycMutationVariables>;
export const QueryCertificateDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"QueryCertificate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"QueryCertificateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"queryCertificate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"certificate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"subProducts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"performedAt"}},{"kind":"Field","name":{"kind":"Name","value":"furnisher"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attestation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"contentHash"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"requirements"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"met"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}}]}},{"kind":"Field","name":{"kind":"Name","value":"queryEvent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"charged"}},{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}}]}}]} as unknown as DocumentNode<QueryCertificateMutation, QueryCertificateMutationVariables>;
export const CertificatesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Certificates"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"status"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CertificateStatus"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"certificates"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"status"},"value":{"kind":"Variable","name":{"kind":"Name","value":"status"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"issuedAt"}},{"kind":"Field","name":{"kind":"Name","value":"subject"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subProducts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"performedAt"}},{"kind":"Field","name":{"kind":"Name","value":"attestation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"furnisher"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"network"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<CertificatesQuery, CertificatesQueryVariables>;
export const CertificateDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Certificate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"certificate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"product"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusReason"}},{"kind":"Field","name":{"kind":"Name","value":"issuedAt"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}},{"kind":"Field","name":{"kind":"Name","value":"subject"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"policy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"networks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"queryEvent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"documentCapture"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"furnisher"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"data"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"documentType"}},{"kind":"Field","name":{"kind":"Name","value":"documentNumber"}},{"kind":"Field","name":{"kind":"Name","value":"documentExpirationDate"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"documentReview"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"attestation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusReason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"data"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"documentReviewMethod"}},{"kind":"Field","name":{"kind":"Name","value":"documentTamperIndicatorsObserved"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"livenessReview"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"data"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"livenessReviewOutcome"}},{"kind":"Field","name":{"kind":"Name","value":"livenessReviewConfidenceTier"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"addressVerification"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"data"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"addressVerificationMethods"}},{"kind":"Field","name":{"kind":"Name","value":"addressVerificationOutcomes"}},{"kind":"Field","name":{"kind":"Name","value":"totalAddressSourcesConsulted"}},{"kind":"Field","name":{"kind":"Name","value":"addressSourceCountFullMatch"}},{"kind":"Field","name":{"kind":"Name","value":"addressSourceCountPartialMatchZipOnly"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"jws"}}]}}]}}]} as unknown as DocumentNode<CertificateQuery, CertificateQueryVariables>;
export const RevokeAttestationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RevokeAttestation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RevokeAttestationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revokeAttestation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"attestation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusReason"}},{"kind":"Field","name":{"kind":"Name","value":"subject"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RevokeAttestationMutation, RevokeAttestationMutationVariables>;
export const EntityDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Entity"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"handle"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"entity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"handle"},"value":{"kind":"Variable","name":{"kind":"Name","value":"handle"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"entityType"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"requirements"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"currentlyDue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"publicMessage"}},{"kind":"Field","name":{"kind":"Name","value":"staffMessage"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"consents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"grantedAt"}},{"kind":"Field","name":{"kind":"Name","value":"network"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"attestations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"9"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"performedAt"}},{"kind":"Field","name":{"kind":"Name","value":"furnisher"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"certificates"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusReason"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Individual"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"identity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"dateOfBirth"}},{"kind":"Field","name":{"kind":"Name","value":"socialSecurityNumber"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"address"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"line1"}},{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<EntityQuery, EntityQueryVariables>;
export const EntitiesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Entities"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"entityType"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"EntityType"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"entities"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"entityType"},"value":{"kind":"Variable","name":{"kind":"Name","value":"entityType"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"entityType"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}}]}}]} as unknown as DocumentNode<EntitiesQuery, EntitiesQueryVariables>;
export const RecordConsentDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RecordConsent"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RecordConsentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recordConsent"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"consent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"kinds"}},{"kind":"Field","name":{"kind":"Name","value":"grantedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"subject"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"grantedTo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"network"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RecordConsentMutation, RecordConsentMutationVariables>;
export const WithdrawConsentDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"WithdrawConsent"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"WithdrawConsentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"withdrawConsent"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"consent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"withdrawnAt"}},{"kind":"Field","name":{"kind":"Name","value":"subject"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"certificates"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"3"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusReason"}}]}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<WithdrawConsentMutation, WithdrawConsentMutationVariables>;
export const RegisterIndividualDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RegisterIndividual"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RegisterIndividualInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"registerIndividual"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"created"}},{"kind":"Field","name":{"kind":"Name","value":"individual"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"identity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dateOfBirth"}},{"kind":"Field","name":{"kind":"Name","value":"socialSecurityNumber"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RegisterIndividualMutation, RegisterIndividualMutationVariables>;
export const RegisterBusinessDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RegisterBusiness"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RegisterBusinessInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"registerBusiness"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"created"}},{"kind":"Field","name":{"kind":"Name","value":"business"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"businessType"}},{"kind":"Field","name":{"kind":"Name","value":"identity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"legalName"}},{"kind":"Field","name":{"kind":"Name","value":"ein"}},{"kind":"Field","name":{"kind":"Name","value":"website"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RegisterBusinessMutation, RegisterBusinessMutationVariables>;
export const EventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Events"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"types"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"EventType"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"entityIds"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"events"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"types"},"value":{"kind":"Variable","name":{"kind":"Name","value":"types"}}},{"kind":"Argument","name":{"kind":"Name","value":"entityIds"},"value":{"kind":"Variable","name":{"kind":"Name","value":"entityIds"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"previousCursor"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CertificateIssued"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"certificate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"subject"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CertificateStatusChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"certificate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConsentWithdrawn"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"consent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<EventsQuery, EventsQueryVariables>;
export const QueryEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"QueryEvents"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"queryEvents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"charged"}},{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"subject"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"policy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"certificate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<QueryEventsQuery, QueryEventsQueryVariables>;
export const PoliciesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Policies"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"networkId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"policies"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"networkId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"networkId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"product"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"isDefault"}},{"kind":"Field","name":{"kind":"Name","value":"selection"}},{"kind":"Field","name":{"kind":"Name","value":"network"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"requirements"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"kinds"}},{"kind":"Field","name":{"kind":"Name","value":"required"}},{"kind":"Field","name":{"kind":"Name","value":"maxAgeDays"}},{"kind":"Field","name":{"kind":"Name","value":"conditions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"operator"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}}]}}]}}]}}]} as unknown as DocumentNode<PoliciesQuery, PoliciesQueryVariables>;
export const CreatePolicyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreatePolicy"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreatePolicyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createPolicy"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"policy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"selection"}},{"kind":"Field","name":{"kind":"Name","value":"requirements"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"kinds"}},{"kind":"Field","name":{"kind":"Name","value":"maxAgeDays"}},{"kind":"Field","name":{"kind":"Name","value":"conditions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"operator"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<CreatePolicyMutation, CreatePolicyMutationVariables>;
export const PublishPolicyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PublishPolicy"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PublishPolicyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"publishPolicy"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"policy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"isDefault"}}]}}]}}]}}]} as unknown as DocumentNode<PublishPolicyMutation, PublishPolicyMutationVariables>;
export const NodesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Nodes"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ids"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"ids"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ids"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Entity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Certificate"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Consent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"purpose"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Policy"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Participant"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]} as unknown as DocumentNode<NodesQuery, NodesQueryVariables>;
export const RevealIdentityDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RevealIdentity"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"handle"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"reason"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"entity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"handle"},"value":{"kind":"Variable","name":{"kind":"Name","value":"handle"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Individual"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"identity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"reveal"},"value":{"kind":"Variable","name":{"kind":"Name","value":"reason"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"dateOfBirth"}},{"kind":"Field","name":{"kind":"Name","value":"socialSecurityNumber"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RevealIdentityQuery, RevealIdentityQueryVariables>;
export const CreateClientTokenDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateClientToken"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateClientTokenInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createClientToken"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]}}]} as unknown as DocumentNode<CreateClientTokenMutation, CreateClientTokenMutationVariables>;
export const AttestationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Attestation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"attestation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"performedAt"}},{"kind":"Field","name":{"kind":"Name","value":"furnishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"contentHash"}},{"kind":"Field","name":{"kind":"Name","value":"statement"}},{"kind":"Field","name":{"kind":"Name","value":"furnisher"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"networks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subject"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}}]} as unknown as DocumentNode<AttestationQuery, AttestationQueryVariables>;
export const FurnishKybDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"FurnishKyb"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"FurnishKybInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"furnishKyb"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"submissionId"}},{"kind":"Field","name":{"kind":"Name","value":"attestations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"subject"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}}]}}]} as unknown as DocumentNode<FurnishKybMutation, FurnishKybMutationVariables>;
export const QueryBusinessCertificateDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"QueryBusinessCertificate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"QueryCertificateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"queryCertificate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"certificate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"product"}},{"kind":"Field","name":{"kind":"Name","value":"subject"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"policy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"businessIdentityVerification"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"furnisher"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"data"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"registrationStatus"}},{"kind":"Field","name":{"kind":"Name","value":"jurisdictionOfFormation"}},{"kind":"Field","name":{"kind":"Name","value":"taxIdentifierValidationResult"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"businessOwnershipControlVerification"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"data"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ownershipVerificationOutcome"}},{"kind":"Field","name":{"kind":"Name","value":"beneficialOwnersVerifiedCount"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"businessRiskComplianceAssessment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"data"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"riskTier"}},{"kind":"Field","name":{"kind":"Name","value":"sanctionsMatchObserved"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"requirements"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"queryEvent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}}]}}]} as unknown as DocumentNode<QueryBusinessCertificateMutation, QueryBusinessCertificateMutationVariables>;
export const DisputeAttestationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DisputeAttestation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DisputeAttestationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"disputeAttestation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dispute"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"raisedAt"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"attestation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusReason"}}]}}]}}]}}]}}]} as unknown as DocumentNode<DisputeAttestationMutation, DisputeAttestationMutationVariables>;
export const SettleDisputeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SettleDispute"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SettleDisputeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"settleDispute"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dispute"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"settledReason"}},{"kind":"Field","name":{"kind":"Name","value":"settledAt"}},{"kind":"Field","name":{"kind":"Name","value":"raisedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attestation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]}}]} as unknown as DocumentNode<SettleDisputeMutation, SettleDisputeMutationVariables>;
export const LedgerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Ledger"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ledger"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"month"}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"product"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}}]}}]}}]}}]} as unknown as DocumentNode<LedgerQuery, LedgerQueryVariables>;
export const ArchivePolicyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ArchivePolicy"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ArchivePolicyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"archivePolicy"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"policy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"isDefault"}}]}}]}}]}}]} as unknown as DocumentNode<ArchivePolicyMutation, ArchivePolicyMutationVariables>;
export const CheckKycDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CheckKyc"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"handle"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"kycLevel"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"checkKyc"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"handle"},"value":{"kind":"Variable","name":{"kind":"Name","value":"handle"}}},{"kind":"Argument","name":{"kind":"Name","value":"kycLevel"},"value":{"kind":"Variable","name":{"kind":"Name","value":"kycLevel"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"success"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"verificationStatus"}},{"kind":"Field","name":{"kind":"Name","value":"validKycLevels"}},{"kind":"Field","name":{"kind":"Name","value":"entity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"documentsRequired"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"requiredDocuments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"element"}},{"kind":"Field","name":{"kind":"Name","value":"acceptableDocuments"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"verificationHistory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kycLevel"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"attempt"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"reasons"}}]}}]}}]}}]} as unknown as DocumentNode<CheckKycQuery, CheckKycQueryVariables>;
export const CheckKycBusinessDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CheckKycBusiness"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"handle"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"checkKyc"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"handle"},"value":{"kind":"Variable","name":{"kind":"Name","value":"handle"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"success"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"verificationStatus"}},{"kind":"Field","name":{"kind":"Name","value":"entity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Business"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"certificationStatus"}},{"kind":"Field","name":{"kind":"Name","value":"members"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"details"}},{"kind":"Field","name":{"kind":"Name","value":"ownershipStake"}},{"kind":"Field","name":{"kind":"Name","value":"verificationRequired"}},{"kind":"Field","name":{"kind":"Name","value":"verificationStatus"}},{"kind":"Field","name":{"kind":"Name","value":"beneficialOwnerCertificationStatus"}},{"kind":"Field","name":{"kind":"Name","value":"businessCertificationStatus"}},{"kind":"Field","name":{"kind":"Name","value":"entity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"entityType"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"certificationHistory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAfter"}},{"kind":"Field","name":{"kind":"Name","value":"administrator"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"beneficialOwnerCertifications"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"verificationHistory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kycLevel"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]} as unknown as DocumentNode<CheckKycBusinessQuery, CheckKycBusinessQueryVariables>;
export const RequestVerificationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestVerification"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RequestVerificationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestVerification"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"verification"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"kycLevel"}},{"kind":"Field","name":{"kind":"Name","value":"attempt"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"requirements"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pendingVerification"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"publicMessage"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"entity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"verificationStatus"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RequestVerificationMutation, RequestVerificationMutationVariables>;
export const ReviewVerificationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ReviewVerification"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ReviewVerificationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reviewVerification"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"verification"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"reasons"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"entity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"verificationStatus"}},{"kind":"Field","name":{"kind":"Name","value":"memberships"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"business"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"verificationStatus"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ReviewVerificationMutation, ReviewVerificationMutationVariables>;
export const SubmitDocumentDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SubmitDocument"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SubmitDocumentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"submitDocument"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"document"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"documentType"}},{"kind":"Field","name":{"kind":"Name","value":"mimeType"}},{"kind":"Field","name":{"kind":"Name","value":"sizeBytes"}},{"kind":"Field","name":{"kind":"Name","value":"sha256"}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"verification"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"requirements"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pendingVerification"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"publicMessage"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<SubmitDocumentMutation, SubmitDocumentMutationVariables>;
export const LinkMemberDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"LinkMember"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LinkMemberInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"linkMember"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"details"}},{"kind":"Field","name":{"kind":"Name","value":"linkedAt"}},{"kind":"Field","name":{"kind":"Name","value":"verificationRequired"}},{"kind":"Field","name":{"kind":"Name","value":"verificationStatus"}},{"kind":"Field","name":{"kind":"Name","value":"entity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"business"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"verificationStatus"}},{"kind":"Field","name":{"kind":"Name","value":"certificationStatus"}}]}}]}}]}}]}}]} as unknown as DocumentNode<LinkMemberMutation, LinkMemberMutationVariables>;
export const UnlinkMemberDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UnlinkMember"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UnlinkMemberInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"unlinkMember"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"business"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"verificationStatus"}},{"kind":"Field","name":{"kind":"Name","value":"certificationStatus"}},{"kind":"Field","name":{"kind":"Name","value":"members"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"ownershipStake"}},{"kind":"Field","name":{"kind":"Name","value":"entity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<UnlinkMemberMutation, UnlinkMemberMutationVariables>;
export const CertifyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Certify"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"owner"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CertifyBeneficialOwnerInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"business"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CertifyBusinessInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"certifyBeneficialOwner"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"owner"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"beneficialOwnerCertificationStatus"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"certifyBusiness"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"business"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"certification"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAfter"}},{"kind":"Field","name":{"kind":"Name","value":"administrator"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"beneficialOwnerCertifications"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"business"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"certificationStatus"}}]}}]}}]}}]}}]} as unknown as DocumentNode<CertifyMutation, CertifyMutationVariables>;
export const BeneficialOwnersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"BeneficialOwners"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"handle"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"threshold"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Decimal"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"entity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"handle"},"value":{"kind":"Variable","name":{"kind":"Name","value":"handle"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Business"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"beneficialOwners"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"threshold"},"value":{"kind":"Variable","name":{"kind":"Name","value":"threshold"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"percentage"}},{"kind":"Field","name":{"kind":"Name","value":"person"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"verificationStatus"}}]}},{"kind":"Field","name":{"kind":"Name","value":"paths"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ownershipStake"}},{"kind":"Field","name":{"kind":"Name","value":"business"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"entity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<BeneficialOwnersQuery, BeneficialOwnersQueryVariables>;
export const RequirementsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Requirements"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"handle"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"entity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"handle"},"value":{"kind":"Variable","name":{"kind":"Name","value":"handle"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"verificationStatus"}},{"kind":"Field","name":{"kind":"Name","value":"validKycLevels"}},{"kind":"Field","name":{"kind":"Name","value":"requirements"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deadline"}},{"kind":"Field","name":{"kind":"Name","value":"attemptsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"currentlyDue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Due"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pastDue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Due"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pendingVerification"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Due"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Due"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Requirement"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"publicMessage"}},{"kind":"Field","name":{"kind":"Name","value":"staffMessage"}},{"kind":"Field","name":{"kind":"Name","value":"acceptableDocuments"}},{"kind":"Field","name":{"kind":"Name","value":"alternatives"}},{"kind":"Field","name":{"kind":"Name","value":"entity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"verification"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kycLevel"}}]}}]}}]} as unknown as DocumentNode<RequirementsQuery, RequirementsQueryVariables>;
export const VerificationsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Verifications"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"status"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"VerificationStatus"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"kycLevel"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"verifications"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"status"},"value":{"kind":"Variable","name":{"kind":"Name","value":"status"}}},{"kind":"Argument","name":{"kind":"Name","value":"kycLevel"},"value":{"kind":"Variable","name":{"kind":"Name","value":"kycLevel"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"kycLevel"}},{"kind":"Field","name":{"kind":"Name","value":"attempt"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"checks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"element"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"tag"}}]}},{"kind":"Field","name":{"kind":"Name","value":"certificate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"documents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"documentType"}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"requirements"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deadline"}}]}},{"kind":"Field","name":{"kind":"Name","value":"entity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<VerificationsQuery, VerificationsQueryVariables>;
export const EntitiesByStatusDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"EntitiesByStatus"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"status"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"VerificationStatus"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"entityType"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"EntityType"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"entities"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"status"},"value":{"kind":"Variable","name":{"kind":"Name","value":"status"}}},{"kind":"Argument","name":{"kind":"Name","value":"entityType"},"value":{"kind":"Variable","name":{"kind":"Name","value":"entityType"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"entityType"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"verificationStatus"}}]}}]}}]}}]}}]} as unknown as DocumentNode<EntitiesByStatusQuery, EntitiesByStatusQueryVariables>;
export const VerificationEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"VerificationEvents"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"types"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"EventType"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"entityIds"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"events"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"types"},"value":{"kind":"Variable","name":{"kind":"Name","value":"types"}}},{"kind":"Argument","name":{"kind":"Name","value":"entityIds"},"value":{"kind":"Variable","name":{"kind":"Name","value":"entityIds"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"previousCursor"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EntityStatusChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"entity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"VerificationStatusChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"verification"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kycLevel"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"VerificationDeadlineNear"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"daysLeft"}},{"kind":"Field","name":{"kind":"Name","value":"verification"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DocumentReceived"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"document"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"documentType"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CertificationChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"was"},"name":{"kind":"Name","value":"from"}},{"kind":"Field","alias":{"kind":"Name","value":"became"},"name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"business"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<VerificationEventsQuery, VerificationEventsQueryVariables>;
export const DocumentTypesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DocumentTypes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"documentTypes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"identityType"}}]}}]}}]} as unknown as DocumentNode<DocumentTypesQuery, DocumentTypesQueryVariables>;
export const FollowKycDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"FollowKyc"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"handle"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"checkKyc"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"handle"},"value":{"kind":"Variable","name":{"kind":"Name","value":"handle"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"success"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"verificationStatus"}},{"kind":"Field","name":{"kind":"Name","value":"verificationHistory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"tags"}}]}}]}}]}}]} as unknown as DocumentNode<FollowKycSubscription, FollowKycSubscriptionVariables>;
export const FollowCertificateDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"FollowCertificate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"certificate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusReason"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}},{"kind":"Field","name":{"kind":"Name","value":"supersededBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<FollowCertificateSubscription, FollowCertificateSubscriptionVariables>;
import { BUSINESS_TYPES } from "../entity/facts.js";
import type { CertificateProduct } from "../network/network.js";

/**
 * The one table of sub-products: kind × assertion × data fields × types × rules. GraphQL inputs and outputs, validation,
 * statements and policy conditions all derive from it: another kind is another row.
 */
export type SubProductKind =
  | "DOCUMENT_CAPTURE"
  | "DOCUMENT_REVIEW"
  | "BIOMETRIC_CAPTURE"
  | "BIOMETRIC_REVIEW"
  | "LIVENESS_CAPTURE"
  | "LIVENESS_REVIEW"
  | "ADDRESS_CAPTURE"
  | "ADDRESS_VERIFICATION"
  | "IDENTITY_CORROBORATION"
  | "BUSINESS_IDENTITY_VERIFICATION"
  | "BUSINESS_OWNERSHIP_CONTROL_VERIFICATION"
  | "BUSINESS_RISK_COMPLIANCE_ASSESSMENT";

/** What a data field holds. `words` is a closed vocabulary, in the wire's spelling; `personal` is sealed at rest and masked on reading. */
export type Field =
  | {
      readonly type: "TEXT";
      readonly about: string;
      readonly words?: readonly string[];
      readonly pattern?: RegExp;
      readonly shape?: string;
      readonly personal?: true;
    }
  | { readonly type: "TEXTS"; readonly about: string; readonly words: readonly string[] }
  | { readonly type: "DATE"; readonly about: string; readonly past?: true }
  | { readonly type: "BOOLEAN"; readonly about: string }
  | { readonly type: "COUNT"; readonly about: string }
  | { readonly type: "SCORE"; readonly about: string };

/** What must hold between the fields of one record, over and above each field's type. */
export type Rule =
  | { readonly rule: "NOT_BEFORE"; readonly kind: SubProductKind }
  | { readonly rule: "DATES_IN_ORDER"; readonly earlier: string; readonly later: string }
  | { readonly rule: "AT_MOST"; readonly field: string; readonly limit: string }
  | { readonly rule: "ONLY_WHEN_TRUE"; readonly field: string; readonly condition: string }
  | {
      readonly rule: "COUNTS_SUM";
      readonly total: string;
      /** From the outcome at one source to the field that counts it. */
      readonly counts: Readonly<Record<string, string>>;
      readonly methods: string;
      readonly outcomes: string;
    };

export interface SubProductRow {
  readonly product: CertificateProduct;
  /** The name of the GraphQL object; inputs and data types append to it. */
  readonly typeName: string;
  /** The name of the record's and the certificate's field. */
  readonly fieldName: string;
  readonly about: string;
  readonly fields: Readonly<Record<string, Field>>;
  readonly rules: readonly Rule[];
}

const OPAQUE = /^[\w./:-]{1,200}$/;
const artifact = (what: string): Field => ({
  type: "TEXT",
  about: `Opaque reference to the ${what} at the furnisher, never the bytes.`,
  pattern: OPAQUE,
  shape: "1 to 200 letters, digits or . / : _ -",
});

const ADDRESS_OUTCOMES = {
  full_match: "addressSourceCountFullMatch",
  partial_match_street_and_city_only: "addressSourceCountPartialMatchStreetAndCityOnly",
  partial_match_zip_only: "addressSourceCountPartialMatchZipOnly",
  no_match: "addressSourceCountNoMatch",
  inconclusive: "addressSourceCountInconclusive",
} as const;

const CORROBORATION_OUTCOMES = {
  full_match: "identityCorroborationSourceCountFullMatch",
  partial_match: "identityCorroborationSourceCountPartialMatch",
  no_match: "identityCorroborationSourceCountNoMatch",
  inconclusive: "identityCorroborationSourceCountInconclusive",
} as const;

export const SUB_PRODUCTS: Readonly<Record<SubProductKind, SubProductRow>> = {
  DOCUMENT_CAPTURE: {
    product: "KYC",
    typeName: "DocumentCapture",
    fieldName: "documentCapture",
    about: "An identity document was captured.",
    fields: {
      documentArtifact: artifact("captured document"),
      documentType: {
        type: "TEXT",
        about: "Which document it is.",
        words: [
          "passport",
          "us_passport",
          "passport_card",
          "drivers_license",
          "state_id",
          "permanent_resident_card",
          "residence_permit",
          "visa",
          "military_id",
          "other",
        ],
      },
      documentIssuingState: {
        type: "TEXT",
        about: "Two-letter state that issued the document, or `government` for a federal issue.",
        pattern: /^([A-Z]{2}|government)$/,
        shape: "a two-letter state or `government`",
      },
      documentNumber: {
        type: "TEXT",
        about: "The document's number.",
        pattern: /^[A-Z0-9]{1,32}$/,
        shape: "1 to 32 upper-case letters or digits",
        personal: true,
      },
      documentIssueDate: { type: "DATE", about: "When the document was issued.", past: true },
      documentExpirationDate: { type: "DATE", about: "When the document expires." },
      documentCaptureMethod: {
        type: "TEXT",
        about: "How the document was captured.",
        words: ["mobile_live_capture", "mobile_scan", "web_upload", "nfc_chip", "in_person"],
      },
    },
    rules: [{ rule: "DATES_IN_ORDER", earlier: "documentIssueDate", later: "documentExpirationDate" }],
  },
  DOCUMENT_REVIEW: {
    product: "KYC",
    typeName: "DocumentReview",
    fieldName: "documentReview",
    about: "The document's attributes were reviewed: tampering and machine-readable data.",
    fields: {
      documentReviewMethod: {
        type: "TEXT",
        about: "How the document was reviewed.",
        words: ["automated_ocr", "automated", "manual", "automated_and_manual"],
      },
      documentTamperReviewPerformed: { type: "BOOLEAN", about: "Whether signs of tampering were looked for." },
      documentTamperIndicatorsObserved: { type: "BOOLEAN", about: "Whether signs of tampering were seen." },
      isDocumentMachineReadableDataValidationPerformed: {
        type: "BOOLEAN",
        about: "Whether the machine-readable zone or barcode was validated.",
      },
      isDocumentMachineReadableDataValidationConsistentWithDocumentFace: {
        type: "BOOLEAN",
        about: "Whether the machine-readable data agrees with the printed face.",
      },
    },
    rules: [
      { rule: "NOT_BEFORE", kind: "DOCUMENT_CAPTURE" },
      { rule: "ONLY_WHEN_TRUE", field: "documentTamperIndicatorsObserved", condition: "documentTamperReviewPerformed" },
      {
        rule: "ONLY_WHEN_TRUE",
        field: "isDocumentMachineReadableDataValidationConsistentWithDocumentFace",
        condition: "isDocumentMachineReadableDataValidationPerformed",
      },
    ],
  },
  BIOMETRIC_CAPTURE: {
    product: "KYC",
    typeName: "BiometricCapture",
    fieldName: "biometricCapture",
    about: "A biometric, such as a selfie, was captured.",
    fields: {
      biometricArtifact: artifact("captured biometric"),
      biometricCaptureMethod: {
        type: "TEXT",
        about: "How the biometric was captured.",
        words: ["selfie", "live_selfie_video", "in_person_photo"],
      },
    },
    rules: [],
  },
  BIOMETRIC_REVIEW: {
    product: "KYC",
    typeName: "BiometricReview",
    fieldName: "biometricReview",
    about: "The biometric was compared against a reference.",
    fields: {
      biometricImageQualitySufficientForComparison: {
        type: "BOOLEAN",
        about: "Whether the image was good enough to compare.",
      },
      biometricComparisonReference: {
        type: "TEXT",
        about: "What it was compared against.",
        words: ["document_portrait", "document_chip_portrait", "prior_enrolment", "issuer_record"],
      },
      biometricComparisonOutcome: {
        type: "TEXT",
        about: "What the comparison found.",
        words: ["match", "no_match", "inconclusive"],
      },
      biometricComparisonScore: { type: "SCORE", about: "Similarity, 0 to 1." },
    },
    rules: [{ rule: "NOT_BEFORE", kind: "BIOMETRIC_CAPTURE" }],
  },
  LIVENESS_CAPTURE: {
    product: "KYC",
    typeName: "LivenessCapture",
    fieldName: "livenessCapture",
    about: "Evidence that a living person was present was captured.",
    fields: {
      livenessArtifact: artifact("liveness evidence"),
      livenessCaptureEnvironment: {
        type: "TEXT",
        about: "Where the evidence was captured.",
        words: ["native_app", "mobile_web", "desktop_web", "kiosk", "in_branch"],
      },
    },
    rules: [],
  },
  LIVENESS_REVIEW: {
    product: "KYC",
    typeName: "LivenessReview",
    fieldName: "livenessReview",
    about: "The liveness evidence was reviewed.",
    fields: {
      livenessReviewMethod: {
        type: "TEXT",
        about: "How liveness was judged.",
        words: ["passive", "active_challenge", "video_challenge", "manual"],
      },
      livenessReviewOutcome: {
        type: "TEXT",
        about: "What the review found.",
        words: ["live", "spoof_suspected", "inconclusive"],
      },
      livenessReviewConfidenceTier: {
        type: "TEXT",
        about: "How sure the reviewer was.",
        words: ["low", "medium", "high"],
      },
      padConformanceLevel: {
        type: "TEXT",
        about: "Presentation-attack-detection level that the detector was tested at (ISO/IEC 30107-3).",
        words: ["none", "iso30107_3_l1", "iso30107_3_l2", "iso30107_3_l3"],
      },
    },
    rules: [{ rule: "NOT_BEFORE", kind: "LIVENESS_CAPTURE" }],
  },
  ADDRESS_CAPTURE: {
    product: "KYC",
    typeName: "AddressCapture",
    fieldName: "addressCapture",
    about: "A residential address was captured. The address itself is not passed on.",
    fields: {
      addressCategory: {
        type: "TEXT",
        about: "Which address it is.",
        words: ["residential", "mailing", "previous_residential"],
      },
    },
    rules: [],
  },
  ADDRESS_VERIFICATION: {
    product: "KYC",
    typeName: "AddressVerification",
    fieldName: "addressVerification",
    about: "The address was verified against sources.",
    fields: {
      addressVerificationMethods: {
        type: "TEXTS",
        about: "Which kinds of source were consulted.",
        words: ["credit_bureau", "public_records", "utility", "postal_file", "telephone_directory", "document"],
      },
      addressVerificationOutcomes: {
        type: "TEXTS",
        about: "Which outcomes the sources gave.",
        words: Object.keys(ADDRESS_OUTCOMES),
      },
      totalAddressSourcesConsulted: {
        type: "COUNT",
        about: "How many sources were consulted: the sum of the five counts.",
      },
      addressSourceCountFullMatch: { type: "COUNT", about: "Sources that matched in full." },
      addressSourceCountInconclusive: { type: "COUNT", about: "Sources that could not tell." },
      addressSourceCountNoMatch: { type: "COUNT", about: "Sources that did not match." },
      addressSourceCountPartialMatchStreetAndCityOnly: {
        type: "COUNT",
        about: "Sources that matched street and city only.",
      },
      addressSourceCountPartialMatchZipOnly: { type: "COUNT", about: "Sources that matched the postal code only." },
    },
    rules: [
      { rule: "NOT_BEFORE", kind: "ADDRESS_CAPTURE" },
      {
        rule: "COUNTS_SUM",
        total: "totalAddressSourcesConsulted",
        counts: ADDRESS_OUTCOMES,
        methods: "addressVerificationMethods",
        outcomes: "addressVerificationOutcomes",
      },
    ],
  },
  IDENTITY_CORROBORATION: {
    product: "KYC",
    typeName: "IdentityCorroboration",
    fieldName: "identityCorroboration",
    about: "Name, birth date and SSN were corroborated across sources, as a customer identification program asks.",
    fields: {
      identityElementsCorroborated: {
        type: "TEXTS",
        about: "Which elements were corroborated.",
        words: ["ssn", "name", "dob", "address"],
      },
      identityCorroborationMethods: {
        type: "TEXTS",
        about: "Which kinds of source were consulted.",
        words: ["credit_bureau_match", "public_records_match", "database", "documentary"],
      },
      identityCorroborationOutcomes: {
        type: "TEXTS",
        about: "Outcomes by element, and overall.",
        words: [
          "ssn_match",
          "name_match",
          "dob_match",
          "ssn_mismatch",
          "name_mismatch",
          "dob_mismatch",
          ...Object.keys(CORROBORATION_OUTCOMES),
        ],
      },
      totalIdentityCorroborationSourcesConsulted: {
        type: "COUNT",
        about: "How many sources were consulted: the sum of the four counts.",
      },
      identityCorroborationSourceCountFullMatch: { type: "COUNT", about: "Sources that matched in full." },
      identityCorroborationSourceCountInconclusive: { type: "COUNT", about: "Sources that could not tell." },
      identityCorroborationSourceCountNoMatch: { type: "COUNT", about: "Sources that did not match." },
      identityCorroborationSourceCountPartialMatch: { type: "COUNT", about: "Sources that matched in part." },
    },
    rules: [
      {
        rule: "COUNTS_SUM",
        total: "totalIdentityCorroborationSourcesConsulted",
        counts: CORROBORATION_OUTCOMES,
        methods: "identityCorroborationMethods",
        outcomes: "identityCorroborationOutcomes",
      },
    ],
  },
  BUSINESS_IDENTITY_VERIFICATION: {
    product: "KYB",
    typeName: "BusinessIdentityVerification",
    fieldName: "businessIdentityVerification",
    about: "That the business exists, is registered and is what it says was verified.",
    fields: {
      formationDocumentArtifact: artifact("formation document"),
      doingBusinessAs: { type: "TEXT", about: "Name that it trades under." },
      businessWebsite: {
        type: "TEXT",
        about: "Web address.",
        pattern: /^https?:\/\/[\w.-]{1,180}(\/[\w./-]{0,100})?$/,
        shape: "an http or https address",
      },
      jurisdictionOfFormation: {
        type: "TEXT",
        about: "Where it was formed (ISO 3166-2), such as US-DE.",
        pattern: /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/,
        shape: "a country and, where there is one, its subdivision, such as US-DE",
      },
      registrationIdentifier: {
        type: "TEXT",
        about: "Its number in the register.",
        pattern: /^[A-Za-z0-9-]{1,40}$/,
        shape: "1 to 40 letters, digits or -",
      },
      businessVerificationSources: {
        type: "TEXTS",
        about: "Which kinds of source were consulted.",
        words: ["secretary_of_state", "irs", "commercial_registry", "credit_bureau", "document"],
      },
      businessEntityType: { type: "TEXT", about: "What kind of business it is.", words: BUSINESS_TYPES },
      registrationStatus: {
        type: "TEXT",
        about: "How it stands in the register.",
        words: ["active", "inactive", "suspended", "dissolved", "unknown"],
      },
      operationalExistenceStatus: {
        type: "TEXT",
        about: "Whether it was found to operate.",
        words: ["operating", "not_operating", "inconclusive"],
      },
      taxIdentifierValidationResult: {
        type: "TEXT",
        about: "Whether the EIN belongs to the legal name.",
        words: ["match", "mismatch", "inconclusive"],
      },
      businessAddressVerificationResult: {
        type: "TEXT",
        about: "Whether registered and operating address were confirmed.",
        words: ["match", "partial_match", "no_match", "inconclusive"],
      },
    },
    rules: [],
  },
  BUSINESS_OWNERSHIP_CONTROL_VERIFICATION: {
    product: "KYB",
    typeName: "BusinessOwnershipControlVerification",
    fieldName: "businessOwnershipControlVerification",
    about: "Who owns and controls the business was established and verified.",
    fields: {
      ownershipVerificationMethods: {
        type: "TEXTS",
        about: "How ownership was established.",
        words: ["self_certification", "registry", "document", "database"],
      },
      ownershipVerificationOutcome: {
        type: "TEXT",
        about: "Whether ownership and control were verified.",
        words: ["verified", "partially_verified", "not_verified"],
      },
      ownershipThresholdPercent: { type: "COUNT", about: "From which share on an owner counts, in percent." },
      beneficialOwnersIdentifiedCount: { type: "COUNT", about: "Owners at or above the threshold that were found." },
      beneficialOwnersVerifiedCount: { type: "COUNT", about: "Of those, how many were verified." },
      controllingOfficersIdentifiedCount: { type: "COUNT", about: "Controlling officers that were found." },
      controllingOfficersVerifiedCount: { type: "COUNT", about: "Of those, how many were verified." },
    },
    rules: [
      { rule: "AT_MOST", field: "beneficialOwnersVerifiedCount", limit: "beneficialOwnersIdentifiedCount" },
      { rule: "AT_MOST", field: "controllingOfficersVerifiedCount", limit: "controllingOfficersIdentifiedCount" },
    ],
  },
  BUSINESS_RISK_COMPLIANCE_ASSESSMENT: {
    product: "KYB",
    typeName: "BusinessRiskComplianceAssessment",
    fieldName: "businessRiskComplianceAssessment",
    about: "Sanctions, adverse media and the risk of the business were assessed.",
    fields: {
      riskAssessmentMethod: {
        type: "TEXT",
        about: "How the risk was assessed.",
        words: ["automated", "manual", "automated_and_manual"],
      },
      riskTier: { type: "TEXT", about: "What it came to.", words: ["low", "medium", "high", "prohibited"] },
      riskScore: { type: "SCORE", about: "Risk, 0 to 1." },
      naicsCode: { type: "TEXT", about: "Industry (NAICS).", pattern: /^\d{2,6}$/, shape: "2 to 6 digits" },
      sanctionsScreeningPerformed: { type: "BOOLEAN", about: "Whether sanctions lists were searched." },
      sanctionsMatchObserved: { type: "BOOLEAN", about: "Whether a true match was found." },
      adverseMediaScreeningPerformed: { type: "BOOLEAN", about: "Whether media were searched." },
      adverseMediaObserved: { type: "BOOLEAN", about: "Whether something adverse was found." },
    },
    rules: [
      { rule: "ONLY_WHEN_TRUE", field: "sanctionsMatchObserved", condition: "sanctionsScreeningPerformed" },
      { rule: "ONLY_WHEN_TRUE", field: "adverseMediaObserved", condition: "adverseMediaScreeningPerformed" },
    ],
  },
};

export const SUB_PRODUCT_KINDS = Object.keys(SUB_PRODUCTS) as SubProductKind[];

/** The kinds of one product in the order of the table: the order of a certificate's blocks. */
export const kindsOf = (product: CertificateProduct): SubProductKind[] =>
  SUB_PRODUCT_KINDS.filter((kind) => SUB_PRODUCTS[kind].product === product);

/** The rule that lets `sources` stand for counts, where a kind has one. */
export const countsRule = (kind: SubProductKind) =>
  SUB_PRODUCTS[kind].rules.find((rule) => rule.rule === "COUNTS_SUM") ?? null;

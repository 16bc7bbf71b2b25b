/** The published answers of `/check_kyc`, as they stand there: the same keys, the same values, the same order. */
export type Wire = Readonly<Record<string, unknown>>;

const PERSON_RUN = "616e7d20-1f65-4318-8f1c-880f191cefab";

export const PASSED: Wire = {
  success: true,
  status: "SUCCESS",
  message: "user has passed ID verification!",
  response_time_ms: "171",
  reference: "<your unique id>",
  entity_type: "individual",
  verification_status: "passed",
  documents_required_verification_ids: [PERSON_RUN, "616e7d20-1f65-4318-8f1c-880f191cefac"],
  verification_history: [
    {
      verification_id: PERSON_RUN,
      verification_status: "passed",
      kyc_level: "KYC-STANDARD",
      requested_at: 1592339985,
      updated_at: 1592340016,
      reasons: [],
      tags: ["KYC Name Match", "KYC SSN Match", "KYC DOB Match", "Phone Match", "KYC Address Match"],
      score: 0.99,
      parent_verification: null,
    },
  ],
  valid_kyc_levels: ["KYC-STANDARD"],
};

export const UNVERIFIED: Wire = {
  success: false,
  status: "FAILURE",
  message: "ID verification was not requested for user.",
  reference: "ref",
  entity_type: "individual",
  verification_status: "unverified",
  verification_history: [],
  valid_kyc_levels: ["KYC-STANDARD"],
};

export const PENDING: Wire = {
  success: false,
  status: "FAILURE",
  message: "user is pending ID verification.",
  reference: "ref",
  entity_type: "individual",
  verification_status: "pending",
  documents_required_verification_ids: [],
  verification_history: [
    {
      verification_id: "9137dc67-978f-48cb-a44b-f6805f6954c4",
      verification_status: "pending",
      kyc_level: "KYC-STANDARD",
      requested_at: 1592338961,
      updated_at: 1592338961,
      reasons: [],
      tags: [],
      documents_required_details_url: null,
      score: null,
      parent_verification: null,
    },
  ],
  valid_kyc_levels: ["KYC-STANDARD"],
};

export const FAILED: Wire = {
  success: false,
  status: "FAILURE",
  message: "user has failed ID verification.",
  reference: "",
  entity_type: "individual",
  verification_status: "failed",
  documents_required_verification_ids: ["2f5dc7de-5268-40e3-b39e-ac50535ef879"],
  verification_history: [
    {
      verification_id: "2f5dc7de-5268-40e3-b39e-ac50535ef879",
      verification_status: "failed",
      kyc_level: "KYC-STANDARD",
      requested_at: 1592341803,
      updated_at: 1592341815,
      reasons: [],
      tags: [
        "Address Not Matched",
        "Address Not Verified",
        "Name Mismatch",
        "Name Not Verified",
        "DOB Miskey",
        "DOB Not Verified",
        "SSN Miskey",
        "SSN Not Verified",
      ],
      documents_required_details_url:
        "https://api.silamoney.com/0.2/check_kyc/2f5dc7de-5268-40e3-b39e-ac50535ef879/required_document_types",
      score: 0.1,
      parent_verification: null,
    },
  ],
  valid_kyc_levels: ["KYC-STANDARD"],
};

export const PASSED_UNTAGGED: Wire = {
  success: true,
  message: "user has passed ID verification!",
  reference: "23e74fa4-9419-429d-9365-85a4d27d0406",
  entity_type: "individual",
  verification_status: "passed",
  documents_required_verification_ids: [],
  verification_history: [
    {
      verification_id: "2881d961-66c8-43a7-8319-03b06e21fb82",
      verification_status: "passed",
      kyc_level: "KYC-STANDARD",
      requested_at: 1637140009,
      updated_at: 1637140009,
      reasons: [],
      tags: [],
      documents_required_details_url: null,
      score: null,
      parent_verification: null,
    },
  ],
  valid_kyc_levels: ["KYC-STANDARD"],
  status: "SUCCESS",
};

export const UNVERIFIED_TWO_LEVELS: Wire = {
  success: false,
  message: "ID verification was not requested for user.",
  reference: "fedb0464-5a66-4ceb-a789-bd5e3833943d",
  entity_type: "individual",
  verification_status: "unverified",
  documents_required_verification_ids: [],
  verification_history: [],
  valid_kyc_levels: ["KYC-STANDARD", "KYB-STANDARD"],
  status: "FAILURE",
};

const BUSINESS_RUN = {
  verification_id: "1802c2a5-1d1e-48a3-9af4-d7189934de9e",
  kyc_level: "KYB-STANDARD",
  requested_at: 1592946326,
  reasons: [],
  tags: ["Address Matched", "FEIN Found", "Company Name Verified", "Phone Matched", "Representative Match"],
  score: 0.9,
  parent_verification: null,
};

const MEMBER = {
  user_handle: "your_individual_user",
  first_name: "Individual",
  last_name: "User",
  verification_status: "passed",
  verification_required: true,
  verification_id: "e72e7961-5924-4534-98d7-09d89f804762",
};

const OFFICER = {
  ...MEMBER,
  role: "controlling_officer",
  ownership_stake: null,
  beneficial_owner_certification_status: "certification_not_required",
  business_certification_status: "certification_not_required",
};

const OWNER = { ...MEMBER, role: "beneficial_owner", details: "Private investor", ownership_stake: 66.7 };

export const BUSINESS_PENDING: Wire = {
  status: "FAILURE",
  message: "your_business_user is pending ID verification.",
  reference: "ref",
  entity_type: "business",
  verification_status: "pending",
  verification_history: [{ ...BUSINESS_RUN, verification_status: "pending", updated_at: 1592946334 }],
  valid_kyc_levels: ["KYB-STANDARD"],
  certification_status: "certification_pending",
  certification_history: [],
  members: [
    { ...OFFICER, details: "CEO" },
    {
      ...OWNER,
      beneficial_owner_certification_status: "certification_pending",
      business_certification_status: "certification_pending",
    },
  ],
};

export const BUSINESS_CERTIFIED: Wire = {
  status: "SUCCESS",
  message: "your_business_user has passed ID verification!",
  reference: "",
  entity_type: "business",
  verification_status: "passed",
  verification_history: [{ ...BUSINESS_RUN, verification_status: "passed", updated_at: 1592949479 }],
  valid_kyc_levels: ["KYB-STANDARD"],
  certification_status: "certified",
  certification_history: [
    {
      administrator_user_handle: "your_individual_user",
      created: "2020-06-23T21:57:59.322388+00:00",
      created_epoch: 1592949479.322388,
      expires_after: null,
      expires_after_epoch: null,
      beneficial_owner_certifications: ["kyb-test-1-individual"],
    },
  ],
  members: [
    { ...OFFICER, details: null },
    {
      ...OWNER,
      beneficial_owner_certification_status: "certified",
      business_certification_status: "certified",
    },
  ],
};

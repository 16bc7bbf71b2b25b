import type { KycCheck } from "../support/verify-operation.js";
import {
  codesOf as codes,
  givenCompanyRan as company,
  givenRan as ran,
  givenTelling,
  type Telling,
} from "../support/telling.js";

/** An answer as far as a story tells of it. */
const told = ({ success, message, verificationStatus, verificationHistory, documentsRequired, entity }: KycCheck) => ({
  success,
  message,
  verificationStatus,
  history: verificationHistory.map(({ status }) => status),
  documentsRequired: documentsRequired.length,
  due: codes(entity.requirements.currentlyDue),
  pastDue: codes(entity.requirements.pastDue),
  pending: codes(entity.requirements.pendingVerification),
});

/** What a story ends in, besides the status itself. */
type Expected = Omit<ReturnType<typeof told>, "verificationStatus">;

const quiet: Omit<Expected, "message"> = {
  success: false,
  history: [],
  documentsRequired: 0,
  due: [],
  pastDue: [],
  pending: [],
};

type Story = readonly [status: string, story: (telling: Telling) => Promise<unknown>, expected: Expected];

const AGAIN = "CORRECT_DETAILS";

const INDIVIDUAL: readonly Story[] = [
  [
    "UNVERIFIED",
    ({ caller }) => caller.person(),
    { ...quiet, message: "ID verification was not requested for ada.", due: ["REQUEST_VERIFICATION"] },
  ],
  [
    "PENDING",
    async ({ caller }) => {
      await caller.person();
      await caller.request("ada");
    },
    { ...quiet, message: "ada is pending ID verification.", history: ["PENDING"], pending: ["CHECKING"] },
  ],
  [
    "WEBHOOK_PENDING",
    (telling) => ran(telling, "Webhook"),
    { ...quiet, message: "ada is pending ID verification.", history: ["WEBHOOK_PENDING"], pending: ["CHECKING"] },
  ],
  [
    "PASSED",
    (telling) => ran(telling, "Moreno"),
    { ...quiet, success: true, message: "ada has passed ID verification!", history: ["PASSED"] },
  ],
  [
    "FAILED",
    (telling) => ran(telling, "Fail"),
    {
      ...quiet,
      message: "ada has failed ID verification.",
      history: ["FAILED"],
      documentsRequired: 1,
      due: ["DOCUMENT_NAME", AGAIN],
    },
  ],
  [
    "REVIEW",
    (telling) => ran(telling, "Review"),
    {
      ...quiet,
      message: "ada is in review for ID verification.",
      history: ["REVIEW"],
      documentsRequired: 1,
      due: ["DOCUMENT_IDENTITY", AGAIN],
    },
  ],
  [
    "DOCUMENTS_REQUIRED",
    (telling) => ran(telling, "documents_required"),
    {
      ...quiet,
      message: "Documents are required for the ID verification of ada.",
      history: ["DOCUMENTS_REQUIRED"],
      documentsRequired: 1,
      due: ["DOCUMENT_IDENTITY", AGAIN],
    },
  ],
  [
    "DOCUMENTS_RECEIVED",
    async (telling) => telling.caller.submit(await ran(telling, "documents_required")),
    {
      ...quiet,
      message: "Documents were received for the ID verification of ada.",
      history: ["DOCUMENTS_RECEIVED"],
      pending: ["DOCUMENT_REVIEW"],
    },
  ],
];

describe("what checkKyc says of a person", () => {
  it.each(INDIVIDUAL)("is %s, with all that follows from it", async (verificationStatus, story, expected) => {
    await using telling = await givenTelling();
    await story(telling);
    const answer = await telling.caller.check("ada");
    expect(told(answer)).toEqual({ ...expected, verificationStatus });
    expect(answer.entity.verificationStatus).toBe(verificationStatus);
    expect(answer.validKycLevels).toEqual(["KYC-STANDARD"]);
  });
});

const CERTIFY = "CERTIFICATION";
const MEMBER = "MEMBER_VERIFICATION";

const BUSINESS: readonly Story[] = [
  [
    "UNVERIFIED",
    (telling) => company(telling, null, "Moreno"),
    {
      ...quiet,
      message: "ID verification was not requested for alder.",
      due: ["REQUEST_VERIFICATION", CERTIFY],
    },
  ],
  [
    "PENDING",
    async (telling) => {
      await company(telling, null, "Moreno");
      await telling.caller.request("alder");
    },
    {
      ...quiet,
      message: "alder is pending ID verification.",
      history: ["PENDING"],
      due: [CERTIFY],
      pending: ["CHECKING"],
    },
  ],
  [
    "WEBHOOK_PENDING",
    (telling) => company(telling, "Webhook", "Moreno"),
    {
      ...quiet,
      message: "alder is pending ID verification.",
      history: ["WEBHOOK_PENDING"],
      due: [CERTIFY],
      pending: ["CHECKING"],
    },
  ],
  [
    "PASSED",
    (telling) => company(telling, "Alder Works LLC", "Moreno"),
    { ...quiet, success: true, message: "alder has passed ID verification!", history: ["PASSED"], due: [CERTIFY] },
  ],
  [
    "FAILED",
    (telling) => company(telling, "Fail", "Moreno"),
    {
      ...quiet,
      message: "alder has failed ID verification.",
      history: ["FAILED"],
      documentsRequired: 1,
      due: ["DOCUMENT_NAME", AGAIN, CERTIFY],
    },
  ],
  [
    "REVIEW",
    (telling) => company(telling, "Review", "Moreno"),
    {
      ...quiet,
      message: "alder is in review for ID verification.",
      history: ["REVIEW"],
      documentsRequired: 1,
      due: ["DOCUMENT_IDENTITY", AGAIN, CERTIFY],
    },
  ],
  [
    "DOCUMENTS_REQUIRED",
    (telling) => company(telling, "documents_required", "Moreno"),
    {
      ...quiet,
      message: "Documents are required for the ID verification of alder.",
      history: ["DOCUMENTS_REQUIRED"],
      documentsRequired: 1,
      due: ["DOCUMENT_IDENTITY", AGAIN, CERTIFY],
    },
  ],
  [
    "DOCUMENTS_RECEIVED",
    async (telling) =>
      telling.caller.submit(await company(telling, "documents_required", "Moreno"), {
        documentType: "doc_business_license",
      }),
    {
      ...quiet,
      message: "Documents were received for the ID verification of alder.",
      history: ["DOCUMENTS_RECEIVED"],
      due: [CERTIFY],
      pending: ["DOCUMENT_REVIEW"],
    },
  ],
  [
    "MEMBER_FAILED",
    (telling) => company(telling, "Alder Works LLC", "Fail"),
    {
      ...quiet,
      message: "A member of alder has failed ID verification.",
      history: ["PASSED"],
      due: [CERTIFY, MEMBER],
    },
  ],
  [
    "MEMBER_REVIEW",
    (telling) => company(telling, "Alder Works LLC", "Review"),
    {
      ...quiet,
      message: "A member of alder is in review for ID verification.",
      history: ["PASSED"],
      due: [CERTIFY, MEMBER],
    },
  ],
  [
    "MEMBER_UNVERIFIED",
    (telling) => company(telling, "Alder Works LLC", null),
    {
      ...quiet,
      message: "ID verification was not requested for a member of alder.",
      history: ["PASSED"],
      due: [CERTIFY, MEMBER],
    },
  ],
  [
    "MEMBER_PENDING",
    (telling) => company(telling, "Alder Works LLC", "Webhook"),
    {
      ...quiet,
      message: "A member of alder is pending ID verification.",
      history: ["PASSED"],
      due: [CERTIFY, MEMBER],
    },
  ],
];

describe("what checkKyc says of a business", () => {
  it.each(BUSINESS)("is %s, with all that follows from it", async (verificationStatus, story, expected) => {
    await using telling = await givenTelling();
    await story(telling);
    const answer = await telling.caller.check("alder");
    expect(told(answer)).toEqual({ ...expected, verificationStatus });
    expect(answer.entity.verificationStatus).toBe(verificationStatus);
    expect(answer.validKycLevels).toEqual(["KYB-STANDARD"]);
  });
});

import type { VerificationStatus } from "./status.js";

/** The status in words, with the handle that was asked about: as published where it is, and in the same manner where it is not. */
const MESSAGES: Readonly<Record<VerificationStatus, (handle: string) => string>> = {
  UNVERIFIED: (handle) => `ID verification was not requested for ${handle}.`,
  PENDING: (handle) => `${handle} is pending ID verification.`,
  WEBHOOK_PENDING: (handle) => `${handle} is pending ID verification.`,
  PASSED: (handle) => `${handle} has passed ID verification!`,
  FAILED: (handle) => `${handle} has failed ID verification.`,
  REVIEW: (handle) => `${handle} is in review for ID verification.`,
  DOCUMENTS_REQUIRED: (handle) => `Documents are required for the ID verification of ${handle}.`,
  DOCUMENTS_RECEIVED: (handle) => `Documents were received for the ID verification of ${handle}.`,
  MEMBER_FAILED: (handle) => `A member of ${handle} has failed ID verification.`,
  MEMBER_REVIEW: (handle) => `A member of ${handle} is in review for ID verification.`,
  MEMBER_UNVERIFIED: (handle) => `ID verification was not requested for a member of ${handle}.`,
  MEMBER_PENDING: (handle) => `A member of ${handle} is pending ID verification.`,
};

export const messageOf = (handle: string, status: VerificationStatus): string => MESSAGES[status](handle);

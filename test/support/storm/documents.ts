import { operation, type Given } from "../operation.js";

export const DISPUTE = operation<{ disputeAttestation: { dispute: { id: string } } }, Given>(
  `mutation Dispute($input: DisputeAttestationInput!) { disputeAttestation(input: $input) { dispute { id } } }`,
);

export const SETTLE = operation<{ settleDispute: { dispute: { outcome: string } } }, Given>(
  `mutation Settle($input: SettleDisputeInput!) { settleDispute(input: $input) { dispute { outcome } } }`,
);

/** What a page of somebody's might ask. */
export const READ_PAGE = operation<{ checkKyc: { verificationStatus: string } }>(
  `query Page($handle: String!) {
    checkKyc(handle: $handle) { verificationStatus entity { id verificationStatus } }
    certificates(first: 10) { totalCount edges { node { id status } } }
    events(first: 20) { edges { node { cursor type } } }
  }`,
);

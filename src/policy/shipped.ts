import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import { kindsOf } from "../attestation/sub-product.js";
import { draft, type CreatePolicy } from "./create.js";
import { Policy } from "./policy.js";
import { freeze } from "./publish.js";

const EVERY_YEAR_DAYS = 365;

/** What every network starts with, as data; `KYC_FULL` and `KYB_BASIC` are the defaults. Governors write their own beside them. */
const SHIPPED: readonly (Omit<CreatePolicy, "networkId"> & { readonly isDefault: boolean })[] = [
  {
    name: "KYC_FULL",
    product: "KYC",
    selection: "OLDEST",
    isDefault: true,
    requirements: kindsOf("KYC").map((kind) => ({ key: kind.toLowerCase(), kinds: [kind] })),
  },
  {
    name: "CIP_INDIVIDUAL",
    product: "KYC",
    selection: "FRESHEST",
    isDefault: false,
    requirements: [
      { key: "document", kinds: ["DOCUMENT_REVIEW"], maxAgeDays: 730 },
      {
        key: "address",
        kinds: ["ADDRESS_VERIFICATION"],
        maxAgeDays: EVERY_YEAR_DAYS,
        conditions: [{ field: "addressSourceCountFullMatch", operator: "GTE", values: ["1"] }],
      },
      {
        key: "identity",
        kinds: ["IDENTITY_CORROBORATION"],
        maxAgeDays: EVERY_YEAR_DAYS,
        conditions: [{ field: "identityElementsCorroborated", operator: "CONTAINS", values: ["ssn", "name", "dob"] }],
      },
      {
        key: "liveness",
        kinds: ["LIVENESS_REVIEW"],
        required: false,
        conditions: [
          { field: "livenessReviewOutcome", operator: "EQ", values: ["live"] },
          { field: "livenessReviewConfidenceTier", operator: "IN", values: ["medium", "high"] },
        ],
      },
    ],
  },
  {
    name: "KYB_BASIC",
    product: "KYB",
    selection: "FRESHEST",
    isDefault: true,
    requirements: [
      {
        key: "identity",
        kinds: ["BUSINESS_IDENTITY_VERIFICATION"],
        maxAgeDays: EVERY_YEAR_DAYS,
        conditions: [{ field: "registrationStatus", operator: "EQ", values: ["active"] }],
      },
      { key: "ownership", kinds: ["BUSINESS_OWNERSHIP_CONTROL_VERIFICATION"], maxAgeDays: EVERY_YEAR_DAYS },
      {
        key: "risk",
        kinds: ["BUSINESS_RISK_COMPLIANCE_ASSESSMENT"],
        maxAgeDays: EVERY_YEAR_DAYS,
        conditions: [{ field: "riskTier", operator: "IN", values: ["low", "medium"] }],
      },
    ],
  },
  {
    name: "KYC_STANDARD",
    product: "KYC",
    selection: "FRESHEST",
    isDefault: false,
    requirements: [
      {
        key: "identity",
        kinds: ["IDENTITY_CORROBORATION"],
        maxAgeDays: EVERY_YEAR_DAYS,
        conditions: [{ field: "identityElementsCorroborated", operator: "CONTAINS", values: ["ssn", "name", "dob"] }],
      },
      {
        key: "address",
        kinds: ["ADDRESS_VERIFICATION"],
        maxAgeDays: EVERY_YEAR_DAYS,
        conditions: [{ field: "addressSourceCountFullMatch", operator: "GTE", values: ["1"] }],
      },
    ],
  },
  {
    name: "KYB_STANDARD",
    product: "KYB",
    selection: "FRESHEST",
    isDefault: false,
    requirements: [
      {
        key: "identity",
        kinds: ["BUSINESS_IDENTITY_VERIFICATION"],
        maxAgeDays: EVERY_YEAR_DAYS,
        conditions: [{ field: "taxIdentifierValidationResult", operator: "EQ", values: ["match"] }],
      },
    ],
  },
];

/** Gives a new network its first policies, published. */
export async function shipPolicies(write: Writer, networkId: Id<"net">): Promise<void> {
  await write.flush();
  for (const { isDefault, ...policy } of SHIPPED) {
    const id = await draft(write, { ...policy, networkId });
    await freeze(write, await write.em.findOneOrFail(Policy, id), isDefault);
    await write.flush();
  }
}

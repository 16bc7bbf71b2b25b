import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import type { SubProductKind } from "../attestation/sub-product.js";
import { describedEnum } from "../graph/connection.js";
import type { Context } from "../graph/context.js";
import { manyCost } from "../graph/cost.js";
import { Node } from "../graph/node.js";
import { membershipsOfParticipant, policiesOfNetwork } from "../graph/relation.js";
import { NAMED_NETWORK, POLICY } from "../graph/source.js";
import { SubProductKindEnum } from "../graph/sub-product.js";
import { CertificateProductEnum, NetworkType } from "../network/graph.js";
import type { CertificateProduct } from "../network/network.js";
import { archivePolicy } from "./archive.js";
import { createPolicy } from "./create.js";
import { type RequirementReason } from "./evaluate.js";
import {
  requirementsOf,
  type AttestationSelection,
  type ConditionOperator,
  type Policy,
  type PolicyRequirement,
  type PolicyStatus,
} from "./policy.js";
import { publishPolicy } from "./publish.js";

export const PolicyStatusEnum = describedEnum<PolicyStatus>("PolicyStatus", "Whether a policy can be used.", {
  DRAFT: "Being written; for governors alone.",
  PUBLISHED: "In use, and frozen.",
  ARCHIVED: "No longer used; certificates still show it.",
});

export const AttestationSelectionEnum = describedEnum<AttestationSelection>(
  "AttestationSelection",
  "Which attestation is chosen where several would do.",
  {
    OLDEST: "The one performed first.",
    FRESHEST: "The one performed last.",
  },
);

export const ConditionOperatorEnum = describedEnum<ConditionOperator>(
  "ConditionOperator",
  "How a data field is compared with a condition's values.",
  {
    EQ: "Is the value.",
    IN: "Is one of the values.",
    GTE: "Is the value or more; for dates, that day or later.",
    LTE: "Is the value or less; for dates, that day or earlier.",
    CONTAINS: "A list that has every one of the values.",
  },
);

@ObjectType("PolicyCondition", { description: "A demand on one data field of an attestation.", simpleResolvers: true })
export class PolicyConditionType {
  @Field(() => String, { description: "The data field's name, such as livenessReviewOutcome." })
  field!: string;
  @Field(() => ConditionOperatorEnum, { description: "How it is compared." })
  operator!: ConditionOperator;
  @Field(() => [String], { description: "With what, as text." })
  values!: string[];
}

@ObjectType("PolicyRequirement", {
  description: "One sub-product that the policy asks for, with the conditions an attestation must meet.",
  simpleResolvers: true,
})
export class PolicyRequirementType {
  @Field(() => String, { description: "Its name within the policy." })
  key!: string;
  @Field(() => [SubProductKindEnum], { description: "Any one of these kinds will do." })
  kinds!: SubProductKind[];
  @Field(() => Boolean, { description: "Whether the policy fails without it." })
  required!: boolean;
  @Field(() => Int, { nullable: true, description: "How many days old the check may be; null for any age." })
  maxAgeDays!: number | null;
  @Field(() => [PolicyConditionType], { description: "All of these must hold." })
  conditions!: PolicyConditionType[];
  @Field(() => [ID], { nullable: true, description: "Only evidence of these furnishers counts; null for all." })
  furnisherIds!: string[] | null;
}

@ObjectType("Policy", {
  implements: Node,
  description: "What a querier asks for. A published version is frozen; a change is a new version.",
  simpleResolvers: true,
})
export class PolicyType extends Node {
  @Field(() => String, { description: "Its name within the network." })
  name!: string;
  @Field(() => Int, { description: "1, 2, 3 … of this name." })
  version!: number;
  @Field(() => CertificateProductEnum, { description: "What kind of certificate it asks for." })
  product!: CertificateProduct;
  @Field(() => PolicyStatusEnum, { description: "Whether it can be used." })
  status!: PolicyStatus;
  @Field(() => AttestationSelectionEnum, { description: "Which attestation is chosen where several would do." })
  selection!: AttestationSelection;
}

export const RequirementReasonEnum = describedEnum<RequirementReason>(
  "RequirementReason",
  "Why a requirement is met or not: how far the best attestation came.",
  {
    MET: "An attestation meets it.",
    MISSING: "No attestation of these kinds is visible to the caller in these networks.",
    STALE: "It is older than the policy allows.",
    REVOKED: "Its furnisher took it back.",
    DISPUTED: "Somebody doubts it.",
    CONDITION_FAILED: "It does not meet a condition of the policy, or says that the check does not hold.",
    OUTSIDE_CONSENT: "The subject's consent does not name these kinds.",
    NOT_ENTITLED: "The caller may not see it.",
    FURNISHER_EXCLUDED: "Only furnishers that the caller did not accept have attested it.",
  },
);

@ObjectType("RequirementResult", {
  description: "One requirement of the policy, with whether and why it is met.",
  simpleResolvers: true,
})
export class RequirementResultType {
  @Field(() => String, { description: "Its name within the policy." })
  key!: string;
  @Field(() => [SubProductKindEnum], { description: "Any one of these kinds would do." })
  kinds!: SubProductKind[];
  @Field(() => Boolean, { description: "Whether the policy fails without it." })
  required!: boolean;
  @Field(() => Boolean, { description: "Whether it is met." })
  met!: boolean;
  @Field(() => RequirementReasonEnum, { description: "Why, for programs." })
  reason!: RequirementReason;
  @Field(() => String, { nullable: true, description: "Why, in words." })
  detail!: string | null;
}

@InputType({ description: "A demand on one data field." })
export class PolicyConditionInput {
  @Field(() => String, { description: "The data field's name: one of every kind that the requirement names." })
  field!: string;
  @Field(() => ConditionOperatorEnum, { description: "How it is compared." })
  operator!: ConditionOperator;
  @Field(() => [String], { description: "With what, as text: `true`, `3`, `0.8`, `2026-01-31`, `live`." })
  values!: string[];
}

@InputType({ description: "One thing that the policy asks for." })
export class PolicyRequirementInput {
  @Field(() => String, { description: "Its name within the policy: letters, digits, _ or -." })
  key!: string;
  @Field(() => [SubProductKindEnum], {
    description: "Any one of these kinds will do. A kind is named only once in a policy.",
  })
  kinds!: SubProductKind[];
  @Field(() => Boolean, { defaultValue: true, description: "Whether the policy fails without it." })
  required!: boolean;
  @Field(() => Int, { nullable: true, description: "How many days old the check may be, 1 to 36500." })
  maxAgeDays?: number | null;
  @Field(() => [PolicyConditionInput], {
    nullable: true,
    description: "All of these must hold. Checked against each field's type now.",
  })
  conditions?: PolicyConditionInput[] | null;
  @Field(() => [ID], { nullable: true, description: "Only evidence of these furnishers of the network counts." })
  furnisherIds?: string[] | null;
}

@InputType({ description: "A draft of a policy." })
export class CreatePolicyInput {
  @Field(() => ID, { description: "The network: the caller needs the role GOVERNOR there." })
  networkId!: string;
  @Field(() => String, { description: "A name of its own, or that of an earlier policy, whose next version this is." })
  name!: string;
  @Field(() => CertificateProductEnum, { defaultValue: "KYC", description: "What kind of certificate it asks for." })
  product!: CertificateProduct;
  @Field(() => AttestationSelectionEnum, {
    defaultValue: "OLDEST",
    description: "Which attestation is chosen where several would do.",
  })
  selection!: AttestationSelection;
  @Field(() => Boolean, { defaultValue: false, description: "Whether disputed evidence counts." })
  acceptsDisputed!: boolean;
  @Field(() => [PolicyRequirementInput], { description: "1 to 20 requirements." })
  requirements!: PolicyRequirementInput[];
}

@InputType({ description: "Which draft is published." })
export class PublishPolicyInput {
  @Field(() => ID, { description: "The draft." })
  policyId!: string;
  @Field(() => Boolean, { defaultValue: false, description: "Makes it the default of its network and product." })
  isDefault!: boolean;
}

@InputType({ description: "Which policy is taken out of use." })
export class ArchivePolicyInput {
  @Field(() => ID, { description: "The policy." })
  policyId!: string;
}

@ObjectType({ description: "A policy that was taken out of use.", simpleResolvers: true })
export class ArchivePolicyPayload {
  @Field(() => PolicyType, { description: "The policy, archived." })
  policy!: Policy;
}

@ObjectType({ description: "A policy that was written.", simpleResolvers: true })
export class CreatePolicyPayload {
  @Field(() => PolicyType, { description: "The draft." })
  policy!: Policy;
}

@ObjectType({ description: "A policy that was published.", simpleResolvers: true })
export class PublishPolicyPayload {
  @Field(() => PolicyType, { description: "The policy, frozen." })
  policy!: Policy;
}

@Resolver(() => PolicyType)
export class PolicyResolver {
  @Query(() => [PolicyType], {
    description: "The policies of one network, or of all that the caller is in: up to 100 each.",
    complexity: manyCost(10),
  })
  async policies(
    @Arg("networkId", () => ID, { nullable: true, description: "Only of this network." }) networkId: string | undefined,
    @Ctx() { load, read }: Context,
  ) {
    const memberships = networkId
      ? [{ networkId }]
      : await load.many(membershipsOfParticipant, read.actor.participantId);
    const networkIds = [...new Set(memberships.map((one) => one.networkId))];
    return (await Promise.all(networkIds.map((id) => load.many(policiesOfNetwork, id)))).flat();
  }

  @FieldResolver(() => NetworkType, { description: "The network that it belongs to." })
  network(@Root() policy: Policy, @Ctx() { load }: Context) {
    return load.must(NAMED_NETWORK, policy.networkId);
  }

  @FieldResolver(() => Boolean, { description: "Whether it is what a query asks for that names no policy." })
  isDefault(@Root() policy: Policy): boolean {
    return (policy.defaultFor ?? null) !== null;
  }

  @FieldResolver(() => Boolean, { description: "Whether disputed evidence counts." })
  acceptsDisputed(@Root() policy: Policy): boolean {
    return policy.acceptsDisputed === 1;
  }

  @FieldResolver(() => [PolicyRequirementType], {
    description: "What it asks for, in its order.",
    complexity: manyCost(5),
  })
  requirements(@Root() policy: Policy): PolicyRequirement[] {
    return requirementsOf(policy);
  }

  @Mutation(() => CreatePolicyPayload, {
    description: "Writes a draft. Every field, operator and value of its conditions is checked now.",
  })
  async createPolicy(
    @Arg("input", () => CreatePolicyInput, { description: "The draft." }) input: CreatePolicyInput,
    @Ctx() { commit, load }: Context,
  ) {
    const id = await commit((write) => createPolicy(write, input));
    return { policy: await load.must(POLICY, id) };
  }

  @Mutation(() => PublishPolicyPayload, { description: "Freezes a draft, so that it can be asked for." })
  async publishPolicy(
    @Arg("input", () => PublishPolicyInput, { description: "Which." }) input: PublishPolicyInput,
    @Ctx() { commit, load }: Context,
  ) {
    const id = await commit((write) => publishPolicy(write, input));
    return { policy: await load.must(POLICY, id) };
  }

  @Mutation(() => ArchivePolicyPayload, {
    description: "Takes a policy out of use. Certificates that were judged by it still show it.",
  })
  async archivePolicy(
    @Arg("input", () => ArchivePolicyInput, { description: "Which." }) input: ArchivePolicyInput,
    @Ctx() { commit, load }: Context,
  ) {
    const id = await commit((write) => archivePolicy(write, input));
    return { policy: await load.must(POLICY, id) };
  }
}

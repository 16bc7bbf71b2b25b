import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, ObjectType, Resolver, Root } from "type-graphql";
import type { Instant } from "../kernel/instant.js";
import { AttestationType } from "../attestation/graph.js";
import { describedEnum } from "../graph/connection.js";
import type { Context } from "../graph/context.js";
import { manyCost } from "../graph/cost.js";
import { Node } from "../graph/node.js";
import { disputesOfAttestation } from "../graph/relation.js";
import { ATTESTATION, DISPUTE, NAMED_PARTICIPANT } from "../graph/source.js";
import { DateTimeScalar } from "../graph/scalars.js";
import { ParticipantType } from "../network/graph.js";
import type { Dispute, DisputeOutcome } from "./dispute.js";
import { disputeAttestation } from "./raise.js";
import { settleDispute } from "./settle.js";

export const DisputeOutcomeEnum = describedEnum<DisputeOutcome>("DisputeOutcome", "How a dispute ended.", {
  UPHELD: "The attestation stands.",
  CORRECTED: "Another attestation took its place; it is revoked.",
  WITHDRAWN: "It is revoked.",
});

@ObjectType("Dispute", {
  implements: Node,
  description: "The record that a furnisher or governor doubted an attestation, and how that ended.",
  simpleResolvers: true,
})
export class DisputeType extends Node {
  @Field(() => String, { description: "Why it was doubted." })
  reason!: string;
  @Field(() => DateTimeScalar, { description: "When it was raised." })
  raisedAt!: Instant;
  @Field(() => DisputeOutcomeEnum, { nullable: true, description: "How it ended; null while it is open." })
  outcome!: DisputeOutcome | null;
  @Field(() => String, { nullable: true, description: "Why it ended so." })
  settledReason!: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "When it ended." })
  settledAt!: Instant | null;
}

@InputType({ description: "Which attestation is doubted, and why." })
export class DisputeAttestationInput {
  @Field(() => ID, { description: "The attestation: the caller's own, or one in a network that the caller governs." })
  attestationId!: string;
  @Field(() => String, { description: "Why. Whoever holds a certificate that stands on it reads this." })
  reason!: string;
}

@InputType({ description: "How a dispute ends." })
export class SettleDisputeInput {
  @Field(() => ID, { description: "The disputed attestation." })
  attestationId!: string;
  @Field(() => DisputeOutcomeEnum, { description: "How it ends." })
  outcome!: DisputeOutcome;
  @Field(() => String, { description: "Why it ends so." })
  reason!: string;
  @Field(() => ID, {
    nullable: true,
    description: "For CORRECTED: the later attestation of the same furnisher about the same subject and kind.",
  })
  correctedById?: string | null;
}

@ObjectType({ description: "A dispute that was raised.", simpleResolvers: true })
export class DisputeAttestationPayload {
  @Field(() => DisputeType, { description: "The dispute, open." })
  dispute!: Dispute;
}

@ObjectType({ description: "A dispute that has ended.", simpleResolvers: true })
export class SettleDisputePayload {
  @Field(() => DisputeType, { description: "The dispute, settled." })
  dispute!: Dispute;
}

@Resolver(() => DisputeType)
export class DisputeResolver {
  @FieldResolver(() => AttestationType, { description: "What was doubted." })
  attestation(@Root() dispute: Dispute, @Ctx() { load }: Context) {
    return load.must(ATTESTATION, dispute.attestationId);
  }

  @FieldResolver(() => ParticipantType, { description: "Who doubted it." })
  raisedBy(@Root() dispute: Dispute, @Ctx() { load }: Context) {
    return load.must(NAMED_PARTICIPANT, dispute.raisedById);
  }

  @FieldResolver(() => AttestationType, {
    nullable: true,
    description: "What took its place, where the caller may see it.",
  })
  correctedBy(@Root() dispute: Dispute, @Ctx() { load }: Context) {
    return load.one(ATTESTATION, dispute.correctedById);
  }

  @Mutation(() => DisputeAttestationPayload, {
    description:
      "Doubts an attestation. Every certificate that stands on it is disputed until that is settled. Again meanwhile is ILLEGAL_TRANSITION.",
  })
  async disputeAttestation(
    @Arg("input", () => DisputeAttestationInput, { description: "Which, and why." }) input: DisputeAttestationInput,
    @Ctx() { commit, load }: Context,
  ) {
    const id = await commit((write) => disputeAttestation(write, input));
    return { dispute: await load.must(DISPUTE, id) };
  }

  @Mutation(() => SettleDisputePayload, {
    description: "Ends a dispute: the attestation stands again, or is revoked and what stands on it falls.",
  })
  async settleDispute(
    @Arg("input", () => SettleDisputeInput, { description: "How." }) input: SettleDisputeInput,
    @Ctx() { commit, load }: Context,
  ) {
    const id = await commit((write) => settleDispute(write, input));
    return { dispute: await load.must(DISPUTE, id) };
  }
}

/** What disputes add to an attestation. */
@Resolver(() => AttestationType)
export class AttestationDisputeResolver {
  @FieldResolver(() => [DisputeType], { description: "Its disputes, newest first, up to 20.", complexity: manyCost(2) })
  disputes(@Root() attestation: { id: string }, @Ctx() { load }: Context) {
    return load.many(disputesOfAttestation, attestation.id);
  }
}

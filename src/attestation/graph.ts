import {
  Arg,
  Args,
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
  type ClassType,
} from "type-graphql";
import type { Instant } from "../kernel/instant.js";
import { EntityInterface } from "../entity/graph.js";
import { PageArgs, connectionOf, describedEnum } from "../graph/connection.js";
import type { Context } from "../graph/context.js";
import { listCost, manyCost, type CostOf } from "../graph/cost.js";
import { Node } from "../graph/node.js";
import { pageOf } from "../kernel/page.js";
import { may } from "../network/permit.js";
import { attestationsOfEntity, attestationsOfSubmission, networksOfAttestation } from "../graph/relation.js";
import { ATTESTATION, ENTITY, NAMED_NETWORK, NAMED_PARTICIPANT, SUBMISSION } from "../graph/source.js";
import { DateScalar, DateTimeScalar } from "../graph/scalars.js";
import { SubProductInterface, SubProductKindEnum, addChecks, type SubProductRow } from "../graph/sub-product.js";
import { NetworkType, ParticipantType } from "../network/graph.js";
import {
  attestationStatus,
  type Attestation,
  type AttestationStatus,
  type Submission,
  type SubmissionState,
} from "./attestation.js";
import { MAX_RECORDS, furnish, type Furnish } from "./furnish.js";
import { revokeAttestation } from "./revoke.js";
import type { SubProductKind } from "./sub-product.js";

export const AttestationStatusEnum = describedEnum<AttestationStatus>(
  "AttestationStatus",
  "Whether an attestation counts.",
  {
    ACTIVE: "It counts.",
    EXPIRED: "Its time has passed.",
    DISPUTED: "Somebody doubts it.",
    REVOKED: "Its furnisher took it back.",
  },
);

@ObjectType("Attestation", {
  implements: Node,
  description: "A participant's immutable, dated statement that it did one check on one entity, and what came out.",
  simpleResolvers: true,
})
export class AttestationType extends Node {
  @Field(() => SubProductKindEnum, { description: "Which check was done." })
  kind!: SubProductKind;
  @Field(() => DateTimeScalar, { description: "When the check was done." })
  performedAt!: Instant;
  @Field(() => DateTimeScalar, { description: "When it was stated here." })
  furnishedAt!: Instant;
  @Field(() => String, { description: "SHA-256 of the canonical statement, hex." })
  contentHash!: string;
}

export const SubmissionStateEnum = describedEnum<SubmissionState>(
  "SubmissionState",
  "Whether everything of a submission has come in.",
  {
    OPEN: "Lines of an upload are still to come; sent again under its key, it goes on where it was.",
    DONE: "All of it is stored, but for bad lines of an upload.",
  },
);

@ObjectType("Submission", {
  implements: Node,
  description: "One accepted furnishing: a call, or an upload of any number of lines.",
  simpleResolvers: true,
})
export class SubmissionType extends Node {
  @Field(() => SubmissionStateEnum, { description: "Whether everything of it has come in." })
  state!: SubmissionState;
  @Field(() => Int, { description: "How many lines of an upload were taken; of a call, its records." })
  lineCount!: number;
  @Field(() => Int, { description: "How many of the lines were bad, and are not stored." })
  badCount!: number;
  @Field(() => Int, { description: "How many subjects it was about." })
  recordCount!: number;
  @Field(() => Int, { description: "How many attestations it made." })
  attestationCount!: number;
  @Field(() => DateTimeScalar, { description: "When it was accepted; of an upload, when it was opened." })
  furnishedAt!: Instant;
  @Field(() => DateTimeScalar, { description: "When lines were last taken." })
  updatedAt!: Instant;
}

@InputType({
  description:
    "One person and the checks that were done on that person. Each check is optional; at least one is given.",
})
export class KycRecordInput {
  @Field(() => String, { description: "Given name, in any script." })
  firstName!: string;
  @Field(() => String, { description: "Family name, in any script." })
  lastName!: string;
  @Field(() => DateScalar, { description: "Date of birth." })
  dateOfBirth!: string;
  @Field(() => String, { description: "Nine digits, dashes allowed." })
  socialSecurityNumber!: string;
}
addChecks(KycRecordInput as ClassType, "KYC");

@InputType({ description: "Checks on people that the caller did, for networks in which it is a furnisher." })
export class FurnishKycInput {
  @Field(() => [ID], { description: "The networks that may use them: the caller needs the role FURNISHER in each." })
  networkIds!: string[];
  @Field(() => [KycRecordInput], {
    description: `1 to ${MAX_RECORDS} records, each about another person. All are stored or none.`,
  })
  records!: KycRecordInput[];
  @Field(() => String, { nullable: true, description: "The same key and body again answer the first result." })
  idempotencyKey?: string | null;
}

@InputType({
  description: "One business and the checks that were done on it. Each check is optional; at least one is given.",
})
export class KybRecordInput {
  @Field(() => String, { description: "Name as registered with the state." })
  legalName!: string;
  @Field(() => String, { description: "Employer identification number, 12-3456789." })
  ein!: string;
}
addChecks(KybRecordInput as ClassType, "KYB");

@InputType({ description: "Checks on businesses that the caller did, for networks in which it is a furnisher." })
export class FurnishKybInput {
  @Field(() => [ID], { description: "The networks that may use them: the caller needs the role FURNISHER in each." })
  networkIds!: string[];
  @Field(() => [KybRecordInput], {
    description: `1 to ${MAX_RECORDS} records, each about another business. All are stored or none.`,
  })
  records!: KybRecordInput[];
  @Field(() => String, { nullable: true, description: "The same key and body again answer the first result." })
  idempotencyKey?: string | null;
}

@InputType({ description: "Which attestation is taken back, and why." })
export class RevokeAttestationInput {
  @Field(() => ID, { description: "The attestation: one of the caller's own." })
  attestationId!: string;
  @Field(() => String, { description: "Why. Whoever holds a certificate that stands on it reads this." })
  reason!: string;
}

@ObjectType({ description: "What a call of furnishing made.", simpleResolvers: true })
export class FurnishPayload {
  @Field(() => ID, { description: "The submission." })
  submissionId!: string;
  @Field(() => Boolean, { description: "True where the same idempotency key had been answered before." })
  replayed!: boolean;
}

@ObjectType({ description: "An attestation that was taken back.", simpleResolvers: true })
export class RevokeAttestationPayload {
  @Field(() => AttestationType, { description: "The attestation, revoked." })
  attestation!: Attestation;
}

export const AttestationConnection = connectionOf(() => AttestationType, "Attestation");

const FURNISHING = "Every fault of every record is reported at once, and then nothing is stored.";

/** Furnishing costs one for each record. */
const recordsCost: CostOf = ({ args, childComplexity }) =>
  1 + (args as { input: { records: readonly unknown[] } }).input.records.length + childComplexity;

@Resolver(() => AttestationType)
export class AttestationResolver {
  @Query(() => AttestationType, { nullable: true, description: "An attestation that the caller may see." })
  attestation(@Arg("id", () => ID, { description: "Its id." }) id: string, @Ctx() { load }: Context) {
    return load.one(ATTESTATION, id);
  }

  @FieldResolver(() => EntityInterface, {
    nullable: true,
    description: "Whom it is about; null where the caller does not know the entity.",
  })
  subject(@Root() attestation: Attestation, @Ctx() { load }: Context) {
    return load.one(ENTITY, attestation.entityId);
  }

  @FieldResolver(() => ParticipantType, { description: "Who stated it." })
  furnisher(@Root() attestation: Attestation, @Ctx() { load }: Context) {
    return load.must(NAMED_PARTICIPANT, attestation.furnisherId);
  }

  @FieldResolver(() => [NetworkType], {
    description: "The networks it was furnished for, as far as the caller is in them.",
    complexity: manyCost(1),
  })
  async networks(@Root() attestation: Attestation, @Ctx() { load }: Context) {
    const rows = await load.many(networksOfAttestation, attestation.id);
    return Promise.all(rows.map(({ networkId }) => load.must(NAMED_NETWORK, networkId)));
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The canonical statement itself (RFC 8785 JSON), as it was hashed. Personal values stand in it as salted digests. Null for client tokens.",
  })
  statement(@Root() attestation: Attestation, @Ctx() { read }: Context): string | null {
    return may(read.actor, "readStaffWords") ? attestation.statement : null;
  }

  @FieldResolver(() => AttestationStatusEnum, { description: "Whether it counts now." })
  status(@Root() attestation: Attestation): AttestationStatus {
    return attestationStatus(attestation);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Why it does not count, where it does not. Null for client tokens.",
  })
  statusReason(@Root() attestation: Attestation, @Ctx() { read }: Context): string | null {
    return may(read.actor, "readStaffWords") ? (attestation.revokedReason ?? attestation.disputedReason ?? null) : null;
  }

  @Mutation(() => FurnishPayload, {
    description: `States checks on people to networks. ${FURNISHING}`,
    complexity: recordsCost,
  })
  async furnishKyc(
    @Arg("input", () => FurnishKycInput, { description: "The records." }) input: FurnishKycInput,
    @Ctx() { commit }: Context,
  ) {
    return commit((write) => furnish(write, input as unknown as Furnish, "KYC"), "TOGETHER");
  }

  @Mutation(() => FurnishPayload, {
    description: `States checks on businesses to networks. ${FURNISHING}`,
    complexity: recordsCost,
  })
  async furnishKyb(
    @Arg("input", () => FurnishKybInput, { description: "The records." }) input: FurnishKybInput,
    @Ctx() { commit }: Context,
  ) {
    return commit((write) => furnish(write, input as unknown as Furnish, "KYB"), "TOGETHER");
  }

  @Mutation(() => RevokeAttestationPayload, {
    description: "Takes an attestation back. Every certificate that stands on it is revoked.",
  })
  async revokeAttestation(
    @Arg("input", () => RevokeAttestationInput, { description: "Which, and why." }) input: RevokeAttestationInput,
    @Ctx() { commit, load }: Context,
  ) {
    const id = await commit((write) => revokeAttestation(write, input));
    return { attestation: await load.must(ATTESTATION, id) };
  }
}

@Resolver(() => FurnishPayload)
export class FurnishPayloadResolver {
  @FieldResolver(() => [AttestationType], {
    description: "The first attestations, in the order of the records. Read the submission for all of very many.",
    complexity: listCost(100),
  })
  async attestations(
    @Root() payload: { submissionId: string },
    @Arg("first", () => Int, { nullable: true, defaultValue: 100, description: "How many, 1 to 100." }) first: number,
    @Ctx() { load }: Context,
  ) {
    const window = pageOf({ first });
    return (await load.many(attestationsOfSubmission, payload.submissionId)).slice(0, window.first);
  }
}

@Resolver(() => SubmissionType)
export class SubmissionResolver {
  @FieldResolver(() => AttestationConnection, { description: "What it made, newest first.", complexity: listCost() })
  attestations(@Root() submission: Submission, @Args(() => PageArgs) args: PageArgs, @Ctx() { load }: Context) {
    return load.page(attestationsOfSubmission, submission.id, PageArgs.window(args));
  }

  @Query(() => SubmissionType, { nullable: true, description: "A submission of the caller's own." })
  submission(@Arg("id", () => ID, { description: "Its id." }) id: string, @Ctx() { load }: Context) {
    return load.one(SUBMISSION, id);
  }

  @FieldResolver(() => ParticipantType, { description: "Who furnished." })
  furnisher(@Root() submission: Submission, @Ctx() { load }: Context) {
    return load.must(NAMED_PARTICIPANT, submission.participantId);
  }
}

/** What leads from a block back to who stated it, and where it counts. */
@Resolver(() => SubProductInterface)
export class SubProductResolver {
  @FieldResolver(() => AttestationType, { description: "The attestation behind this block." })
  attestation(@Root() { attestation }: SubProductRow) {
    return attestation;
  }

  @FieldResolver(() => ParticipantType, { description: "Who stated it." })
  furnisher(@Root() { attestation }: SubProductRow, @Ctx() { load }: Context) {
    return load.must(NAMED_PARTICIPANT, attestation.furnisherId);
  }

  @FieldResolver(() => NetworkType, { description: "The network that it was taken from." })
  network(@Root() { networkId }: SubProductRow, @Ctx() { load }: Context) {
    return load.must(NAMED_NETWORK, networkId);
  }
}

/** What attestations add to an entity. */
@Resolver(() => EntityInterface)
export class EntityAttestationResolver {
  @FieldResolver(() => AttestationConnection, {
    description: "The attestations about this entity that the caller may see, newest first.",
    complexity: listCost(),
  })
  attestations(@Root() entity: { id: string }, @Args(() => PageArgs) args: PageArgs, @Ctx() { load }: Context) {
    return load.page(attestationsOfEntity, entity.id, PageArgs.window(args));
  }
}

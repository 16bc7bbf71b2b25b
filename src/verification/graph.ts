import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  Float,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { Failure } from "../kernel/failure.js";
import type { Instant } from "../kernel/instant.js";
import { MemberType } from "../business/graph.js";
import type { Member } from "../business/member.js";
import { CertificateType } from "../certificate/graph.js";
import type { Entity, EntityType } from "../entity/entity.js";
import type { BusinessFacts } from "../entity/facts.js";
import { EntityConnection, EntityInterface, EntityTypeEnum, ownFacts } from "../entity/graph.js";
import { PageArgs, connectionOf, describedEnum } from "../graph/connection.js";
import type { Context } from "../graph/context.js";
import { listCost, manyCost } from "../graph/cost.js";
import { Node } from "../graph/node.js";
import {
  checksOfVerification,
  membersOfBusiness,
  standingsOfEntity,
  verificationsOfEntity,
} from "../graph/relation.js";
import { DateTimeScalar, DecimalScalar } from "../graph/scalars.js";
import { CERTIFICATE, ENTITY, VERIFICATION } from "../graph/source.js";
import { may } from "../network/permit.js";
import { approvedLevels } from "./approve.js";
import { hasLevelAndStatus, hasStanding } from "./filter.js";
import { levelsFor } from "./level.js";
import { requestVerification } from "./request.js";
import { reviewVerification } from "./review.js";
import { statesBelow } from "./standing.js";
import { UNDECIDED, standingOf, statusOfRuns, type VerificationStatus } from "./status.js";
import type { CheckOutcome, CheckedElement, Verification, VerificationCheck } from "./verification.js";

export const VerificationStatusEnum = describedEnum<VerificationStatus>(
  "VerificationStatus",
  "What verification has come to. More may be added: treat what you do not know as not passed.",
  {
    UNVERIFIED: "Nothing was asked for yet.",
    PENDING: "It is under way.",
    WEBHOOK_PENDING: "It is under way at a provider that will call back.",
    PASSED: "It has passed.",
    FAILED: "It has failed; documents may still settle it.",
    REVIEW: "Nobody could tell: documents or staff have to settle it.",
    DOCUMENTS_REQUIRED: "Documents are needed before it can pass.",
    DOCUMENTS_RECEIVED: "Documents came in and are being looked at.",
    MEMBER_FAILED: "Somebody who owns or controls the business has failed.",
    MEMBER_REVIEW: "Somebody who owns or controls the business is in review, or owes documents.",
    MEMBER_UNVERIFIED: "Somebody who owns or controls the business was not verified yet.",
    MEMBER_PENDING: "Somebody who owns or controls the business is under way.",
  },
);

export const CheckedElementEnum = describedEnum<CheckedElement>("CheckedElement", "What a finding is about.", {
  NAME: "The name of a person or a business.",
  DATE_OF_BIRTH: "The date of birth.",
  SSN: "The Social Security number.",
  ADDRESS: "The address.",
  PHONE: "The telephone number.",
  EIN: "The employer identification number.",
  REPRESENTATIVE: "Who acts for a business.",
  DOCUMENT: "A document that was handed in.",
  FRAUD: "Signs of fraud.",
});

export const CheckOutcomeEnum = describedEnum<CheckOutcome>("CheckOutcome", "What a comparison came to.", {
  MATCH: "The sources say the same.",
  MISKEY: "The sources say the same but for one typing error.",
  MISMATCH: "The sources say something else.",
  NOT_VERIFIED: "It was not confirmed.",
  INCONCLUSIVE: "Neither clearly the same nor clearly another.",
  WARNING: "A warning.",
});

@ObjectType("VerificationCheck", { description: "One finding behind the tags.", simpleResolvers: true })
export class VerificationCheckType {
  @Field(() => CheckedElementEnum, { description: "What it is about." })
  element!: CheckedElement;
  @Field(() => CheckOutcomeEnum, { description: "What it came to." })
  outcome!: CheckOutcome;
  @Field(() => String, { description: "The same in the published spelling." })
  tag!: string;
}

@ObjectType("Verification", {
  implements: Node,
  description: "One run of verification of an entity at a KYC level, asked for by the caller.",
  simpleResolvers: true,
})
export class VerificationType extends Node {
  @Field(() => VerificationStatusEnum, { description: "Where it stands." })
  status!: VerificationStatus;
  @Field(() => String, { description: "The level that was asked for." })
  kycLevel!: string;
  @Field(() => Int, { description: "Which of the attempts at this level it is, from 1. A pass starts the count anew." })
  attempt!: number;
  @Field(() => DateTimeScalar, { description: "When it was asked for." })
  requestedAt!: Instant;
  @Field(() => DateTimeScalar, { description: "When it last changed." })
  updatedAt!: Instant;
}

export const VerificationConnection = connectionOf(() => VerificationType, "Verification");

@ArgsType()
class VerificationsArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: "Only runs at this level." })
  kycLevel?: string;
  @Field(() => [VerificationStatusEnum], { nullable: true, description: "Only runs in one of these states." })
  status?: VerificationStatus[];
}

@ArgsType()
class EntitiesArgs extends PageArgs {
  @Field(() => EntityTypeEnum, { nullable: true, description: "Only entities of this type." })
  entityType?: EntityType;
  @Field(() => [VerificationStatusEnum], {
    nullable: true,
    description: "Only entities whose verification has come to one of these.",
  })
  status?: VerificationStatus[];
}

@InputType({ description: "Whom to verify, and how thoroughly." })
export class RequestVerificationInput {
  @Field(() => String, { description: "The caller's handle for the entity." })
  handle!: string;
  @Field(() => String, {
    nullable: true,
    description: "One of the entity's `validKycLevels`; the first of them where it is left out.",
  })
  kycLevel?: string | null;
  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "The most that a certificate of the network may cost, where one answers the level; any price where it is left out. With 0, or without the scope `query`, only what costs nothing is reused.",
  })
  maxPrice?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Up to 255 characters: the same key and body again answers the first result.",
  })
  idempotencyKey?: string | null;
}

@InputType({ description: "How staff settles a run." })
export class ReviewVerificationInput {
  @Field(() => ID, { description: "A run in REVIEW or DOCUMENTS_RECEIVED." })
  verificationId!: string;
  @Field(() => VerificationStatusEnum, {
    description: "PASSED, FAILED or, once documents were looked at, DOCUMENTS_REQUIRED.",
  })
  outcome!: VerificationStatus;
  @Field(() => [String], { nullable: true, description: "Why, for staff: up to 10. Nothing that names a person." })
  reasons?: string[] | null;
}

@ObjectType({ description: "A run that was asked for.", simpleResolvers: true })
export class RequestVerificationPayload {
  @Field(() => VerificationType, { description: "The run." })
  verification!: Verification;
  @Field(() => Boolean, {
    description:
      "True where nothing new was begun: the same key had been answered, or a run at this level was under way.",
  })
  replayed!: boolean;
}

@ObjectType({ description: "A run that staff settled.", simpleResolvers: true })
export class ReviewVerificationPayload {
  @Field(() => VerificationType, { description: "The run." })
  verification!: Verification;
}

/** Words that are for staff: whoever holds a client token is the person concerned. */
const forStaff = <T>({ read }: Context, words: T, none: T): T => (may(read.actor, "readStaffWords") ? words : none);

@Resolver(() => VerificationType)
export class VerificationResolver {
  @Query(() => VerificationType, { nullable: true, description: "One of the caller's runs." })
  verification(@Arg("id", () => ID, { description: "Its id." }) id: string, @Ctx() { load }: Context) {
    return load.one(VERIFICATION, id);
  }

  @Query(() => VerificationConnection, { description: "The caller's runs, newest first.", complexity: listCost() })
  verifications(@Args(() => VerificationsArgs) args: VerificationsArgs, @Ctx() { load }: Context) {
    return load.all(VERIFICATION, PageArgs.window(args), hasLevelAndStatus(args.kycLevel, args.status));
  }

  @FieldResolver(() => EntityInterface, { description: "Who is verified." })
  entity(@Root() run: Verification, @Ctx() { load }: Context) {
    return load.must(ENTITY, run.entityId);
  }

  @FieldResolver(() => [String], { description: "Codes and words of reasons, for staff. Empty for client tokens." })
  reasons(@Root() run: Verification, @Ctx() context: Context) {
    return forStaff(context, JSON.parse(run.reasons) as string[], []);
  }

  @FieldResolver(() => [String], {
    description: "What was found, in the published spelling, for staff. Empty for client tokens.",
  })
  tags(@Root() run: Verification, @Ctx() context: Context) {
    return forStaff(context, JSON.parse(run.tags) as string[], []);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: "0 to 1, by the weights of the level; null while none has been computed, and for client tokens.",
  })
  score(@Root() run: Verification, @Ctx() context: Context) {
    return forStaff(context, run.score === null || run.score === undefined ? null : Number(run.score), null);
  }

  @FieldResolver(() => VerificationType, {
    nullable: true,
    description: "The attempt before it at the same level, where this is another.",
  })
  parentVerification(@Root() run: Verification, @Ctx() { load }: Context) {
    return load.one(VERIFICATION, run.parentVerificationId);
  }

  @FieldResolver(() => [VerificationCheckType], {
    description: "The element-by-element findings behind the tags, for staff. Empty for client tokens.",
    complexity: manyCost(5),
  })
  async checks(@Root() run: Verification, @Ctx() context: Context): Promise<readonly VerificationCheck[]> {
    return forStaff(context, await context.load.many(checksOfVerification, run.id), []);
  }

  @FieldResolver(() => CertificateType, {
    nullable: true,
    description: "The certificate that satisfied this run without new work, where one did.",
  })
  certificate(@Root() run: Verification, @Ctx() { load }: Context) {
    return load.one(CERTIFICATE, run.certificateId);
  }

  @Mutation(() => RequestVerificationPayload, {
    description:
      "Asks for a run. What the network can answer under an active consent passes at once, on a certificate; else a provider is asked. While a run at the level is under way, that run is answered.",
  })
  async requestVerification(
    @Arg("input", () => RequestVerificationInput, { description: "Whom, and how." }) input: RequestVerificationInput,
    @Ctx() { commit, load, levels, issuer }: Context,
  ) {
    const { verificationId, replayed } = await commit((write) =>
      requestVerification(write, { levels, iss: issuer }, input),
    );
    return { verification: await load.must(VERIFICATION, verificationId), replayed };
  }

  @Mutation(() => ReviewVerificationPayload, {
    description: "By staff: settles a run that is in review, or whose documents came in.",
  })
  async reviewVerification(
    @Arg("input", () => ReviewVerificationInput, { description: "Which, and how." }) input: ReviewVerificationInput,
    @Ctx() { commit, load }: Context,
  ) {
    const id = await commit((write) => reviewVerification(write, input));
    return { verification: await load.must(VERIFICATION, id) };
  }
}

/** What verification adds to an entity. */
@Resolver(() => EntityInterface)
export class EntityVerificationResolver {
  @Query(() => EntityConnection, {
    description: "The entities that the caller knows, newest first.",
    complexity: listCost(),
  })
  entities(@Args(() => EntitiesArgs) args: EntitiesArgs, @Ctx() { load, read }: Context) {
    return load.all(ENTITY, PageArgs.window(args), hasStanding(read.actor, args.entityType, args.status));
  }

  @FieldResolver(() => VerificationStatusEnum, {
    description:
      "The last status that is decided (pending only while nothing else is known), optionally of one KYC level. A business passes with its members only.",
  })
  verificationStatus(
    @Root() entity: Entity,
    @Arg("kycLevel", () => String, { nullable: true, description: "Only by runs at this level." })
    kycLevel: string | undefined,
    @Ctx() context: Context,
  ): Promise<VerificationStatus> {
    return kycLevel === undefined || kycLevel === null
      ? standingOfEntity(entity.id, context)
      : standingAtLevel(entity, kycLevel, context);
  }

  @FieldResolver(() => VerificationConnection, {
    description: "The caller's runs for this entity, newest first.",
    complexity: listCost(),
  })
  verifications(
    @Root() entity: Entity,
    @Args(() => VerificationsArgs) args: VerificationsArgs,
    @Ctx() { load }: Context,
  ) {
    const filter = hasLevelAndStatus(args.kycLevel, args.status);
    return load.page(verificationsOfEntity, entity.id, PageArgs.window(args), filter);
  }

  @FieldResolver(() => [String], { description: "The levels that the caller may ask for this entity." })
  validKycLevels(@Root() entity: Entity, @Ctx() context: Context): Promise<string[]> {
    return validLevels(entity, context);
  }
}

/** What verification adds to a member. */
@Resolver(() => MemberType)
export class MemberVerificationResolver {
  @FieldResolver(() => VerificationStatusEnum, { description: "What the member's own verification has come to." })
  verificationStatus(@Root() member: Member, @Ctx() context: Context): Promise<VerificationStatus> {
    return standingOfEntity(member.entityId, context);
  }

  @FieldResolver(() => VerificationType, {
    nullable: true,
    description: "The run that speaks for the member: the last that is decided, else the last.",
  })
  async verification(@Root() member: Member, @Ctx() { load }: Context): Promise<Verification | null> {
    const runs = await load.many(verificationsOfEntity, member.entityId);
    return runs.find(({ status }) => !UNDECIDED.includes(status)) ?? runs[0] ?? null;
  }
}

/** A client token is told of its entity and of that entity's members: of anybody else it gets no answer, rather than a wrong one. */
async function refuseOthers(entityId: string, { read, load }: Context): Promise<void> {
  const own = read.actor.entityId;
  if (!own || own === entityId) return;
  const members = await load.many(membersOfBusiness, own);
  if (!members.some((member) => member.entityId === entityId))
    throw new Failure("FORBIDDEN", "A client token tells of its own entity alone.");
}

/** What an entity's verification has come to, as it is kept. */
export async function standingOfEntity(entityId: string, context: Context): Promise<VerificationStatus> {
  await refuseOthers(entityId, context);
  const { load } = context;
  return (await load.many(standingsOfEntity, entityId))[0]!.status;
}

/** The same by the runs of one level alone; members count by all of theirs. */
export async function standingAtLevel(entity: Entity, kycLevel: string, context: Context): Promise<VerificationStatus> {
  await refuseOthers(entity.id, context);
  const { load, read, batch } = context;
  const runs = await load.many(verificationsOfEntity, entity.id);
  const own = statusOfRuns(runs.filter((run) => run.kycLevel === kycLevel).map(({ status }) => status));
  if (entity.entityType !== "BUSINESS") return own;
  const below = batch("states below", async (ids: readonly string[]) => {
    const states = await statesBelow(read, read.actor.participantId, ids);
    return ids.map((id) => states.get(id) ?? []);
  });
  return standingOf(own, await below(entity.id));
}

/** The names of the levels that the caller may ask for an entity, in the order of preference. */
export async function validLevels(entity: Entity, context: Context): Promise<string[]> {
  const { read, batch, levels } = context;
  const own = await ownFacts(entity, context);
  const approved = batch("approved levels", async (keys: readonly string[]) => {
    const known = await approvedLevels(read, levels);
    return keys.map(() => known);
  });
  const businessType = (own?.facts as BusinessFacts | undefined)?.businessType ?? null;
  return levelsFor(await approved(""), entity.entityType, businessType).map(({ name }) => name);
}

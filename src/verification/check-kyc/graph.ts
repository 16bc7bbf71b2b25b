import { Arg, Ctx, Field, FieldResolver, ObjectType, Query, Resolver, Root, Subscription } from "type-graphql";
import type { Entity } from "../../entity/entity.js";
import { idOf } from "../../entity/find.js";
import { EntityInterface } from "../../entity/graph.js";
import type { Context } from "../../graph/context.js";
import { manyCost } from "../../graph/cost.js";
import { followedElsewhere } from "../../graph/followed-elsewhere.js";
import { verificationsOfEntity } from "../../graph/relation.js";
import { ENTITY } from "../../graph/source.js";
import { notFound } from "../../kernel/failure.js";
import { VerificationStatusEnum, VerificationType, standingAtLevel, standingOfEntity, validLevels } from "../graph.js";
import { messageOf } from "../message.js";
import { awaitingDocuments } from "../require.js";
import type { VerificationStatus } from "../status.js";
import type { Verification } from "../verification.js";

/** An entity as it was asked about. */
interface Checked {
  readonly entity: Entity;
  readonly handle: string;
  readonly kycLevel: string | null;
}

@ObjectType("KycCheck", {
  description: "The state that Sila's /check_kyc answers with. Subscribe instead of asking again and again.",
  simpleResolvers: true,
})
export class KycCheckType {
  @Field(() => EntityInterface, { description: "Who was asked about." })
  entity!: Entity;
}

const runsOf = async ({ entity, kycLevel }: Checked, { load }: Context): Promise<readonly Verification[]> => {
  const runs = await load.many(verificationsOfEntity, entity.id);
  return kycLevel === null ? runs : runs.filter((run) => run.kycLevel === kycLevel);
};

const statusOf = ({ entity, kycLevel }: Checked, context: Context): Promise<VerificationStatus> =>
  kycLevel === null ? standingOfEntity(entity.id, context) : standingAtLevel(entity, kycLevel, context);

@Resolver(() => KycCheckType)
export class KycCheckResolver {
  @Query(() => KycCheckType, { description: "What verification has come to for one of the caller's handles." })
  async checkKyc(
    @Arg("handle", () => String, { description: "The caller's handle." }) handle: string,
    @Arg("kycLevel", () => String, { nullable: true, description: "Only by runs at this level." })
    kycLevel: string | undefined,
    @Ctx() { read, load }: Context,
  ): Promise<Checked> {
    const entity = await load.one(ENTITY, await idOf(read, null, handle));
    if (!entity) throw notFound("Entity", "handle");
    return { entity, handle, kycLevel: kycLevel ?? null };
  }

  @Subscription(() => KycCheckType, {
    name: "checkKyc",
    subscribe: followedElsewhere,
    description:
      "The present state at once, then each change of it. Who is behind is told the latest: follow `events` where every step counts.",
  })
  async followKyc(
    @Arg("handle", () => String, { description: "The caller's handle." }) handle: string,
    @Arg("kycLevel", () => String, { nullable: true, description: "Only by runs at this level." })
    kycLevel: string | undefined,
    @Ctx() context: Context,
  ): Promise<Checked> {
    return this.checkKyc(handle, kycLevel, context);
  }

  @FieldResolver(() => Boolean, { description: "True where the status is PASSED, and only there." })
  async success(@Root() checked: Checked, @Ctx() context: Context) {
    return (await statusOf(checked, context)) === "PASSED";
  }

  @FieldResolver(() => String, { description: "The status in words." })
  async message(@Root() checked: Checked, @Ctx() context: Context) {
    return messageOf(checked.handle, await statusOf(checked, context));
  }

  @FieldResolver(() => VerificationStatusEnum, { description: "What verification has come to." })
  verificationStatus(@Root() checked: Checked, @Ctx() context: Context) {
    return statusOf(checked, context);
  }

  @FieldResolver(() => [VerificationType], {
    description: "Runs that documents can still save.",
    complexity: manyCost(1),
  })
  async documentsRequired(@Root() checked: Checked, @Ctx() context: Context) {
    return awaitingDocuments(await runsOf(checked, context), context.levels);
  }

  @FieldResolver(() => [VerificationType], {
    description: "The runs, newest first, up to 100.",
    complexity: manyCost(5),
  })
  verificationHistory(@Root() checked: Checked, @Ctx() context: Context) {
    return runsOf(checked, context);
  }

  @FieldResolver(() => [String], { description: "The levels that the caller may ask for this entity." })
  validKycLevels(@Root() { entity }: Checked, @Ctx() context: Context) {
    return validLevels(entity, context);
  }
}

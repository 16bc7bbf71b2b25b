import { Arg, Ctx, Field, FieldResolver, InputType, Mutation, ObjectType, Resolver, Root } from "type-graphql";
import type { Decimal } from "../kernel/decimal.js";
import type { Id } from "../kernel/id.js";
import type { Instant } from "../kernel/instant.js";
import type { Entity } from "../entity/entity.js";
import { Business, EntityInterface, Individual } from "../entity/graph.js";
import { describedEnum } from "../graph/connection.js";
import type { Context } from "../graph/context.js";
import { manyCost } from "../graph/cost.js";
import { Node } from "../graph/node.js";
import { certificationsOfBusiness, membersOfBusiness, membershipsOfEntity } from "../graph/relation.js";
import { DateTimeScalar, DecimalScalar } from "../graph/scalars.js";
import { CERTIFICATION, ENTITY, MEMBER, NAMED_ENTITY, NAMED_MEMBER } from "../graph/source.js";
import { may } from "../network/permit.js";
import type { Certification, CertificationStatus } from "./certification.js";
import { certifyBeneficialOwner } from "./certify-owner.js";
import { certifyBusiness } from "./certify-business.js";
import { linkMember } from "./link.js";
import type { Member, MemberRole } from "./member.js";
import { beneficialOwners, thresholdOf, type Owner } from "./owners.js";
import { readOwnership } from "./read-ownership.js";
import { readRolls } from "./read-rolls.js";
import { statusOfBusiness, statusOfMember, statusOfOwner, type Roll } from "./roll.js";
import { unlinkMember } from "./unlink.js";

export const MemberRoleEnum = describedEnum<MemberRole>("MemberRole", "What an entity is in a business.", {
  CONTROLLING_OFFICER: "Somebody who controls it. The only one cannot be unlinked.",
  BENEFICIAL_OWNER: "Somebody who owns a part of it: a person, or another business.",
  ADMINISTRATOR: "Somebody who acts for it here and certifies its owners. Alone, this needs no verification.",
});

export const CertificationStatusEnum = describedEnum<CertificationStatus>(
  "CertificationStatus",
  "Whether owners have been certified as they are shown now.",
  {
    CERTIFIED: "They have.",
    CERTIFICATION_PENDING: "They have not, or something has changed since.",
    CERTIFICATION_NOT_REQUIRED: "Nobody has to certify this.",
  },
);

@ObjectType("Member", {
  implements: Node,
  description: "One role of one entity in a business: a person with two roles is two members.",
  simpleResolvers: true,
})
export class MemberType extends Node {
  @Field(() => MemberRoleEnum, { description: "The role." })
  role!: MemberRole;
  @Field(() => String, { nullable: true, description: "What the member is there, such as a title." })
  details!: string | null;
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "Percent, more than 0 and at most 100; null but for beneficial owners.",
  })
  ownershipStake!: Decimal | null;
  @Field(() => DateTimeScalar, { description: "Since when." })
  linkedAt!: Instant;
  @Field(() => DateTimeScalar, { nullable: true, description: "Until when; null while it is linked." })
  unlinkedAt!: Instant | null;
}

@ObjectType("Certification", {
  implements: Node,
  description: "A business's statement, by its administrator, that its beneficial owners are right.",
  simpleResolvers: true,
})
export class CertificationType extends Node {
  @Field(() => DateTimeScalar, { description: "When it was stated." })
  createdAt!: Instant;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "Until when the business has to state it anew: 30 days after something changed. Null while nothing has.",
  })
  expiresAfter!: Instant | null;
}

@ObjectType("BeneficialOwner", {
  description: "A natural person that owns enough of a business, directly or through others.",
  simpleResolvers: true,
})
export class BeneficialOwnerType {
  @Field(() => DecimalScalar, {
    description: "Percent, exact: stakes multiply along a chain and add over chains.",
  })
  percentage!: Decimal;
}

@InputType({ description: "Who becomes what of which business." })
export class LinkMemberInput {
  @Field(() => String, { description: "The caller's handle of the business." })
  businessHandle!: string;
  @Field(() => String, { description: "The caller's handle of the member. A business can be a beneficial owner only." })
  memberHandle!: string;
  @Field(() => MemberRoleEnum, { description: "The role. One entity may have several, none twice." })
  role!: MemberRole;
  @Field(() => String, { nullable: true, description: "What the member is there, such as a title." })
  details?: string | null;
  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "Percent, more than 0 and at most 100, with up to 6 decimals. Needed for a beneficial owner, and for nobody else. Direct stakes in one business never sum over 100.",
  })
  ownershipStake?: string | null;
}

@InputType({ description: "Who no longer is what of which business." })
export class UnlinkMemberInput {
  @Field(() => String, { description: "The caller's handle of the business." })
  businessHandle!: string;
  @Field(() => String, { description: "The caller's handle of the member." })
  memberHandle!: string;
  @Field(() => MemberRoleEnum, { description: "The role that ends. The only controlling officer keeps it." })
  role!: MemberRole;
}

const ADMINISTRATOR =
  "The caller's handle of the administrator who certifies; may be left out where there is only one.";

@InputType({ description: "Which beneficial owner is right as shown." })
export class CertifyBeneficialOwnerInput {
  @Field(() => String, { description: "The caller's handle of the business." })
  businessHandle!: string;
  @Field(() => String, { description: "The caller's handle of the beneficial owner." })
  memberHandle!: string;
  @Field(() => String, { description: "The member's `certificationToken`, as it was read with what is certified." })
  certificationToken!: string;
  @Field(() => String, { nullable: true, description: ADMINISTRATOR })
  administratorHandle?: string | null;
}

@InputType({ description: "Which business's owners are right." })
export class CertifyBusinessInput {
  @Field(() => String, { description: "The caller's handle of the business." })
  businessHandle!: string;
  @Field(() => String, { nullable: true, description: ADMINISTRATOR })
  administratorHandle?: string | null;
}

@ObjectType({ description: "A member that was linked.", simpleResolvers: true })
export class LinkMemberPayload {
  @Field(() => MemberType, { description: "The member." })
  member!: Member;
}

@ObjectType({ description: "A member was unlinked.", simpleResolvers: true })
export class UnlinkMemberPayload {
  @Field(() => Business, { description: "The business, without it." })
  business!: Entity;
}

@ObjectType({ description: "A beneficial owner that was certified.", simpleResolvers: true })
export class CertifyBeneficialOwnerPayload {
  @Field(() => MemberType, { description: "The owner." })
  member!: Member;
}

@ObjectType({ description: "A business that was certified.", simpleResolvers: true })
export class CertifyBusinessPayload {
  @Field(() => CertificationType, { description: "The statement that stands now." })
  certification!: Certification;
}

/** By what the certification of a business is judged, read once for all businesses of an answer. */
const rollOf = (businessId: Id<"ent">, { batch, read }: Context): Promise<Roll> =>
  batch("roll of a business", (ids: readonly Id<"ent">[]) => readRolls(read, ids))(businessId);

@Resolver(() => MemberType)
export class MemberResolver {
  @FieldResolver(() => Business, { description: "The business." })
  business(@Root() member: Member, @Ctx() { load }: Context) {
    return load.must(NAMED_ENTITY, member.businessId);
  }

  @FieldResolver(() => EntityInterface, { description: "Who has the role: a person or, as an owner, a business." })
  entity(@Root() member: Member, @Ctx() { load }: Context) {
    return load.must(NAMED_ENTITY, member.entityId);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether the business can pass only once this entity has: false for one that only administers.",
  })
  async verificationRequired(@Root() { businessId, entityId }: Member, @Ctx() context: Context): Promise<boolean> {
    return (await rollOf(businessId, context)).required.has(entityId);
  }

  @FieldResolver(() => CertificationStatusEnum, {
    description: "Whether this beneficial owner has been certified as it is shown now.",
  })
  async beneficialOwnerCertificationStatus(@Root() { id, businessId }: Member, @Ctx() context: Context) {
    return statusOfOwner(await rollOf(businessId, context), id);
  }

  @FieldResolver(() => CertificationStatusEnum, {
    description: "Whether the business has certified this beneficial owner with all others.",
  })
  async businessCertificationStatus(@Root() { id, businessId }: Member, @Ctx() context: Context) {
    return statusOfMember(await rollOf(businessId, context), id);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Proves that the certifier saw the data it certifies; changes when that data changes. Null but for beneficial owners, and for whoever may not certify, such as client tokens.",
  })
  async certificationToken(@Root() { id, businessId }: Member, @Ctx() context: Context): Promise<string | null> {
    return may(context.read.actor, "certify")
      ? ((await rollOf(businessId, context)).members.get(id)?.token ?? null)
      : null;
  }

  @Mutation(() => LinkMemberPayload, {
    description:
      "Gives an entity one role in a business. What was certified about its owners is open again. A role that is held already is a CONFLICT.",
  })
  async linkMember(
    @Arg("input", () => LinkMemberInput, { description: "Who, and what." }) input: LinkMemberInput,
    @Ctx() { commit, load }: Context,
  ) {
    const id = await commit((write) => linkMember(write, input));
    return { member: await load.must(MEMBER, id) };
  }

  @Mutation(() => UnlinkMemberPayload, {
    description: "Takes one role in a business from an entity. What was certified about its owners is open again.",
  })
  async unlinkMember(
    @Arg("input", () => UnlinkMemberInput, { description: "Who, and what." }) input: UnlinkMemberInput,
    @Ctx() { commit, load }: Context,
  ) {
    const id = await commit((write) => unlinkMember(write, input));
    return { business: await load.must(ENTITY, id) };
  }

  @Mutation(() => CertifyBeneficialOwnerPayload, {
    description: "Confirms one beneficial owner as shown. Refused where what was shown has changed since.",
  })
  async certifyBeneficialOwner(
    @Arg("input", () => CertifyBeneficialOwnerInput, { description: "Which owner." })
    input: CertifyBeneficialOwnerInput,
    @Ctx() { commit, load }: Context,
  ) {
    const id = await commit((write) => certifyBeneficialOwner(write, input));
    return { member: await load.must(MEMBER, id) };
  }
}

@Resolver(() => CertificationType)
export class CertificationResolver {
  @FieldResolver(() => Business, { description: "Whose owners it is about." })
  business(@Root() certification: Certification, @Ctx() { load }: Context) {
    return load.must(NAMED_ENTITY, certification.businessId);
  }

  @FieldResolver(() => EntityInterface, { description: "Who stated it." })
  administrator(@Root() certification: Certification, @Ctx() { load }: Context) {
    return load.must(NAMED_ENTITY, certification.administratorId);
  }

  @FieldResolver(() => [EntityInterface], {
    description: "The beneficial owners that it certified.",
    complexity: manyCost(5),
  })
  beneficialOwnerCertifications(@Root() certification: Certification, @Ctx() { load }: Context) {
    return Promise.all((JSON.parse(certification.owners) as string[]).map((id) => load.must(NAMED_ENTITY, id)));
  }

  @Mutation(() => CertifyBusinessPayload, {
    description:
      "States that the owners of a business are right: each has to be certified as shown now. While nothing has changed, the statement that stands is the answer.",
  })
  async certifyBusiness(
    @Arg("input", () => CertifyBusinessInput, { description: "Which business." }) input: CertifyBusinessInput,
    @Ctx() { commit, load }: Context,
  ) {
    const id = await commit((write) => certifyBusiness(write, input));
    return { certification: await load.must(CERTIFICATION, id) };
  }
}

@Resolver(() => BeneficialOwnerType)
export class BeneficialOwnerResolver {
  @FieldResolver(() => Individual, { description: "The person." })
  person(@Root() owner: Owner, @Ctx() { load }: Context) {
    return load.must(NAMED_ENTITY, owner.entityId);
  }

  @FieldResolver(() => [[MemberType]], {
    description:
      "The chains that make it so, each from the business to the person: up to 100, the most valuable first; of very many owners, only the best one each. None visits anybody twice.",
    complexity: manyCost(5),
  })
  paths(@Root() owner: Owner, @Ctx() { load }: Context) {
    return Promise.all(owner.paths().map((path) => Promise.all(path.map((id) => load.must(NAMED_MEMBER, id)))));
  }
}

/** What members and certification add to a business. */
@Resolver(() => Business)
export class BusinessMemberResolver {
  @FieldResolver(() => [MemberType], {
    description: "Whoever is linked to it now, in the order in which they were: up to 1,000.",
    complexity: manyCost(20),
  })
  async members(
    @Root() business: Entity,
    @Arg("role", () => MemberRoleEnum, { nullable: true, description: "Only this role." }) role: MemberRole | undefined,
    @Ctx() { load }: Context,
  ) {
    const members = await load.many(membersOfBusiness, business.id);
    return role ? members.filter((member) => member.role === role) : members;
  }

  @FieldResolver(() => CertificationStatusEnum, {
    description: "Whether the business has certified its owners as they are shown now.",
  })
  async certificationStatus(@Root() business: Entity, @Ctx() context: Context) {
    return statusOfBusiness(await rollOf(business.id, context));
  }

  @FieldResolver(() => [CertificationType], {
    description: "What it has certified, newest first, up to 100.",
    complexity: manyCost(5),
  })
  certificationHistory(@Root() business: Entity, @Ctx() { load }: Context) {
    return load.many(certificationsOfBusiness, business.id);
  }

  @FieldResolver(() => [BeneficialOwnerType], {
    description:
      "Every natural person at or above the threshold, direct and indirect, with the chains that make it so: the greatest first, up to 1,000.",
    complexity: manyCost(10),
  })
  async beneficialOwners(
    @Root() { id }: Entity,
    @Arg("threshold", () => DecimalScalar, {
      nullable: true,
      description: "Percent, more than 0 and at most 100; 25 where it is left out.",
    })
    threshold: string | undefined,
    @Ctx() { batch, read }: Context,
  ): Promise<Owner[]> {
    const atLeast = thresholdOf(threshold, "threshold");
    const ownership = batch("ownership below", (ids: readonly Id<"ent">[]) => readOwnership(read, ids));
    return beneficialOwners(await ownership(id), id, atLeast);
  }
}

/** What members add to an entity. */
@Resolver(() => EntityInterface)
export class EntityMembershipResolver {
  @FieldResolver(() => [MemberType], {
    description: "What this entity is of which businesses now, up to 100.",
    complexity: manyCost(5),
  })
  memberships(@Root() entity: { id: string }, @Ctx() { load }: Context) {
    return load.many(membershipsOfEntity, entity.id);
  }
}

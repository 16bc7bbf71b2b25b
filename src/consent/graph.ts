import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, ObjectType, Resolver, Root } from "type-graphql";
import type { Instant } from "../kernel/instant.js";
import { SUB_PRODUCT_KINDS, type SubProductKind } from "../attestation/sub-product.js";
import { EntityInterface } from "../entity/graph.js";
import { describedEnum } from "../graph/connection.js";
import type { Context } from "../graph/context.js";
import { manyCost } from "../graph/cost.js";
import { Node } from "../graph/node.js";
import { consentsOfEntity } from "../graph/relation.js";
import { CONSENT, ENTITY, NAMED_NETWORK, NAMED_PARTICIPANT } from "../graph/source.js";
import { DateTimeScalar } from "../graph/scalars.js";
import { SubProductKindEnum } from "../graph/sub-product.js";
import { NetworkType, ParticipantType } from "../network/graph.js";
import { consentStatus, consentedKinds, type Consent, type ConsentStatus } from "./consent.js";
import { recordConsent } from "./record.js";
import { withdrawConsent } from "./withdraw.js";

export const ConsentStatusEnum = describedEnum<ConsentStatus>("ConsentStatus", "Whether a consent counts.", {
  ACTIVE: "It counts.",
  EXPIRED: "Its time has passed.",
  WITHDRAWN: "The subject took it back.",
});

@ObjectType("Consent", {
  implements: Node,
  description: "The subject's permission for one participant to query in one network, for a purpose, until a time.",
  simpleResolvers: true,
})
export class ConsentType extends Node {
  @Field(() => String, { description: "What the subject allowed the query for." })
  purpose!: string;
  @Field(() => DateTimeScalar, { description: "When it was recorded." })
  grantedAt!: Instant;
  @Field(() => DateTimeScalar, { nullable: true, description: "When it ends by itself; null for never." })
  expiresAt!: Instant | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "When the subject took it back." })
  withdrawnAt!: Instant | null;
}

@InputType({ description: "A consent that the caller gathered from the subject." })
export class RecordConsentInput {
  @Field(() => ID, { description: "The network to query in: the caller needs the role QUERIER there." })
  networkId!: string;
  @Field(() => String, { description: "The caller's handle of the subject." })
  handle!: string;
  @Field(() => String, { description: "What the subject allowed the query for." })
  purpose!: string;
  @Field(() => [SubProductKindEnum], {
    nullable: true,
    description: "The sub-products that the subject allowed; all of them where this is left out.",
  })
  kinds?: SubProductKind[] | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "When the consent ends by itself." })
  expiresAt?: Instant | null;
  @Field(() => Boolean, { description: "Must be true: the caller states that the subject consented." })
  subjectConsented!: boolean;
}

@InputType({ description: "Which consent ends." })
export class WithdrawConsentInput {
  @Field(() => ID, { description: "The consent." })
  consentId!: string;
}

@ObjectType({ description: "A consent that was recorded.", simpleResolvers: true })
export class RecordConsentPayload {
  @Field(() => ConsentType, { description: "The consent." })
  consent!: Consent;
}

@ObjectType({ description: "A consent that has ended.", simpleResolvers: true })
export class WithdrawConsentPayload {
  @Field(() => ConsentType, { description: "The consent, withdrawn." })
  consent!: Consent;
}

@Resolver(() => ConsentType)
export class ConsentResolver {
  @FieldResolver(() => EntityInterface, { description: "Who consented." })
  subject(@Root() consent: Consent, @Ctx() { load }: Context) {
    return load.must(ENTITY, consent.entityId);
  }

  @FieldResolver(() => ParticipantType, { description: "Who may query." })
  grantedTo(@Root() consent: Consent, @Ctx() { load }: Context) {
    return load.must(NAMED_PARTICIPANT, consent.participantId);
  }

  @FieldResolver(() => NetworkType, { description: "Where it may query." })
  network(@Root() consent: Consent, @Ctx() { load }: Context) {
    return load.must(NAMED_NETWORK, consent.networkId);
  }

  @FieldResolver(() => [SubProductKindEnum], { description: "The sub-products that the subject allowed." })
  kinds(@Root() consent: Consent): SubProductKind[] {
    const named = consentedKinds(consent);
    return SUB_PRODUCT_KINDS.filter((kind) => named?.has(kind) ?? true);
  }

  @FieldResolver(() => ConsentStatusEnum, { description: "Whether it counts now." })
  status(@Root() consent: Consent, @Ctx() { read }: Context): ConsentStatus {
    return consentStatus(consent, read.now);
  }

  @Mutation(() => RecordConsentPayload, {
    description:
      "Records that a subject allowed the caller to query in one network. The same again answers the consent that stands on these terms.",
  })
  async recordConsent(
    @Arg("input", () => RecordConsentInput, { description: "The consent." }) input: RecordConsentInput,
    @Ctx() { commit, load }: Context,
  ) {
    const id = await commit((write) => recordConsent(write, input));
    return { consent: await load.must(CONSENT, id) };
  }

  @Mutation(() => WithdrawConsentPayload, {
    description: "Ends a consent before the next read. Certificates issued under it are revoked.",
  })
  async withdrawConsent(
    @Arg("input", () => WithdrawConsentInput, { description: "Which." }) input: WithdrawConsentInput,
    @Ctx() { commit, load }: Context,
  ) {
    const id = await commit((write) => withdrawConsent(write, input));
    return { consent: await load.must(CONSENT, id) };
  }
}

/** What consents add to an entity. */
@Resolver(() => EntityInterface)
export class EntityConsentResolver {
  @FieldResolver(() => [ConsentType], {
    description: "The consents that this entity gave the caller, newest first, up to 100.",
    complexity: manyCost(5),
  })
  consents(@Root() entity: { id: string }, @Ctx() { load }: Context) {
    return load.many(consentsOfEntity, entity.id);
  }
}

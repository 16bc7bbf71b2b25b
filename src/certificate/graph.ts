import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import type { Decimal } from "../kernel/decimal.js";
import { SUB_PRODUCT_KINDS, type SubProductKind } from "../attestation/sub-product.js";
import { EntityInterface } from "../entity/graph.js";
import { PageArgs, connectionOf, describedEnum } from "../graph/connection.js";
import type { Context } from "../graph/context.js";
import { listCost, manyCost } from "../graph/cost.js";
import { Node } from "../graph/node.js";
import { blocksOfCertificate, certificatesOfEntity } from "../graph/relation.js";
import {
  BLOCK_ATTESTATION,
  CERTIFICATE,
  ENTITY,
  JUDGING_POLICY,
  NAMED_NETWORK,
  NAMED_PARTICIPANT,
  QUERY_EVENT,
  SIGNED_CERTIFICATE,
} from "../graph/source.js";
import { DateTimeScalar, DecimalScalar } from "../graph/scalars.js";
import {
  SubProductInterface,
  SubProductKindEnum,
  blockResolverOf,
  rowOf,
  type SubProductRow,
} from "../graph/sub-product.js";
import { CertificateProductEnum, NetworkType, ParticipantType } from "../network/graph.js";
import type { CertificateProduct } from "../network/network.js";
import { may } from "../network/permit.js";
import type { RequirementResult } from "../policy/evaluate.js";
import { PolicyType, RequirementResultType } from "../policy/graph.js";
import {
  certificateStatus,
  hasAnyStatus,
  statusReason,
  type Certificate,
  type CertificateStatus,
  type QueryEvent,
  type QueryOutcome,
} from "./certificate.js";
import { checkCoverage, type FurnisherCoverage } from "./coverage.js";
import { queryCertificate } from "./query.js";

export const CertificateStatusEnum = describedEnum<CertificateStatus>(
  "CertificateStatus",
  "Whether a certificate still stands. Its content never changes; this does.",
  {
    VALID: "It stands as it was issued.",
    EXPIRING: "Within 30 days a check passes the age that the policy allows.",
    STALE: "A check has passed the age that the policy allows.",
    DISPUTED: "Somebody doubts an attestation that it stands on.",
    REVOKED: "An attestation was revoked, or the consent withdrawn.",
    SUPERSEDED: "A newer one was issued for the same subject, policy and querier.",
  },
);

export const QueryOutcomeEnum = describedEnum<QueryOutcome>("QueryOutcome", "What a query came to.", {
  ISSUED: "A certificate.",
  NOT_SATISFIED: "A no, with its reasons: recorded, and free.",
});

@ObjectType("QueryEvent", {
  implements: Node,
  description: "The billable record of one certificate query.",
  simpleResolvers: true,
})
export class QueryEventType extends Node {
  @Field(() => DateTimeScalar, { description: "When it was asked." })
  occurredAt!: string;
  @Field(() => QueryOutcomeEnum, { description: "What it came to." })
  outcome!: QueryOutcome;
  @Field(() => DecimalScalar, {
    description: "What was charged: zero for a no, but where the network charges for it and coverage had said so.",
  })
  price!: Decimal;
  @Field(() => String, { description: "Currency of the price, ISO 4217." })
  currency!: string;
}

@ObjectType("Certificate", {
  implements: Node,
  description:
    "A network-issued answer, assembled from attestations under one policy version at one moment. Its content never changes; its status does.",
  simpleResolvers: true,
})
export class CertificateType extends Node {
  @Field(() => CertificateProductEnum, { description: "What kind of subject it is about." })
  product!: CertificateProduct;
  @Field(() => DateTimeScalar, { description: "When it was issued." })
  issuedAt!: string;
}

@ObjectType("FurnisherCoverage", { description: "What one furnisher alone could answer.", simpleResolvers: true })
export class FurnisherCoverageType {
  @Field(() => Boolean, { description: "Whether this furnisher alone would satisfy the policy." })
  complete!: boolean;
  @Field(() => [SubProductKindEnum], { description: "The kinds that would come from it if it were the only one." })
  kinds!: SubProductKind[];
}

@ObjectType({
  description: "Whether the policy can be met, asked before paying. Free, recorded, rate limited.",
  simpleResolvers: true,
})
export class Coverage {
  @Field(() => Boolean, { description: "Whether a query now would issue a certificate." })
  satisfiable!: boolean;
  @Field(() => [RequirementResultType], { description: "Every requirement, met or not, with the reason." })
  requirements!: RequirementResultType[];
  @Field(() => [FurnisherCoverageType], { description: "What each furnisher that counts could answer alone, by id." })
  furnishers!: FurnisherCoverageType[];
  @Field(() => DecimalScalar, { description: "What a certificate would cost now." })
  price!: Decimal;
  @Field(() => DecimalScalar, { description: "What a no would cost now: zero but where a network charges for it." })
  noPrice!: Decimal;
  @Field(() => String, { description: "Currency of the price, ISO 4217." })
  currency!: string;
}

@InputType({ description: "What would be asked." })
export class CheckCoverageInput {
  @Field(() => ID, { description: "The subject's consent, one of the caller's own." })
  consentId!: string;
  @Field(() => [ID], {
    description: "The networks to ask, that of the consent among them: the caller needs the role QUERIER in each.",
  })
  networkIds!: string[];
  @Field(() => ID, {
    nullable: true,
    description: "The policy; the default of the first network where it is left out.",
  })
  policyId?: string | null;
  @Field(() => CertificateProductEnum, {
    nullable: true,
    defaultValue: "KYC",
    description: "What kind of certificate.",
  })
  product!: CertificateProduct;
  @Field(() => [ID], {
    nullable: true,
    description: "Accepts evidence of these furnishers only; of all where it is left out.",
  })
  furnisherIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: "Accepts no evidence of these furnishers." })
  excludedFurnisherIds?: string[] | null;
}

@InputType({ description: "What is asked." })
export class QueryCertificateInput extends CheckCoverageInput {
  @Field(() => DecimalScalar, { nullable: true, description: "Refuses, without charge, where the price is higher." })
  maxPrice?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "The same key and body again answer the first result, and charge nothing.",
  })
  idempotencyKey?: string | null;
}

@ObjectType({
  description: "The answer to a certificate query: a yes with its certificate or a no that explains itself.",
  simpleResolvers: true,
})
export class QueryCertificatePayload {
  @Field(() => CertificateType, {
    nullable: true,
    description: "Null where the policy was not satisfied: an answer, not an error.",
  })
  certificate!: Certificate | null;
  @Field(() => [RequirementResultType], {
    description: "Every requirement of the policy, met or not, with the reason.",
  })
  requirements!: RequirementResultType[];
  @Field(() => QueryEventType, { description: "The billable record." })
  queryEvent!: QueryEvent;
  @Field(() => Boolean, { description: "True where the same idempotency key had been answered before." })
  replayed!: boolean;
}

export const CertificateConnection = connectionOf(() => CertificateType, "Certificate");
export const QueryEventConnection = connectionOf(() => QueryEventType, "QueryEvent");

@ArgsType()
class CertificatesArgs extends PageArgs {
  @Field(() => [CertificateStatusEnum], { nullable: true, description: "Only certificates of these statuses." })
  status?: CertificateStatus[];
}

/** The blocks of a certificate as sub-products, in the order of the table. */
async function blocksOf(certificate: { id: string }, { load }: Context): Promise<SubProductRow[]> {
  const blocks = await load.many(blocksOfCertificate, certificate.id);
  const attestations = await Promise.all(
    blocks.map(({ attestationId }) => load.must(BLOCK_ATTESTATION, attestationId)),
  );
  return blocks.map(({ networkId }, index) => rowOf(attestations[index]!, networkId));
}

@Resolver(() => CertificateType)
export class CertificateResolver {
  @Query(() => CertificateType, { nullable: true, description: "A certificate of the caller." })
  certificate(@Arg("id", () => ID, { description: "Its id." }) id: string, @Ctx() { load }: Context) {
    return load.one(CERTIFICATE, id);
  }

  @Query(() => CertificateConnection, {
    description: "The caller's certificates, newest first.",
    complexity: listCost(),
  })
  certificates(@Args(() => CertificatesArgs) args: CertificatesArgs, @Ctx() { load, read }: Context) {
    return load.all(CERTIFICATE, PageArgs.window(args), hasAnyStatus(args.status, read.now));
  }

  @FieldResolver(() => EntityInterface, { description: "Whom it is about." })
  subject(@Root() certificate: Certificate, @Ctx() { load }: Context) {
    return load.must(ENTITY, certificate.entityId);
  }

  @FieldResolver(() => CertificateStatusEnum, { description: "Whether it stands now." })
  status(@Root() certificate: Certificate, @Ctx() { read }: Context): CertificateStatus {
    return certificateStatus(certificate, read.now);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Why it does not stand as it was issued; null while it does, and for client tokens.",
  })
  statusReason(@Root() certificate: Certificate, @Ctx() { read }: Context): string | null {
    return may(read.actor, "readStaffWords") ? statusReason(certificate, read.now) : null;
  }

  @FieldResolver(() => String, {
    description:
      "The certificate as a compact JWS (EdDSA) over its canonical JSON; the public keys are at /.well-known/jwks.json.",
  })
  async jws(@Root() { id }: { id: string }, @Ctx() { load }: Context) {
    return (await load.must(SIGNED_CERTIFICATE, id)).jws;
  }

  @FieldResolver(() => DateTimeScalar, { description: "The moment for which the status is given: now." })
  asOf(@Ctx() { read }: Context) {
    return read.now;
  }

  @FieldResolver(() => PolicyType, { description: "The policy version that it was judged by, as it was then." })
  policy(@Root() certificate: Certificate, @Ctx() { load }: Context) {
    return load.must(JUDGING_POLICY, certificate.policyId);
  }

  @FieldResolver(() => [NetworkType], {
    description: "The networks that were asked, in the order of the query.",
    complexity: manyCost(1),
  })
  networks(@Root() certificate: Certificate, @Ctx() { load }: Context) {
    return Promise.all(certificate.networkIds.split(" ").map((id) => load.must(NAMED_NETWORK, id)));
  }

  @FieldResolver(() => QueryEventType, { description: "The billable record of the query that it answers." })
  queryEvent(@Root() certificate: Certificate, @Ctx() { load }: Context) {
    return load.must(QUERY_EVENT, certificate.queryEventId);
  }

  @FieldResolver(() => [SubProductInterface], {
    description: "Its blocks, each with the attestation and the furnisher behind it.",
    complexity: manyCost(SUB_PRODUCT_KINDS.length),
  })
  async subProducts(
    @Root() certificate: Certificate,
    @Arg("kinds", () => [SubProductKindEnum], { nullable: true, description: "Only these." }) kinds:
      | SubProductKind[]
      | undefined,
    @Ctx() context: Context,
  ): Promise<SubProductRow[]> {
    const blocks = await blocksOf(certificate, context);
    return kinds ? blocks.filter(({ kind }) => kinds.includes(kind)) : blocks;
  }

  @FieldResolver(() => CertificateType, { nullable: true, description: "The newer certificate that took its place." })
  supersededBy(@Root() certificate: Certificate, @Ctx() { load }: Context) {
    return load.one(CERTIFICATE, certificate.supersededById);
  }

  @Mutation(() => QueryCertificatePayload, {
    description:
      "Asks for a certificate. Charged once, and only for a yes; a no is an answer with every requirement's reason.",
  })
  async queryCertificate(
    @Arg("input", () => QueryCertificateInput, { description: "What is asked." }) input: QueryCertificateInput,
    @Ctx() { commit, load, issuer }: Context,
  ) {
    const { queryEventId, replayed } = await commit((write) => queryCertificate(write, input, issuer), "TOGETHER");
    const queryEvent = await load.must(QUERY_EVENT, queryEventId);
    return {
      certificate: await load.one(CERTIFICATE, queryEvent.certificateId),
      requirements: JSON.parse(queryEvent.requirements) as RequirementResult[],
      queryEvent,
      replayed,
    };
  }

  @Query(() => Coverage, {
    description:
      "The same judgement as a query, without certificate or charge. Recorded, and limited to 20 a minute for one subject.",
  })
  checkCoverage(
    @Arg("input", () => CheckCoverageInput, { description: "What would be asked." }) input: CheckCoverageInput,
    @Ctx() { commit }: Context,
  ) {
    return commit((write) => checkCoverage(write, input));
  }
}

export const CertificateBlockResolver = blockResolverOf(() => CertificateType, blocksOf);

@Resolver(() => QueryEventType)
export class QueryEventResolver {
  @Query(() => QueryEventConnection, {
    description: "The caller's queries, newest first: what is billed.",
    complexity: listCost(),
  })
  queryEvents(@Args(() => PageArgs) args: PageArgs, @Ctx() { load }: Context) {
    return load.all(QUERY_EVENT, PageArgs.window(args));
  }

  @FieldResolver(() => Boolean, { description: "Whether anything was charged." })
  charged(@Root() queryEvent: QueryEvent): boolean {
    return Number(queryEvent.price) > 0;
  }

  @FieldResolver(() => PolicyType, { description: "The policy that was asked." })
  policy(@Root() queryEvent: QueryEvent, @Ctx() { load }: Context) {
    return load.must(JUDGING_POLICY, queryEvent.policyId);
  }

  @FieldResolver(() => EntityInterface, { description: "Whom it was about." })
  subject(@Root() queryEvent: QueryEvent, @Ctx() { load }: Context) {
    return load.must(ENTITY, queryEvent.entityId);
  }

  @FieldResolver(() => CertificateType, { nullable: true, description: "The certificate, where one was issued." })
  certificate(@Root() queryEvent: QueryEvent, @Ctx() { load }: Context) {
    return load.one(CERTIFICATE, queryEvent.certificateId);
  }

  @FieldResolver(() => [RequirementResultType], { description: "Every requirement's result, as it was answered." })
  requirements(@Root() queryEvent: QueryEvent): RequirementResult[] {
    return JSON.parse(queryEvent.requirements) as RequirementResult[];
  }
}

@Resolver(() => FurnisherCoverageType)
export class FurnisherCoverageResolver {
  @FieldResolver(() => ParticipantType, { description: "The furnisher." })
  furnisher(@Root() { furnisherId }: FurnisherCoverage, @Ctx() { load }: Context) {
    return load.must(NAMED_PARTICIPANT, furnisherId);
  }
}

/** What certificates add to an entity. */
@Resolver(() => EntityInterface)
export class EntityCertificateResolver {
  @FieldResolver(() => CertificateConnection, {
    description: "The caller's certificates about this entity, newest first.",
    complexity: listCost(),
  })
  certificates(
    @Root() entity: { id: string },
    @Args(() => CertificatesArgs) args: CertificatesArgs,
    @Ctx() { load, read }: Context,
  ) {
    return load.page(certificatesOfEntity, entity.id, PageArgs.window(args), hasAnyStatus(args.status, read.now));
  }
}

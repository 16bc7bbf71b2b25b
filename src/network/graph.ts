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
import { SCOPES, type Scope } from "../kernel/actor.js";
import type { Instant } from "../kernel/instant.js";
import { createClientToken } from "../entity/client-token.js";
import { describedEnum } from "../graph/connection.js";
import type { Context } from "../graph/context.js";
import { manyCost } from "../graph/cost.js";
import { Node } from "../graph/node.js";
import { DateTimeScalar } from "../graph/scalars.js";
import { MAX_MEMBERS, membershipsOfNetwork, membershipsOfParticipant, ownRolesInNetwork } from "../graph/relation.js";
import { NAMED_NETWORK, NAMED_PARTICIPANT, NETWORK } from "../graph/source.js";
import { type CertificateProduct, type NetworkRole } from "./network.js";
import { permit } from "./permit.js";

export const NetworkRoleEnum = describedEnum<NetworkRole>("NetworkRole", "What a participant may do in a network.", {
  GOVERNOR: "Writes policies.",
  FURNISHER: "States attestations.",
  QUERIER: "Asks for certificates, with the subject's consent.",
});

export const CertificateProductEnum = describedEnum<CertificateProduct>(
  "CertificateProduct",
  "What kind of subject a certificate is about.",
  { KYC: "A person.", KYB: "A business." },
);

@ObjectType("Participant", {
  implements: Node,
  description: "An institution on the gateway. In Solo's words: the furnishing entity.",
  simpleResolvers: true,
})
export class ParticipantType extends Node {
  @Field(() => String, { description: "The institution's name." })
  name!: string;
}

@ObjectType("Network", {
  implements: Node,
  description: "Participants that share attestations.",
  simpleResolvers: true,
})
export class NetworkType extends Node {
  @Field(() => String, { description: "The network's name." })
  name!: string;
}

@ObjectType({ description: "Who is asking, and what the credential allows.", simpleResolvers: true })
export class Viewer {
  @Field(() => [String], { description: "What the credential may do; empty for a client token." })
  scopes!: string[];
}

@InputType({ description: "Whom a browser or phone may read, and for how long." })
export class CreateClientTokenInput {
  @Field(() => String, { description: "The caller's handle of the entity." })
  handle!: string;
  @Field(() => Int, { defaultValue: 900, description: "Seconds until it ends, 60 to 3600." })
  ttlSeconds!: number;
}

@ObjectType({ description: "A credential for one entity, to read only.", simpleResolvers: true })
export class CreateClientTokenPayload {
  @Field(() => String, { description: "To be sent as `Authorization: Bearer`. Shown now and never again." })
  token!: string;
  @Field(() => DateTimeScalar, { description: "When it ends." })
  expiresAt!: Instant;
}

const unique = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];

@Resolver(() => NetworkType)
export class NetworkResolver {
  @FieldResolver(() => [NetworkRoleEnum], { description: "The caller's own roles in this network." })
  async roles(@Root() network: { id: string }, @Ctx() { load }: Context): Promise<NetworkRole[]> {
    return (await load.many(ownRolesInNetwork, network.id)).map(({ role }) => role);
  }

  @FieldResolver(() => [ParticipantType], {
    description: `Everybody with a role in this network, for its members: up to ${MAX_MEMBERS} roles.`,
    complexity: manyCost(20),
  })
  async participants(@Root() network: { id: string }, @Ctx() { load }: Context) {
    const members = await load.many(membershipsOfNetwork, network.id);
    return Promise.all(
      unique(members.map(({ participantId }) => participantId)).map((id) => load.must(NAMED_PARTICIPANT, id)),
    );
  }
}

@Resolver(() => Viewer)
export class ViewerResolver {
  @Query(() => Viewer, { description: "Who is asking." })
  viewer(@Ctx() { read }: Context): Viewer {
    permit(read.actor, "viewer");
    return { scopes: SCOPES.filter((scope: Scope) => read.actor.scopes.has(scope)) };
  }

  @Mutation(() => CreateClientTokenPayload, {
    description: "Makes a credential for a browser or phone: one entity, to read only, for at most an hour.",
  })
  createClientToken(
    @Arg("input", () => CreateClientTokenInput, { description: "For whom, and how long." })
    input: CreateClientTokenInput,
    @Ctx() { read }: Context,
  ) {
    return createClientToken(read, input);
  }

  @FieldResolver(() => ParticipantType, { description: "The participant that the credential belongs to." })
  participant(@Ctx() { load, read }: Context) {
    return load.must(NAMED_PARTICIPANT, read.actor.participantId);
  }

  @FieldResolver(() => [NetworkType], {
    description: "The networks that the participant has a role in.",
    complexity: manyCost(5),
  })
  async networks(@Ctx() { load, read }: Context) {
    const memberships = await load.many(membershipsOfParticipant, read.actor.participantId);
    return Promise.all(unique(memberships.map(({ networkId }) => networkId)).map((id) => load.must(NAMED_NETWORK, id)));
  }

  @Query(() => NetworkType, { nullable: true, description: "A network that the caller is a member of." })
  network(@Arg("id", () => ID, { description: "Its id." }) id: string, @Ctx() { load }: Context) {
    return load.one(NETWORK, id);
  }
}

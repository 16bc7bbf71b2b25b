import { Arg, Ctx, Field, FieldResolver, ID, ObjectType, Query, Resolver, Root } from "type-graphql";
import { SCOPES, type Scope } from "../kernel/actor.js";
import { describedEnum } from "../graph/connection.js";
import type { Context } from "../graph/context.js";
import { manyCost } from "../graph/cost.js";
import { Node } from "../graph/node.js";
import {
  MAX_MEMBERS,
  NAMED_NETWORK,
  NAMED_PARTICIPANT,
  NETWORK,
  membershipsOfNetwork,
  membershipsOfParticipant,
} from "../graph/relation.js";
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

const unique = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];

@Resolver(() => NetworkType)
export class NetworkResolver {
  @FieldResolver(() => [NetworkRoleEnum], { description: "The caller's own roles in this network." })
  async roles(@Root() network: { id: string }, @Ctx() { load, read }: Context): Promise<NetworkRole[]> {
    const members = await load.many(membershipsOfNetwork, network.id);
    return members.filter(({ participantId }) => participantId === read.actor.participantId).map(({ role }) => role);
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

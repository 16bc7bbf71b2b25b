import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  InterfaceType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { connectionOf, describedEnum } from "../graph/connection.js";
import type { Context } from "../graph/context.js";
import { Node } from "../graph/node.js";
import { firstVersionsOfEntity, lastVersionsOfEntity, registrationsOfEntity } from "../graph/relation.js";
import { ENTITY } from "../graph/source.js";
import { revealOnce } from "../graph/reveal.js";
import { DateScalar, DateTimeScalar } from "../graph/scalars.js";
import type { Instant } from "../kernel/instant.js";
import { type Entity, type EntityType, type Registration } from "./entity.js";
import {
  BUSINESS_TYPES,
  type BusinessFacts,
  type BusinessInput,
  type IndividualFacts,
  type IndividualInput,
} from "./facts.js";
import { idOf } from "./find.js";
import { displayNameOf, maskBusiness, maskIndividual, openFacts } from "./identity.js";
import { registerBusiness, registerIndividual } from "./register.js";

export const EntityTypeEnum = describedEnum<EntityType>("EntityType", "What an entity is.", {
  INDIVIDUAL: "A person.",
  BUSINESS: "A business.",
});

@InterfaceType("Entity", {
  implements: Node,
  description:
    "A person or a business that is verified. One entity is shared by all participants that know it; each participant reads only what it registered itself and what consent and entitlement let it read.",
  resolveType: (row: Entity) => ENTITY.typeOf?.(row),
})
export abstract class EntityInterface extends Node {
  @Field(() => EntityTypeEnum, { description: "A person or a business." })
  entityType!: EntityType;
}

@ObjectType({ implements: [Node, EntityInterface], description: "A person.", simpleResolvers: true })
export class Individual extends EntityInterface {}

@ObjectType({ implements: [Node, EntityInterface], description: "A business.", simpleResolvers: true })
export class Business extends EntityInterface {}

@ObjectType({
  description: "A postal address. Masked unless revealed: the street does not show.",
  simpleResolvers: true,
})
export class Address {
  @Field(() => String, { nullable: true, description: "Street and number." })
  line1!: string | null;
  @Field(() => String, { nullable: true, description: "Apartment, suite or floor." })
  line2!: string | null;
  @Field(() => String, { nullable: true, description: "City." })
  city!: string | null;
  @Field(() => String, { nullable: true, description: "State; in the US two letters." })
  state!: string | null;
  @Field(() => String, { nullable: true, description: "Postal code." })
  postalCode!: string | null;
  @Field(() => String, { nullable: true, description: "Two-letter country code (ISO 3166-1)." })
  country!: string | null;
}

@ObjectType({ description: "What the caller registered about a person.", simpleResolvers: true })
export class IndividualIdentity {
  @Field(() => String, { nullable: true, description: "Given name." })
  firstName!: string | null;
  @Field(() => String, { nullable: true, description: "Family name." })
  lastName!: string | null;
  @Field(() => String, { nullable: true, description: "YYYY-MM-DD; masked, the year alone." })
  dateOfBirth!: string | null;
  @Field(() => String, { nullable: true, description: "Nine digits; masked, the last four alone." })
  socialSecurityNumber!: string | null;
  @Field(() => String, { nullable: true, description: "E-mail address; masked, its first letter and domain." })
  email!: string | null;
  @Field(() => String, { nullable: true, description: "Telephone number in E.164; masked, the last four alone." })
  phone!: string | null;
  @Field(() => Address, { nullable: true, description: "Postal address; masked, the street does not show." })
  address!: Address | null;
}

@ObjectType({ description: "What the caller registered about a business.", simpleResolvers: true })
export class BusinessIdentity {
  @Field(() => String, { nullable: true, description: "Name as registered with the state." })
  legalName!: string | null;
  @Field(() => String, { nullable: true, description: "Name that it trades under." })
  doingBusinessAs!: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Employer identification number, nine digits; masked, the last four alone.",
  })
  ein!: string | null;
  @Field(() => String, { nullable: true, description: "E-mail address; masked, its first letter and domain." })
  email!: string | null;
  @Field(() => String, { nullable: true, description: "Telephone number in E.164; masked, the last four alone." })
  phone!: string | null;
  @Field(() => String, { nullable: true, description: "Web address." })
  website!: string | null;
  @Field(() => Address, { nullable: true, description: "Postal address; masked, the street does not show." })
  address!: Address | null;
}

@InputType({ description: "A postal address." })
export class AddressInput {
  @Field(() => String, { description: "Street and number." })
  line1!: string;
  @Field(() => String, { nullable: true, description: "Apartment, suite or floor." })
  line2?: string | null;
  @Field(() => String, { description: "City." })
  city!: string;
  @Field(() => String, { description: "State; in the US two letters." })
  state!: string;
  @Field(() => String, { description: "Postal code; in the US 12345 or 12345-6789." })
  postalCode!: string;
  @Field(() => String, { defaultValue: "US", description: "Two-letter country code (ISO 3166-1)." })
  country!: string;
}

@InputType({ description: "Who a person is, under a handle of the caller's own." })
export class RegisterIndividualInput implements IndividualInput {
  @Field(() => String, { description: "The caller's own name for this person, unique with the caller." })
  handle!: string;
  @Field(() => String, { description: "Given name, in any script." })
  firstName!: string;
  @Field(() => String, { description: "Family name, in any script." })
  lastName!: string;
  @Field(() => DateScalar, { description: "At least 18 years ago." })
  dateOfBirth!: string;
  @Field(() => String, {
    nullable: true,
    description: "Nine digits, dashes allowed. Without it the person is not matched with others.",
  })
  socialSecurityNumber?: string | null;
  @Field(() => String, { nullable: true, description: "E-mail address." })
  email?: string | null;
  @Field(() => String, { nullable: true, description: "Telephone number; outside the US with + and country code." })
  phone?: string | null;
  @Field(() => AddressInput, { description: "Where the person lives." })
  address!: AddressInput;
}

@InputType({ description: "What a business is, under a handle of the caller's own." })
export class RegisterBusinessInput {
  @Field(() => String, { description: "The caller's own name for this business, unique with the caller." })
  handle!: string;
  @Field(() => String, { description: "Name as registered with the state." })
  legalName!: string;
  @Field(() => String, { nullable: true, description: "Name that it trades under." })
  doingBusinessAs?: string | null;
  @Field(() => String, { description: `One of ${BUSINESS_TYPES.join(", ")}.` })
  businessType!: string;
  @Field(() => String, {
    nullable: true,
    description: "Employer identification number, 12-3456789. Without it the business is not matched with others.",
  })
  ein?: string | null;
  @Field(() => String, { nullable: true, description: "E-mail address." })
  email?: string | null;
  @Field(() => String, { nullable: true, description: "Telephone number; outside the US with + and country code." })
  phone?: string | null;
  @Field(() => String, { nullable: true, description: "Web address, http or https." })
  website?: string | null;
  @Field(() => AddressInput, { description: "Where the business is." })
  address!: AddressInput;
}

@ObjectType({ description: "A person that was registered.", simpleResolvers: true })
export class RegisterIndividualPayload {
  @Field(() => Individual, { description: "The person." })
  individual!: Entity;
  @Field(() => Boolean, {
    description: "True where the handle is new; false for the same facts again and for an amendment.",
  })
  created!: boolean;
}

@ObjectType({ description: "A business that was registered.", simpleResolvers: true })
export class RegisterBusinessPayload {
  @Field(() => Business, { description: "The business." })
  business!: Entity;
  @Field(() => Boolean, {
    description: "True where the handle is new; false for the same facts again and for an amendment.",
  })
  created!: boolean;
}

export const EntityConnection = connectionOf(() => EntityInterface, "Entity");

/** What the caller itself says of an entity: under a handle first, else as furnished. */
export async function ownFacts(
  entity: Entity,
  { load, read }: Context,
): Promise<{ registration: Registration; facts: IndividualFacts | BusinessFacts } | null> {
  const [registration] = await load.many(registrationsOfEntity, entity.id);
  const facts = registration && openFacts(read.vault, entity, registration);
  return facts ? { registration, facts } : null;
}

const IDENTITY = "What the caller registered. Masked unless `reveal` names a reason, which is recorded.";
const REVEAL = "Shows the data in the clear. Says why; who asked, when and why is recorded.";

@Resolver(() => EntityInterface)
export class EntityResolver {
  @Query(() => EntityInterface, {
    nullable: true,
    description: "An entity that the caller knows, by id or by the caller's own handle. Exactly one is given.",
  })
  async entity(
    @Arg("id", () => ID, { nullable: true, description: "Its id." }) id: string | undefined,
    @Arg("handle", () => String, { nullable: true, description: "The caller's handle." }) handle: string | undefined,
    @Ctx() { load, read }: Context,
  ) {
    return load.one(ENTITY, await idOf(read, id, handle));
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "The caller's own handle for this entity; null where the caller has none.",
  })
  async handle(@Root() entity: Entity, @Ctx() { load }: Context) {
    return (await load.many(registrationsOfEntity, entity.id))[0]?.handle ?? null;
  }

  @FieldResolver(() => String, { description: "The name as the caller knows it." })
  async displayName(@Root() entity: Entity, @Ctx() context: Context) {
    const own = await ownFacts(entity, context);
    return own ? displayNameOf(own.facts) : "(unknown)";
  }

  @FieldResolver(() => DateTimeScalar, { description: "When the caller first named this entity." })
  async createdAt(@Root() entity: Entity, @Ctx() { load }: Context): Promise<Instant> {
    return (await load.many(firstVersionsOfEntity, entity.id))[0]!.createdAt;
  }

  @FieldResolver(() => DateTimeScalar, { description: "When the caller last amended what it says of this entity." })
  async updatedAt(@Root() entity: Entity, @Ctx() { load }: Context): Promise<Instant> {
    return (await load.many(lastVersionsOfEntity, entity.id))[0]!.createdAt;
  }

  @Mutation(() => RegisterIndividualPayload, {
    description:
      "Says who a person is. The same again changes nothing; other facts under the same handle are an amendment. One person named by two participants is one entity.",
  })
  async registerIndividual(
    @Arg("input", () => RegisterIndividualInput, { description: "The person." }) input: RegisterIndividualInput,
    @Ctx() { commit, load }: Context,
  ) {
    const { entityId: id, created } = await commit((write) => registerIndividual(write, input));
    return { individual: await load.must(ENTITY, id), created };
  }

  @Mutation(() => RegisterBusinessPayload, {
    description:
      "Says what a business is. The same again changes nothing; other facts under the same handle are an amendment.",
  })
  async registerBusiness(
    @Arg("input", () => RegisterBusinessInput, { description: "The business." }) input: RegisterBusinessInput,
    @Ctx() { commit, load }: Context,
  ) {
    const { entityId: id, created } = await commit((write) => registerBusiness(write, input as BusinessInput));
    return { business: await load.must(ENTITY, id), created };
  }
}

/** The caller's own facts, masked, or in the clear once the reason is on record. */
async function identityOf<Facts extends IndividualFacts | BusinessFacts>(
  entity: Entity,
  reason: string | undefined,
  context: Context,
  mask: (facts: Facts) => Facts,
): Promise<Facts | null> {
  const { entityId } = context.read.actor;
  // A client token opens one entity: of the others that belong to it, such as its members, it is told the name.
  const own = entityId === null || entityId === entity.id ? await ownFacts(entity, context) : null;
  if (!own) return null;
  const facts = own.facts as Facts;
  return (await revealOnce(context, entity.id, reason, "identity")) ? facts : mask(facts);
}

@Resolver(() => Individual)
export class IndividualResolver {
  @FieldResolver(() => IndividualIdentity, { nullable: true, description: IDENTITY })
  async identity(
    @Root() entity: Entity,
    @Arg("reveal", () => String, { nullable: true, description: REVEAL }) reason: string | undefined,
    @Ctx() context: Context,
  ) {
    return identityOf(entity, reason, context, maskIndividual);
  }
}

@Resolver(() => Business)
export class BusinessResolver {
  @FieldResolver(() => BusinessIdentity, { nullable: true, description: IDENTITY })
  async identity(
    @Root() entity: Entity,
    @Arg("reveal", () => String, { nullable: true, description: REVEAL }) reason: string | undefined,
    @Ctx() context: Context,
  ) {
    return identityOf(entity, reason, context, maskBusiness);
  }

  @FieldResolver(() => String, { description: `The kind of business: one of ${BUSINESS_TYPES.join(", ")}.` })
  async businessType(@Root() entity: Entity, @Ctx() context: Context) {
    return ((await ownFacts(entity, context))?.facts as BusinessFacts | undefined)?.businessType ?? "unknown";
  }
}

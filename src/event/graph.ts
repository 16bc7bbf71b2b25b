import {
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  InterfaceType,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
  type ClassType,
} from "type-graphql";
import { AttestationStatusEnum, AttestationType } from "../attestation/graph.js";
import { CertificationStatusEnum, MemberType } from "../business/graph.js";
import { CertificateStatusEnum, CertificateType } from "../certificate/graph.js";
import { ConsentType } from "../consent/graph.js";
import { DocumentType } from "../document/graph.js";
import { Business, EntityInterface } from "../entity/graph.js";
import { PageInfo, describedEnum } from "../graph/connection.js";
import type { Context } from "../graph/context.js";
import { listCost } from "../graph/cost.js";
import { followedElsewhere } from "../graph/followed-elsewhere.js";
import { DateTimeScalar } from "../graph/scalars.js";
import {
  ATTESTATION,
  CERTIFICATE,
  CONSENT,
  DOCUMENT,
  ENTITY,
  MEMBER,
  VERIFICATION,
  type Source,
} from "../graph/source.js";
import { DAY_MS } from "../kernel/instant.js";
import { pageOf } from "../kernel/page.js";
import { may } from "../network/permit.js";
import { VerificationStatusEnum, VerificationType } from "../verification/graph.js";
import { EVENT_TYPES, type EventType } from "./event.js";
import { readEvents, type PlacedEvent } from "./read.js";

/** What each type of event tells: its words, the field that leads to what it is about, and what changed from what to what. */
interface Telling {
  readonly about: string;
  readonly field: string;
  readonly fieldAbout: string;
  readonly type: () => ClassType | object;
  readonly source: Source<never>;
  readonly states?: () => object;
  /** Whether it carries words on why, for staff. */
  readonly reasoned?: true;
}

const entity = { field: "entity", fieldAbout: "The entity.", type: () => EntityInterface, source: ENTITY };
const consent = { field: "consent", fieldAbout: "The consent.", type: () => ConsentType, source: CONSENT };
const attestation = {
  field: "attestation",
  fieldAbout: "The attestation.",
  type: () => AttestationType,
  source: ATTESTATION,
};
const certificate = {
  field: "certificate",
  fieldAbout: "The certificate.",
  type: () => CertificateType,
  source: CERTIFICATE,
};
const verification = {
  field: "verification",
  fieldAbout: "The run.",
  type: () => VerificationType,
  source: VERIFICATION,
};
const member = { field: "member", fieldAbout: "The member.", type: () => MemberType, source: MEMBER };

const TELLINGS: Readonly<Record<EventType, Telling>> = {
  ENTITY_REGISTERED: { ...entity, about: "The caller registered an entity, or amended what it says of one." },
  ENTITY_STATUS_CHANGED: {
    ...entity,
    about: "What verification has come to for an entity has changed, by its own runs or by those of its members.",
    states: () => VerificationStatusEnum,
  },
  VERIFICATION_STATUS_CHANGED: {
    ...verification,
    about: "A run of the caller's stands otherwise than before.",
    states: () => VerificationStatusEnum,
  },
  VERIFICATION_DEADLINE_NEAR: { ...verification, about: "A run will fail soon unless somebody acts." },
  DOCUMENT_RECEIVED: {
    field: "document",
    fieldAbout: "The document.",
    type: () => DocumentType,
    source: DOCUMENT,
    about: "A document came in for a run.",
  },
  MEMBER_LINKED: { ...member, about: "Somebody was given a role in a business." },
  MEMBER_UNLINKED: { ...member, about: "Somebody no longer has a role in a business." },
  CERTIFICATION_CHANGED: {
    field: "business",
    fieldAbout: "The business.",
    type: () => Business,
    source: ENTITY,
    about: "The owners of a business were certified, have to be certified again, or need not be certified.",
    states: () => CertificationStatusEnum,
  },
  CONSENT_GRANTED: { ...consent, about: "A subject allowed the caller to query." },
  CONSENT_WITHDRAWN: { ...consent, about: "A subject took a consent back." },
  CONSENT_EXPIRED: { ...consent, about: "A consent has come to the end that it was given for." },
  ATTESTATION_FURNISHED: { ...attestation, about: "The caller stated a check." },
  ATTESTATION_STATUS_CHANGED: {
    ...attestation,
    about: "An attestation of the caller's counts no longer, or again.",
    states: () => AttestationStatusEnum,
    reasoned: true,
  },
  CERTIFICATE_ISSUED: { ...certificate, about: "The caller was issued a certificate." },
  CERTIFICATE_STATUS_CHANGED: {
    ...certificate,
    about: "A certificate of the caller's stands otherwise than before.",
    states: () => CertificateStatusEnum,
    reasoned: true,
  },
};

export const EventTypeEnum = describedEnum<EventType>(
  "EventType",
  "What has happened.",
  Object.fromEntries(EVENT_TYPES.map((type) => [type, TELLINGS[type].about])) as Record<EventType, string>,
);

/** `ENTITY_REGISTERED` is told by `EntityRegistered`. */
const typeNameOf = (type: EventType): string =>
  type
    .toLowerCase()
    .split("_")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");

@InterfaceType("Event", {
  description:
    "One committed change. `cursor` resumes after it; `previousCursor` is the cursor of the event before it in this very view, so a gap shows.",
  resolveType: ({ type }: PlacedEvent) => typeNameOf(type),
})
export abstract class EventInterface {
  @Field(() => String, { description: "Resumes after this event." })
  cursor!: string;
  @Field(() => String, { nullable: true, description: "The event before it in this very view; null for the first." })
  previousCursor!: string | null;
  @Field(() => DateTimeScalar, { description: "When it happened." })
  occurredAt!: string;
  @Field(() => EventTypeEnum, { description: "What happened." })
  type!: EventType;
}

/** The object type of one type of event. */
function objectOf(type: EventType): ClassType {
  @ObjectType(typeNameOf(type), {
    implements: EventInterface,
    description: TELLINGS[type].about,
    simpleResolvers: true,
  })
  class Told extends EventInterface {}
  return Told;
}

const OBJECTS = new Map(EVENT_TYPES.map((type) => [type, objectOf(type)]));

/** The types of events, which nothing names but the interface. */
export const EVENT_OBJECTS: readonly ClassType[] = [...OBJECTS.values()];

@ObjectType({ description: "One event of a page.", simpleResolvers: true })
export class EventEdge {
  @Field(() => String, { description: "Resumes after this event." })
  cursor!: string;
  @Field(() => EventInterface, { description: "The event." })
  node!: PlacedEvent;
}

@ObjectType({ description: "One page of the log, oldest first.", simpleResolvers: true })
export class EventConnection {
  @Field(() => [EventEdge], { description: "The events of this page, in commit order." })
  edges!: EventEdge[];
  @Field(() => PageInfo, { description: "Where this page lies in the view." })
  pageInfo!: PageInfo;
}

@ArgsType()
class EventsArgs {
  @Field(() => String, {
    nullable: true,
    description: "Only events after this cursor; from the beginning where it is left out.",
  })
  after?: string;
  @Field(() => [EventTypeEnum], { nullable: true, description: "Only these types." })
  types?: EventType[];
  @Field(() => [ID], { nullable: true, description: "Only about these entities." })
  entityIds?: string[];
  @Field(() => Int, { nullable: true, defaultValue: 100, description: "How many, 1 to 100." })
  first?: number;
}

@Resolver(() => EventInterface)
export class EventResolver {
  @Query(() => EventConnection, {
    description: "What happened in the caller's view, in commit order. Cursors live as long as the log.",
    complexity: listCost(100),
  })
  async events(
    @Args(() => EventsArgs) { after, types, entityIds, first }: EventsArgs,
    @Ctx() { settled }: Context,
  ): Promise<EventConnection> {
    const page = pageOf({ first: first ?? null }, 100);
    const filter = { types: types ?? null, entityIds: entityIds ?? null };
    const { events, hasNextPage, endCursor } = await readEvents(settled(), after ?? null, filter, page.first);
    return {
      edges: events.map((node) => ({ cursor: node.cursor, node })),
      pageInfo: {
        hasNextPage,
        hasPreviousPage: (events[0]?.previousCursor ?? null) !== null,
        startCursor: events[0]?.cursor ?? null,
        endCursor,
      },
    };
  }
}

@ArgsType()
class FollowArgs {
  @Field(() => String, {
    nullable: true,
    description: "Begins behind this cursor, and loses nothing; from now on where it is left out.",
  })
  after?: string;
  @Field(() => [EventTypeEnum], { nullable: true, description: "Only these types." })
  types?: EventType[];
  @Field(() => [ID], { nullable: true, description: "Only about these entities." })
  entityIds?: string[];
}

@Resolver(() => EventInterface)
export class EventSubscriptionResolver {
  @Subscription(() => EventInterface, {
    subscribe: followedElsewhere,
    description:
      "Every event after the cursor, then live, in one unbroken order: each once. What the caller may not see any more is left out.",
    complexity: listCost(10),
  })
  events(@Root() event: PlacedEvent, @Args(() => FollowArgs) _args: FollowArgs): PlacedEvent {
    return event;
  }
}

/** The fields of one type of event: what it is about and, where something changed, from what to what. */
function fieldsOf(type: EventType): ClassType {
  const { field, fieldAbout, type: subjectType, source, states, reasoned } = TELLINGS[type];
  const stateType = (): object => states!();

  @Resolver(() => OBJECTS.get(type)!)
  class SubjectResolver {
    @FieldResolver(() => subjectType() as ClassType, { name: field, description: fieldAbout })
    subject(@Root() event: PlacedEvent, @Ctx() { load }: Context) {
      return load.must(source, event.subjectId);
    }
  }
  if (!states) return SubjectResolver;

  @Resolver(() => OBJECTS.get(type)!)
  class ChangeResolver extends SubjectResolver {
    @FieldResolver(() => stateType(), { nullable: true, description: "What it was before." })
    from(@Root() event: PlacedEvent) {
      return event.fromStatus;
    }
    @FieldResolver(() => stateType(), { description: "What it is from then on." })
    to(@Root() event: PlacedEvent) {
      return event.toStatus;
    }
  }
  if (!reasoned) return ChangeResolver;

  @Resolver(() => OBJECTS.get(type)!)
  class ReasonResolver extends ChangeResolver {
    @FieldResolver(() => String, { nullable: true, description: "Why. Null for client tokens." })
    reason(@Root() event: PlacedEvent, @Ctx() { read }: Context) {
      return may(read.actor, "readStaffWords") ? event.reason : null;
    }
  }
  return ReasonResolver;
}

/** The resolvers of every type of event. */
export const EVENT_RESOLVERS: readonly ClassType[] = EVENT_TYPES.map(fieldsOf);

@Resolver(() => OBJECTS.get("VERIFICATION_DEADLINE_NEAR")!)
export class DeadlineResolver {
  @FieldResolver(() => Int, { nullable: true, description: "Whole days from the warning to the deadline, rounded up." })
  async daysLeft(@Root() event: PlacedEvent, @Ctx() { load }: Context): Promise<number | null> {
    const { dueAt } = await load.must(VERIFICATION, event.subjectId);
    return dueAt ? Math.max(0, Math.ceil((Date.parse(dueAt) - Date.parse(event.occurredAt)) / DAY_MS)) : null;
  }
}

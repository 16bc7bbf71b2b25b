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
} from "type-graphql";
import { AttestationStatusEnum, AttestationType } from "../attestation/graph.js";
import { CertificateStatusEnum, CertificateType } from "../certificate/graph.js";
import { ConsentType } from "../consent/graph.js";
import { EntityInterface } from "../entity/graph.js";
import { PageInfo, describedEnum } from "../graph/connection.js";
import type { Context } from "../graph/context.js";
import { listCost } from "../graph/cost.js";
import { ATTESTATION, CERTIFICATE, CONSENT, ENTITY } from "../graph/relation.js";
import { DateTimeScalar } from "../graph/scalars.js";
import { pageOf } from "../kernel/page.js";
import { may } from "../network/permit.js";
import { type EventType } from "./event.js";
import { readEvents, type PlacedEvent } from "./read.js";

export const EventTypeEnum = describedEnum<EventType>("EventType", "What has happened.", {
  ENTITY_REGISTERED: "The caller registered an entity, or amended what it says of one.",
  CONSENT_GRANTED: "A subject allowed the caller to query.",
  CONSENT_WITHDRAWN: "A subject took a consent back.",
  ATTESTATION_FURNISHED: "The caller stated a check.",
  ATTESTATION_STATUS_CHANGED: "An attestation of the caller's counts no longer, or again.",
  CERTIFICATE_ISSUED: "The caller was issued a certificate.",
  CERTIFICATE_STATUS_CHANGED: "A certificate of the caller's stands otherwise than before.",
});

const TYPE_NAMES: Readonly<Record<EventType, string>> = {
  ENTITY_REGISTERED: "EntityRegistered",
  CONSENT_GRANTED: "ConsentGranted",
  CONSENT_WITHDRAWN: "ConsentWithdrawn",
  ATTESTATION_FURNISHED: "AttestationFurnished",
  ATTESTATION_STATUS_CHANGED: "AttestationStatusChanged",
  CERTIFICATE_ISSUED: "CertificateIssued",
  CERTIFICATE_STATUS_CHANGED: "CertificateStatusChanged",
};

@InterfaceType("Event", {
  description:
    "One committed change. `cursor` resumes after it; `previousCursor` is the cursor of the event before it in this very view, so a gap shows.",
  resolveType: ({ type }: PlacedEvent) => TYPE_NAMES[type],
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

@ObjectType({
  implements: EventInterface,
  description: "The caller registered an entity, or amended what it says of one.",
  simpleResolvers: true,
})
export class EntityRegistered extends EventInterface {}

@ObjectType({
  implements: EventInterface,
  description: "A subject allowed the caller to query.",
  simpleResolvers: true,
})
export class ConsentGranted extends EventInterface {}

@ObjectType({ implements: EventInterface, description: "A subject took a consent back.", simpleResolvers: true })
export class ConsentWithdrawn extends EventInterface {}

@ObjectType({ implements: EventInterface, description: "The caller stated a check.", simpleResolvers: true })
export class AttestationFurnished extends EventInterface {}

@ObjectType({
  implements: EventInterface,
  description: "An attestation of the caller's counts no longer, or again.",
  simpleResolvers: true,
})
export class AttestationStatusChanged extends EventInterface {}

@ObjectType({ implements: EventInterface, description: "The caller was issued a certificate.", simpleResolvers: true })
export class CertificateIssued extends EventInterface {}

@ObjectType({
  implements: EventInterface,
  description: "A certificate of the caller's stands otherwise than before.",
  simpleResolvers: true,
})
export class CertificateStatusChanged extends EventInterface {}

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
    @Ctx() { read }: Context,
  ): Promise<EventConnection> {
    const page = pageOf({ first: first ?? null }, 100);
    const filter = { types: types ?? null, entityIds: entityIds ?? null };
    const { events, hasNextPage } = await readEvents(read, after ?? null, filter, page.first);
    return {
      edges: events.map((node) => ({ cursor: node.cursor, node })),
      pageInfo: {
        hasNextPage,
        hasPreviousPage: (events[0]?.previousCursor ?? null) !== null,
        startCursor: events[0]?.cursor ?? null,
        endCursor: events.at(-1)?.cursor ?? null,
      },
    };
  }
}

/** Who an event is about. */
@Resolver(() => EntityRegistered)
export class EntityRegisteredResolver {
  @FieldResolver(() => EntityInterface, { description: "The entity." })
  entity(@Root() event: PlacedEvent, @Ctx() { load }: Context) {
    return load.must(ENTITY, event.subjectId);
  }
}

@Resolver(() => ConsentGranted)
export class ConsentGrantedResolver {
  @FieldResolver(() => ConsentType, { description: "The consent." })
  consent(@Root() event: PlacedEvent, @Ctx() { load }: Context) {
    return load.must(CONSENT, event.subjectId);
  }
}

@Resolver(() => ConsentWithdrawn)
export class ConsentWithdrawnResolver {
  @FieldResolver(() => ConsentType, { description: "The consent." })
  consent(@Root() event: PlacedEvent, @Ctx() { load }: Context) {
    return load.must(CONSENT, event.subjectId);
  }
}

@Resolver(() => AttestationFurnished)
export class AttestationFurnishedResolver {
  @FieldResolver(() => AttestationType, { description: "The attestation." })
  attestation(@Root() event: PlacedEvent, @Ctx() { load }: Context) {
    return load.must(ATTESTATION, event.subjectId);
  }
}

@Resolver(() => AttestationStatusChanged)
export class AttestationStatusChangedResolver {
  @FieldResolver(() => AttestationType, { description: "The attestation." })
  attestation(@Root() event: PlacedEvent, @Ctx() { load }: Context) {
    return load.must(ATTESTATION, event.subjectId);
  }
  @FieldResolver(() => AttestationStatusEnum, { nullable: true, description: "Its status before." })
  from(@Root() event: PlacedEvent) {
    return event.fromStatus;
  }
  @FieldResolver(() => AttestationStatusEnum, { description: "Its status from then on." })
  to(@Root() event: PlacedEvent) {
    return event.toStatus;
  }
  @FieldResolver(() => String, { nullable: true, description: "Why. Null for client tokens." })
  reason(@Root() event: PlacedEvent, @Ctx() { read }: Context) {
    return may(read.actor, "readStaffWords") ? event.reason : null;
  }
}

@Resolver(() => CertificateIssued)
export class CertificateIssuedResolver {
  @FieldResolver(() => CertificateType, { description: "The certificate." })
  certificate(@Root() event: PlacedEvent, @Ctx() { load }: Context) {
    return load.must(CERTIFICATE, event.subjectId);
  }
}

@Resolver(() => CertificateStatusChanged)
export class CertificateStatusChangedResolver {
  @FieldResolver(() => CertificateType, { description: "The certificate." })
  certificate(@Root() event: PlacedEvent, @Ctx() { load }: Context) {
    return load.must(CERTIFICATE, event.subjectId);
  }
  @FieldResolver(() => CertificateStatusEnum, { nullable: true, description: "Its status before." })
  from(@Root() event: PlacedEvent) {
    return event.fromStatus;
  }
  @FieldResolver(() => CertificateStatusEnum, { description: "Its status from then on." })
  to(@Root() event: PlacedEvent) {
    return event.toStatus;
  }
  @FieldResolver(() => String, { nullable: true, description: "Why. Null for client tokens." })
  reason(@Root() event: PlacedEvent, @Ctx() { read }: Context) {
    return may(read.actor, "readStaffWords") ? event.reason : null;
  }
}

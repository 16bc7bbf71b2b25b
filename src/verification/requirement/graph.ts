import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Id } from "../../kernel/id.js";
import { statusOfBusiness } from "../../business/roll.js";
import { readRolls } from "../../business/read-rolls.js";
import { certificateStatus, type CertificateStatus } from "../../certificate/certificate.js";
import type { Entity } from "../../entity/entity.js";
import { isAmended } from "../../entity/amended.js";
import { EntityInterface } from "../../entity/graph.js";
import { openFacts } from "../../entity/identity.js";
import type { Context } from "../../graph/context.js";
import { manyCost } from "../../graph/cost.js";
import {
  conflictsOfEntity,
  membersOfBusiness,
  registrationsOfEntity,
  verificationsOfEntity,
} from "../../graph/relation.js";
import { DateTimeScalar } from "../../graph/scalars.js";
import { ENTITY, GROUND_CERTIFICATE, OWN_VERSION } from "../../graph/source.js";
import { may } from "../../network/permit.js";
import { CheckedElementEnum, VerificationType, standingOfEntity } from "../graph.js";
import {
  NOTHING_TO_DO,
  requiredDocuments,
  requirementsOfEntity,
  requirementsOfRun,
  type DocumentRequirement,
  type Requirement,
  type Requirements,
} from "../require.js";
import { UNDECIDED } from "../status.js";
import type { CheckedElement, Verification } from "../verification.js";

@ObjectType("Requirement", {
  description: "One thing to do. `publicMessage` may be shown to the person concerned; `code` is an open set.",
  simpleResolvers: true,
})
export class RequirementType {
  @Field(() => String, { description: "What it is, such as DOCUMENT_NAME or IDENTITY_CONFLICT. New codes may appear." })
  code!: string;
  @Field(() => EntityInterface, { nullable: true, description: "Whom it is about." })
  entity!: Entity | null;
  @Field(() => VerificationType, { nullable: true, description: "Which run asks for it; null where none does." })
  verification!: Verification | null;
  @Field(() => [String], { description: "Types of documents that would settle it: see `documentTypes`." })
  acceptableDocuments!: string[];
  @Field(() => String, { description: "What the person concerned may be told." })
  publicMessage!: string;
  @Field(() => String, { nullable: true, description: "What staff should know. Null for client tokens." })
  staffMessage!: string | null;
  @Field(() => [String], { description: "Codes of requirements that would do instead." })
  alternatives!: string[];
}

@ObjectType("Requirements", {
  description: "What has to happen next, by whom and until when.",
  simpleResolvers: true,
})
export class RequirementsType {
  @Field(() => [RequirementType], { description: "To be done now.", complexity: manyCost(3) })
  currentlyDue!: Requirement[];
  @Field(() => [RequirementType], { description: "Should have been done before.", complexity: manyCost(1) })
  pastDue!: Requirement[];
  @Field(() => [RequirementType], { description: "Done, and being looked at.", complexity: manyCost(2) })
  pendingVerification!: Requirement[];
  @Field(() => DateTimeScalar, { nullable: true, description: "Until when the first of them is due." })
  deadline!: string | null;
  @Field(() => Int, { nullable: true, description: "How often the subject may still try." })
  attemptsLeft!: number | null;
}

@ObjectType("DocumentRequirement", { description: "Documents that would prove one element.", simpleResolvers: true })
export class DocumentRequirementType {
  @Field(() => CheckedElementEnum, { description: "What has to be proven." })
  element!: CheckedElement;
  @Field(() => [String], { description: "Types of documents that prove it: any one of them." })
  acceptableDocuments!: string[];
}

const levelOf = ({ levels }: Context, { kycLevel }: Verification) => levels.find(({ name }) => name === kycLevel);
const isStaff = ({ read }: Context): boolean => may(read.actor, "readStaffWords");

/** What a run asks for. */
@Resolver(() => VerificationType)
export class VerificationRequirementResolver {
  @FieldResolver(() => RequirementsType, { description: "What has to happen next about this run." })
  async requirements(@Root() run: Verification, @Ctx() context: Context): Promise<Requirements> {
    const entity = await context.load.must(ENTITY, run.entityId);
    return requirementsOfRun(run, levelOf(context, run), entity, isStaff(context));
  }

  @FieldResolver(() => [DocumentRequirementType], {
    description: "The documents that the run waits for, element by element.",
    complexity: manyCost(2),
  })
  requiredDocuments(@Root() run: Verification, @Ctx() context: Context): DocumentRequirement[] {
    return requiredDocuments(run, levelOf(context, run), isStaff(context));
  }
}

/** What an entity asks for. */
@Resolver(() => EntityInterface)
export class EntityRequirementResolver {
  @FieldResolver(() => RequirementsType, { description: "What has to happen next, by whom and until when." })
  async requirements(@Root() entity: Entity, @Ctx() context: Context): Promise<Requirements> {
    const { load, levels, read } = context;
    // A client token opens one entity: what the others have to do is theirs to know.
    if (read.actor.entityId && read.actor.entityId !== entity.id) return NOTHING_TO_DO;
    const [runs, conflicts, outdated, waitingFor, uncertified] = await Promise.all([
      load.many(verificationsOfEntity, entity.id),
      load.many(conflictsOfEntity, entity.id),
      isOutdated(entity, context),
      membersInTheWay(entity, context),
      isUncertified(entity, context),
    ]);
    const inConflict = conflicts.length > 0;
    const staff = isStaff(context);
    return requirementsOfEntity({ entity, staff, inConflict, runs, levels, outdated, waitingFor, uncertified });
  }
}

/** Whether the run that passed last was about other facts than are registered now, or stands on a certificate that has fallen. */
async function isOutdated(entity: Entity, context: Context): Promise<boolean> {
  const runs = await context.load.many(verificationsOfEntity, entity.id);
  const deciding = runs.find(({ status }) => !UNDECIDED.includes(status));
  if (deciding?.status !== "PASSED") return false;
  return (await hasAmended(entity, deciding, context)) || (await hasFallen(deciding, context));
}

async function hasFallen({ certificateId }: Verification, { load, read }: Context): Promise<boolean> {
  const ground = await load.one(GROUND_CERTIFICATE, certificateId);
  return ground !== null && FALLEN.includes(certificateStatus(ground, read.now));
}

const FALLEN: readonly CertificateStatus[] = ["REVOKED", "STALE"];

async function hasAmended(entity: Entity, deciding: Verification, { load, read }: Context): Promise<boolean> {
  const verified = await load.one(OWN_VERSION, deciding.registrationId);
  // Who is known under several handles was verified under one of them.
  const current = (await load.many(registrationsOfEntity, entity.id)).find(({ handle }) => handle === verified?.handle);
  if (!current || current.id === deciding.registrationId) return false;
  const before = verified && openFacts(read.vault, entity, verified);
  const now = openFacts(read.vault, entity, current);
  return Boolean(before && now && isAmended(before, now));
}

const MAX_WAITING_FOR = 100;

/** Members whose verification is required and has not passed: the first hundred. */
async function membersInTheWay(entity: Entity, context: Context): Promise<readonly Entity[]> {
  if (entity.entityType !== "BUSINESS" || (await standingOfEntity(entity.id, context)).indexOf("MEMBER_") !== 0)
    return [];
  const members = await context.load.many(membersOfBusiness, entity.id);
  const required = [...new Set(members.filter(({ role }) => role !== "ADMINISTRATOR").map(({ entityId }) => entityId))];
  const standings = await Promise.all(required.map((id) => standingOfEntity(id, context)));
  const waiting = required.filter((_, index) => standings[index] !== "PASSED").slice(0, MAX_WAITING_FOR);
  const rows = await Promise.all(waiting.map((id) => context.load.one(ENTITY, id)));
  return rows.filter((row) => row !== null);
}

async function isUncertified(entity: Entity, { read, batch }: Context): Promise<boolean> {
  if (entity.entityType !== "BUSINESS") return false;
  const rolls = batch("rolls", (ids: readonly Id<"ent">[]) => readRolls(read, ids));
  const roll = await rolls(entity.id);
  return roll.members.size > 0 && statusOfBusiness(roll) === "CERTIFICATION_PENDING";
}

import { z } from "zod";
import { ZERO, isDecimal, type Decimal } from "../kernel/decimal.js";
import { Failure, badInput } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import { plusMs, type Instant } from "../kernel/instant.js";
import type { Writer } from "../kernel/reader.js";
import { faultsOf, optional, refuse } from "../kernel/validate.js";
import { reuse } from "../certificate/reuse.js";
import { handle, type BusinessFacts, type IndividualFacts } from "../entity/facts.js";
import { entityByHandle } from "../entity/find.js";
import { openFacts } from "../entity/identity.js";
import type { Entity, EntityType, Registration } from "../entity/entity.js";
import { append } from "../event/append.js";
import { once } from "../idempotency/once.js";
import { may, permit } from "../network/permit.js";
import { approvedLevels } from "./approve.js";
import { disagreeing } from "./disagree.js";
import { levelsFor, type Level } from "./level.js";
import { move, schedule } from "./move.js";
import { isOurs } from "./reason.js";
import { refreshStandings } from "./standing.js";
import { UNDER_WAY } from "./status.js";
import { Verification } from "./verification.js";

export interface RequestVerification {
  readonly handle: string;
  readonly kycLevel?: string | null;
  readonly maxPrice?: string | null;
  readonly idempotencyKey?: string | null;
}

/** How runs are opened here: which levels there are, and who signs what is issued on the way. */
export interface Terms {
  readonly levels: readonly Level[];
  readonly iss: string;
}

const schema = z.object({
  handle,
  kycLevel: optional(z.string("Must be text.").min(1, "Must not be empty.").max(64, "Must be at most 64 characters.")),
  maxPrice: optional(
    z
      .string("Must be text.")
      .refine((text) => isDecimal(text) && !text.startsWith("-"), "Must be an exact amount, such as 2.50."),
  ),
});

/**
 * Asks for a run. What the network can answer under a consent passes at once, on a certificate; else a provider is asked, soon. While a
 * run at the same level goes on by itself, asking again answers that run.
 */
export async function requestVerification(
  write: Writer,
  terms: Terms,
  input: RequestVerification,
): Promise<{ verificationId: Id<"ver">; replayed: boolean }> {
  permit(write.actor, "requestVerification");
  refuse(faultsOf(schema, input, "input"));
  const { idempotencyKey, ...body } = input;
  let underWay = false;
  const done = await once(write, { verb: "requestVerification", key: idempotencyKey, body }, async () => {
    const opened = await open(write, terms, input);
    underWay = opened.underWay;
    return opened.verificationId;
  });
  return { verificationId: done.resultId, replayed: done.replayed || underWay };
}

async function open(
  write: Writer,
  terms: Terms,
  input: RequestVerification,
): Promise<{ verificationId: Id<"ver">; underWay: boolean }> {
  const subject = await subjectOf(write, input.handle);
  const level = await levelOf(write, terms.levels, subject, input.kycLevel ?? null);
  await refuseWithoutRoles(write, subject, level);
  const last = await lastRun(write, subject.entityId, level.name);
  if (last && UNDER_WAY.includes(last.status)) return { verificationId: last.id, underWay: true };
  const certificateId = level.policy && (await reused(write, terms, subject, level.policy, input.maxPrice ?? null));
  const attempt = attemptAfter(last);
  // What the network answers is no attempt at anything: it is the provider that is not asked again and again.
  if (attempt > level.attempts && !certificateId) refuseAttempt(level);
  const run = { id: write.newId("ver"), entityId: subject.entityId, participantId: write.actor.participantId };
  await write.insert(Verification, [
    {
      ...run,
      registrationId: subject.registrationId,
      kycLevel: level.name,
      status: "PENDING",
      attempt,
      parentVerificationId: last && last.status !== "PASSED" ? last.id : null,
      reasons: "[]",
      tags: "[]",
      requestedAt: await notBefore(write, subject.entityId),
      updatedAt: write.now,
    },
  ]);
  await append(write, [{ type: "VERIFICATION_STATUS_CHANGED", ...eventOf(run), from: "UNVERIFIED", to: "PENDING" }]);
  if (certificateId)
    await move(write, [{ run: { ...run, status: "PENDING" }, to: "PASSED", change: { certificateId } }]);
  else {
    await schedule(write, run, ["ASK", write.now]);
    await refreshStandings(write, run.participantId, [run.entityId]);
  }
  return { verificationId: run.id, underWay: false };
}

const eventOf = (run: Pick<Verification, "id" | "entityId" | "participantId">) => ({
  participantId: run.participantId,
  entityId: run.entityId,
  subjectId: run.id,
});

interface Subject {
  readonly entityId: Id<"ent">;
  readonly entityType: EntityType;
  readonly registrationId: Id<"reg">;
  readonly businessType: string | null;
  /** Null once erased. */
  readonly facts: IndividualFacts | BusinessFacts | null;
}

/** Whom the handle names, by what the caller registered last. */
async function subjectOf(write: Writer, name: string): Promise<Subject> {
  const { id: entityId, entityType } = await entityByHandle(write, name, "input.handle");
  const [row] = await write.rows<Pick<Registration, "id" | "sealedFacts"> & Pick<Entity, "wrappedKey">>(
    `select r.id, r.sealed_facts as "sealedFacts", e.wrapped_key as "wrappedKey" from registration r join entity e on e.id = r.entity_id
      where r.participant_id = ? and r.handle = ? and r.superseded_at is null`,
    [write.actor.participantId, name],
  );
  const facts = openFacts(write.vault, { id: entityId, wrappedKey: row!.wrappedKey }, row!);
  const businessType = facts && "businessType" in facts ? facts.businessType : null;
  return { entityId, entityType, registrationId: row!.id, businessType, facts };
}

/** The level that is named, or the first that fits: only levels that the participant is approved for exist for it. */
async function levelOf(
  write: Writer,
  levels: readonly Level[],
  { entityType, businessType }: Subject,
  named: string | null,
): Promise<Level> {
  const approved = await approvedLevels(write, levels);
  const fitting = levelsFor(approved, entityType, businessType);
  const level = named === null ? fitting[0] : approved.find(({ name }) => name === named);
  if (!level)
    throw new Failure("FORBIDDEN", "This level is not approved for this participant: ask the operator for it.", {
      validationDetails: [{ path: "input.kycLevel", message: "Is not approved for this participant." }],
    });
  if (!fitting.includes(level))
    throw badInput([
      {
        path: "input.kycLevel",
        message: `Is not for ${entityType === "BUSINESS" ? "a business of this type" : "a person"}.`,
      },
    ]);
  return level;
}

async function refuseWithoutRoles(write: Writer, { entityId }: Subject, level: Level): Promise<void> {
  if (level.requiredRoles.length === 0) return;
  const rows = await write.rows<{ role: string }>(
    `select distinct role from member where participant_id = ? and business_id = ? and unlinked_at is null`,
    [write.actor.participantId, entityId],
  );
  const missing = level.requiredRoles.filter((role) => !rows.some((row) => row.role === role));
  if (missing.length === 0) return;
  throw new Failure("CONFLICT", "This business lacks members that the level asks for.", {
    validationDetails: missing.map((role) => ({
      path: "input.handle",
      message: `Needs a linked member in the role ${role} first.`,
    })),
  });
}

async function lastRun(write: Writer, entityId: Id<"ent">, kycLevel: string) {
  const [row] = await write.rows<Pick<Verification, "id" | "status" | "attempt" | "reasons">>(
    `select id, status, attempt, reasons from verification where participant_id = ? and entity_id = ? and kyc_level = ?
      order by requested_at desc, id desc limit 1`,
    [write.actor.participantId, entityId, kycLevel],
  );
  return row ?? null;
}

/** A pass starts the count anew; what came to nothing by a fault of ours is no attempt of anybody's. */
function attemptAfter(last: Pick<Verification, "status" | "attempt" | "reasons"> | null): number {
  if (!last || last.status === "PASSED") return 1;
  return isOurs(last) ? last.attempt : last.attempt + 1;
}

/** Now, but never before the run before it: a clock that was put back must not make the older one speak. */
async function notBefore(write: Writer, entityId: Id<"ent">): Promise<Instant> {
  const [row] = await write.rows<{ last: Instant | null }>(
    `select max(requested_at) as last from verification where participant_id = ? and entity_id = ?`,
    [write.actor.participantId, entityId],
  );
  return row?.last && row.last > write.now ? plusMs(row.last, 1) : write.now;
}

function refuseAttempt({ attempts }: Level): never {
  throw new Failure("CONFLICT", "The attempts at this level are used up: submit documents for the last run.", {
    validationDetails: [{ path: "input.kycLevel", message: `All ${attempts} attempts at this level are used up.` }],
  });
}

/** The certificate on which this passes at once; null where there is none, or nobody could say what it would be about. */
async function reused(
  write: Writer,
  { iss }: Terms,
  { entityId, entityType, facts }: Subject,
  policyName: string,
  maxPrice: string | null,
): Promise<Id<"cert"> | null> {
  if (!facts) return null;
  const wanted = {
    entityId,
    product: entityType === "BUSINESS" ? ("KYB" as const) : ("KYC" as const),
    policyName,
    // Who may not query may not spend either: then only what costs nothing is reused.
    maxPrice: may(write.actor, "queryCertificate") ? (maxPrice as Decimal | null) : ZERO,
    disagreeing: () => disagreeing(write, entityId, facts),
  };
  return reuse(write, wanted, iss);
}

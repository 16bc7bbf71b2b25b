import { defineEntity, p, type InferEntity } from "@mikro-orm/core";
import type { Id } from "../kernel/id.js";
import type { Instant } from "../kernel/instant.js";
import { Participant } from "../network/participant.js";
import { Verification } from "./verification.js";

/** What has to be done next about a run, and when. */
export const WORK_STEPS = ["ASK", "AWAIT", "JUDGE_DOCUMENTS", "WARN"] as const;
export type WorkStep = (typeof WORK_STEPS)[number];

/**
 * The one thing to be done next about a run. Whoever claims it moves `dueAt` to the end of its lease and signs with a token of
 * its own: if it dies, the work is simply due again, and what it still says under an old token counts for nothing.
 */
export const Work = defineEntity({
  name: "Work",
  tableName: "verification_work",
  indexes: [{ properties: ["dueAt"] }],
  properties: {
    verificationId: () => p.manyToOne(Verification).mapToPk().joinColumn("verification_id").primary().index(false),
    participantId: () => p.manyToOne(Participant).mapToPk().joinColumn("participant_id").index(false),
    step: p.text().$type<WorkStep>(),
    dueAt: p.text().$type<Instant>(),
    /** How often it was tried in vain. */
    tries: p.integer(),
    /** The lease that holds it; null while nobody does. */
    lease: p.text().nullable(),
  },
});
export type Work = InferEntity<typeof Work> & { readonly verificationId: Id<"ver"> };

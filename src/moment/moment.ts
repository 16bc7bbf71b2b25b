import { defineEntity, p, type InferEntity } from "@mikro-orm/core";
import type { Id } from "../kernel/id.js";
import type { Instant } from "../kernel/instant.js";

/** What time alone can change. */
export const MOMENT_KINDS = ["CERTIFICATE", "CONSENT"] as const;
export type MomentKind = (typeof MOMENT_KINDS)[number];

/** The next instant at which something comes about by time alone. Whoever takes it tells of it and moves it on, in one transaction. */
export const Moment = defineEntity({
  name: "Moment",
  tableName: "due_moment",
  indexes: [{ properties: ["dueAt"] }],
  properties: {
    subjectId: p.text().$type<Id<"cert"> | Id<"con">>().primary(),
    kind: p.text().$type<MomentKind>(),
    dueAt: p.text().$type<Instant>(),
    /** The status that was last told. */
    toldStatus: p.text(),
  },
});
export type Moment = InferEntity<typeof Moment>;

import { defineEntity, p, type InferEntity } from "@mikro-orm/core";
import type { Id } from "../kernel/id.js";
import type { Instant } from "../kernel/instant.js";

/** An institution with credentials here. In Solo's words: the furnishing entity. */
export const Participant = defineEntity({
  name: "Participant",
  tableName: "participant",
  properties: {
    id: p.text().$type<Id<"par">>().primary(),
    name: p.text().unique(),
    createdAt: p.text().$type<Instant>(),
  },
});
export type Participant = InferEntity<typeof Participant>;

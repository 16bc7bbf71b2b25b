import { defineEntity, p, type InferEntity } from "@mikro-orm/core";
import type { Instant } from "../kernel/instant.js";

/** One row: by which secrets this database was made, told without telling them. */
export const Installation = defineEntity({
  name: "Installation",
  tableName: "installation",
  properties: {
    id: p.text().primary(),
    /** A data key under the master key: opens with no other. */
    wrappedKey: p.text(),
    /** The installation's own id, sealed under that data key. */
    sealedMark: p.text(),
    /** Keyed hash of the id: equal under no other index key. */
    fingerprint: p.text(),
    createdAt: p.text().$type<Instant>(),
    /** 1 where the sandbox made it: nothing in it was ever checked, and it stays a sandbox. */
    sandbox: p.integer().default(0),
    /** How far the sandbox's clock was moved forward. */
    clockOffsetMs: p.integer().default(0),
  },
});
export type Installation = InferEntity<typeof Installation>;

import type { Actor } from "../kernel/actor.js";
import type { Entity, EntityConflict } from "./entity.js";

/** One thing to do about an entity. */
export interface Requirement {
  readonly code: string;
  readonly entity: Entity;
  readonly acceptableDocuments: readonly string[];
  readonly publicMessage: string;
  readonly staffMessage: string | null;
  readonly alternatives: readonly string[];
}

export interface Requirements {
  readonly currentlyDue: readonly Requirement[];
  readonly pastDue: readonly Requirement[];
  readonly pendingVerification: readonly Requirement[];
  readonly deadline: string | null;
  readonly attemptsLeft: number | null;
}

/** What has to happen next for an entity. Who the other side of a conflict is, nobody is told. */
export function requirementsFor(entity: Entity, conflicts: readonly EntityConflict[], actor: Actor): Requirements {
  const staff = actor.via !== "CLIENT_TOKEN";
  const conflict: Requirement = {
    code: "IDENTITY_CONFLICT",
    entity,
    acceptableDocuments: [],
    publicMessage: "We need to check your details. Please contact us.",
    staffMessage: staff
      ? "The same tax number is on record with another birth date. Compare with a document before you rely on either."
      : null,
    alternatives: [],
  };
  return {
    currentlyDue: conflicts.length > 0 ? [conflict] : [],
    pastDue: [],
    pendingVerification: [],
    deadline: null,
    attemptsLeft: null,
  };
}

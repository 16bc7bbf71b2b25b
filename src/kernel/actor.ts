import type { Id } from "./id.js";
import type { Instant } from "./instant.js";

/** What a credential may do. Scopes belong to keys, roles to participants. */
export const SCOPES = ["entities", "verify", "review", "furnish", "query", "policies", "analyse", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

/** Who asks: one participant through one credential. A client token sees the one entity it was made for. */
export interface Actor {
  readonly via: "API_KEY" | "CLIENT_TOKEN" | "OIDC" | "OPERATOR" | "WORKER";
  readonly participantId: Id<"par">;
  readonly scopes: ReadonlySet<Scope>;
  /** The key id, token id or subject: what audit records name. */
  readonly credentialId: string;
  readonly entityId: Id<"ent"> | null;
  readonly expiresAt: Instant | null;
}

/** Whoever sits at the command line of the installation: belongs to no participant and asks through no credential. */
export const OPERATOR: Actor = {
  via: "OPERATOR",
  participantId: "par_00000000000000000000000000",
  scopes: new Set(),
  credentialId: "operator",
  entityId: null,
  expiresAt: null,
};

/** The installation itself, going on with what a participant asked for: a worker that settles a run, a provider that answers late. */
export const workerOf = (participantId: Id<"par">): Actor => ({
  via: "WORKER",
  participantId,
  scopes: new Set(),
  credentialId: "worker",
  entityId: null,
  expiresAt: null,
});

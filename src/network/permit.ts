import type { Actor, Scope } from "../kernel/actor.js";
import { Failure } from "../kernel/failure.js";
import type { Reader } from "../kernel/reader.js";
import type { NetworkRole } from "./network.js";

/** Who may do what, one row a verb: any of the scopes suffices; `client` says that a client token may too, about its own entity. */
const VERBS = {
  viewer: { scopes: [], client: true },
  readMembers: { scopes: [], client: false },
  readEntities: { scopes: ["entities", "verify", "review", "furnish", "query", "analyse"], client: true },
  readVerifications: { scopes: ["entities", "verify", "review", "analyse"], client: true },
  readAttestations: { scopes: ["furnish", "query", "analyse"], client: true },
  readPolicies: { scopes: [], client: false },
  readCertificates: { scopes: ["query", "analyse"], client: true },
  readQueryEvents: { scopes: ["query", "analyse"], client: false },
  readDisputes: { scopes: ["furnish", "query", "analyse", "policies"], client: false },
  readStaffWords: { scopes: [], client: false },
  readLedger: { scopes: ["query", "analyse"], client: false },
  readEvents: { scopes: ["entities", "verify", "review", "furnish", "query", "analyse"], client: true },
  registerEntity: { scopes: ["entities"], client: false },
  requestVerification: { scopes: ["verify"], client: false },
  submitDocument: { scopes: ["verify"], client: false },
  openDocument: { scopes: ["verify", "review"], client: false },
  reviewVerification: { scopes: ["review"], client: false },
  linkMember: { scopes: ["entities"], client: false },
  certify: { scopes: ["entities"], client: false },
  revealIdentity: { scopes: ["entities", "query"], client: false },
  createClientToken: { scopes: ["entities"], client: false },
  recordConsent: { scopes: ["entities", "query"], client: false },
  withdrawConsent: { scopes: ["entities", "query"], client: false },
  furnish: { scopes: ["furnish"], client: false },
  revokeAttestation: { scopes: ["furnish"], client: false },
  disputeAttestation: { scopes: ["furnish", "policies"], client: false },
  writePolicies: { scopes: ["policies"], client: false },
  checkCoverage: { scopes: ["query"], client: false },
  queryCertificate: { scopes: ["query"], client: false },
} as const satisfies Record<string, { scopes: readonly Scope[]; client: boolean }>;

export type Verb = keyof typeof VERBS;

/** Whether the actor may, where that decides what is shown and not whether an answer is given. */
export const may = (actor: Actor, verb: Verb): boolean => {
  const { scopes, client }: { scopes: readonly Scope[]; client: boolean } = VERBS[verb];
  return actor.via === "CLIENT_TOKEN" ? client : scopes.length === 0 || scopes.some((scope) => actor.scopes.has(scope));
};

/** Lets the actor through, or says which scope is missing. An empty list of scopes lets any credential of a participant through. */
export function permit(actor: Actor, verb: Verb): void {
  if (may(actor, verb)) return;
  const { scopes }: { scopes: readonly Scope[] } = VERBS[verb];
  const needed =
    actor.via === "CLIENT_TOKEN" ? "an API key" : `the scope ${scopes.map((scope) => `\`${scope}\``).join(" or ")}`;
  throw new Failure("FORBIDDEN", `This needs ${needed}.`);
}

/**
 * The role is needed in every network. A network that the participant is no member of is `NOT_FOUND`, as if it did not
 * exist; membership without the role is `FORBIDDEN`.
 */
export async function requireRole(
  read: Reader,
  networkIds: readonly string[],
  role: NetworkRole,
  path: string,
): Promise<void> {
  const roles = await read.rows<{ networkId: string; role: NetworkRole }>(
    `select network_id as "networkId", role from membership where participant_id = ? and network_id in ??`,
    [read.actor.participantId, networkIds],
  );
  networkIds.forEach((networkId, index) => {
    const mine = roles.filter((row) => row.networkId === networkId);
    const at = path.endsWith("s") ? `${path}[${index}]` : path;
    if (mine.length === 0)
      throw new Failure("NOT_FOUND", "Network not found.", {
        validationDetails: [{ path: at, message: "Network not found." }],
      });
    if (!mine.some((row) => row.role === role))
      throw new Failure("FORBIDDEN", `This needs the role ${role} in the network.`, {
        validationDetails: [{ path: at, message: `Needs the role ${role}.` }],
      });
  });
}

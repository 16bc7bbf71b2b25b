import { subjectHeld } from "../kernel/hold.js";
import type { Id } from "../kernel/id.js";
import { exceeds, type Decimal } from "../kernel/decimal.js";
import type { Writer } from "../kernel/reader.js";
import type { CertificateProduct } from "../network/network.js";
import { evaluate } from "../policy/evaluate.js";
import { certificateStatus, type Certificate } from "./certificate.js";
import { gather, type Ask } from "./gather.js";
import { decide } from "./query.js";

/** What would answer a question that a certificate of this policy answers. */
export interface Reuse {
  readonly entityId: Id<"ent">;
  readonly product: CertificateProduct;
  /** The name of a published policy of the consent's network. */
  readonly policyName: string;
  /** The most that it may cost; null for any price. */
  readonly maxPrice: Decimal | null;
  /** Whose attestations do not count, asked now: they are about somebody of another name. */
  readonly disagreeing: () => Promise<readonly Id<"par">[]>;
}

/** Under which of the caller's consents a policy could be asked: newest first. */
interface Way {
  readonly consentId: string;
  readonly networkId: Id<"net">;
  readonly policyId: Id<"pol">;
}

/** At most so many consents are tried. */
const MAX_WAYS = 10;
/** Whom so many know under another name is nobody's to be passed on what the rest say. */
const MAX_EXCLUDED = 100;

/** The policy `p` is the newest published one of its name in its network; nothing older answers in its place. */
const CURRENT = `p.status = 'PUBLISHED' and not exists (
  select 1 from policy n where n.network_id = p.network_id and n.name = p.name and n.version > p.version and n.status = 'PUBLISHED')`;

/**
 * A certificate that answers a policy about an entity without new work: one that the caller holds and that stands, at no cost; else
 * one that the network can issue now under an active consent, at its price, if that is not above `maxPrice`. Null where there is
 * none; that nothing was found costs nothing and leaves no trace.
 */
export async function reuse(write: Writer, wanted: Reuse, iss: string): Promise<Id<"cert"> | null> {
  const { product, maxPrice } = wanted;
  await write.hold([subjectHeld(wanted.entityId)]);
  const disagreeing = await wanted.disagreeing();
  if (disagreeing.length > MAX_EXCLUDED) return null;
  const held = await heldCertificate(write, wanted, disagreeing);
  if (held) return held;
  for (const { consentId, networkId, policyId } of await waysTo(write, wanted)) {
    const ask: Ask = { consentId, networkIds: [networkId], policyId, product };
    const { question, ...rest } = await gather(write, ask);
    // Asked behind the evidence: whoever furnished some of it has said by then about whom.
    const excluded = new Set(await wanted.disagreeing());
    if (excluded.size > MAX_EXCLUDED) return null;
    const gathered = { ...rest, question: { ...question, excluded } };
    if (maxPrice !== null && exceeds(gathered.price, maxPrice)) continue;
    if (evaluate(gathered.question, gathered.evidence).satisfied)
      return (await decide(write, gathered, iss)).certificate;
  }
  return null;
}

type Held = Pick<Certificate, "id" | "staleAt" | "revokedAt" | "supersededById" | "disputedReason">;

async function heldCertificate(
  write: Writer,
  { entityId, policyName, product }: Reuse,
  disagreeing: readonly Id<"par">[],
): Promise<Id<"cert"> | null> {
  const rows = await write.rows<Held>(
    `select c.id, c.stale_at as "staleAt", c.revoked_at as "revokedAt", c.superseded_by_id as "supersededById",
            c.disputed_reason as "disputedReason"
       from certificate c join policy p on p.id = c.policy_id join consent k on k.id = c.consent_id
       join membership m on m.network_id = k.network_id and m.participant_id = c.participant_id and m.role = 'QUERIER'
      where c.entity_id = ? and c.participant_id = ? and p.name = ? and p.product = ? and ${CURRENT} and c.revoked_at is null and c.superseded_by_id is null
        and k.withdrawn_at is null and (k.expires_at is null or k.expires_at > ?)
        and not exists (select 1 from certificate_block b join attestation a on a.id = b.attestation_id
                         where b.certificate_id = c.id and a.furnisher_id in ??)
      order by c.id desc limit ?`,
    [entityId, write.actor.participantId, policyName, product, write.now, disagreeing, MAX_WAYS],
  );
  return rows.find((row) => ["VALID", "EXPIRING"].includes(certificateStatus(row, write.now)))?.id ?? null;
}

const waysTo = (write: Writer, { entityId, policyName, product }: Reuse): Promise<Way[]> =>
  write.rows<Way>(
    `select c.id as "consentId", c.network_id as "networkId", p.id as "policyId"
       from consent c
       join membership m on m.network_id = c.network_id and m.participant_id = c.participant_id and m.role = 'QUERIER'
       join policy p on p.network_id = c.network_id and p.name = ? and p.product = ? and ${CURRENT}
      where c.entity_id = ? and c.participant_id = ? and c.withdrawn_at is null and (c.expires_at is null or c.expires_at > ?)
      order by c.id desc limit ?`,
    [policyName, product, entityId, write.actor.participantId, write.now, MAX_WAYS],
  );

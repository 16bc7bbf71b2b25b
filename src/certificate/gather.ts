import { z } from "zod";
import { sum, type Decimal } from "../kernel/decimal.js";
import { badInput, notFound } from "../kernel/failure.js";
import { subjectHeld } from "../kernel/hold.js";
import type { Id } from "../kernel/id.js";
import { plusMs, type Instant } from "../kernel/instant.js";
import type { Reader, Writer } from "../kernel/reader.js";
import { columns } from "../kernel/table.js";
import { faultsOf, optional, refuse } from "../kernel/validate.js";
import { EARNED } from "../attestation/earn.js";
import { networkList } from "../attestation/furnish.js";
import { parseStatement } from "../attestation/statement.js";
import { kindsOf, type SubProductKind } from "../attestation/sub-product.js";
import { Consent, consentStatus, consentedKinds } from "../consent/consent.js";
import type { EntityType } from "../entity/entity.js";
import type { CertificateProduct } from "../network/network.js";
import { requireRole } from "../network/permit.js";
import type { Evidence, Question } from "../policy/evaluate.js";
import { Policy, defaultKey, requirementsOf } from "../policy/policy.js";

/** What a querier asks about: the subject of a consent, in networks, under a policy. */
export interface Ask {
  readonly consentId: string;
  readonly networkIds: readonly string[];
  readonly policyId?: string | null;
  readonly product: CertificateProduct;
  readonly furnisherIds?: readonly string[] | null;
  readonly excludedFurnisherIds?: readonly string[] | null;
}

/** Everything that a judgement needs, read in a constant number of statements. */
export interface Gathered {
  readonly consent: Consent;
  readonly policy: Policy;
  readonly networkIds: readonly Id<"net">[];
  /** What a certificate costs. */
  readonly price: Decimal;
  /** What a no costs, where a network charges for it. */
  readonly noPrice: Decimal;
  readonly currency: string;
  readonly question: Question;
  readonly evidence: readonly Evidence[];
}

/** What kind of subject a product is about. */
const SUBJECT_OF: Readonly<Record<CertificateProduct, EntityType>> = { KYC: "INDIVIDUAL", KYB: "BUSINESS" };

const MAX_FURNISHERS = 100;
const DEFAULT_CURRENCY = "USD";

const furnisherList = optional(
  z
    .array(z.string())
    .min(1, "Must name at least one furnisher, or be left out.")
    .max(MAX_FURNISHERS, `Must name at most ${MAX_FURNISHERS} furnishers.`),
);

const schema = z.object({ networkIds: networkList, furnisherIds: furnisherList, excludedFurnisherIds: furnisherList });

/**
 * Refuses in this order: shape, consent, networks and roles, policy, currency; then reads the evidence that the caller may see. Whoever
 * acts on it holds the subject meanwhile: nothing of it is revoked or disputed before that is done.
 */
export async function gather(read: Reader, ask: Ask, hold: Writer["hold"] = async () => undefined): Promise<Gathered> {
  refuse(faultsOf(schema, ask, "input"));
  const consent = await consentFor(read, ask);
  await hold([subjectHeld(consent.entityId)]);
  await requireRole(read, ask.networkIds, "QUERIER", "input.networkIds");
  const { lastIssuedAt, ...policy } = await policyFor(read, ask, consent);
  const then = { ...read, now: notBefore(lastIssuedAt, read.now) };
  refuseInactive(consent, then.now);
  const prices = await pricesOf(then, ask);
  return {
    consent,
    policy,
    networkIds: ask.networkIds as readonly Id<"net">[],
    ...prices,
    question: {
      requirements: requirementsOf(policy),
      selection: policy.selection,
      consented: consentedKinds(consent),
      furnishers: ask.furnisherIds ? new Set(ask.furnisherIds) : null,
      excluded: new Set(ask.excludedFurnisherIds ?? []),
      acceptsDisputed: policy.acceptsDisputed === 1,
      at: then.now,
    },
    evidence: await evidenceFor(then, ask, consent),
  };
}

/** No two clocks that are looked after are further apart. */
const APART_MS = 60_000;

/**
 * Now, but not before the certificate that another would take the place of: whoever waited for it may have begun before it, and clocks of
 * gateways differ. What a clock says that is simply wrong is not followed: an audit tells of it.
 */
const notBefore = (lastIssuedAt: Instant | null, now: Instant): Instant =>
  lastIssuedAt && lastIssuedAt > now && lastIssuedAt <= plusMs(now, APART_MS) ? lastIssuedAt : now;

/** Somebody else's consent does not exist; the caller's own must be active and for one of the networks. */
async function consentFor(read: Reader, ask: Ask): Promise<Consent> {
  const [row] = await read.rows<Consent & { entityType: EntityType }>(
    `select ${columns(Consent, "c")}, e.entity_type as "entityType" from consent c join entity e on e.id = c.entity_id
      where c.id = ? and c.participant_id = ?`,
    [ask.consentId, read.actor.participantId],
  );
  if (!row) throw notFound("Consent", "input.consentId");
  const { entityType, ...consent } = row;
  if (entityType !== SUBJECT_OF[ask.product])
    throw badInput([
      { path: "input.product", message: `The consent is of ${entityType === "BUSINESS" ? "a business" : "a person"}.` },
    ]);
  refuseInactive(consent, read.now);
  if (!ask.networkIds.includes(consent.networkId))
    throw badInput([{ path: "input.networkIds", message: "Must include the network that the consent is for." }]);
  return consent;
}

function refuseInactive(consent: Consent, at: Instant): void {
  const status = consentStatus(consent, at);
  if (status !== "ACTIVE") throw badInput([{ path: "input.consentId", message: `The consent is ${status}.` }]);
}

/** The policy, and when the certificate was issued that the caller holds by it. */
async function policyFor(
  read: Reader,
  ask: Ask,
  { entityId }: Consent,
): Promise<Policy & { readonly lastIssuedAt: Instant | null }> {
  const { participantId } = read.actor;
  const [policy] = await read.rows<Policy & { readonly lastIssuedAt: Instant | null }>(
    `select ${columns(Policy, "p")},
            (select max(c.issued_at) from certificate c where c.entity_id = ? and c.participant_id = ? and c.policy_id = p.id
                and c.revoked_at is null and c.superseded_by_id is null) as "lastIssuedAt"
       from policy p
      where (p.id = ? or p.default_for = ?) and p.status = 'PUBLISHED'
        and exists (select 1 from membership m where m.network_id = p.network_id and m.participant_id = ?)`,
    [
      entityId,
      participantId,
      ask.policyId ?? null,
      ask.policyId ? null : defaultKey(ask.networkIds[0]!, ask.product),
      participantId,
    ],
  );
  if (!policy && ask.policyId) throw notFound("Policy", "input.policyId");
  if (!policy)
    throw badInput([
      { path: "input.policyId", message: `The network has no default policy for ${ask.product}: name one.` },
    ]);
  if (!ask.networkIds.includes(policy.networkId))
    throw badInput([{ path: "input.policyId", message: "Is a policy of a network that is not among `networkIds`." }]);
  if (policy.product !== ask.product)
    throw badInput([{ path: "input.policyId", message: `Is not a policy for ${ask.product}.` }]);
  return policy;
}

type Prices = Pick<Gathered, "price" | "noPrice" | "currency">;

async function pricesOf(read: Reader, ask: Ask): Promise<Prices> {
  const rows = await read.rows<{ networkId: string; amount: Decimal; noAmount: Decimal; currency: string }>(
    `select p.network_id as "networkId", p.amount, p.no_amount as "noAmount", p.currency from price p
      where p.product = ? and p.network_id in ??
        and p.version = (select max(v.version) from price v
                          where v.network_id = p.network_id and v.product = p.product and v.effective_at <= ?)`,
    [ask.product, ask.networkIds, read.now],
  );
  const currencies = new Set(rows.map(({ currency }) => currency));
  if (currencies.size > 1)
    throw badInput([
      { path: "input.networkIds", message: "These networks charge in different currencies: ask them one by one." },
    ]);
  return {
    price: sum(rows.map(({ amount }) => amount)),
    noPrice: sum(rows.map(({ noAmount }) => noAmount)),
    currency: rows[0]?.currency ?? DEFAULT_CURRENCY,
  };
}

interface EvidenceRow {
  readonly id: Id<"att">;
  readonly kind: SubProductKind;
  readonly furnisherId: Id<"par">;
  readonly performedAt: Evidence["performedAt"];
  readonly statement: string;
  readonly contentHash: string;
  readonly revokedReason: string | null;
  readonly disputedReason: string | null;
  readonly networkId: Id<"net">;
}

/**
 * What the caller may see of the subject: in the consent's network by the consent, in the others by entitlement. A
 * furnisher who lost its role in a network no longer speaks there.
 */
async function evidenceFor(read: Reader, ask: Ask, consent: Consent): Promise<Evidence[]> {
  const rows = await read.rows<EvidenceRow>(
    `select a.id, a.kind, a.furnisher_id as "furnisherId", a.performed_at as "performedAt", a.statement, a.content_hash as "contentHash",
            a.revoked_reason as "revokedReason", a.disputed_reason as "disputedReason", n.network_id as "networkId"
       from attestation a
       join attestation_network n on n.attestation_id = a.id
       join membership m on m.network_id = n.network_id and m.participant_id = a.furnisher_id and m.role = 'FURNISHER'
      where a.entity_id = ? and a.kind in ?? and n.network_id in ??
        and (n.network_id = ? or exists (
              select 1 from entitlement e
               where e.participant_id = ? and e.entity_id = a.entity_id and e.network_id = n.network_id and e.kind = a.kind and ${EARNED}))
      order by a.id`,
    [consent.entityId, kindsOf(ask.product), ask.networkIds, consent.networkId, read.actor.participantId, read.now],
  );
  const first = new Map<string, EvidenceRow>();
  for (const row of rows) {
    const held = first.get(row.id);
    if (!held || ask.networkIds.indexOf(row.networkId) < ask.networkIds.indexOf(held.networkId)) first.set(row.id, row);
  }
  return [...first.values()].map(({ id, statement, ...row }) => ({
    ...row,
    attestationId: id,
    statement: parseStatement(statement),
  }));
}

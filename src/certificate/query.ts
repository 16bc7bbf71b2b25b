import { exceeds, isDecimal, ZERO, type Decimal } from "../kernel/decimal.js";
import { badInput } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import { plusDays } from "../kernel/instant.js";
import type { Writer } from "../kernel/reader.js";
import { earn } from "../attestation/earn.js";
import { append } from "../event/append.js";
import { once } from "../idempotency/once.js";
import { watchCertificate } from "../moment/watch.js";
import { permit } from "../network/permit.js";
import { evaluate, type Verdict } from "../policy/evaluate.js";
import { assemble, type CertificateDocument } from "./assemble.js";
import { Certificate, CertificateBlock, QueryEvent, certificateStatus } from "./certificate.js";
import { gather, type Ask, type Gathered } from "./gather.js";
import { signCertificate } from "./sign.js";

export interface QueryCertificate extends Ask {
  readonly maxPrice?: string | null;
  readonly idempotencyKey?: string | null;
}

/**
 * Asks for a certificate: the evaluation, the certificate where it is satisfied, and one query event, together or not
 * at all. A "no" is recorded with its reasons, and free.
 */
export async function queryCertificate(
  write: Writer,
  input: QueryCertificate,
  iss: string,
): Promise<{ queryEventId: Id<"qev">; replayed: boolean }> {
  permit(write.actor, "queryCertificate");
  const { idempotencyKey, ...body } = input;
  let at = write.now;
  const work = async (): Promise<Id<"qev">> => {
    const gathered = await gather(write, input, write.hold);
    at = gathered.question.at;
    refusePrice(gathered, input.maxPrice);
    return (await decide(write, gathered, iss)).queryEvent;
  };
  const done = await once(write, { verb: "queryCertificate", key: idempotencyKey, body }, work, () => at);
  return { queryEventId: done.resultId, replayed: done.replayed };
}

/**
 * Evaluates what was gathered and records the answer, as of the moment that it was gathered for: the query event, and the certificate where
 * the policy is satisfied.
 */
export async function decide(
  writer: Writer,
  gathered: Gathered,
  iss: string,
): Promise<{ readonly queryEvent: Id<"qev">; readonly certificate: Id<"cert"> | null }> {
  const write = { ...writer, now: gathered.question.at };
  const verdict = evaluate(gathered.question, gathered.evidence);
  const queryEvent = write.newId("qev");
  const certificate = verdict.satisfied ? write.newId("cert") : null;
  await write.insert(QueryEvent, [
    {
      id: queryEvent,
      participantId: write.actor.participantId,
      entityId: gathered.consent.entityId,
      consentId: gathered.consent.id,
      policyId: gathered.policy.id,
      outcome: certificate ? "ISSUED" : "NOT_SATISFIED",
      price: certificate ? gathered.price : await priceOfNo(write, gathered),
      currency: gathered.currency,
      requirements: JSON.stringify(verdict.results),
      occurredAt: write.now,
      certificateId: certificate,
    },
  ]);
  if (certificate) {
    const issue = { iss, certificate, queryEvent, querier: write.actor.participantId, issuedAt: write.now };
    await store(write, gathered, verdict, assemble(issue, gathered, verdict.chosen));
  }
  return { queryEvent, certificate };
}

/**
 * A no costs what coverage said in the last day that it would cost, for this consent and policy, and never more than it costs now:
 * who was not told before pays nothing.
 */
async function priceOfNo(write: Writer, { consent, policy, noPrice, currency }: Gathered): Promise<Decimal> {
  const [quoted] = await write.rows<{ noPrice: Decimal; currency: string }>(
    `select no_price as "noPrice", currency from coverage_check
      where participant_id = ? and consent_id = ? and policy_id = ? and checked_at > ?
      order by checked_at desc, id desc limit 1`,
    [write.actor.participantId, consent.id, policy.id, plusDays(write.now, -1)],
  );
  if (!quoted || quoted.currency !== currency) return ZERO;
  return exceeds(quoted.noPrice, noPrice) ? noPrice : quoted.noPrice;
}

function refusePrice({ price, noPrice, currency }: Gathered, maxPrice: string | null | undefined): void {
  if (maxPrice === null || maxPrice === undefined) return;
  const path = "input.maxPrice";
  if (!isDecimal(maxPrice) || maxPrice.startsWith("-"))
    throw badInput([{ path, message: "Must be an exact amount, such as 2.50." }]);
  const most = exceeds(noPrice, price) ? noPrice : price;
  if (exceeds(most, maxPrice)) throw badInput([{ path, message: `Is below the price of ${most} ${currency}.` }]);
}

async function store(
  write: Writer,
  gathered: Gathered,
  verdict: Verdict,
  document: CertificateDocument,
): Promise<void> {
  const { certificate: id, subject, querier, staleAt } = document;
  const superseded = await standing(write, document);
  await write.insert(Certificate, [
    {
      id,
      product: gathered.policy.product,
      entityId: subject,
      participantId: querier,
      policyId: gathered.policy.id,
      consentId: gathered.consent.id,
      queryEventId: document.queryEvent,
      issuedAt: write.now,
      networkIds: gathered.networkIds.join(" "),
      jws: await signCertificate(write, document),
      staleAt,
      disputedReason: verdict.chosen.find(({ evidence }) => evidence.disputedReason)?.evidence.disputedReason ?? null,
    },
  ]);
  await write.insert(
    CertificateBlock,
    document.blocks.map(({ kind, requirement, attestation, network }, position) => ({
      certificateId: id,
      kind,
      position,
      requirementKey: requirement,
      attestationId: attestation,
      networkId: network,
    })),
  );
  await watchCertificate(write, id, staleAt);
  await earn(
    write,
    "QUERYING",
    verdict.chosen.map(({ evidence }) => ({ entityId: subject, kind: evidence.kind, networkId: evidence.networkId })),
  );
  await append(write, [{ type: "CERTIFICATE_ISSUED", participantId: querier, entityId: subject, subjectId: id }]);
  await supersede(write, superseded, document);
}

type Standing = Pick<Certificate, "id" | "staleAt" | "revokedAt" | "supersededById" | "disputedReason">;

/** The querier's certificates for the same subject and policy that still stand. */
const standing = (write: Writer, { subject, querier, policy }: CertificateDocument): Promise<Standing[]> =>
  write.rows<Standing>(
    `select id, stale_at as "staleAt", revoked_at as "revokedAt", superseded_by_id as "supersededById",
            disputed_reason as "disputedReason" from certificate
      where entity_id = ? and participant_id = ? and policy_id = ? and revoked_at is null and superseded_by_id is null order by id`,
    [subject, querier, policy.id],
  );

async function supersede(
  write: Writer,
  superseded: readonly Standing[],
  { certificate, subject, querier }: CertificateDocument,
): Promise<void> {
  if (superseded.length === 0) return;
  await write.em.nativeUpdate(
    Certificate,
    { id: { $in: superseded.map(({ id }) => id) } },
    { supersededById: certificate },
  );
  await append(
    write,
    superseded.map((row) => ({
      type: "CERTIFICATE_STATUS_CHANGED",
      participantId: querier,
      entityId: subject,
      subjectId: row.id,
      from: certificateStatus(row, write.now),
      to: "SUPERSEDED",
      reason: `A newer certificate was issued: ${certificate}.`,
    })),
  );
}

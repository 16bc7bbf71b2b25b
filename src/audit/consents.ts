import { plusDays, plusMs, type Instant } from "../kernel/instant.js";
import type { SubProductKind } from "../attestation/sub-product.js";
import { Certificate, EXPIRING_DAYS } from "../certificate/certificate.js";
import { Consent, consentedKinds } from "../consent/consent.js";
import { Moment } from "../moment/moment.js";
import { check, rowsOf, wrongs, type Books, type Check, type Stored } from "./audit.js";
import { toldAbout, toldTimes } from "./told.js";

const momentsOf = async ({ rows }: Books, ids: readonly string[]): Promise<ReadonlyMap<string, Moment>> =>
  new Map(
    (
      await rows<Moment>(
        `select subject_id as "subjectId", kind, due_at as "dueAt", told_status as "toldStatus" from due_moment where subject_id in ??`,
        [ids],
      )
    ).map((moment) => [moment.subjectId, moment]),
  );

/** What was granted cannot be expired before its end: only what was neither withdrawn nor is still awaited has been told so. */
async function judgeConsents(books: Books, consents: readonly Stored<Consent>[]) {
  const about = (one: Stored<Consent>) => ({ ...one, subjectId: one.id });
  const types = ["CONSENT_GRANTED", "CONSENT_WITHDRAWN", "CONSENT_EXPIRED"] as const;
  const telling = await toldAbout(books, types, consents.map(about));
  const moments = await momentsOf(
    books,
    consents.map(({ id }) => id),
  );
  const { log, now } = books;
  return wrongs(consents, function* (one) {
    const told = telling(about(one));
    const { id, grantedAt, withdrawnAt, expiresAt } = one;
    const awaited = moments.has(id);
    yield toldTimes(told, "CONSENT_GRANTED", 1, log.reaches(grantedAt));
    yield toldTimes(told, "CONSENT_WITHDRAWN", withdrawnAt ? 1 : 0, log.reaches(withdrawnAt ?? grantedAt));
    yield awaited && moments.get(id)!.dueAt !== expiresAt && "Its end is awaited at another time.";
    yield expiresAt !== null && expiresAt > now && !awaited && "Nobody awaits its end.";
    const ended = expiresAt !== null && !awaited ? 1 : 0;
    // Whether it was withdrawn before its end was told is not kept: then either is right.
    if (!withdrawnAt || !ended) yield toldTimes(told, "CONSENT_EXPIRED", ended, log.reaches(expiresAt ?? grantedAt));
  });
}

const expiringAt = (staleAt: Instant): Instant => plusDays(staleAt, -EXPIRING_DAYS);

/** Of what has ended otherwise, time has nothing more to tell; what is awaited about it all the same comes to nothing. */
async function judgeAges(books: Books, certificates: readonly Stored<Certificate>[]) {
  const moments = await momentsOf(
    books,
    certificates.map(({ id }) => id),
  );
  return wrongs(certificates, function* ({ id, staleAt, revokedAt, supersededById }) {
    const moment = moments.get(id);
    if (!moment) {
      const ages = staleAt !== null && staleAt > books.now && !revokedAt && !supersededById;
      return yield ages && "Nobody awaits that it grows old.";
    }
    const { dueAt, toldStatus } = moment;
    const due: readonly Instant[] = staleAt ? [staleAt, expiringAt(staleAt)] : [];
    yield !due.includes(dueAt) && "Its age is awaited at another time.";
    yield !["VALID", "EXPIRING"].includes(toldStatus) && `It is awaited as ${toldStatus}.`;
  });
}

async function judgeMoments({ rows }: Books, moments: readonly Moment[]) {
  const ids = moments.map(({ subjectId }) => subjectId);
  const ends = await rows<{ id: string; kind: Moment["kind"] }>(
    `select id, 'CERTIFICATE' as kind from certificate where id in ?? and stale_at is not null
      union all select id, 'CONSENT' from consent where id in ?? and expires_at is not null`,
    [ids, ids],
  );
  const kinds = new Map(ends.map(({ id, kind }) => [id, kind]));
  return wrongs(moments, ({ subjectId, kind, toldStatus }) => [
    kinds.get(subjectId) !== kind && "Nothing of its kind ends there.",
    kind === "CONSENT" && toldStatus !== "ACTIVE" && `It is awaited as ${toldStatus}.`,
  ]);
}

interface Allowed
  extends Pick<Consent, "participantId" | "entityId" | "networkId" | "kinds" | "expiresAt" | "withdrawnAt"> {
  readonly id: string;
  readonly policyNetworkId: string;
  readonly policyProduct: string;
}

/** What each certificate was allowed by: its consent and its policy. */
const allowancesOf = ({ rows }: Books, ids: readonly string[]) =>
  rows<Allowed>(
    `select c.id, k.participant_id as "participantId", k.entity_id as "entityId", k.network_id as "networkId", k.kinds,
            k.expires_at as "expiresAt", k.withdrawn_at as "withdrawnAt", p.network_id as "policyNetworkId", p.product as "policyProduct"
       from certificate c join consent k on k.id = c.consent_id join policy p on p.id = c.policy_id where c.id in ??`,
    [ids],
  );

const kindsOf = ({ rows }: Books, ids: readonly string[]) =>
  rows<{ id: string; kind: SubProductKind }>(
    "select certificate_id as id, kind from certificate_block where certificate_id in ??",
    [ids],
  );

/** Clocks of gateways differ by less, and so does when a query and a withdrawal that wait for one another say that they began. */
const APART_MS = 60_000;

async function judgeAllowed(books: Books, certificates: readonly Stored<Certificate>[]) {
  const ids = certificates.map(({ id }) => id);
  const allowances = new Map((await allowancesOf(books, ids)).map((one) => [one.id, one]));
  const kinds = Map.groupBy(await kindsOf(books, ids), ({ id }) => id);
  return wrongs(certificates, function* (one) {
    const by = allowances.get(one.id);
    if (!by) return;
    const { issuedAt, product } = one;
    const networkIds = one.networkIds.split(" ");
    const own = by.participantId === one.participantId && by.entityId === one.entityId;
    yield !own && "Its consent is another's, or about somebody else.";
    yield !networkIds.includes(by.networkId) && "Its consent is for another network.";
    const covered = consentedKinds(by);
    const outside = (kinds.get(one.id) ?? []).filter(({ kind }) => covered && !covered.has(kind));
    if (outside.length > 0) yield `Its consent does not name ${outside.map(({ kind }) => kind).join(", ")}.`;
    yield by.expiresAt !== null && by.expiresAt! <= issuedAt && "Its consent had ended before.";
    yield by.withdrawnAt !== null &&
      plusMs(by.withdrawnAt!, APART_MS) < issuedAt &&
      "Its consent was withdrawn before.";
    yield !networkIds.includes(by.policyNetworkId) && "Its policy is of another network.";
    yield by.policyProduct !== product && "Its policy is for another product.";
  });
}

export const CONSENTS: readonly Check[] = [
  check<Stored<Consent>>({
    name: "consents",
    says: "A consent was told of when it was granted, withdrawn and ended, once each, and its end is awaited until then.",
    source: rowsOf(Consent, ["id"], { apart: ["purpose"] }),
    judge: judgeConsents,
  }),
  check<Stored<Certificate>>({
    name: "certificates-aging",
    says: "Somebody awaits that a certificate grows old, for as long as it can.",
    source: rowsOf(Certificate, ["id"], { where: "t.stale_at is not null", apart: ["jws"] }),
    judge: judgeAges,
  }),
  check<Stored<Certificate>>({
    name: "certificates-allowed",
    says: "A certificate holds what its consent allowed when it was issued, by a policy of one of its networks.",
    source: rowsOf(Certificate, ["id"], { apart: ["jws"] }),
    judge: judgeAllowed,
  }),
  check<Moment>({
    name: "moments",
    says: "What is awaited comes: it is the end of a consent or a certificate's age.",
    source: rowsOf(Moment, ["subjectId"]),
    judge: judgeMoments,
  }),
];

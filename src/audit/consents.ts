import { plusDays, type Instant } from "../kernel/instant.js";
import { Certificate, EXPIRING_DAYS } from "../certificate/certificate.js";
import { Consent } from "../consent/consent.js";
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
  return wrongs(moments, ({ subjectId, kind }) => [kinds.get(subjectId) !== kind && "Nothing of its kind ends there."]);
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
  check<Moment>({
    name: "moments",
    says: "What is awaited comes: it is the end of a consent or a certificate's age.",
    source: rowsOf(Moment, ["subjectId"]),
    judge: judgeMoments,
  }),
];

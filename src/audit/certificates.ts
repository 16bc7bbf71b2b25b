import { decodeProtectedHeader, type JSONWebKeySet } from "jose";
import { Certificate, certificateStatus, type CertificateStatus } from "../certificate/certificate.js";
import { deviationsAmong } from "../certificate/rederive.js";
import { publicKeys, verifyCertificate } from "../certificate/sign.js";
import { check, each, rowsOf, wrongs, type Books, type Check } from "./audit.js";
import { broken, toldAbout, toldTimes } from "./told.js";

const WITHOUT_WORDS = rowsOf(Certificate, ["id"], { apart: ["jws"] });

/** By the name of which key it was signed; null where it names none. */
function signerOf(jws: string): string | null {
  try {
    return decodeProtectedHeader(jws).kid ?? null;
  } catch {
    return null;
  }
}

/** What is wrong with what was signed, by itself. */
async function signed({ jws, staleAt }: Certificate, keys: JSONWebKeySet): Promise<string | null> {
  const signer = signerOf(jws);
  if (signer !== null && !keys.keys.some(({ kid }) => kid === signer))
    return "The key that signed it is not published.";
  try {
    const document = await verifyCertificate(jws, keys);
    return document.staleAt === staleAt ? null : "It grows old at another time than was signed.";
  } catch (error) {
    return error instanceof Error ? error.message : "It cannot be verified.";
  }
}

async function judgeContent({ rows }: Books, certificates: readonly Certificate[]) {
  const ids = certificates.map(({ id }) => id);
  const deviating = new Map((await deviationsAmong(rows, ids)).map((one) => [one.certificateId, one.what]));
  const keys = await publicKeys(rows);
  const faults = await Promise.all(certificates.map((one) => signed(one, keys)));
  const faultOf = new Map(certificates.map(({ id }, index) => [id, faults[index] ?? null]));
  return wrongs(certificates, ({ id }) => [deviating.get(id) ?? null, faultOf.get(id) ?? null]);
}

interface Ground {
  readonly id: string;
  readonly revoked: number | string;
  readonly disputed: number | string;
}

/** How many of the attestations behind each are revoked or disputed, and its consent, where that was withdrawn. */
const groundsOf = ({ rows }: Books, ids: readonly string[]) =>
  rows<Ground>(
    `select b.certificate_id as id, count(a.revoked_at) as revoked, count(a.disputed_reason) as disputed
       from certificate_block b join attestation a on a.id = b.attestation_id
      where b.certificate_id in ?? group by b.certificate_id`,
    [ids],
  );

const withdrawnOf = ({ rows }: Books, ids: readonly string[]) =>
  rows<{ id: string }>(
    `select c.id from certificate c join consent k on k.id = c.consent_id where c.id in ?? and k.withdrawn_at is not null`,
    [ids],
  );

type Question = Pick<Certificate, "entityId" | "participantId" | "policyId">;

const questionOf = ({ entityId, participantId, policyId }: Question): string =>
  `${entityId} ${participantId} ${policyId}`;

/** The certificates that stand, of everybody asked about, and those that took the place of others. */
async function othersOf({ rows }: Books, certificates: readonly Certificate[]) {
  const standing = await rows<Question>(
    `select entity_id as "entityId", participant_id as "participantId", policy_id as "policyId" from certificate
      where entity_id in ?? and participant_id in ?? and revoked_at is null and superseded_by_id is null
      group by entity_id, participant_id, policy_id having count(*) > 1`,
    [each(certificates.map(({ entityId }) => entityId)), each(certificates.map(({ participantId }) => participantId))],
  );
  const newer = await rows<Question & Pick<Certificate, "id" | "issuedAt">>(
    `select id, entity_id as "entityId", participant_id as "participantId", policy_id as "policyId", issued_at as "issuedAt"
       from certificate where id in ??`,
    [each(certificates.flatMap(({ supersededById }) => supersededById ?? []))],
  );
  return { beside: new Set(standing.map(questionOf)), newer: new Map(newer.map((one) => [one.id, one])) };
}

async function judgeStatus(books: Books, certificates: readonly Certificate[]) {
  const ids = certificates.map(({ id }) => id);
  const grounds = new Map((await groundsOf(books, ids)).map((one) => [one.id, one]));
  const withdrawn = new Set((await withdrawnOf(books, ids)).map(({ id }) => id));
  const { beside, newer } = await othersOf(books, certificates);
  return wrongs(certificates, function* (one) {
    const { revoked = 0, disputed = 0 } = grounds.get(one.id) ?? {};
    const fallen = Number(revoked) > 0 || withdrawn.has(one.id);
    const isRevoked = one.revokedAt !== null;
    yield fallen && !isRevoked && "It has lost its ground, and is not revoked.";
    yield !fallen && isRevoked && "It is revoked, and its ground is there.";
    yield isRevoked !== (one.revokedReason !== null) && "It is revoked by halves.";
    if (!isRevoked) yield Number(disputed) > 0 !== (one.disputedReason !== null) && disputedWords(one);
    const after = one.supersededById && newer.get(one.supersededById);
    const follows = after && questionOf(after) === questionOf(one) && after.issuedAt >= one.issuedAt;
    yield one.supersededById !== null && !follows && "What took its place answers another question, or is older.";
    yield !isRevoked && !one.supersededById && beside.has(questionOf(one)) && "Another stands beside it.";
  });
}

const disputedWords = ({ disputedReason }: Certificate): string =>
  disputedReason === null ? "Its ground is disputed, and it is not." : "It is disputed, and its ground is not.";

/** By age alone one becomes the next, and nobody has to tell of it at once. */
const AGES: readonly string[] = ["VALID", "EXPIRING", "STALE"] satisfies CertificateStatus[];

const ages = (from: string, to: string): boolean =>
  AGES.includes(from) && AGES.includes(to) && AGES.indexOf(from) <= AGES.indexOf(to);

async function judgeTold(books: Books, certificates: readonly Certificate[]) {
  const about = (one: Certificate) => ({ ...one, subjectId: one.id });
  const types = ["CERTIFICATE_ISSUED", "CERTIFICATE_STATUS_CHANGED"] as const;
  const telling = await toldAbout(books, types, certificates.map(about));
  return wrongs(certificates, function* (one) {
    const told = telling(about(one));
    const kept = books.log.reaches(one.issuedAt);
    const status = certificateStatus(one, books.now);
    yield toldTimes(told, "CERTIFICATE_ISSUED", 1, kept);
    yield* broken({
      told: told.filter(({ type }) => type === "CERTIFICATE_STATUS_CHANGED"),
      // Where a policy accepts disputed evidence, a certificate may be disputed from the first.
      start: (from) => from === "DISPUTED" || AGES.includes(from),
      stands: (to) =>
        to === null ? status === "DISPUTED" || AGES.includes(status) : to === status || ages(to, status),
      now: status,
      kept,
      becomes: ages,
    });
  });
}

export const CERTIFICATES: readonly Check[] = [
  check<Certificate>({
    name: "certificates",
    says: "A certificate follows byte for byte from its policy and evidence, and its signature verifies by a key that is published.",
    source: rowsOf(Certificate, ["id"]),
    judge: judgeContent,
  }),
  check<Certificate>({
    name: "certificates-standing",
    says: "A certificate stands while its evidence, its consent and no newer one let it.",
    source: WITHOUT_WORDS,
    judge: judgeStatus,
  }),
  check<Certificate>({
    name: "certificates-told",
    says: "A certificate was told of once, and so was each change of its status up to what it is, as far as time has been told.",
    source: WITHOUT_WORDS,
    judge: judgeTold,
  }),
];

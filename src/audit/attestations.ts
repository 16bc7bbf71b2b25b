import { canonical, sha256 } from "../kernel/canonical.js";
import { Attestation, Submission, attestationStatus } from "../attestation/attestation.js";
import { openValues } from "../attestation/personal.js";
import { digestOf, parseStatement, type Statement } from "../attestation/statement.js";
import { Dispute } from "../dispute/dispute.js";
import { check, each, rowsOf, wrongs, type Books, type Check } from "./audit.js";
import { broken, toldAbout, toldTimes } from "./told.js";

const WHOLE = rowsOf(Attestation, ["id"], { apart: ["sealedValues"] });
const WHOLE_SEALED = rowsOf(Attestation, ["id"]);
const WITHOUT_WORDS = rowsOf(Attestation, ["id"], { apart: ["sealedValues", "statement"] });

function read(text: string): Statement | null {
  try {
    return parseStatement(text);
  } catch {
    return null;
  }
}

/** What stands in columns beside the statement, by the statement's names. */
const columnsOf = (one: Attestation): Readonly<Record<string, string>> => ({
  attestation: one.id,
  entity: one.entityId,
  furnisher: one.furnisherId,
  kind: one.kind,
  performedAt: one.performedAt,
  furnishedAt: one.furnishedAt,
});

function* judgeStatement(one: Attestation): Generator<string | false> {
  yield sha256(one.statement) !== one.contentHash && "Its hash is not that of its statement.";
  const statement = read(one.statement);
  if (statement === null) return yield "Its statement cannot be read.";
  yield canonical(statement) !== one.statement && "Its statement is not canonical.";
  const stated = statement as unknown as Readonly<Record<string, unknown>>;
  const apart = Object.entries(columnsOf(one)).filter(([name, value]) => stated[name] !== value);
  if (apart.length > 0) yield `Its statement says otherwise: ${apart.map(([name]) => name).join(", ")}.`;
}

const keysOf = ({ rows }: Books, ids: readonly string[]) =>
  rows<{ id: string; wrappedKey: string | null }>(`select id, wrapped_key as "wrappedKey" from entity where id in ??`, [
    ids,
  ]);

/** Fields of a statement that stand in it as digests, each with its digest. */
const digestsIn = ({ data = {} }: Partial<Statement>): string[] =>
  Object.entries(data).flatMap(([name, value]) =>
    value !== null && typeof value === "object" && "digest" in value ? [`${name} ${String(value.digest)}`] : [],
  );

/** The digests of what is sealed; null where that cannot be opened. */
function digestsSealed({ vault }: Books, wrappedKey: string, one: Attestation): string[] | null {
  try {
    return Object.entries(openValues(vault, wrappedKey, one)).map(([name, value]) => `${name} ${digestOf(value)}`);
  } catch {
    return null;
  }
}

async function judgeSealed(books: Books, attestations: readonly Attestation[]) {
  const keys = await keysOf(books, each(attestations.map(({ entityId }) => entityId)));
  const keyOf = new Map(keys.map(({ id, wrappedKey }) => [id, wrappedKey]));
  return wrongs(attestations, function* (one) {
    const statement = read(one.statement);
    const wrappedKey = keyOf.get(one.entityId) ?? null;
    // Who was erased has nothing sealed that opens; what cannot be read is told of otherwise.
    if (statement === null || wrappedKey === null) return;
    const sealed = digestsSealed(books, wrappedKey, one);
    if (sealed === null) return yield "What is personal in it cannot be opened.";
    const same = sealed.toSorted().join() === digestsIn(statement).toSorted().join();
    yield !same && "What is personal in it is not what its statement digests.";
  });
}

/** The networks of attestations; with each whether its furnisher may read it there. */
const placesOf = ({ rows }: Books, ids: readonly string[]) =>
  rows<{ id: string; networkId: string; earned: string | null }>(
    `select a.id, n.network_id as "networkId", e.kind as earned
       from attestation_network n join attestation a on a.id = n.attestation_id
       left join entitlement e on e.participant_id = a.furnisher_id and e.entity_id = a.entity_id and e.network_id = n.network_id
         and e.kind = a.kind and e.earned_by = 'FURNISHING'
      where n.attestation_id in ??`,
    [ids],
  );

async function judgePlaces(books: Books, attestations: readonly Attestation[]) {
  const places = await placesOf(
    books,
    attestations.map(({ id }) => id),
  );
  const byAttestation = Map.groupBy(places, ({ id }) => id);
  return wrongs(attestations, function* ({ id }) {
    const own = byAttestation.get(id) ?? [];
    yield own.length === 0 && "It is in no network.";
    for (const { networkId } of own.filter(({ earned }) => earned === null))
      yield `Its furnisher has not earned to read it in ${networkId}.`;
  });
}

async function judgeTold(books: Books, attestations: readonly Attestation[]) {
  const about = (one: Attestation) => ({ ...one, participantId: one.furnisherId, subjectId: one.id });
  const telling = await toldAbout(
    books,
    ["ATTESTATION_FURNISHED", "ATTESTATION_STATUS_CHANGED"],
    attestations.map(about),
  );
  return wrongs(attestations, function* (one) {
    const told = telling(about(one));
    const kept = books.log.reaches(one.furnishedAt);
    const status = attestationStatus(one);
    yield toldTimes(told, "ATTESTATION_FURNISHED", 1, kept);
    yield* broken({
      told: told.filter(({ type }) => type === "ATTESTATION_STATUS_CHANGED"),
      start: (from) => from === "ACTIVE",
      stands: (to) => (to ?? "ACTIVE") === status,
      now: status,
      kept,
    });
    yield (one.revokedAt === null) !== (one.revokedReason === null) && "It is revoked by halves.";
  });
}

async function judgeCounts({ rows }: Books, submissions: readonly Submission[]) {
  const counts = await rows<{ id: string; furnisherId: string; count: number | string }>(
    `select submission_id as id, furnisher_id as "furnisherId", count(*) as count from attestation
      where submission_id in ?? group by submission_id, furnisher_id`,
    [submissions.map(({ id }) => id)],
  );
  const bySubmission = Map.groupBy(counts, ({ id }) => id);
  return wrongs(submissions, function* (one) {
    const found = bySubmission.get(one.id) ?? [];
    const count = found.reduce((sum, row) => sum + Number(row.count), 0);
    yield count !== one.attestationCount && `It counts ${one.attestationCount} attestations, and there are ${count}.`;
    yield found.some(({ furnisherId }) => furnisherId !== one.participantId) && "It holds another furnisher's.";
    yield one.recordCount + one.badCount > one.lineCount && "It counts more records than it has lines.";
  });
}

interface Disputed {
  readonly id: string;
  readonly what: string;
  readonly revokedAt: string | null;
  readonly disputedReason: string | null;
}

/** What a dispute is about, and what took its place. */
const namedBy = ({ attestationId, correctedById }: Dispute): string[] =>
  correctedById ? [attestationId, correctedById] : [attestationId];

async function judgeDisputes({ rows }: Books, disputes: readonly Dispute[]) {
  const about = await rows<Disputed>(
    `select id, entity_id || ' ' || kind || ' ' || furnisher_id as what, revoked_at as "revokedAt", disputed_reason as "disputedReason"
       from attestation where id in ??`,
    [each(disputes.flatMap(namedBy))],
  );
  const byId = new Map(about.map((one) => [one.id, one]));
  return wrongs(disputes, function* (one) {
    const attestation = byId.get(one.attestationId);
    const open = one.settledAt === null;
    yield (one.openFor ?? null) !== (open ? one.attestationId : null) && "It is open by halves.";
    yield open !== (one.outcome === null) && "It is settled by halves.";
    yield (one.outcome === "CORRECTED") !== (one.correctedById !== null) && "What it was corrected by does not fit.";
    const correction = one.correctedById ? byId.get(one.correctedById) : null;
    yield correction !== null && correction?.what !== attestation?.what && "It was corrected by something else.";
    yield open && !attestation?.disputedReason && "It is open, and its attestation is not disputed.";
    yield !open && one.outcome !== "UPHELD" && !attestation?.revokedAt && "Its attestation is not revoked.";
  });
}

async function judgeDoubted({ rows }: Books, attestations: readonly Attestation[]) {
  const ids = attestations.map(({ id }) => id as string);
  const open = await rows<{ id: string }>("select open_for as id from dispute where open_for in ??", [ids]);
  const doubted = new Set(open.map(({ id }) => id));
  return wrongs(attestations, ({ id }) => [!doubted.has(id) && "It is disputed, and no dispute is open."]);
}

export const ATTESTATIONS: readonly Check[] = [
  check<Attestation>({
    name: "attestations",
    says: "An attestation's hash is that of its statement, which is canonical and says what its columns say.",
    source: WHOLE,
    judge: (_books, attestations) => wrongs(attestations, judgeStatement),
  }),
  check<Attestation>({
    name: "attestations-sealed",
    says: "What is personal in an attestation opens under its entity's key, and is what its statement has the digests of.",
    source: WHOLE_SEALED,
    judge: judgeSealed,
  }),
  check<Attestation>({
    name: "attestations-placed",
    says: "An attestation is in a network, and its furnisher has earned to read it there.",
    source: WITHOUT_WORDS,
    judge: judgePlaces,
  }),
  check<Attestation>({
    name: "attestations-told",
    says: "An attestation was told of once, and so was each change of its standing up to what it is.",
    source: WITHOUT_WORDS,
    judge: judgeTold,
  }),
  check<Attestation>({
    name: "attestations-disputed",
    says: "An attestation is disputed while a dispute about it is open.",
    source: { ...WITHOUT_WORDS, where: "t.disputed_reason is not null" },
    judge: judgeDoubted,
  }),
  check<Dispute>({
    name: "disputes",
    says: "A dispute is open or settled, whole, and its attestation stands accordingly.",
    source: rowsOf(Dispute, ["id"]),
    judge: judgeDisputes,
  }),
  check<Submission>({
    name: "submissions",
    says: "A submission holds as many attestations as it counts, all of its own furnisher's.",
    source: rowsOf(Submission, ["id"]),
    judge: judgeCounts,
  }),
];

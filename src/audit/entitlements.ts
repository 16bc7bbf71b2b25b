import { Entitlement } from "../attestation/attestation.js";
import { Certificate } from "../certificate/certificate.js";
import { check, each, rowsOf, wrongs, type Books, type Check } from "./audit.js";

/** Something that lets a participant see attestations of a kind about an entity in a network, from a moment on. */
interface Earning {
  readonly participantId: string;
  readonly entityId: string;
  readonly networkId: string;
  readonly kind: string;
  readonly at: string;
}

const placeOf = ({ participantId, entityId, networkId, kind }: Omit<Earning, "at">): string =>
  `${participantId} ${entityId} ${networkId} ${kind}`;

type People = readonly [participantIds: readonly string[], entityIds: readonly string[]];

/** What some participants furnished about some entities. */
const furnishedBy = ({ rows }: Books, [participantIds, entityIds]: People) =>
  rows<Earning>(
    `select distinct a.furnisher_id as "participantId", a.entity_id as "entityId", n.network_id as "networkId", a.kind, a.furnished_at as at
       from attestation a join attestation_network n on n.attestation_id = a.id where a.entity_id in ?? and a.furnisher_id in ??`,
    [entityIds, participantIds],
  );

/** What their certificates on these stand on, each issued to a query. */
const queriedBy = ({ rows }: Books, [participantIds, entityIds]: People) =>
  rows<Earning>(
    `select distinct c.participant_id as "participantId", c.entity_id as "entityId", b.network_id as "networkId", b.kind, c.issued_at as at
       from certificate c join certificate_block b on b.certificate_id = c.id
       join query_event q on q.id = c.query_event_id and q.participant_id = c.participant_id and q.entity_id = c.entity_id
      where c.entity_id in ?? and c.participant_id in ??`,
    [entityIds, participantIds],
  );

const FOUNDED = {
  FURNISHING: { missing: "No such check was furnished.", later: "No such check was furnished when it was earned." },
  QUERYING: {
    missing: "No certificate stands on such a check.",
    later: "No such certificate was issued when it was earned.",
  },
} as const satisfies Record<Entitlement["earnedBy"], object>;

async function judgeEntitlements(books: Books, entitlements: readonly Entitlement[]) {
  const people: People = [
    each(entitlements.map(({ participantId }) => participantId)),
    each(entitlements.map(({ entityId }) => entityId)),
  ];
  const earned = {
    FURNISHING: Map.groupBy(await furnishedBy(books, people), placeOf),
    QUERYING: Map.groupBy(await queriedBy(books, people), placeOf),
  };
  return wrongs(entitlements, function* (one) {
    const { earnedBy, earnedAt } = one;
    if (!Object.hasOwn(FOUNDED, earnedBy)) return yield "Nobody knows what it was earned by.";
    const { missing, later } = FOUNDED[earnedBy];
    const earnings = earned[earnedBy].get(placeOf(one)) ?? [];
    if (earnings.length === 0) return yield missing;
    yield !earnings.some(({ at }) => at === earnedAt) && later;
  });
}

interface Block {
  readonly id: string;
  readonly kind: string;
  readonly earned: string | null;
  readonly placed: string | null;
}

/** What certificates stand on; with each whether that lies in its network, and whether their holders may see it there. */
const blocksOf = ({ rows }: Books, ids: readonly string[]) =>
  rows<Block>(
    `select c.id, b.kind, e.kind as earned, n.network_id as placed from certificate_block b
       join certificate c on c.id = b.certificate_id
       left join entitlement e on e.participant_id = c.participant_id and e.entity_id = c.entity_id and e.network_id = b.network_id
         and e.kind = b.kind
       left join attestation_network n on n.attestation_id = b.attestation_id and n.network_id = b.network_id
      where b.certificate_id in ??`,
    [ids],
  );

async function judgeEarned(books: Books, certificates: readonly Certificate[]) {
  const blocks = await blocksOf(
    books,
    certificates.map(({ id }) => id),
  );
  const byId = Map.groupBy(blocks, ({ id }) => id);
  return wrongs(certificates, function* ({ id }) {
    for (const { kind, earned, placed } of byId.get(id) ?? []) {
      yield earned === null && `Its holder has not earned to see ${kind}.`;
      yield placed === null && `${kind} is not in the network that it is taken from.`;
    }
  });
}

export const ENTITLEMENTS: readonly Check[] = [
  check<Entitlement>({
    name: "entitlements",
    says: "Whoever may see a kind of check about an entity furnished one, or holds a certificate on one, since the moment that it may.",
    source: rowsOf(Entitlement, ["participantId", "entityId", "networkId", "kind"]),
    judge: judgeEntitlements,
  }),
  check<Certificate>({
    name: "certificates-earned",
    says: "Whoever was issued a certificate may see what it stands on, and that lies where it is taken from.",
    source: rowsOf(Certificate, ["id"], { apart: ["jws"] }),
    judge: judgeEarned,
  }),
];

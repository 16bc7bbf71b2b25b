import { EVENT_TYPES, EventRow, type EventType } from "../event/event.js";
import { check, each, rowsOf, wrongs, type Books, type Check } from "./audit.js";

/** Where what an event is about lies: by which columns it belongs to whom and is about whom. */
interface Home {
  readonly table: string;
  readonly participant: string;
  readonly entity: string;
}

const OWN = { participant: "participant_id", entity: "entity_id" } as const;

const HOMES: readonly Home[] = [
  { ...OWN, table: "consent" },
  { ...OWN, table: "certificate" },
  { ...OWN, table: "verification" },
  { ...OWN, table: "document" },
  { table: "attestation", participant: "furnisher_id", entity: "entity_id" },
  { table: "member", participant: "participant_id", entity: "business_id" },
  // An entity is nobody's own: whoever is told of it knows it.
  { table: "entity", participant: "null", entity: "id" },
];

/** What each type is about, by the first letters of its id. */
const ABOUT: Readonly<Record<EventType, string>> = {
  ENTITY_REGISTERED: "ent_",
  CONSENT_GRANTED: "con_",
  CONSENT_WITHDRAWN: "con_",
  CONSENT_EXPIRED: "con_",
  ATTESTATION_FURNISHED: "att_",
  ATTESTATION_STATUS_CHANGED: "att_",
  CERTIFICATE_ISSUED: "cert_",
  CERTIFICATE_STATUS_CHANGED: "cert_",
  ENTITY_STATUS_CHANGED: "ent_",
  VERIFICATION_STATUS_CHANGED: "ver_",
  VERIFICATION_DEADLINE_NEAR: "ver_",
  DOCUMENT_RECEIVED: "doc_",
  MEMBER_LINKED: "mem_",
  MEMBER_UNLINKED: "mem_",
  CERTIFICATION_CHANGED: "ent_",
};

interface Found {
  readonly id: string;
  readonly participantId: string | null;
  readonly entityId: string;
}

const subjectsOf = ({ rows }: Books, ids: readonly string[]) =>
  rows<Found>(
    HOMES.map(
      ({ table, participant, entity }) =>
        `select id, ${participant} as "participantId", ${entity} as "entityId" from ${table} where id in ??`,
    ).join(" union all "),
    HOMES.map(() => ids),
  );

async function judgeEvents(books: Books, events: readonly EventRow[]) {
  const subjects = await subjectsOf(books, each(events.map(({ subjectId }) => subjectId)));
  const byId = new Map(subjects.map((one) => [one.id, one]));
  const ids = each(events.map(({ participantId }) => participantId));
  const known = await books.rows<{ id: string }>("select id from participant where id in ??", [ids]);
  const participants = new Set(known.map(({ id }) => id));
  return wrongs(events, function* ({ type, participantId, entityId, subjectId, fromStatus, toStatus }) {
    if (!EVENT_TYPES.includes(type)) return yield "Its type is not known.";
    const subject = byId.get(subjectId);
    yield !participants.has(participantId) && `Its participant ${participantId} is not there.`;
    yield !subjectId.startsWith(ABOUT[type]) && `${type} is about ${subjectId}.`;
    if (!subject) return yield `What it is about, ${subjectId}, is not there.`;
    yield (subject.participantId ?? participantId) !== participantId &&
      `It was told to ${participantId}, whose ${subjectId} is not.`;
    yield subject.entityId !== entityId && `It is placed with ${entityId}, and ${subjectId} is not about that.`;
    const changes = type.endsWith("_CHANGED");
    yield changes !== (fromStatus !== null && toStatus !== null) && `${type} says too little or too much.`;
    yield changes && fromStatus === toStatus && `${type} changes nothing.`;
  });
}

export const EVENTS: readonly Check[] = [
  check<EventRow>({
    name: "events",
    says: "An event is about something that is there, and was told to whom it belongs.",
    source: rowsOf(EventRow, ["seq"], { apart: ["reason"] }),
    judge: judgeEvents,
  }),
];

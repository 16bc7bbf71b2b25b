import type { Id } from "../kernel/id.js";
import { isId } from "../kernel/id.js";
import { canonical } from "../kernel/canonical.js";
import { SUB_PRODUCTS } from "../attestation/sub-product.js";
import { Entity, Registration, Reveal } from "../entity/entity.js";
import type { BusinessFacts, IndividualFacts } from "../entity/facts.js";
import { openFacts } from "../entity/identity.js";
import { fingerprintsOf } from "../entity/resolve.js";
import { check, each, rowsOf, wrongs, type Books, type Check } from "./audit.js";

type Facts = IndividualFacts | BusinessFacts;

/** Where somebody was erased there are none, and where what is sealed was altered they cannot be had. */
type Opened = Facts | "ERASED" | "LOCKED";

function open({ vault }: Books, entity: Pick<Entity, "id" | "wrappedKey">, registration: Said): Opened {
  try {
    return openFacts(vault, entity, registration) ?? "ERASED";
  } catch {
    return "LOCKED";
  }
}

type Said = Pick<Registration, "entityId" | "participantId" | "handle" | "version" | "sealedFacts">;

/** Everything that was ever said of some entities. */
const saidOf = ({ rows }: Books, ids: readonly Id<"ent">[]) =>
  rows<Said>(
    `select entity_id as "entityId", participant_id as "participantId", handle, version, sealed_facts as "sealedFacts"
       from registration where entity_id in ??`,
    [ids],
  );

/** By what somebody is known of whom this is said. */
const numbersIn = ({ vault }: Books, { entityType }: Pick<Entity, "entityType">, facts: Facts) =>
  fingerprintsOf(vault, {
    entityType,
    taxNumber: "legalName" in facts ? facts.ein : facts.socialSecurityNumber,
    dateOfBirth: "legalName" in facts ? null : facts.dateOfBirth,
  });

/** One participant's words under one handle, or with its checks: of those that name a number, the last. */
function lastOf<Spoken extends Said>(spoken: readonly Spoken[]): Spoken[] {
  const series = Map.groupBy(spoken, ({ participantId, handle }) => `${participantId} ${handle ?? ""}`);
  return [...series.values()].map((words) => words.toSorted((one, other) => other.version - one.version)[0]!);
}

/** Whoever corrects a number was alone with it until then: what was said before is nobody else's. */
async function judgeNumbers(books: Books, entities: readonly Entity[]) {
  const ids = entities.map(({ id }) => id);
  const said = Map.groupBy(await saidOf(books, ids), ({ entityId }) => entityId);
  return wrongs(entities, function* (one) {
    const opened = (said.get(one.id) ?? []).map((words) => ({ ...words, facts: open(books, one, words) }));
    const numbers = opened.flatMap((words) =>
      typeof words.facts === "string" ? [] : [{ ...words, ...numbersIn(books, one, words.facts) }],
    );
    const spoken = numbers.filter(({ match }) => match !== null);
    if (one.matchFingerprint === null)
      return yield spoken.length > 0 && "A number is said of it, and it is known by none.";
    const own = lastOf(spoken).find(({ match }) => match === one.matchFingerprint);
    const allOpen = numbers.length === opened.length;
    if (!own) return yield allOpen && "Nobody says the number of it that it is known by.";
    yield own.tax !== one.taxFingerprint && "Its tax number is not the one that is said of it.";
    const others = each(spoken.filter(({ match }) => match !== own.match).map(({ participantId }) => participantId));
    yield others.length > 1 && `Another number is said of it by ${others.join(", ")}.`;
  });
}

async function judgeSealed(books: Books, registrations: readonly Registration[]) {
  const keys = await books.rows<Pick<Entity, "id" | "wrappedKey">>(
    `select id, wrapped_key as "wrappedKey" from entity where id in ??`,
    [each(registrations.map(({ entityId }) => entityId))],
  );
  const byId = new Map(keys.map((entity) => [entity.id, entity]));
  return wrongs(registrations, function* (one) {
    const entity = byId.get(one.entityId);
    if (!entity) return;
    const facts = open(books, entity, one);
    if (facts === "ERASED") return;
    if (facts === "LOCKED") return yield "What it says cannot be opened.";
    yield books.vault.fingerprint("FACTS", canonical(facts)) !== one.factsFingerprint &&
      "What it says is not what was fingerprinted.";
  });
}

/** Fields of statements that are shown in the clear on reveal alone. */
const PERSONAL: ReadonlySet<string> = new Set(
  Object.values(SUB_PRODUCTS).flatMap(({ fields }) =>
    Object.entries(fields).flatMap(([name, field]) => (field.type === "TEXT" && field.personal ? [name] : [])),
  ),
);

interface Seen {
  readonly participantId: string;
  readonly entityId: string;
  readonly how: "NAMED" | "ATTESTED";
}

const seenAs = ({ participantId, entityId }: Omit<Seen, "how">, how: Seen["how"]): string =>
  `${participantId} ${entityId} ${how}`;

/** Of whom a participant could see anything: whom it named itself, and whom it is entitled to read attestations of, or doubts one. */
const seenBy = ({ rows }: Books, participantIds: readonly string[], entityIds: readonly string[]) =>
  rows<Seen>(
    `select participant_id as "participantId", entity_id as "entityId", 'NAMED' as how from registration
      where participant_id in ?? and entity_id in ??
      union select participant_id, entity_id, 'ATTESTED' from entitlement where participant_id in ?? and entity_id in ??
      union select d.raised_by_id, a.entity_id, 'ATTESTED' from attestation a join dispute d on d.attestation_id = a.id
             where a.entity_id in ?? and d.raised_by_id in ??`,
    [participantIds, entityIds, participantIds, entityIds, entityIds, participantIds],
  );

async function judgeReveals(books: Books, reveals: readonly Reveal[]) {
  const participantIds = each(reveals.map(({ participantId }) => participantId));
  const seen = await seenBy(books, participantIds, each(reveals.map(({ entityId }) => entityId)));
  const keys = await books.rows<{ id: string; participantId: string }>(
    `select id, participant_id as "participantId" from api_key where id in ??`,
    [each(reveals.map(({ credentialId }) => credentialId))],
  );
  const known = new Set(seen.map((one) => seenAs(one, one.how)));
  const ownerOf = new Map(keys.map(({ id, participantId }) => [id, participantId]));
  return wrongs(reveals, function* (one) {
    const { what, reason, credentialId, participantId } = one;
    const named = what === "identity";
    yield !named && !PERSONAL.has(what) && "What was shown is nothing personal.";
    yield reason.trim() === "" && "It gives no reason.";
    yield !known.has(seenAs(one, named ? "NAMED" : "ATTESTED")) && "It was shown to somebody who could not see it.";
    // Staff come by other credentials, of which nothing is kept.
    yield isId("key", credentialId) &&
      ownerOf.get(credentialId) !== participantId &&
      "It was shown under a key that is not its participant's.";
  });
}

export const IDENTITIES: readonly Check[] = [
  check<Entity>({
    name: "entities",
    says: "An entity is known by the last number that somebody says of it, and no two participants ever said another.",
    source: rowsOf(Entity, ["id"]),
    judge: judgeNumbers,
  }),
  check<Registration>({
    name: "registrations-sealed",
    says: "What a participant says of an entity opens under the entity's key, and is what was fingerprinted.",
    source: rowsOf(Registration, ["id"]),
    judge: judgeSealed,
  }),
  check<Reveal>({
    name: "reveals",
    says: "Personal data was shown for a reason, to somebody who could see it, under a credential of its own.",
    source: rowsOf(Reveal, ["id"]),
    judge: judgeReveals,
  }),
];

import Database from "better-sqlite3";
import { state } from "../src/attestation/statement.js";
import { individualFacts } from "../src/entity/facts.js";
import { fingerprintsOf } from "../src/entity/resolve.js";
import { canonical } from "../src/kernel/canonical.js";
import { randomId, type Id } from "../src/kernel/id.js";
import { plusDays, systemClock, type Instant } from "../src/kernel/instant.js";
import type { Vault } from "../src/kernel/seal.js";
import { column } from "../src/kernel/table.js";
import type { Parties, Subject } from "./town.js";
import { checksAt, personAt } from "./people.js";

type Cell = string | number | null;
type Row = Readonly<Record<string, Cell>>;
type Put = (table: string, row: Row) => void;

export interface Size {
  readonly entities: number;
  /** How many of them all nine checks were done on; on the others, one. */
  readonly subjects: number;
}

const BATCH = 20_000;

/** Adds rows by one prepared statement a table. */
function putInto(database: Database.Database): Put {
  const prepared = new Map<string, Database.Statement>();
  return (table, row) => {
    let statement = prepared.get(table);
    if (!statement) {
      const names = Object.keys(row);
      const places = names.map(() => "?").join(", ");
      statement = database.prepare(`insert into ${table} (${names.map(column).join(", ")}) values (${places})`);
      prepared.set(table, statement);
    }
    statement.run(...Object.values(row));
  };
}

/** Takes the indexes away for the time of a load and makes them anew: sorting once is faster than keeping sorted. */
function withoutIndexes(database: Database.Database, load: () => void): void {
  const indexes = database
    .prepare<[], { name: string; sql: string }>(
      "select name, sql from sqlite_master where type = 'index' and sql is not null",
    )
    .all();
  for (const { name } of indexes) database.exec(`drop index "${name}"`);
  load();
  for (const { sql } of indexes) database.exec(sql);
}

interface Place {
  readonly put: Put;
  readonly vault: Vault;
  readonly parties: Parties;
  readonly at: Instant;
}

const HOME = {
  line1: "12 Alder Street",
  line2: null,
  city: "Portland",
  state: "OR",
  postalCode: "97205",
  country: "US",
};

function putEntity({ put, vault, at }: Place, index: number): { id: Id<"ent">; wrappedKey: string } {
  const { socialSecurityNumber, dateOfBirth } = personAt(index);
  const taxNumber = socialSecurityNumber.replaceAll("-", "");
  const { match, tax } = fingerprintsOf(vault, { entityType: "INDIVIDUAL", taxNumber, dateOfBirth });
  const entity = { id: randomId("ent"), wrappedKey: vault.newKey() };
  put("entity", {
    ...entity,
    entityType: "INDIVIDUAL",
    matchFingerprint: match,
    taxFingerprint: tax,
    createdAt: at,
    updatedAt: at,
  });
  return entity;
}

function putEvent({ put, at }: Place, type: string, participantId: string, entityId: string, subjectId: string): void {
  put("event", { type, participantId, entityId, subjectId, occurredAt: at });
}

/** The querier says who its customer is, and that the customer consented. */
function putCustomer(place: Place, index: number, entity: ReturnType<typeof putEntity>, querier: number): Id<"con"> {
  const { put, vault, parties, at } = place;
  const { participantId } = parties.queriers[querier]!;
  const person = personAt(index);
  const handle = `customer-${index}`;
  const facts = canonical(
    individualFacts({ ...person, handle, email: `${handle}@mail.example`, phone: null, address: HOME }),
  );
  put("registration", {
    id: randomId("reg"),
    entityId: entity.id,
    participantId,
    handle,
    version: 1,
    sealedFacts: vault.seal(entity.wrappedKey, entity.id, facts),
    factsFingerprint: vault.fingerprint("FACTS", facts),
    createdAt: at,
  });
  putEvent(place, "ENTITY_REGISTERED", participantId, entity.id, entity.id);
  const consentId = randomId("con");
  put("consent", {
    id: consentId,
    entityId: entity.id,
    participantId,
    networkId: parties.networkId,
    purpose: "account opening",
    kinds: "",
    grantedAt: at,
  });
  putEvent(place, "CONSENT_GRANTED", participantId, entity.id, consentId);
  return consentId;
}

type Made = ReturnType<typeof checksAt>[number];

function putCheck(place: Place, [kind, check]: Made, entity: ReturnType<typeof putEntity>, furnisher: number): void {
  const { put, vault, parties, at } = place;
  const id = randomId("att");
  const furnisherId = parties.furnishers[furnisher]!;
  const about = { attestation: id, entity: entity.id, furnisher: furnisherId, kind, furnishedAt: at };
  const { text, contentHash, personal } = state(about, check);
  put("attestation", {
    id,
    submissionId: parties.submissions[furnisher]!,
    entityId: entity.id,
    furnisherId,
    kind,
    performedAt: check.performedAt,
    furnishedAt: at,
    statement: text,
    contentHash,
    sealedValues: personal && vault.seal(entity.wrappedKey, id, JSON.stringify(personal)),
  });
  put("attestation_network", { attestationId: id, networkId: parties.networkId });
  put("entitlement", {
    participantId: furnisherId,
    entityId: entity.id,
    networkId: parties.networkId,
    kind,
    earnedBy: "FURNISHING",
    earnedAt: at,
  });
  putEvent(place, "ATTESTATION_FURNISHED", furnisherId, entity.id, id);
}

/** One person, known to one querier; a subject went through all nine checks, anybody else through one of them. */
function putPerson(place: Place, index: number, isSubject: boolean, querier: number): Id<"con"> {
  const { furnishers } = place.parties;
  const entity = putEntity(place, index);
  const checks = checksAt(index, plusDays(place.at, -1));
  const done = isSubject ? checks : [checks[index % checks.length]!];
  for (const [position, check] of done.entries())
    putCheck(place, check, entity, (index + position) % furnishers.length);
  return putCustomer(place, index, entity, querier);
}

/** Fills a database with people by prepared inserts, past the verbs: a million in minutes. Answers its subjects. */
export function fillRows(path: string, vault: Vault, parties: Parties, { entities, subjects }: Size): Subject[] {
  const database = new Database(path);
  for (const pragma of ["synchronous = OFF", "foreign_keys = OFF", "cache_size = -400000"]) database.pragma(pragma);
  const put = putInto(database);
  const at = plusDays(systemClock(), -60);
  const place = { put, vault, parties, at };
  const apart = Math.max(1, Math.floor(entities / subjects));
  const found: Subject[] = [];
  const batch = database.transaction((first: number, last: number) => {
    for (let index = first; index < last; index += 1) {
      const isSubject = index % apart === 0 && found.length < subjects;
      const querier = (isSubject ? found.length : index) % parties.queriers.length;
      const consentId = putPerson(place, index, isSubject, querier);
      if (isSubject) found.push({ querier, consentId });
    }
  });
  withoutIndexes(database, () => {
    for (let first = 0; first < entities; first += BATCH) batch(first, Math.min(entities, first + BATCH));
  });
  database.pragma("wal_checkpoint(TRUNCATE)");
  database.close();
  return found;
}

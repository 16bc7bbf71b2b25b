import { Document } from "../document/document.js";
import { addressOf } from "../document/submit.js";
import type { Entity } from "../entity/entity.js";
import { check, rowsOf, wrongs, type Books, type Check } from "./audit.js";
import { toldAbout, toldTimes } from "./told.js";

const runsOf = ({ rows }: Books, ids: readonly string[]) =>
  rows<Pick<Entity, "wrappedKey"> & { readonly id: string }>(
    `select d.id, e.wrapped_key as "wrappedKey" from document d join entity e on e.id = d.entity_id
       join verification v on v.id = d.verification_id and v.participant_id = d.participant_id and v.entity_id = d.entity_id
      where d.id in ??`,
    [ids],
  );

/** Whether what it is called can be read by whoever may; of somebody who was erased nothing can. */
function opens({ vault }: Books, { id, sealedFilename }: Document, wrappedKey: string | null): boolean {
  try {
    return wrappedKey === null || vault.open(wrappedKey, id, sealedFilename) !== "";
  } catch {
    return false;
  }
}

async function judgeDocuments(books: Books, documents: readonly Document[]) {
  const about = (one: Document) => ({ ...one, subjectId: one.id });
  const telling = await toldAbout(books, ["DOCUMENT_RECEIVED"], documents.map(about));
  const own = await runsOf(
    books,
    documents.map(({ id }) => id),
  );
  const placed = new Map(own.map(({ id, wrappedKey }) => [id, wrappedKey]));
  const there = await Promise.all(documents.map(({ address }) => books.documents.has(address)));
  const missing = new Set(documents.filter((_one, index) => !there[index]).map(({ id }) => id));
  return wrongs(documents, (one) => [
    toldTimes(telling(about(one)), "DOCUMENT_RECEIVED", 1, books.log.reaches(one.receivedAt)),
    !placed.has(one.id) && "It is not about whom its run is about.",
    missing.has(one.id) && "Its bytes are not there.",
    one.address !== addressOf(books.vault, one, one.sha256) && "Its bytes lie where another content does.",
    placed.has(one.id) && !opens(books, one, placed.get(one.id)!) && "Its name cannot be opened.",
  ]);
}

export const DOCUMENTS: readonly Check[] = [
  check<Document>({
    name: "documents",
    says: "A document's bytes are there, where their content puts them, it is about whom its run is about, and it was told of once.",
    source: rowsOf(Document, ["id"]),
    judge: judgeDocuments,
  }),
];

import { Document } from "../document/document.js";
import { check, rowsOf, wrongs, type Books, type Check } from "./audit.js";
import { toldAbout, toldTimes } from "./told.js";

const runsOf = ({ rows }: Books, ids: readonly string[]) =>
  rows<{ id: string }>(
    `select d.id from document d
       join verification v on v.id = d.verification_id and v.participant_id = d.participant_id and v.entity_id = d.entity_id
      where d.id in ??`,
    [ids],
  );

async function judgeDocuments(books: Books, documents: readonly Document[]) {
  const about = (one: Document) => ({ ...one, subjectId: one.id });
  const telling = await toldAbout(books, ["DOCUMENT_RECEIVED"], documents.map(about));
  const own = await runsOf(
    books,
    documents.map(({ id }) => id),
  );
  const placed = new Set(own.map(({ id }) => id));
  const there = await Promise.all(documents.map(({ address }) => books.documents.has(address)));
  const missing = new Set(documents.filter((_one, index) => !there[index]).map(({ id }) => id));
  return wrongs(documents, (one) => [
    toldTimes(telling(about(one)), "DOCUMENT_RECEIVED", 1, books.log.reaches(one.receivedAt)),
    !placed.has(one.id) && "It is not about whom its run is about.",
    missing.has(one.id) && "Its bytes are not there.",
  ]);
}

export const DOCUMENTS: readonly Check[] = [
  check<Document>({
    name: "documents",
    says: "A document's bytes are there, it is about whom its run is about, and it was told of once.",
    source: rowsOf(Document, ["id"], { apart: ["sealedFilename"] }),
    judge: judgeDocuments,
  }),
];

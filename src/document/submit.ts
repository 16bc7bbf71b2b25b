import { badInput, Failure, notFound } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import type { Instant } from "../kernel/instant.js";
import type { Commit, Writer } from "../kernel/reader.js";
import type { Vault } from "../kernel/seal.js";
import { refuse } from "../kernel/validate.js";
import { append } from "../event/append.js";
import { permit } from "../network/permit.js";
import type { Moving } from "../verification/move.js";
import { receiveDocuments } from "../verification/receive-documents.js";
import { OPEN_TO_DOCUMENTS } from "../verification/status.js";
import { contentFaults, descriptionFaults, tooLargeFault, type Description, type Paths } from "./describe.js";
import { Document } from "./document.js";
import type { DocumentStore } from "./document-store.js";
import { filenameOf } from "./filename.js";
import { createGauge, type Content } from "./gauge.js";

export const MAX_DOCUMENTS = 50;

export interface SubmitDocument {
  readonly verificationId: string;
  readonly content: AsyncIterable<Uint8Array>;
  /** Asked for when the content has ended: in a form a part of it may stand behind the file. */
  readonly describe: () => Description;
  readonly paths: Paths;
}

/** A document as its owner sees it. */
export interface SubmittedDocument extends Description {
  readonly id: Id<"doc">;
  readonly verificationId: Id<"ver">;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly receivedAt: Instant;
}

export interface Submitted {
  readonly document: SubmittedDocument;
  /** Whether the same bytes had been handed in for this run before: then nothing has changed. */
  readonly known: boolean;
}

/** A run of the caller's that documents may be for. */
interface Run extends Moving {
  readonly wrappedKey: string;
  readonly documentCount: number;
}

/** The address of a content: the same for the same bytes of the same entity, and telling nothing about either. */
export const addressOf = (vault: Vault, { entityId }: Pick<Run, "entityId">, sha256: string): string =>
  vault.fingerprint("DOCUMENT", `${entityId}${sha256}`);

/**
 * Hands in a document for a run. Its bytes are read once, as they come, and are durable under their address before the row that names
 * them is: a crash in between leaves bytes that nothing refers to. Row, event and the run's move are one transaction.
 * The same bytes again for the same run are the document that is there already, whatever has become of the run since.
 */
export async function submitDocument(commit: Commit, store: DocumentStore, input: SubmitDocument): Promise<Submitted> {
  const { paths, describe } = input;
  const { run, vault } = await commit(async (write) => ({ run: await opened(write, input), vault: write.vault }));
  const gauge = createGauge(() => badInput([tooLargeFault(paths)]));
  const sealed = vault.sealStream(run.wrappedKey, run.entityId, gauge.through(input.content));
  const address = await store.put(sealed, async () => {
    const content = gauge.read();
    refuse([...descriptionFaults(describe(), paths), ...contentFaults(content, describe(), paths)]);
    await commit((write) => admitted(write, input, content));
    return addressOf(vault, run, content.sha256);
  });
  return commit((write) => record(write, input, gauge.read(), address));
}

const closed = ({ status }: Run): Failure =>
  new Failure("ILLEGAL_TRANSITION", `A verification that is ${status} takes no documents.`);

const isOpen = ({ status }: Run): boolean => status === "DOCUMENTS_RECEIVED" || OPEN_TO_DOCUMENTS.includes(status);

/** The run, before a byte is read. One that is closed may have the document already: that is for the bytes to tell. */
async function opened(write: Writer, { verificationId, paths }: SubmitDocument): Promise<Run> {
  permit(write.actor, "submitDocument");
  const run = await runOf(write, verificationId, paths.verificationId);
  if (!isOpen(run) && run.documentCount === 0) throw closed(run);
  return run;
}

async function runOf(write: Writer, verificationId: string, path: string): Promise<Run> {
  const [run] = await write.rows<Run & { wrappedKey: string | null }>(
    `select v.id, v.entity_id as "entityId", v.participant_id as "participantId", v.status, e.wrapped_key as "wrappedKey",
            (select count(*) from document d where d.verification_id = v.id) as "documentCount"
       from verification v join entity e on e.id = v.entity_id
      where v.id = ? and v.participant_id = ?`,
    [verificationId, write.actor.participantId],
  );
  if (!run) throw notFound("Verification", path);
  if (run.wrappedKey === null) throw new Failure("ILLEGAL_TRANSITION", "Who this verification is about was erased.");
  return run;
}

/** What these bytes are for this run: a document that is there already, or one more that it may take. */
async function admitted(
  write: Writer,
  { verificationId, paths }: SubmitDocument,
  { sha256 }: Content,
): Promise<{ run: Run; known: Document | null }> {
  permit(write.actor, "submitDocument");
  const run = await runOf(write, verificationId, paths.verificationId);
  const known = await write.em.findOne(Document, { verificationId: run.id, sha256 });
  if (known) return { run, known };
  if (!isOpen(run)) throw closed(run);
  if (run.documentCount >= MAX_DOCUMENTS)
    throw badInput([
      { path: paths.verificationId, message: `A verification takes at most ${MAX_DOCUMENTS} documents.` },
    ]);
  return { run, known: null };
}

async function record(write: Writer, input: SubmitDocument, content: Content, address: string): Promise<Submitted> {
  const { run, known } = await admitted(write, input, content);
  if (known) return { document: shown(write.vault, run, known), known: true };
  const document = rowOf(write, run, input.describe(), content, address);
  await write.insert(Document, [document]);
  const { participantId, entityId } = run;
  await append(write, [{ type: "DOCUMENT_RECEIVED", participantId, entityId, subjectId: document.id }]);
  await receiveDocuments(write, run);
  return { document: shown(write.vault, run, document), known: false };
}

function rowOf(write: Writer, run: Run, { documentType, filename }: Description, content: Content, address: string) {
  const id = write.newId("doc");
  return {
    id,
    verificationId: run.id,
    entityId: run.entityId,
    participantId: run.participantId,
    documentType,
    sealedFilename: write.vault.seal(run.wrappedKey, id, filename),
    mimeType: content.mimeType!,
    sha256: content.sha256,
    sizeBytes: content.sizeBytes,
    address,
    receivedAt: write.now,
  };
}

type Row = Omit<SubmittedDocument, "filename"> & Pick<Document, "sealedFilename">;

const shown = (vault: Vault, { wrappedKey }: Run, document: Row): SubmittedDocument => {
  const { id, verificationId, documentType, mimeType, sha256, sizeBytes, receivedAt } = document;
  const filename = filenameOf(vault, { wrappedKey }, document);
  return { id, verificationId, documentType, filename, mimeType, sha256, sizeBytes, receivedAt };
};

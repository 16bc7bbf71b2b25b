import { createHash } from "node:crypto";
import { notFound } from "../kernel/failure.js";
import type { Commit, Writer } from "../kernel/reader.js";
import { faultsOf, refuse, text } from "../kernel/validate.js";
import { Reveal } from "../entity/entity.js";
import { permit } from "../network/permit.js";
import type { Document } from "./document.js";
import type { DocumentStore } from "./document-store.js";
import { filenameOf } from "./filename.js";

export interface OpenDocument {
  readonly documentId: string;
  /** Why somebody has to see it; null where none was given. */
  readonly reason: string | null;
}

/** A document in the clear. */
export interface OpenedDocument {
  readonly filename: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

type Sealed = Pick<Document, "id" | "entityId" | "sealedFilename" | "mimeType" | "sha256" | "sizeBytes" | "address"> & {
  readonly wrappedKey: string;
};

/**
 * Shows a document to whoever handed it in, for a reason that is on record before the first byte is shown. The bytes are read
 * through once before: what was damaged or exchanged is not shown at all, instead of half of it.
 */
export async function openDocument(
  commit: Commit,
  store: DocumentStore,
  { documentId, reason }: OpenDocument,
): Promise<OpenedDocument> {
  const { document, vault } = await commit(async (write) => {
    const known = await found(write, documentId, reason);
    await recordOpening(write, known, reason!);
    return { document: known, vault: write.vault };
  });
  const { wrappedKey, entityId, address, mimeType, sizeBytes } = document;
  const plain = () => vault.openStream(wrappedKey, entityId, store.get(address));
  await refuseDamaged(plain(), document);
  return { filename: filenameOf(vault, document, document), mimeType, sizeBytes, bytes: plain() };
}

async function found(write: Writer, documentId: string, reason: string | null): Promise<Sealed> {
  permit(write.actor, "openDocument");
  refuse(faultsOf(text(500), reason, "reason"));
  const [document] = await write.rows<Sealed>(
    `select d.id, d.entity_id as "entityId", d.sealed_filename as "sealedFilename", d.mime_type as "mimeType", d.sha256,
            d.size_bytes as "sizeBytes", d.address, e.wrapped_key as "wrappedKey"
       from document d join entity e on e.id = d.entity_id
      where d.id = ? and d.participant_id = ? and e.wrapped_key is not null`,
    [documentId, write.actor.participantId],
  );
  if (!document) throw notFound("Document");
  return document;
}

const recordOpening = (write: Writer, { id, entityId }: Sealed, reason: string): Promise<void> =>
  write.insert(Reveal, [
    {
      id: write.newId("rvl"),
      entityId,
      participantId: write.actor.participantId,
      credentialId: write.actor.credentialId,
      what: id,
      reason,
      revealedAt: write.now,
    },
  ]);

async function refuseDamaged(plain: AsyncIterable<Uint8Array>, { sha256 }: Sealed): Promise<void> {
  const hash = createHash("sha256");
  for await (const chunk of plain) hash.update(chunk);
  if (hash.digest("hex") !== sha256) throw new Error("The bytes at this address are not those of the document.");
}

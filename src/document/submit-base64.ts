import type { Id } from "../kernel/id.js";
import type { Commit } from "../kernel/reader.js";
import { refuse } from "../kernel/validate.js";
import { permit } from "../network/permit.js";
import { descriptionFaults, tooLargeFault, type Description, type Paths } from "./describe.js";
import type { DocumentStore } from "./document-store.js";
import { MAX_DOCUMENT_BYTES } from "./gauge.js";
import { submitDocument } from "./submit.js";

/** A document within one text. */
export interface SubmitBase64 extends Description {
  readonly verificationId: string;
  readonly contentBase64: string;
}

const PATHS: Paths = {
  verificationId: "input.verificationId",
  documentType: "input.documentType",
  filename: "input.filename",
  mimeType: "input.mimeType",
  content: "input.contentBase64",
};

const MAX_CHARACTERS = Math.ceil(MAX_DOCUMENT_BYTES / 3) * 4;

/** The bytes of base64 in its one spelling, padded and in one line; null for anything else. */
export function decodeBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : null;
}

/** Hands in a document that came as text, for clients that speak GraphQL alone; large ones are better sent as they are. */
export async function submitBase64(commit: Commit, store: DocumentStore, input: SubmitBase64): Promise<Id<"doc">> {
  await commit(async (write) => permit(write.actor, "submitDocument"));
  const { verificationId, contentBase64, ...description } = input;
  const fits = contentBase64.length <= MAX_CHARACTERS;
  const bytes = fits ? decodeBase64(contentBase64) : null;
  if (!bytes)
    refuse([
      ...descriptionFaults(description, PATHS),
      fits ? { path: PATHS.content, message: "Must be base64, padded and without line breaks." } : tooLargeFault(PATHS),
    ]);
  const { document } = await submitDocument(commit, store, {
    verificationId,
    content: once(bytes!),
    describe: () => description,
    paths: PATHS,
  });
  return document.id;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

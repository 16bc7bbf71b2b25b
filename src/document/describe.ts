import { z } from "zod";
import type { Fault } from "../kernel/failure.js";
import { faultsOf, text } from "../kernel/validate.js";
import { isDocumentType } from "./document-type.js";
import { MAX_DOCUMENT_BYTES, type Content } from "./gauge.js";
import { isSameMimeType, MIME_TYPES, mimeTypeOf } from "./sniff.js";

/** What is said about a document by whoever hands it in. */
export interface Description {
  readonly documentType: string;
  readonly filename: string;
  readonly mimeType: string;
}

/** Where the client finds in its own request what is wrong with it. */
export interface Paths {
  readonly verificationId: string;
  readonly documentType: string;
  readonly filename: string;
  readonly mimeType: string;
  readonly content: string;
}

const typeSchema = z
  .string("Must be given.")
  .refine(isDocumentType, "Is no type of document that is taken: the query `documentTypes` lists them.");

const filenameSchema = text(255).refine((name) => !/[/\\]/.test(name), "Must be a name without a path.");

const mimeTypeSchema = z
  .string("Must be given.")
  .refine((declared) => mimeTypeOf(declared) !== null, `Must be one of ${MIME_TYPES.join(", ")}.`);

/** Every fault of what is said, whatever the content is. */
export const descriptionFaults = (description: Description, paths: Paths): Fault[] => [
  ...faultsOf(typeSchema, description.documentType, paths.documentType),
  ...faultsOf(filenameSchema, description.filename, paths.filename),
  ...faultsOf(mimeTypeSchema, description.mimeType, paths.mimeType),
];

/** Every fault of a content that has come, held against what is said of it. */
export function contentFaults(content: Content, { mimeType }: Description, paths: Paths): Fault[] {
  if (content.sizeBytes === 0) return [{ path: paths.content, message: "Must not be empty." }];
  const declared = mimeTypeOf(mimeType);
  if (!declared || (content.mimeType && isSameMimeType(content.mimeType, declared))) return [];
  return [{ path: paths.mimeType, message: `The content is not ${declared}.` }];
}

export const tooLargeFault = ({ content }: Paths): Fault => ({
  path: content,
  message: `Must be at most ${MAX_DOCUMENT_BYTES / 1024 / 1024} MB.`,
});

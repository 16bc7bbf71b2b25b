import { badInput, type Fault } from "../kernel/failure.js";
import type { Commit } from "../kernel/reader.js";
import { refuse } from "../kernel/validate.js";
import type { Paths } from "./describe.js";
import type { DocumentStore } from "./document-store.js";
import { submitDocument, type Submitted } from "./submit.js";

/** A form with one file, as it comes, and what the address says beside it. */
export interface DocumentForm {
  readonly search: URLSearchParams;
  /** All that stood in the form, once `bytes` have ended. */
  readonly fields: ReadonlyMap<string, string>;
  readonly filename: string;
  readonly mimeType: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** In a form name and type belong to the part that is the file. */
const PATHS: Paths = {
  verificationId: "verification",
  documentType: "documentType",
  filename: "file.filename",
  mimeType: "file.contentType",
  content: "file",
};

/** A parameter that nobody knows is most likely a misspelt one. */
function verificationOf(search: URLSearchParams): string {
  if ([...search.keys()].some((name) => name !== "verification"))
    throw badInput([{ path: "search", message: "Only verification may be given." }]);
  const [verificationId, ...more] = search.getAll("verification");
  if (!verificationId || more.length > 0)
    throw badInput([{ path: "verification", message: "Must be given once: the id of the verification." }]);
  return verificationId;
}

const strangers = (fields: ReadonlyMap<string, string>): Fault[] =>
  [...fields.keys()].some((name) => name !== "documentType")
    ? [{ path: "form", message: "Only documentType and file may be given." }]
    : [];

/** Hands in the file of a form, as it comes; its fields may stand before it or behind it. */
export async function submitForm(commit: Commit, store: DocumentStore, form: DocumentForm): Promise<Submitted> {
  const { search, fields, filename, mimeType, bytes } = form;
  return submitDocument(commit, store, {
    verificationId: verificationOf(search),
    content: bytes,
    describe: () => {
      refuse(strangers(fields));
      return { documentType: fields.get("documentType") ?? "", filename, mimeType };
    },
    paths: PATHS,
  });
}

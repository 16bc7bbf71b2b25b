import type { IncomingMessage } from "node:http";
import { account, type Arrival } from "./arrival.js";
import { refuseType } from "./body.js";
import { actorOf } from "./graphql.js";
import { DATA_HEADERS, type Headers, NO_STORE } from "./headers.js";
import { openForm } from "./multipart.js";
import type { Download, ServerParts } from "./parts.js";
import { json, type Reply } from "./reply.js";
import { createPlaces } from "./places.js";

/** Each takes a megabyte or two of memory and up to the largest file of disk. */
const MAX_AT_ONCE = 16;

/** Where documents are sent, and below which each of them is asked for. */
export const DOCUMENTS = "/documents";
export const DOCUMENT = "/documents/";

/** The two ways of documents over plain HTTP. */
export interface DocumentDoor {
  /** Takes in the one file of a form. */
  readonly submit: (arrival: Arrival) => Promise<Reply>;
  /** Hands out a document in the clear. */
  readonly show: (arrival: Arrival) => Promise<Reply>;
}

/** A name that may hold any letter, as a header spells it. */
const spelled = (filename: string): string =>
  encodeURIComponent(filename).replaceAll(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

const downloadHeaders = ({ filename, mimeType, sizeBytes }: Download): Headers => ({
  ...DATA_HEADERS,
  ...NO_STORE,
  "content-type": mimeType,
  "content-length": String(sizeBytes),
  "content-disposition": `attachment; filename*=UTF-8''${spelled(filename)}`,
});

/** The bytes, and after the last of them the question whether their sender may still go on. */
async function* checked(bytes: AsyncIterable<Uint8Array>, check: () => Promise<unknown>): AsyncGenerator<Uint8Array> {
  yield* bytes;
  await check();
}

/** The door for documents: who sends is known before a byte is read, and no byte more is read than is stored. */
export function openDocuments(parts: ServerParts, documents: NonNullable<ServerParts["documents"]>): DocumentDoor {
  const take = createPlaces(MAX_AT_ONCE);
  const check = ({ headers }: IncomingMessage) => actorOf(parts, headers.authorization);
  const submit = async (arrival: Arrival): Promise<Reply> => {
    const { request } = arrival;
    const actor = await check(request);
    account(arrival, { participantId: actor.participantId });
    refuseType(request, ["multipart/form-data"]);
    const leave = take(actor);
    try {
      const form = await openForm(request, documents.maxBytes);
      const bytes = checked(form.bytes, () => check(request));
      const search = new URLSearchParams(arrival.search);
      const { document, known } = await documents.submit(actor, { ...form, search, bytes }).finally(form.close);
      return json(known ? 200 : 201, { document });
    } finally {
      leave();
    }
  };
  const show = async (arrival: Arrival): Promise<Reply> => {
    const actor = await check(arrival.request);
    account(arrival, { participantId: actor.participantId });
    const id = arrival.path.slice(DOCUMENT.length);
    const download = await documents.open(actor, id, new URLSearchParams(arrival.search));
    return { status: 200, headers: downloadHeaders(download), body: download.bytes };
  };
  return { submit, show };
}

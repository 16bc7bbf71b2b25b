import { sha256 } from "../../src/kernel/canonical.js";
import { data, ask, refusalOf } from "../support/ask.js";
import { operation, type Given } from "../support/operation.js";
import { changedBy } from "../support/stored.js";
import { erase, filesIn, givenArchiveGateway, givenRun, pdf } from "./given-document.js";

const SUBMIT = operation<
  { submitDocument: { document: Readonly<Record<string, unknown>> & { readonly id: string } } },
  Given
>(
  `mutation Submit($input: SubmitDocumentInput!) {
    submitDocument(input: $input) {
      document { id documentType filename mimeType sha256 sizeBytes receivedAt verification { id status } }
    }
  }`,
);

const DOCUMENTS = operation<
  { node: { documents: readonly { id: string; filename: string }[] } | null },
  { id: string }
>(`query Documents($id: ID!) { node(id: $id) { ... on Verification { documents { id filename } } } }`);

const TYPES = operation<{ documentTypes: readonly { name: string; label: string; identityType: string }[] }>(
  `query Types { documentTypes { name label identityType } }`,
);

const inputOf = (verificationId: string, over: object = {}) => ({
  input: {
    verificationId,
    documentType: "id_passport",
    filename: "Ada Moreno.pdf",
    mimeType: "application/pdf",
    contentBase64: pdf().toString("base64"),
    ...over,
  },
});

describe("submitDocument and Verification.documents", () => {
  it("hand in a document and show it to its participant alone", async () => {
    await using world = await givenArchiveGateway();
    const { bank, stranger } = world;
    const run = await givenRun(bank);
    const { submitDocument } = await data(world, bank.token, SUBMIT, inputOf(run.id));
    expect(submitDocument.document).toMatchObject({
      documentType: "id_passport",
      filename: "Ada Moreno.pdf",
      mimeType: "application/pdf",
      sha256: sha256(pdf()),
      sizeBytes: pdf().length,
      verification: { id: run.id, status: "DOCUMENTS_RECEIVED" },
    });
    const { id } = submitDocument.document;
    const shown = { documents: [{ id, filename: "Ada Moreno.pdf" }] };
    expect((await data(world, bank.token, DOCUMENTS, { id: run.id })).node).toEqual(shown);
    expect((await data(world, stranger.token, DOCUMENTS, { id: run.id })).node).toBeNull();
  });

  it("answer the same document for the same bytes, and tell every fault at once", async () => {
    await using world = await givenArchiveGateway();
    const run = await givenRun(world.bank);
    const first = await data(world, world.bank.token, SUBMIT, inputOf(run.id));
    const wrong = { documentType: "x", filename: "a/b", contentBase64: "!" };
    const { changed } = await changedBy(world.app, async () => {
      expect(await data(world, world.bank.token, SUBMIT, inputOf(run.id))).toEqual(first);
      expect(refusalOf(await ask(world, world.bank.token, SUBMIT, inputOf(run.id, wrong)))).toEqual({
        code: "BAD_USER_INPUT",
        paths: ["input.documentType", "input.filename", "input.contentBase64"],
      });
    });
    expect([changed, (await filesIn(world)).length]).toEqual([[], 1]);
  });

  it("show no name of a file once the person was erased", async () => {
    await using world = await givenArchiveGateway();
    const run = await givenRun(world.bank);
    await data(world, world.bank.token, SUBMIT, inputOf(run.id));
    await erase(world, run.entityId);
    expect((await data(world, world.bank.token, DOCUMENTS, { id: run.id })).node?.documents).toMatchObject([
      { filename: "" },
    ]);
  });
});

describe("documentTypes", () => {
  it("are listed with what they prove", async () => {
    await using world = await givenArchiveGateway();
    const { documentTypes } = await data(world, world.bank.token, TYPES);
    expect(documentTypes).toContainEqual({
      name: "id_drivers_license",
      label: "Driver's license",
      identityType: "license",
    });
  });
});

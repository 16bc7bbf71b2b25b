import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../../src/kernel/canonical.js";
import type { Commit } from "../../src/kernel/reader.js";
import { MAX_DOCUMENT_BYTES } from "../../src/document/gauge.js";
import { MAX_DOCUMENTS, submitDocument, type Submitted } from "../../src/document/submit.js";
import { submitBase64 } from "../../src/document/submit-base64.js";
import { openFolder } from "../../src/store/folder.js";
import { OPEN_TO_DOCUMENTS, RUN_STATUSES } from "../../src/verification/status.js";
import { factsIn } from "../support/asked.js";
import { actorOf, countOf, type Party, type World } from "../support/given.js";
import { refusal } from "../support/refusal.js";
import { refusedTrace, traced } from "../support/trace.js";
import {
  erase,
  filesIn,
  givenArchive,
  givenRun,
  givenStatus,
  type Kept,
  pdf,
  pdfOf,
  statusOf,
} from "./given-document.js";

const SAID = { documentType: "id_passport", filename: "Ada Moreno.pdf", mimeType: "application/pdf" };

const PATHS = {
  verificationId: "verification",
  documentType: "type",
  filename: "name",
  mimeType: "mime",
  content: "content",
};

async function* pieces(bytes: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

/** Hands in bytes for a run, in pieces. */
const submit = (
  { folder }: Kept,
  { commit }: { readonly commit: Commit },
  verificationId: string,
  content: Uint8Array | AsyncIterable<Uint8Array> = pdf(),
  over: Partial<typeof SAID> = {},
): Promise<Submitted> =>
  submitDocument(commit, openFolder(folder), {
    verificationId,
    content: content instanceof Uint8Array ? pieces(content) : content,
    describe: () => ({ ...SAID, ...over }),
    paths: PATHS,
  });

/** How it is refused, what it left in the tables, and what in the folder. */
async function refused(world: World & Kept, work: () => Promise<unknown>) {
  const before = await filesIn(world);
  const { code, paths, changed } = await refusedTrace(world, work);
  const after = await filesIn(world);
  return { code, paths, changed, left: after.filter((file) => !before.includes(file)) };
}

const NOTHING = { changed: [], left: [] };

describe("submitDocument", () => {
  it("keeps what was handed in, tells of it, and moves the run, all in one go", async () => {
    await using world = await givenArchive();
    const { bank } = world;
    const run = await givenRun(bank);
    const { result, changed } = await traced(world, () => submit(world, bank, run.id));
    expect(result.known).toBe(false);
    expect(result.document).toMatchObject({
      ...SAID,
      verificationId: run.id,
      sha256: sha256(pdf()),
      sizeBytes: pdf().length,
    });
    expect(changed).toEqual(["document", "event", "standing", "verification", "verification_work"]);
    expect(await statusOf(bank, run.id)).toBe("DOCUMENTS_RECEIVED");
    const told = (await factsIn(bank.read.rows, bank.id)).map(({ type, subjectId, toStatus }) => [
      type,
      subjectId,
      toStatus,
    ]);
    expect(told.slice(1)).toEqual([
      ["DOCUMENT_RECEIVED", result.document.id, null],
      ["VERIFICATION_STATUS_CHANGED", run.id, "DOCUMENTS_RECEIVED"],
      ["ENTITY_STATUS_CHANGED", run.entityId, "DOCUMENTS_RECEIVED"],
    ]);
  });

  it("lets neither disk nor database tell what is in a document, what it is called or what it is", async () => {
    await using world = await givenArchive();
    const run = await givenRun(world.bank);
    const { document } = await submit(world, world.bank, run.id);
    const [file] = await filesIn(world);
    const onDisk = await readFile(join(world.folder, file!));
    expect(onDisk.length).toBeGreaterThan(pdf().length);
    for (const plain of ["%PDF", "Ada Moreno", "Alder"]) expect(onDisk.includes(plain)).toBe(false);
    expect(file).not.toContain(document.sha256.slice(0, 8));
    const rows = JSON.stringify(await world.app.store.rows("select * from document"));
    expect(rows).not.toContain("Moreno");
    expect(rows).toContain(file!.split(/[/\\]/)[1]);
  });

  it.each([
    ...OPEN_TO_DOCUMENTS,
    "DOCUMENTS_RECEIVED",
  ] as const)("takes a document for a run that is %s", async (status) => {
    await using world = await givenArchive();
    const run = await givenRun(world.bank, status);
    await submit(world, world.bank, run.id);
    expect(await statusOf(world.bank, run.id)).toBe("DOCUMENTS_RECEIVED");
  });

  it.each(
    RUN_STATUSES.filter((status) => ![...OPEN_TO_DOCUMENTS, "DOCUMENTS_RECEIVED"].includes(status)),
  )("refuses one for a run that is %s, before a byte is read", async (status) => {
    await using world = await givenArchive();
    const run = await givenRun(world.bank, status);
    let read = 0;
    async function* watched() {
      read += 1;
      yield pdf();
    }
    expect(await refused(world, () => submit(world, world.bank, run.id, watched()))).toEqual({
      code: "ILLEGAL_TRANSITION",
      paths: [],
      ...NOTHING,
    });
    expect(read).toBe(0);
  });

  it("knows no run of others, before a byte is read", async () => {
    await using world = await givenArchive();
    const run = await givenRun(world.bank);
    const unread = async function* (): AsyncGenerator<Uint8Array> {
      yield await Promise.reject(new Error("It was read."));
    };
    for (const [party, id] of [
      [world.stranger, run.id],
      [world.bank, "ver_nobody"],
    ] as const)
      expect(await refused(world, () => submit(world, party, id, unread()))).toEqual({
        code: "NOT_FOUND",
        paths: ["verification"],
        ...NOTHING,
      });
  });

  it("needs the scope to verify", async () => {
    await using world = await givenArchive();
    const run = await givenRun(world.bank);
    const commit = world.app.commitAs(actorOf(world.bank.id, ["review", "entities"]));
    expect((await refused(world, () => submit(world, { commit }, run.id))).code).toBe("FORBIDDEN");
  });

  it("answers the first document where the same bytes come again, whatever they are called and become of the run", async () => {
    await using world = await givenArchive();
    const { bank } = world;
    const run = await givenRun(bank);
    const first = await submit(world, bank, run.id);
    for (const status of ["DOCUMENTS_RECEIVED", "DOCUMENTS_REQUIRED", "PASSED"] as const) {
      await givenStatus(bank, run.id, status);
      const { result, changed } = await traced(world, () =>
        submit(world, bank, run.id, pdf(), { filename: "another.pdf", documentType: "utility_bill" }),
      );
      expect(result).toEqual({ document: first.document, known: true });
      expect(changed).toEqual([]);
    }
    expect(await filesIn(world)).toHaveLength(1);
    expect((await refused(world, () => submit(world, bank, run.id, pdf("other")))).code).toBe("ILLEGAL_TRANSITION");
    expect(await filesIn(world)).toHaveLength(1);
  });

  it("makes one document of the same bytes that come at once", async () => {
    await using world = await givenArchive();
    const run = await givenRun(world.bank);
    const all = await Promise.all(Array.from({ length: 5 }, () => submit(world, world.bank, run.id)));
    expect(all.filter(({ known }) => !known)).toHaveLength(1);
    expect(new Set(all.map(({ document }) => document.id)).size).toBe(1);
    expect([await countOf(world, "document"), (await filesIn(world)).length]).toEqual([1, 1]);
  });

  it("keeps the same bytes of one person once, for however many runs and participants, and those of another apart", async () => {
    await using world = await givenArchive();
    const { bank, fintech } = world;
    const runs = [await givenRun(bank), await givenRun(bank, "FAILED")];
    for (const { id } of runs) await submit(world, bank, id);
    await submit(world, fintech, (await givenRun(fintech)).id);
    expect([await countOf(world, "document"), (await filesIn(world)).length]).toEqual([3, 1]);
    const addresses = await world.app.store.rows<{ address: string }>("select distinct address from document");
    expect(addresses).toHaveLength(1);
  });

  it(`takes ${MAX_DOCUMENTS} documents for a run, and no more`, async () => {
    await using world = await givenArchive();
    const run = await givenRun(world.bank);
    for (let count = 0; count < MAX_DOCUMENTS; count += 1)
      await submit(world, world.bank, run.id, pdf(`page ${count}`));
    expect(await refused(world, () => submit(world, world.bank, run.id, pdf("one more")))).toEqual({
      code: "BAD_USER_INPUT",
      paths: ["verification"],
      ...NOTHING,
    });
    expect((await submit(world, world.bank, run.id, pdf("page 7"))).known).toBe(true);
  });

  it.each<readonly [what: string, over: Partial<typeof SAID>, content: Uint8Array, paths: readonly string[]]>([
    ["no content", {}, Buffer.alloc(0), ["content"]],
    ["a page that says it is a PDF", {}, Buffer.from("<html>%PDF-1.7</html>"), ["mime"]],
    ["a PDF that says it is a photograph", { mimeType: "image/jpg" }, pdf(), ["mime"]],
    ["a type of content that nobody takes", { mimeType: "text/html" }, pdf(), ["mime"]],
    ["a type of document that nobody takes", { documentType: "love_letter" }, pdf(), ["type"]],
    ["a type that is a word of the language", { documentType: "__proto__" }, pdf(), ["type"]],
    ["a path as its name", { filename: "../../etc/passwd" }, pdf(), ["name"]],
    ["a path of another system as its name", { filename: "C:\\id.pdf" }, pdf(), ["name"]],
    ["a name of 256 letters", { filename: "x".repeat(256) }, pdf(), ["name"]],
    ["a name that breaks lines", { filename: "a\r\nb.pdf" }, pdf(), ["name"]],
    [
      "everything wrong at once",
      { documentType: "", filename: " ", mimeType: "image/png" },
      pdf(),
      ["type", "name", "mime"],
    ],
  ])("refuses %s and keeps nothing", async (_what, over, content, paths) => {
    await using world = await givenArchive();
    const run = await givenRun(world.bank);
    expect(await refused(world, () => submit(world, world.bank, run.id, content, over))).toEqual({
      code: "BAD_USER_INPUT",
      paths,
      ...NOTHING,
    });
  });

  it("says what the content is not, and nothing that was sent", async () => {
    await using world = await givenArchive();
    const run = await givenRun(world.bank);
    const said = (over: Partial<typeof SAID>) => refusal(submit(world, world.bank, run.id, Buffer.from("Ada"), over));
    expect((await said({})).message).toBe("The content is not application/pdf.");
    expect((await said({ mimeType: "Image/JPG" })).message).toBe("The content is not image/jpeg.");
    expect((await said({ mimeType: "ada/moreno" })).message).not.toContain("moreno");
  });

  it("takes 20 MB and refuses one byte more while it comes", async () => {
    await using world = await givenArchive();
    const run = await givenRun(world.bank);
    const { document } = await submit(world, world.bank, run.id, pdfOf(MAX_DOCUMENT_BYTES));
    expect(document.sizeBytes).toBe(MAX_DOCUMENT_BYTES);
    const big = pdfOf(MAX_DOCUMENT_BYTES + 65_536 * 10);
    let read = 0;
    async function* watched() {
      for await (const piece of pieces(big)) {
        read += piece.length;
        yield piece;
      }
    }
    expect(await refused(world, () => submit(world, world.bank, run.id, watched()))).toEqual({
      code: "BAD_USER_INPUT",
      paths: ["content"],
      ...NOTHING,
    });
    expect(read).toBe(MAX_DOCUMENT_BYTES + 65_536);
  });

  it("keeps nothing where the content is cut", async () => {
    await using world = await givenArchive();
    const run = await givenRun(world.bank);
    async function* cut() {
      yield pdf();
      throw new Error("The line was cut.");
    }
    const { result, changed } = await traced(world, () =>
      submit(world, world.bank, run.id, cut()).catch((error: unknown) => error),
    );
    expect(result).toEqual(new Error("The line was cut."));
    expect([changed, await filesIn(world)]).toEqual([[], []]);
  });

  it("is refused where the run was closed while the bytes came", async () => {
    await using world = await givenArchive();
    const { bank } = world;
    const run = await givenRun(bank);
    async function* slow() {
      yield pdf();
      await givenStatus(bank, run.id, "PASSED");
    }
    expect((await refusal(submit(world, bank, run.id, slow()))).code).toBe("ILLEGAL_TRANSITION");
    expect([await countOf(world, "document"), await filesIn(world)]).toEqual([0, []]);
  });

  it("is refused where the person was erased", async () => {
    await using world = await givenArchive();
    const run = await givenRun(world.bank);
    await erase(world, run.entityId);
    expect((await refused(world, () => submit(world, world.bank, run.id))).code).toBe("ILLEGAL_TRANSITION");
  });
});

describe("submitBase64", () => {
  const text = (world: World & Kept, party: Party, verificationId: string, contentBase64: string, over = {}) =>
    submitBase64(party.commit, openFolder(world.folder), { ...SAID, ...over, verificationId, contentBase64 });

  it("hands in what the text stands for", async () => {
    await using world = await givenArchive();
    const run = await givenRun(world.bank);
    const id = await text(world, world.bank, run.id, pdf().toString("base64"));
    const [row] = await world.app.store.rows("select id, sha256 from document");
    expect(row).toEqual({ id, sha256: sha256(pdf()) });
  });

  it.each([
    ["that is none", "Ada Moreno!"],
    ["in another alphabet", Buffer.from([...pdf(), 0xff, 0xfe, 0xff]).toString("base64url")],
    ["without its padding", Buffer.from("%PDF-1.7").toString("base64").replaceAll("=", "")],
    ["in several lines", `${pdf().toString("base64").slice(0, 8)}\n${pdf().toString("base64").slice(8)}`],
    ["of nothing", ""],
    ["of more than 20 MB", "A".repeat(Math.ceil((MAX_DOCUMENT_BYTES + 3) / 3) * 4)],
  ])("refuses a text %s and keeps nothing", async (_what, contentBase64) => {
    await using world = await givenArchive();
    const run = await givenRun(world.bank);
    expect(await refused(world, () => text(world, world.bank, run.id, contentBase64))).toEqual({
      code: "BAD_USER_INPUT",
      paths: ["input.contentBase64"],
      ...NOTHING,
    });
  });

  it("tells every fault at once, under the names of its input", async () => {
    await using world = await givenArchive();
    const run = await givenRun(world.bank);
    const wrong = { documentType: "x", filename: "", mimeType: "y" };
    expect(await refused(world, () => text(world, world.bank, run.id, "!", wrong))).toMatchObject({
      paths: ["input.documentType", "input.filename", "input.mimeType", "input.contentBase64"],
    });
    expect(await refused(world, () => text(world, world.stranger, run.id, "JVBERg=="))).toMatchObject({
      code: "NOT_FOUND",
      paths: ["input.verificationId"],
    });
  });
});

import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import type { Commit } from "../../src/kernel/reader.js";
import { openDocument } from "../../src/document/open.js";
import { submitBase64 } from "../../src/document/submit-base64.js";
import { openFolder } from "../../src/store/folder.js";
import { NOON } from "../support/app.js";
import { actorOf, clientOf, countOf, type World } from "../support/given.js";
import { refusedTrace, traced } from "../support/trace.js";
import { erase, filesIn, givenArchive, givenRun, type Kept, pdf } from "./given-document.js";

const SAID = { documentType: "id_passport", filename: "Ada Moreno.pdf", mimeType: "application/pdf" };

/** A world in which the bank has handed in one document. */
async function givenSubmitted(content = pdf()) {
  const world = await givenArchive();
  const run = await givenRun(world.bank);
  const documentId = await submitBase64(world.bank.commit, openFolder(world.folder), {
    ...SAID,
    verificationId: run.id,
    contentBase64: content.toString("base64"),
  });
  return { ...world, run, documentId };
}

const open = (
  { folder, documentId }: Kept & { documentId: string },
  { commit }: { readonly commit: Commit },
  reason: string | null = "The photograph was blurred.",
) => openDocument(commit, openFolder(folder), { documentId, reason });

const onDisk = async (world: World & Kept): Promise<string> => join(world.folder, (await filesIn(world))[0]!);

describe("openDocument", () => {
  it("gives back what was handed in, byte for byte, and leaves on record who looked and why", async () => {
    const content = pdf("x".repeat(300_000));
    await using world = await givenSubmitted(content);
    const { result, changed } = await traced(world, () => open(world, world.bank));
    expect(changed).toEqual(["reveal"]);
    expect(result).toMatchObject({
      filename: "Ada Moreno.pdf",
      mimeType: "application/pdf",
      sizeBytes: content.length,
    });
    expect((await buffer(result.bytes)).equals(content)).toBe(true);
    expect(await world.app.store.rows("select * from reveal")).toMatchObject([
      {
        entity_id: world.run.entityId,
        participant_id: world.bank.id,
        credential_id: "key_test",
        what: world.documentId,
        reason: "The photograph was blurred.",
        revealed_at: NOON,
      },
    ]);
  });

  it.each([["review"], ["verify"]] as const)("is for who has the scope %s", async (scope) => {
    await using world = await givenSubmitted();
    const commit = world.app.commitAs(actorOf(world.bank.id, [scope]));
    expect((await buffer((await open(world, { commit })).bytes)).equals(pdf())).toBe(true);
  });

  it("is refused to every other scope and to client tokens", async () => {
    await using world = await givenSubmitted();
    const others = actorOf(world.bank.id, ["entities", "furnish", "query", "policies", "analyse", "admin"]);
    for (const actor of [others, clientOf(world.bank.id, world.run.entityId)])
      expect(await refusedTrace(world, () => open(world, { commit: world.app.commitAs(actor) }))).toEqual({
        code: "FORBIDDEN",
        paths: [],
        changed: [],
      });
  });

  it.each([[null], [""], [" "], ["x".repeat(501)]])("is refused for no reason: %j", async (reason) => {
    await using world = await givenSubmitted();
    expect(await refusedTrace(world, () => open(world, world.bank, reason))).toEqual({
      code: "BAD_USER_INPUT",
      paths: ["reason"],
      changed: [],
    });
  });

  it("knows no document of others, also of the same person, and none that is not there", async () => {
    await using world = await givenSubmitted();
    await givenRun(world.fintech);
    const gone = { ...world, documentId: "doc_nothing" };
    for (const work of [
      () => open(world, world.fintech),
      () => open(world, world.stranger),
      () => open(gone, world.bank),
    ])
      expect(await refusedTrace(world, work)).toEqual({ code: "NOT_FOUND", paths: [], changed: [] });
  });

  it("opens nothing once the person was erased", async () => {
    await using world = await givenSubmitted();
    await erase(world, world.run.entityId);
    expect((await refusedTrace(world, () => open(world, world.bank))).code).toBe("NOT_FOUND");
    expect(await countOf(world, "reveal")).toBe(0);
  });

  it("shows not one byte of what was changed, cut, exchanged or lost on disk", async () => {
    await using world = await givenSubmitted(pdf("x".repeat(200_000)));
    const path = await onDisk(world);
    const sealed = await readFile(path);
    const changed = Buffer.from(sealed);
    changed[100_000]! ^= 1;
    for (const damaged of [changed, sealed.subarray(0, 150_000), Buffer.alloc(0)]) {
      await writeFile(path, damaged);
      await expect(open(world, world.bank)).rejects.toThrow(/^Not sealed here|unable to authenticate/);
    }
    const other = (await submitOther(world)).filter((file) => !path.endsWith(file))[0]!;
    await writeFile(path, await readFile(join(world.folder, other)));
    await expect(open(world, world.bank)).rejects.toThrow("not those of the document");
    await rm(path);
    await expect(open(world, world.bank)).rejects.toThrow(/ENOENT/);
    await writeFile(path, sealed);
    expect((await buffer((await open(world, world.bank)).bytes)).length).toBeGreaterThan(200_000);
  });
});

/** Hands in another document of the same run; answers all files. */
async function submitOther(world: Awaited<ReturnType<typeof givenSubmitted>>): Promise<string[]> {
  await submitBase64(world.bank.commit, openFolder(world.folder), {
    ...SAID,
    verificationId: world.run.id,
    contentBase64: pdf("another").toString("base64"),
  });
  return filesIn(world);
}

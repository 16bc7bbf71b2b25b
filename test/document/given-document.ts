import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readdir } from "node:fs/promises";
import { OPERATOR } from "../../src/kernel/actor.js";
import type { Id } from "../../src/kernel/id.js";
import { Entity } from "../../src/entity/entity.js";
import type { RunStatus } from "../../src/verification/status.js";
import { Verification } from "../../src/verification/verification.js";
import type { TestOptions } from "../support/app.js";
import { givenGateway, type Gateway } from "../support/gateway.js";
import { givenRegistered, givenWorld, type Party, type World } from "../support/given.js";

/** Where the bytes of documents lie, for a test that looks there. */
export interface Kept {
  readonly folder: string;
}

const ownFolder = (): string => mkdtempSync(join(process.env["ATTESTRY_TEST_FOLDER"] ?? tmpdir(), "documents-"));

const withFolder = (folder: string, options: TestOptions): TestOptions => ({
  ...options,
  environment: { ...options.environment, DOCUMENTS_FOLDER: folder },
});

export async function givenArchive(options: TestOptions = {}): Promise<World & Kept> {
  const folder = ownFolder();
  return { ...(await givenWorld(withFolder(folder, options))), folder };
}

export async function givenArchiveGateway(options: TestOptions = {}): Promise<Gateway & Kept> {
  const folder = ownFolder();
  return { ...(await givenGateway(withFolder(folder, options))), folder };
}

/** Every file below the folder, by its path there. */
export const filesIn = async ({ folder }: Kept): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .toSorted();

/** A run of a party's about a person, in this state. */
export async function givenRun(
  party: Party,
  status: RunStatus = "DOCUMENTS_REQUIRED",
  handle = "ada",
): Promise<{ readonly id: Id<"ver">; readonly entityId: Id<"ent"> }> {
  const entityId = await givenRegistered(party, { handle });
  return party.commit(async (write) => {
    const [registration] = await write.rows<{ id: Id<"reg"> }>(
      "select id from registration where participant_id = ? and entity_id = ? and superseded_at is null",
      [party.id, entityId],
    );
    const id = write.newId("ver");
    await write.insert(Verification, [
      {
        id,
        entityId,
        participantId: party.id,
        registrationId: registration!.id,
        kycLevel: "KYC-STANDARD",
        status,
        attempt: 1,
        reasons: "[]",
        tags: "[]",
        requestedAt: write.now,
        updatedAt: write.now,
      },
    ]);
    return { id, entityId };
  });
}

export const statusOf = async ({ read }: Party, id: string): Promise<string | undefined> =>
  (await read.rows<{ status: string }>("select status from verification where id = ?", [id]))[0]?.status;

export const givenStatus = ({ commit }: Party, id: Id<"ver">, status: RunStatus): Promise<number> =>
  commit((write) => write.em.nativeUpdate(Verification, { id }, { status }));

/** What erasing a person comes to. */
export const erase = ({ app }: World, id: Id<"ent">): Promise<number> =>
  app.commitAs(OPERATOR)((write) => write.em.nativeUpdate(Entity, { id }, { wrappedKey: null }));

/** A content that begins like a PDF; the words stand in it in the clear. */
export const pdf = (words = "Ada Moreno, 12 Alder Street"): Buffer => Buffer.from(`%PDF-1.7\n${words}\n%%EOF\n`);

/** A PDF of exactly so many bytes, none of which a compression would find easy. */
export function pdfOf(sizeBytes: number): Buffer {
  const bytes = Buffer.alloc(sizeBytes);
  for (let at = 0; at < sizeBytes; at += 1) bytes[at] = (at * 2_654_435_761) >>> 24;
  pdf("").copy(bytes);
  return bytes;
}

export const MEGABYTE = 1024 * 1024;

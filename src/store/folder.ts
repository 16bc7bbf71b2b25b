import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { DocumentStore } from "../document/document-store.js";
import { plusMs, systemClock, toInstant, type Clock } from "../kernel/instant.js";

const INCOMING = "incoming";

/** A put writes every few seconds while it lives: what has not been written to for so long has no owner. */
const STALE_MS = 60 * 60_000;

const ADDRESS = /^[0-9a-f]{64}$/;

/** Where an address lies: 256 folders keep each of them short. Nothing but an address becomes a path. */
function pathOf(root: string, address: string): string {
  if (!ADDRESS.test(address)) throw new Error("This is no address.");
  return join(root, address.slice(0, 2), address);
}

/** Makes what a folder says durable: which names it holds. Windows does that by itself, and lets nobody ask for it. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function writeDurably(path: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a folder for our eyes alone; a new one is known to the folder above it before anything lies in it. */
async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first) await syncFolder(dirname(first));
}

async function place(root: string, from: string, address: string): Promise<void> {
  const path = pathOf(root, address);
  await makeFolder(dirname(path));
  await rename(from, path);
  await syncFolder(dirname(path));
  await syncFolder(root);
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** When a file was last written to; null where it is gone meanwhile. */
const writtenAt = (path: string) =>
  stat(path).then(
    ({ mtime }) => toInstant(mtime),
    () => null,
  );

const namesIn = (path: string): Promise<string[]> => readdir(path).catch(() => []);

/**
 * Documents in a folder, one file each. Bytes are written beside, made durable and renamed: under an address lies a whole file or
 * none. Whatever file's name no row of the table `document` has as its address is an orphan, left by a crash between the file
 * and the row: nothing refers to it, nobody can open it without its entity, and it may be deleted.
 */
export function openFolder(root: string, clock: Clock = systemClock): DocumentStore {
  const incoming = join(root, INCOMING);
  return {
    put: async (sealed, addressOf) => {
      const temporary = join(incoming, randomUUID());
      await makeFolder(incoming);
      try {
        await writeDurably(temporary, sealed);
        const address = await addressOf();
        await place(root, temporary, address);
        return address;
      } finally {
        await rm(temporary, { force: true });
      }
    },
    get: (address) => createReadStream(pathOf(root, address)),
    has: (address) => exists(pathOf(root, address)),
    tidy: async () => {
      const limit = plusMs(clock(), -STALE_MS);
      const paths = (await namesIn(incoming)).map((name) => join(incoming, name));
      const written = await Promise.all(paths.map(writtenAt));
      const stale = paths.filter((_path, index) => (written[index] ?? limit) < limit);
      await Promise.all(stale.map((path) => rm(path, { force: true })));
      return stale.length;
    },
  };
}

import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { PAGE_HEADERS } from "./headers.js";
import type { Reply } from "./reply.js";

/** The files of a bundle by the path under which they are served. Nothing outside this list can be asked for. */
export type Bundle = ReadonlyMap<string, () => Promise<Reply>>;

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".ttf": "font/ttf",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
};

/** The bundler puts a hash of the content into the names of assets, so that they never change. */
const cachingOf = (path: string): string =>
  path.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache";

async function fileReply(file: string, path: string): Promise<Reply> {
  return {
    status: 200,
    headers: {
      ...PAGE_HEADERS,
      "content-type": TYPES[extname(path)] ?? "application/octet-stream",
      "cache-control": cachingOf(path),
    },
    body: await readFile(file),
  };
}

const isMissing = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "code" in error && error.code === "ENOENT";

/** Lists a bundle once. One that was not built is empty: its page is then not found, and everything else works. */
export async function openBundle(directory: string, prefix: string): Promise<Bundle> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const bundle = new Map<string, () => Promise<Reply>>();
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = join(entry.parentPath, entry.name);
    const path = relative(directory, file).split(sep).join("/");
    bundle.set(`${prefix}${path === "index.html" ? "" : path}`, () => fileReply(file, path));
  }
  return bundle;
}

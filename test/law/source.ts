import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "@swc/core";

/** The root of the repository. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What is made, installed or kept locally, and so is nobody's writing. */
const NOT_OURS: ReadonlySet<string> = new Set([".git", "node_modules", "dist", "coverage", ".data"]);

/** Every file below a folder, as paths from the root with forward slashes. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => !NOT_OURS.has(entry.name))
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return entry.isFile() ? [path] : [];
    })
    .toSorted();
}

export const textOf = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** One node of a syntax tree, looked at by shape alone. */
export interface Syntax {
  readonly type: string;
  readonly span?: { readonly start: number; readonly end: number };
  readonly [property: string]: unknown;
}

export const isSyntax = (value: unknown): value is Syntax =>
  typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";

/** The node that a property holds, if it is one. */
export function part(node: Syntax, property: string): Syntax | null {
  const value = node[property];
  return isSyntax(value) ? value : null;
}

function* within(value: unknown): Generator<Syntax> {
  if (typeof value !== "object" || value === null) return;
  if (isSyntax(value)) yield value;
  for (const inner of Object.values(value)) yield* within(inner);
}

/** Every node of a file's syntax tree, outer before inner. */
export function syntaxOf(path: string, text: string): Syntax[] {
  const tsx = path.endsWith("x");
  return [...within(parseSync(text, { syntax: "typescript", tsx, decorators: true, target: "es2023" }))];
}

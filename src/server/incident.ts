import { types } from "node:util";

/** The errors whose words are written by programmers alone: others may quote a row, a statement or a body. */
const PLAIN: ReadonlySet<string> = new Set(["Error", "TypeError", "RangeError", "ReferenceError", "AggregateError"]);

/** What the log keeps of a bug. */
export interface IncidentRecord {
  readonly name: string;
  readonly message: string | null;
  readonly code: string | null;
  readonly frames: readonly string[];
}

const codeOf = (error: Error): string | null =>
  "code" in error && typeof error.code === "string" && /^\w{1,60}$/.test(error.code) ? error.code : null;

const framesOf = (error: Error): string[] =>
  (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim());

/** What the log may say of a thrown thing: its kind, its code, where it was thrown; its words only where they carry no data. */
export function recordOf(thrown: unknown): IncidentRecord {
  if (!types.isNativeError(thrown)) return { name: typeof thrown, message: null, code: null, frames: [] };
  const plain = PLAIN.has(thrown.constructor.name);
  return {
    name: thrown.constructor.name,
    message: plain ? thrown.message : null,
    code: codeOf(thrown),
    frames: framesOf(thrown),
  };
}

import { createHash } from "node:crypto";
import type { Rows } from "../../kernel/reader.js";
import { keyOf, nameOf, pagesOf, textOf, type Key, type Row, type Span, type Table } from "./read-table.js";

/** What a table holds: so many rows, and the SHA-256 of all of them in the order of their key. */
export interface Content {
  readonly count: number;
  readonly digest: string;
}

/** The first key at which two tables are not the same, and what is wrong there with the second. */
export interface Difference {
  readonly key: Key;
  readonly fault: "MISSING" | "UNEXPECTED" | "ANOTHER";
}

/** A table of two databases. */
export interface Compared {
  readonly table: string;
  readonly source: Content;
  readonly target: Content;
  readonly difference: Difference | null;
}

interface Line {
  readonly key: Key;
  readonly text: string;
}

/** One side of a comparison: its lines come as they are wanted, and each is counted and hashed as it comes. */
interface Side {
  /** The next lines, from the first that has not been passed; none at the end. */
  readonly lines: () => Promise<readonly Line[]>;
  readonly pass: (count: number) => void;
  /** Reads what is left. */
  readonly content: () => Promise<Content>;
}

function sideOf(table: Table, pages: AsyncGenerator<readonly Row[]>): Side {
  const key = keyOf(table);
  const hash = createHash("sha256");
  let count = 0;
  let held: readonly Line[] = [];
  const read = async (): Promise<boolean> => {
    const next = await pages.next();
    if (next.done) return false;
    held = next.value.map((row) => ({ key: key(row), text: textOf(row) }));
    for (const { text } of held) hash.update(`${text}\n`);
    count += held.length;
    return true;
  };
  return {
    lines: async () => {
      if (held.length === 0) await read();
      return held;
    },
    pass: (passed) => (held = held.slice(passed)),
    content: async () => {
      while (await read());
      return { count, digest: hash.digest("hex") };
    },
  };
}

/** Texts by their bytes, as every database has them here; numbers as numbers. */
function isBefore(one: Key, other: Key): boolean {
  for (const [index, part] of one.entries()) {
    const against = other[index]!;
    if (part === against) continue;
    if (typeof part === "number") return part < Number(against);
    return Buffer.compare(Buffer.from(part), Buffer.from(String(against))) < 0;
  }
  return false;
}

function differenceOf(one: Line | undefined, other: Line | undefined): Difference | null {
  if (!one) return other ? { key: other.key, fault: "UNEXPECTED" } : null;
  if (!other || isBefore(one.key, other.key)) return { key: one.key, fault: "MISSING" };
  if (isBefore(other.key, one.key)) return { key: other.key, fault: "UNEXPECTED" };
  return { key: one.key, fault: "ANOTHER" };
}

/**
 * Reads a table of two databases side by side, and says what each holds, and where they first differ. Yields how many rows it has
 * read of the first; of either it holds a page.
 */
export async function* compareTable(
  table: Table,
  source: Rows,
  target: Rows,
  span: Span = {},
): AsyncGenerator<number, Compared> {
  const one = sideOf(table, pagesOf(source, table, span));
  const other = sideOf(table, pagesOf(target, table, { ...span, upTo: undefined }));
  let difference: Difference | null = null;
  while (!difference) {
    const [left, right] = await Promise.all([one.lines(), other.lines()]);
    const shared = Math.min(left.length, right.length);
    const place = left.slice(0, shared).findIndex(({ text }, index) => text !== right[index]!.text);
    if (place >= 0) difference = differenceOf(left[place], right[place]);
    else if (shared === 0) {
      difference = differenceOf(left[0], right[0]);
      break;
    }
    one.pass(shared);
    other.pass(shared);
    yield shared;
  }
  const [ours, theirs] = await Promise.all([one.content(), other.content()]);
  return { table: nameOf(table), source: ours, target: theirs, difference };
}

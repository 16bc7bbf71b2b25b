import { LRUCache } from "lru-cache";

/** A statement as PostgreSQL spells it, under the name by which each connection prepares it once. */
export interface Spelled {
  readonly text: string;
  /** Absent for texts that are too many to be kept by every connection, or are another one tomorrow. */
  readonly name?: string;
}

const PLACE = /'(?:[^']|'')*'|\bnot in \?\?|\bin \?\?|\?/g;

/** `?` becomes `$1`, `$2` …, and a list of texts one array; what stands in quotes is left alone. */
export function spelled(sql: string): string {
  let count = 0;
  return sql.replaceAll(PLACE, (found) => {
    if (found.startsWith("'")) return found;
    count += 1;
    if (found === "?") return `$${count}`;
    return found.startsWith("not") ? `<> all($${count}::text[])` : `= any($${count}::text[])`;
  });
}

/** So many statements are prepared by each connection. */
const NAMED = 500;

/** Beyond those, so many spellings are remembered. */
const REMEMBERED = 2_000;

/** A day within a text. */
const DAY = /'\d{4}-\d\d-\d\d'/;

export interface Spell {
  (sql: string): Spelled;
  /** Gives a statement another name, so that every connection prepares it anew; once, however many connections found it outdated. */
  rename(sql: string, outdated: Spelled): void;
}

/** Spells statements, and names the first of them. */
export function createSpelling(): Spell {
  const named = new Map<string, Spelled>();
  const others = new LRUCache<string, Spelled>({ max: REMEMBERED });
  let renamed = 0;
  const rename = (sql: string, outdated: Spelled): void => {
    if (named.get(sql) !== outdated) return;
    renamed += 1;
    named.set(sql, { ...outdated, name: `attestry_again_${renamed}` });
  };
  const spell = (sql: string): Spelled => {
    const known = named.get(sql) ?? others.get(sql);
    if (known) return known;
    const text = spelled(sql);
    if (named.size < NAMED && !DAY.test(sql)) {
      const one = { text, name: `attestry_${named.size}` };
      named.set(sql, one);
      return one;
    }
    const one = { text };
    others.set(sql, one);
    return one;
  };
  return Object.assign(spell, { rename });
}

import type { Rows } from "../../src/kernel/reader.js";

/** Of no account for a plan: which values a statement is given. */
const valuesFor = (sql: string): (string | readonly string[])[] =>
  [...sql.replaceAll(/'(?:[^']|'')*'/g, "''").matchAll(/in \?\?|\?/g)].map(([place]) => (place === "?" ? "" : []));

/** What a table is called within a statement. */
function tablesBehind(sql: string, tables: ReadonlySet<string>): ReadonlyMap<string, string> {
  const named = new Map([...tables].map((table) => [table, table]));
  for (const [, table, alias] of sql.matchAll(/\b(?:from|join|update|into) `?(\w+)`?(?: (?:as )?`?(\w+)`?)?/g))
    if (table && alias && tables.has(table)) named.set(alias, table);
  return named;
}

/** Tables of which one participant may have as many rows as there are people. */
const GROWING: ReadonlySet<string> = new Set([
  "registration",
  "verification",
  "standing",
  "member",
  "event",
  "attestation",
]);

/** What a step of a plan reads from end to end: a table, or all that one participant has of it. */
function readWhole(detail: string, behind: ReadonlyMap<string, string>): string[] {
  const [, how, name = ""] = /^(SCAN|SEARCH) (\w+)/.exec(detail) ?? [];
  const table = behind.get(name);
  if (!table) return [];
  if (how === "SCAN") return [table];
  return GROWING.has(table) && detail.endsWith("(participant_id=?)") ? [`${table} of a participant`] : [];
}

/**
 * The statements that read a table from end to end, or all that a participant has of one, each with what it reads so. A list that ends
 * after a page may begin wherever its index does.
 */
export async function fullScans(rows: Rows, statements: readonly string[]): Promise<string[]> {
  const names = await rows<{ name: string }>("select name from sqlite_master where type = 'table'");
  const tables = new Set(names.map(({ name }) => name));
  const found: string[] = [];
  for (const sql of new Set(statements)) {
    if (!/^\s*(?:select|with|update|delete)\b/.test(sql)) continue;
    const plan = await rows<{ detail: string }>(`explain query plan ${sql}`, valuesFor(sql));
    const behind = tablesBehind(sql, tables);
    const paged = sql.endsWith(" order by t.id desc limit ?");
    const scanned = paged ? [] : plan.flatMap(({ detail }) => readWhole(detail, behind));
    if (scanned.length > 0) found.push(`${scanned.join(", ")}: ${sql.replaceAll(/\s+/g, " ")}`);
  }
  return found;
}

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

/** The statements that read one of our tables from end to end, each with what it reads so. */
export async function fullScans(rows: Rows, statements: readonly string[]): Promise<string[]> {
  const names = await rows<{ name: string }>("select name from sqlite_master where type = 'table'");
  const tables = new Set(names.map(({ name }) => name));
  const found: string[] = [];
  for (const sql of new Set(statements)) {
    if (!/^\s*(?:select|with|update|delete)\b/.test(sql)) continue;
    const plan = await rows<{ detail: string }>(`explain query plan ${sql}`, valuesFor(sql));
    const behind = tablesBehind(sql, tables);
    const scanned = plan.flatMap(({ detail }) => behind.get(/^SCAN (\w+)/.exec(detail)?.[1] ?? "") ?? []);
    if (scanned.length > 0) found.push(`${scanned.join(", ")}: ${sql.replaceAll(/\s+/g, " ")}`);
  }
  return found;
}

import { isDeepStrictEqual } from "node:util";
import type { App } from "../../src/app.js";
import { tableNames } from "./database.js";

/** What asking costs is counted on whatever comes of it: that is nothing that is stored about anybody. */
const COUNTED_ALONG = "cost_budget";

/** Every row of every table: two worlds are the same where this is the same. */
export async function stored({ store }: Pick<App, "store">): Promise<Readonly<Record<string, readonly object[]>>> {
  const tables = (await store.rows<{ name: string }>(tableNames())).filter(({ name }) => name !== COUNTED_ALONG);
  const rows = await Promise.all(tables.map(({ name }) => store.rows(`select * from ${name} order by 1, 2`)));
  return Object.fromEntries(tables.map(({ name }, index) => [name, rows[index] ?? []]));
}

/** What some work came to, and the tables that are not as they were before it. */
export async function changedBy<Result>(
  app: Pick<App, "store">,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly changed: readonly string[] }> {
  const before = await stored(app);
  const result = await work();
  const after = await stored(app);
  return { result, changed: Object.keys(after).filter((name) => !isDeepStrictEqual(before[name], after[name])) };
}

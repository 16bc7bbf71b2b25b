import type { App } from "../../src/app.js";

/** Every row of every table: two worlds are the same where this is the same. */
export async function stored({ store }: Pick<App, "store">): Promise<Readonly<Record<string, readonly object[]>>> {
  const tables = await store.rows<{ name: string }>(
    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name",
  );
  const rows = await Promise.all(tables.map(({ name }) => store.rows(`select * from ${name} order by 1, 2`)));
  return Object.fromEntries(tables.map(({ name }, index) => [name, rows[index] ?? []]));
}

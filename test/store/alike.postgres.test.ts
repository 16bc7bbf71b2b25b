import { join } from "node:path";
import { tmpdir } from "node:os";
import { mkdtempSync, rmSync } from "node:fs";
import { openStore } from "../../src/store/open.js";
import { testApp } from "../support/app.js";
import { TABLES_ALONE } from "../support/database.js";
import { shapeOf } from "../support/shape.js";

/** What PostgreSQL needs besides: there many append at once, and say so first; and gateways hold things in common. */
const POSTGRES_ALONE = ["trigger event_is_announced", ...TABLES_ALONE.map((name) => `table ${name}`)];

describe("the migrations of both databases", () => {
  it("come to the same tables, columns, keys, references, indexes, triggers and views", async () => {
    const folder = mkdtempSync(join(tmpdir(), "attestry-alike-"));
    await using test = await testApp();
    const sqlite = await openStore({
      databaseUrl: `sqlite:${join(folder, "alike.sqlite")}`,
      databasePoolSize: 2,
      statementMs: 1_000,
    });
    try {
      await sqlite.migrate();
      const postgres = await shapeOf(test.app.store.rows, "postgres");
      expect(postgres.filter((line) => !POSTGRES_ALONE.includes(line))).toEqual(await shapeOf(sqlite.rows, "sqlite"));
      expect(postgres).toEqual(expect.arrayContaining(POSTGRES_ALONE));
      expect(postgres.length).toBeGreaterThan(300);
    } finally {
      await sqlite.close();
      rmSync(folder, { recursive: true });
    }
  });

  it("sort every text by its bytes on PostgreSQL, as SQLite does", async () => {
    await using test = await testApp();
    const others = await test.app.store.rows(
      `select attrelid::regclass::text as "table", attname as "column" from pg_attribute
        where attrelid in (select oid from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not like 'mikro_orm_%')
          and atttypid = 'text'::regtype and attcollation <> '"C"'::regcollation`,
    );
    expect(others).toEqual([]);
  });
});

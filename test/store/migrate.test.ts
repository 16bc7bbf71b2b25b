import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createApp } from "../../src/app.js";
import { TABLES } from "../../src/store/tables.js";
import { testApp, type TestApp } from "../support/app.js";
import {
  ALL_KINDS,
  countOf,
  givenConsent,
  givenFurnished,
  givenParty,
  givenRegistered,
  givenWorld,
  record,
} from "../support/given.js";

const FOLDER = fileURLToPath(new URL("../../src/migration", import.meta.url));

/** The files beside the migrations, with what is in them. */
const migrationFiles = (): Record<string, string> =>
  Object.fromEntries(readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), "utf8")]));

const NAMES = TABLES.map(({ meta }) => meta.tableName).toSorted();

/** The tables, indexes and triggers that a database has, but for SQLite's own and the list of migrations. */
async function shapeOf({ app }: Pick<TestApp, "app">): Promise<{ type: string; name: string; sql: string }[]> {
  return app.store.rows(
    `select type, name, sql from sqlite_schema where sql is not null and name not like 'sqlite_%' and name not like 'mikro_orm_%' order by type, name`,
  );
}

const tablesOf = async (test: Pick<TestApp, "app">): Promise<string[]> =>
  (await shapeOf(test)).filter(({ type }) => type === "table").map(({ name }) => name);

describe("migrate", () => {
  it("makes every table, and the second time has nothing to do", async () => {
    await using test = await testApp();
    expect(await tablesOf(test)).toEqual(NAMES);
    expect(await test.app.store.migrate()).toEqual([]);
  });

  it("leaves no difference between the tables and what the code says of them", async () => {
    await using test = await testApp();
    expect(await test.app.store.orm.schema.getUpdateSchemaSQL()).toBe("");
  });

  it("goes down to nothing and up again to the same, also where there is data", async () => {
    await using world = await givenWorld();
    const { vendor, fintech, network } = world;
    await givenFurnished(vendor, [network], [record(ALL_KINDS)]);
    await givenRegistered(fintech);
    await givenConsent(fintech, network);
    const before = await shapeOf(world);
    await world.app.store.orm.migrator.down({ to: 0 });
    expect(await shapeOf(world)).toEqual([]);
    expect((await world.app.store.migrate()).length).toBeGreaterThan(0);
    expect(await shapeOf(world)).toEqual(before);
    expect(await countOf(world, "attestation")).toBe(0);
    await givenParty(world, "A new beginning");
  });

  it("writes to the database alone: an installation may be read-only", async () => {
    const before = migrationFiles();
    await using test = await testApp();
    await test.app.store.orm.migrator.down({ to: 0 });
    await test.app.store.migrate();
    expect(migrationFiles()).toEqual(before);
  });

  it("leaves what is there as it was", async () => {
    await using test = await testApp();
    await givenRegistered(await givenParty(test, "Bank"));
    const before = await test.app.store.rows("select * from registration");
    await using again = await createApp({ ...test.app.config, logLevel: "silent" });
    await again.store.migrate();
    expect(await again.store.rows("select * from registration")).toEqual(before);
  });
});

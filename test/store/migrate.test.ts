import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createApp } from "../../src/app.js";
import { TABLES } from "../../src/store/tables.js";
import { testApp, type TestApp } from "../support/app.js";
import { ON, TABLES_ALONE, tableNames } from "../support/database.js";
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
import { shapeOf } from "../support/shape.js";

const FOLDER = fileURLToPath(new URL(`../../src/migration/${ON}`, import.meta.url));

/** The files beside the migrations, with what is in them. */
const migrationFiles = (): Record<string, string> =>
  Object.fromEntries(readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), "utf8")]));

const NAMES = [...TABLES.map(({ meta }) => meta.tableName), ...TABLES_ALONE].toSorted();

const tablesOf = ({ app }: Pick<TestApp, "app">): Promise<{ name: string }[]> => app.store.rows(tableNames());

/** The ORM knows nothing of where the log is settled, how cost is drawn or who writes standings, and reads a condition of a trigger back in other words. */
const BEYOND_THE_ORM =
  /log_head|draw_cost|event_is_announced|registration_has_standing|attestation_statement_is_immutable|set names|^\s*when \(/;

describe("migrate", () => {
  it("makes every table, and the second time has nothing to do", async () => {
    await using test = await testApp();
    expect((await tablesOf(test)).map(({ name }) => name)).toEqual(NAMES);
    expect(await test.app.store.migrate()).toEqual([]);
  });

  it("leaves no difference between the tables and what the code says of them", async () => {
    await using test = await testApp();
    const differences = await test.app.store.orm.schema.getUpdateSchemaSQL();
    expect(differences.split("\n").filter((line) => line.trim() && !BEYOND_THE_ORM.test(line))).toEqual([]);
  });

  it("goes down to nothing and up again to the same, also where there is data", async () => {
    await using world = await givenWorld();
    const { vendor, fintech, network } = world;
    await givenFurnished(vendor, [network], [record(ALL_KINDS)]);
    await givenRegistered(fintech);
    await givenConsent(fintech, network);
    const before = await shapeOf(world.app.store.rows);
    await world.app.store.orm.migrator.down({ to: 0 });
    expect(await shapeOf(world.app.store.rows)).toEqual([]);
    expect((await world.app.store.migrate()).length).toBeGreaterThan(0);
    expect(await shapeOf(world.app.store.rows)).toEqual(before);
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

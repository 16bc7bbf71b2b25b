import type { Migration } from "@mikro-orm/migrations";
import { Migration as BaseMigration } from "@mikro-orm/migrations";
import { MikroORM } from "@mikro-orm/postgresql";
import pg from "pg";
import { OPERATOR } from "../../src/kernel/actor.js";
import { migrating } from "../../src/store/postgres/migrating.js";
import { postgresConfig } from "../../src/store/postgres/postgres.js";
import { testApp, type TestApp } from "../support/app.js";
import { givenParty } from "../support/given.js";
import { soon, until } from "../support/soon.js";

const STORY_MS = 60_000;

const COLUMN = "alter table participant add column motto text null";

class AddsColumn extends BaseMigration {
  override up(): void {
    this.addSql(COLUMN);
  }
}

class AddsIndex extends BaseMigration {
  override isTransactional(): boolean {
    return false;
  }
  override up(): void {
    this.addSql("set lock_timeout = 0");
    this.addSql("create index concurrently participant_created_at_index on participant (created_at)");
  }
}

type Kind = new (...args: ConstructorParameters<typeof BaseMigration>) => Migration;

/** Runs one migration more, as a process of the next version does. */
function migrated({ app }: TestApp, kind: Kind): Promise<string[]> {
  const url = app.config.databaseUrl;
  return migrating(
    url,
    (dialect) => {
      const config = postgresConfig(url, dialect);
      const migrationsList = [{ class: kind, name: kind.name }];
      return MikroORM.init({ ...config, migrations: { ...config.migrations, migrationsList } });
    },
    (migrator) => migrator.up(),
  );
}

/** Somebody at the database, past any gateway. */
async function givenClient({ app }: TestApp): Promise<pg.Client & AsyncDisposable> {
  const client = new pg.Client(app.config.databaseUrl);
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}

/** Asks so often at once that several connections have prepared the statement. */
const namesRead = ({ app }: TestApp): Promise<unknown[]> =>
  Promise.all(Array.from({ length: 6 }, () => app.store.rows("select name from participant")));

const namesReadInWrites = ({ app }: TestApp): Promise<unknown[]> =>
  Promise.all(
    Array.from({ length: 6 }, () => app.commitAs(OPERATOR)((write) => write.rows("select name from participant"))),
  );

describe("a migration beside gateways that go on", () => {
  it("lets them read and write what they had prepared before a column became another type", async () => {
    await using test = await testApp();
    await givenParty(test, "Bank");
    await namesRead(test);
    await namesReadInWrites(test);
    await using client = await givenClient(test);
    await client.query(`alter table participant alter column name type varchar(200) collate "C"`);
    expect(await namesReadInWrites(test)).toEqual(Array.from({ length: 6 }, () => [{ name: "Bank" }]));
    expect(await namesRead(test)).toEqual(Array.from({ length: 6 }, () => [{ name: "Bank" }]));
    await client.query(`alter table participant alter column name type text collate "C"`);
    expect(await namesRead(test)).toEqual(Array.from({ length: 6 }, () => [{ name: "Bank" }]));
  });

  it(
    "waits for a table that is in use without making everybody else wait behind it",
    async () => {
      await using test = await testApp();
      await using reader = await givenClient(test);
      await using watcher = await givenClient(test);
      await reader.query("begin; select name from participant");
      const migration = migrated(test, AddsColumn);
      await until(
        async () => {
          const waiting = "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like $1";
          return (await watcher.query(waiting, [`${COLUMN}%`])).rows.length > 0;
        },
        () => "the migration to wait for the table",
      );
      const read = test.app.store.rows("select name from participant");
      expect(await soon(read, () => "a read beside the migration that waits")).toEqual([]);
      await reader.query("commit");
      expect(await migration).toEqual([AddsColumn.name]);
    },
    STORY_MS,
  );

  it(
    "makes an index while others look whether it is done",
    async () => {
      await using test = await testApp();
      const both = await soon(
        Promise.all([migrated(test, AddsIndex), migrated(test, AddsIndex)]),
        () => "both to be done",
        STORY_MS / 2,
      );
      expect(both.toSorted()).toEqual([[], [AddsIndex.name]]);
      expect(
        await test.app.store.rows(
          "select indisvalid as valid from pg_index where indexrelid = 'participant_created_at_index'::regclass",
        ),
      ).toEqual([{ valid: true }]);
    },
    STORY_MS,
  );
});

import pg from "pg";
import { givenRegistered, givenWorld } from "../support/given.js";
import { until } from "../support/soon.js";

const STORY_MS = 60_000;

/** Takes back the indexes and what was filled in, and leaves the column and the trigger: as the second of three migrations finds it. */
const MIGRATIONS_BACK = 2;

describe("the migration that fills in standings", () => {
  it(
    "waits for a gateway of the version before that writes one meanwhile, and gives it its type",
    async () => {
      await using world = await givenWorld();
      const { app, fintech } = world;
      const ada = await givenRegistered(fintech);
      for (let count = 0; count < MIGRATIONS_BACK; count += 1) await app.store.takeBack();
      const old = new pg.Client(app.config.databaseUrl);
      const watcher = new pg.Client(app.config.databaseUrl);
      await Promise.all([old.connect(), watcher.connect()]);
      try {
        await old.query("delete from standing");
        await old.query("begin");
        await old.query(
          "insert into standing (participant_id, entity_id, own_status, status, updated_at) values ($1, $2, 'PENDING', 'PENDING', '')",
          [fintech.id, ada],
        );
        const migrated = app.store.migrate();
        await until(
          async () => {
            const waiting = "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like 'do %'";
            return (await watcher.query(waiting)).rows.length > 0;
          },
          () => "the migration to wait for the row",
        );
        await old.query("commit");
        expect(await migrated).toHaveLength(MIGRATIONS_BACK);
        expect(await app.store.rows("select status, entity_type from standing")).toEqual([
          { status: "PENDING", entity_type: "INDIVIDUAL" },
        ]);
      } finally {
        await Promise.all([old.end(), watcher.end()]);
      }
    },
    STORY_MS,
  );
});

import Database from "better-sqlite3";
import { createApp } from "../../src/app.js";
import { sqlitePathOf } from "../../src/store/open.js";
import { audited, faultsIn } from "../support/audited.js";
import { placeBeside } from "../support/database.js";
import { givenWorld } from "../support/given.js";
import { givenPerson } from "../client/told.js";

describe("a file that is backed up by `vacuum into` while it is written to", () => {
  it("is whole in the copy, with whatever was acknowledged before", async () => {
    await using world = await givenWorld();
    const { app, bank } = world;
    const from = sqlitePathOf(app.config.databaseUrl)!;
    const to = `${placeBeside()}.sqlite`;
    for (let number = 1; number <= 20; number += 1) await givenPerson(bank, number);
    const writing = Promise.all([21, 22, 23, 24].map((number) => givenPerson(bank, number)));
    const beside = new Database(from);
    beside.prepare("vacuum into ?").run(to);
    beside.close();
    await writing;
    await using copy = await createApp({ ...app.config, databaseUrl: `sqlite:${to}` });
    const rows = await copy.store.rows<{ handle: string }>("select handle from registration");
    const handles = new Set(rows.map(({ handle }) => handle));
    for (let number = 1; number <= 20; number += 1) expect(handles).toContain(`person-${number}`);
    expect(await copy.store.rows("pragma integrity_check")).toEqual([{ integrity_check: "ok" }]);
    expect(await copy.store.migrate()).toEqual([]);
    expect(faultsIn(await audited({ app: copy }))).toEqual([]);
  });
});

import Database from "better-sqlite3";
import { OPERATOR } from "../../src/kernel/actor.js";
import type { Writer } from "../../src/kernel/reader.js";
import { createParticipant } from "../../src/network/create.js";
import { sqlitePathOf } from "../../src/store/open.js";
import { testApp, type TestApp } from "../support/app.js";
import { countOf } from "../support/given.js";

const operate = <Result>({ app }: TestApp, work: (write: Writer) => Promise<Result>): Promise<Result> =>
  app.commitAs(OPERATOR)(work);

describe("commit on SQLite", () => {
  it("waits for whoever else writes, without holding up anything else of the process", async () => {
    await using test = await testApp();
    const other = new Database(sqlitePathOf(test.app.config.databaseUrl)!);
    other.exec("begin immediate");
    const written = operate(test, (write) => createParticipant(write, "Bank"));
    // A read of the same process is answered meanwhile.
    expect(await countOf(test, "participant")).toBe(0);
    other.exec("commit");
    other.close();
    await written;
    expect(await countOf(test, "participant")).toBe(1);
  });

  it("holds the lock from its first moment, also while it only reads", async () => {
    await using test = await testApp();
    using other = new Disposable(test);
    await operate(test, async (write) => {
      await write.rows("select 1");
      expect(() => other.database.exec("begin immediate")).toThrow(/locked/);
    });
    other.database.exec("begin immediate; rollback");
  });
});

/** A second connection to the database of a test, which waits for nobody. */
class Disposable {
  readonly database: Database.Database;

  constructor({ app }: TestApp) {
    this.database = new Database(sqlitePathOf(app.config.databaseUrl)!, { timeout: 0 });
  }

  [Symbol.dispose](): void {
    this.database.close();
  }
}

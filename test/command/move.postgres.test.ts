import { join } from "node:path";
import pg from "pg";
import { tamper } from "../support/moved.js";
import { emptyDatabase, giveBack } from "../support/database.js";
import { SECRETS, givenDesk, type Desk } from "./attestry.js";

const SOURCE = "sqlite:attestry.sqlite";
const ON_SOURCE = { ...SECRETS, DATABASE_URL: SOURCE, PORT: "0" };

const STORY_MS = 120_000;

const FROM = ["move", "--from", SOURCE] as const;

async function givenInstalled(desk: Desk): Promise<void> {
  await desk.run("migrate");
  await desk.run("participant", "create", "First Harbor Bank");
  await desk.run("network", "create", "Harbor Exchange", "--price", "2.50");
}

/** Changes a target past everything that guards it. */
async function operate(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql);
  await client.end();
}

describe("attestry move", () => {
  it(
    "refuses what it cannot move, or cannot move into, in one line",
    async () => {
      using desk = givenDesk(ON_SOURCE);
      const wrong: readonly (readonly [RegExp, readonly string[]])[] = [
        [/^--from must be sqlite:/, ["move", "--from", "attestry.sqlite"]],
        [/^There is no file nowhere\.sqlite/, ["move", "--from", "sqlite:nowhere.sqlite"]],
      ];
      for (const [message, args] of wrong) {
        const { code, out, err } = await desk.run(...args);
        expect({ code, out, lines: err.trimEnd().split("\n").length }).toEqual({ code: 1, out: "", lines: 1 });
        expect(err).toMatch(message);
      }
      await desk.run("migrate");
      const { code, err } = await desk.run(...FROM);
      expect([code, err]).toEqual([1, "The target must be PostgreSQL: give --to, or set DATABASE_URL.\n"]);
      const released = await desk.run(...FROM, "--release");
      expect([released.code, released.err]).toEqual([1, "This file is not marked as moved: nothing to release.\n"]);
    },
    STORY_MS,
  );
});

describe("attestry move into PostgreSQL", () => {
  it(
    "moves, closes the source, and opens it again where it is told to",
    async () => {
      const url = await emptyDatabase();
      using desk = givenDesk(ON_SOURCE);
      await givenInstalled(desk);
      const { code, out, err } = await desk.run(...FROM, "--to", url);
      expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining("is marked as moved") });
      expect(err).toMatch(/DOCUMENTS_FOLDER=.*documents/);
      const lines = out.trimEnd().split("\n");
      expect(lines).toHaveLength(35);
      expect(lines).toContainEqual(expect.stringMatching(/^participant +1 {2}[0-9a-f]{64}$/));
      for (const args of [["start"], ["participant", "list"], ["participant", "create", "Late"]]) {
        const refused = await desk.run(...args);
        expect({ code: refused.code, err: refused.err }).toEqual({
          code: 1,
          err: expect.stringMatching(/^This installation was moved to PostgreSQL on .+\n$/),
        });
      }
      expect((await desk.run(...FROM, "--release")).code).toBe(0);
      expect((await desk.run("participant", "create", "Late")).code).toBe(0);
      await giveBack(url);
    },
    STORY_MS,
  );

  it(
    "compares alone with --verify, and ends with 2 where something differs",
    async () => {
      const url = await emptyDatabase();
      using desk = givenDesk(ON_SOURCE);
      await givenInstalled(desk);
      expect((await desk.run(...FROM, "--to", url, "--verify")).err).toContain("run `attestry migrate` first");
      await desk.run(...FROM, "--to", url);
      expect((await desk.run(...FROM, "--to", url, "--verify")).code).toBe(0);
      await operate(url, "update participant set name = 'Another'");
      const { code, err } = await desk.run(...FROM, "--to", url, "--verify");
      expect(code).toBe(2);
      expect(err).toMatch(/^participant differs: par_\w+ is another row in the target/m);
      await giveBack(url);
    },
    STORY_MS,
  );

  it(
    "refuses a source that a gateway has open, and a database that is not there, in one line",
    async () => {
      const url = await emptyDatabase();
      using desk = givenDesk(ON_SOURCE);
      await givenInstalled(desk);
      {
        await using gateway = desk.start("start");
        await gateway.line(/listening/);
        const { code, err } = await desk.run(...FROM, "--to", url);
        expect([code, err]).toEqual([
          1,
          "Somebody has attestry.sqlite open: stop every gateway, worker and command on it first.\n",
        ]);
      }
      const { code, err } = await desk.run(...FROM, "--to", `${url}_nowhere`);
      expect([code, err]).toEqual([1, expect.stringMatching(/^database "\w+_nowhere" does not exist\n$/)]);
      expect((await desk.run(...FROM, "--to", url)).code).toBe(0);
      await giveBack(url);
    },
    STORY_MS,
  );

  it(
    "lets nobody start on a target before it is whole",
    async () => {
      const url = await emptyDatabase();
      using desk = givenDesk(ON_SOURCE);
      await givenInstalled(desk);
      tamper({ path: join(desk.folder, "attestry.sqlite") }, "update network set name = name || char(0) || 'x'");
      const cut = await desk.run(...FROM, "--to", url);
      expect([cut.code, cut.err]).toEqual([1, expect.stringMatching(/^The row net_\w+ of network holds .+\n$/)]);
      using other = givenDesk({ ...ON_SOURCE, DATABASE_URL: url });
      const { code, err } = await other.run("start");
      expect([code, err]).toEqual([
        1,
        "A move into this database has not come to its end: run the same `attestry move` again.\n",
      ]);
      await giveBack(url);
    },
    STORY_MS,
  );
});

import { createApp, type App } from "../../src/app.js";
import { openFacts } from "../../src/entity/identity.js";
import type { Config } from "../../src/config.js";
import type { Id } from "../../src/kernel/id.js";
import { testApp } from "../support/app.js";
import { onPostgres } from "../support/database.js";
import { countOf, givenParty } from "../support/given.js";
import { runBeside } from "../support/process.js";
import { until } from "../support/soon.js";

/** A closed database with one participant. */
async function given(): Promise<{ config: Config; participantId: Id<"par"> }> {
  await using test = await testApp({ environment: { LOG_LEVEL: "silent" }, kept: true });
  return { config: test.app.config, participantId: (await givenParty(test, "Bank")).id };
}

/** A server may still be ending what a process that was killed had asked of it. */
const alone = ({ store }: App): Promise<void> =>
  until(
    async () => !onPostgres || (await store.rows(OTHERS)).length === 0,
    () => "what was asked before the kill to end",
  );

const OTHERS = `select 1 from pg_stat_activity where datname = current_database() and backend_xid is not null`;

type Row = { handle: string; id: Id<"ent">; wrappedKey: string; sealedFacts: string };

const ROWS = `select r.handle, e.id, e.wrapped_key as "wrappedKey", r.sealed_facts as "sealedFacts"
                from registration r join entity e on e.id = r.entity_id`;

describe("a gateway that is killed", () => {
  it.each([1, 20, 60])("has kept everything that it acknowledged, killed after %d acknowledgements", async (count) => {
    const { config, participantId } = await given();
    await using beside = runBeside(config, "registrar.ts", [participantId, "h", 100_000, 4]);
    await beside.printed(1);
    beside.tell("go");
    await beside.printed(1 + count);
    await beside.kill();
    await using app = await createApp(config);
    const kept = new Map((await app.store.rows<Row>(ROWS)).map((row) => [row.handle, row]));
    const acknowledged = beside.lines.slice(1).map((line) => line.split(" "));
    expect(acknowledged.length).toBeGreaterThanOrEqual(count);
    expect(acknowledged.filter(([handle, id]) => kept.get(handle!)?.id !== id)).toEqual([]);
    for (const row of kept.values()) expect(openFacts(app.vault, row, row)).toMatchObject({ firstName: "Ada" });
  });

  it("has done nothing by halves, and goes on where it was", async () => {
    const { config, participantId } = await given();
    await using beside = runBeside(config, "registrar.ts", [participantId, "h", 100_000, 8]);
    await beside.printed(1);
    beside.tell("go");
    await beside.printed(30);
    await beside.kill();
    await using app = await createApp(config);
    await alone(app);
    if (!onPostgres) {
      expect(await app.store.rows("pragma integrity_check")).toEqual([{ integrity_check: "ok" }]);
      expect(await app.store.rows("pragma foreign_key_check")).toEqual([]);
    }
    const counts = await Promise.all(["entity", "registration", "event"].map((table) => countOf({ app }, table)));
    expect(new Set(counts).size).toBe(1);
    await using again = runBeside(config, "registrar.ts", [participantId, "h", 40, 8]);
    again.tell("go");
    expect(await again.ended).toEqual({ code: 0, complaint: "" });
    expect(await countOf({ app }, "registration")).toBe(Math.max(counts[0]!, 40));
  });
});

describe("two gateways on one database", () => {
  it("make one entity of a person whom both first name fifty times at once", async () => {
    const { config, participantId } = await given();
    await using one = runBeside(config, "registrar.ts", [participantId, "a", 50, 50, "same"]);
    await using other = runBeside(config, "registrar.ts", [participantId, "b", 50, 50, "same"]);
    const both = [one, other];
    await Promise.all(both.map((beside) => beside.printed(1)));
    for (const beside of both) beside.tell("go");
    expect(await Promise.all(both.map((beside) => beside.ended))).toEqual([
      { code: 0, complaint: "" },
      { code: 0, complaint: "" },
    ]);
    const entities = both.flatMap(({ lines }) => lines.slice(1).map((line) => line.split(" ")[1]));
    expect([entities.length, new Set(entities).size]).toEqual([100, 1]);
    await using app = await createApp(config);
    expect([
      await countOf({ app }, "entity"),
      await countOf({ app }, "registration"),
      await countOf({ app }, "event"),
    ]).toEqual([1, 100, 100]);
  });

  it("see at once what the other has committed", async () => {
    await using test = await testApp();
    const { id } = await givenParty(test, "Bank");
    await using beside = runBeside(test.app.config, "registrar.ts", [id, "h", 1, 1]);
    beside.tell("go");
    await beside.printed(2);
    expect(await countOf(test, "registration")).toBe(1);
    expect((await beside.ended).code).toBe(0);
  });
});

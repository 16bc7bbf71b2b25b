import { readFileSync, readdirSync } from "node:fs";
import type { App } from "../../src/app.js";
import { furnish } from "../../src/attestation/furnish.js";
import { queryCertificate } from "../../src/certificate/query.js";
import { publicKeys, verifyCertificate } from "../../src/certificate/sign.js";
import { registerIndividual } from "../../src/entity/register.js";
import { append } from "../../src/event/append.js";
import { readEvents } from "../../src/event/read.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import type { Id } from "../../src/kernel/id.js";
import { createParticipant } from "../../src/network/create.js";
import { createVault } from "../../src/kernel/seal.js";
import { compareAll, isSame, type Moving } from "../../src/store/move/move.js";
import { openStill } from "../../src/store/sqlite.js";
import { NOON, type TestApp } from "../support/app.js";
import { ask } from "../support/ask.js";
import { actorOf, individual, record } from "../support/given.js";
import {
  contentOf,
  givenSource,
  givenTarget,
  moved,
  withSource,
  outcomeOf,
  tamper,
  type Source,
} from "../support/moved.js";
import { runBeside } from "../support/process.js";
import { refusal } from "../support/refusal.js";

const STORY_MS = 60_000;

const FINTECH = "Paperboat Pay";

/** A participant of the demo by its name. */
async function idOf({ store }: Pick<App, "store">, name: string): Promise<Id<"par">> {
  const [row] = await store.rows<{ id: Id<"par"> }>("select id from participant where name = ?", [name]);
  return row!.id;
}

const OPERATIONS = new URL("../../schema/operations/", import.meta.url);

/** The example queries, with whoever asks them. */
const QUERIES = readdirSync(OPERATIONS)
  .filter((name) => name.endsWith(".graphql"))
  .flatMap((name) => {
    const query = readFileSync(new URL(name, OPERATIONS), "utf8");
    const as = /^# as: (.+)$/m.exec(query)?.[1] ?? "";
    return /^query /m.test(query) ? [{ query, as }] : [];
  });

/** What a gateway on a database answers to each of them. */
async function answersOf(app: App, { keys }: Source): Promise<object[]> {
  const server = await app.listen();
  try {
    const tokens = new Map(keys.map(({ name, token }) => [name, token]));
    return await Promise.all(QUERIES.map(({ query, as }) => ask(server, tokens.get(as) ?? null, query)));
  } finally {
    await server.close();
  }
}

const eventsOf = async (app: App, after: string | null, first: number) => {
  const actor = actorOf(await idOf(app, FINTECH));
  const { events } = await readEvents(app.context(actor).read, after, { types: null, entityIds: null }, first);
  return events;
};

/** Appends one event to the log of the fintech. */
const registered = async (app: App, handle: string): Promise<void> => {
  const commit = app.commitAs(actorOf(await idOf(app, FINTECH)));
  await commit((write) => registerIndividual(write, individual({ handle })));
};

describe("move", () => {
  it("copies every row of every table as it is", async () => {
    await using target = await givenTarget();
    const source = await givenSource(target);
    const before = await withSource(source, contentOf);
    const compared = await moved(source, target);
    expect(await contentOf(target.app)).toEqual(before);
    expect(compared.filter((each) => !isSame(each))).toEqual([]);
    expect(compared.map(({ table, target: { count } }) => [table, count])).toEqual(
      Object.entries(before).map(([table, rows]) => [table, rows.length]),
    );
  });

  it("leaves every answer as it was", async () => {
    await using target = await givenTarget();
    const source = await givenSource(target);
    const before = await withSource(source, (app) => answersOf(app, source));
    await moved(source, target);
    expect(await answersOf(target.app, source)).toEqual(before);
    expect(before.filter((answer) => !("errors" in answer)).length).toBeGreaterThan(5);
  });

  it("lets a certificate be queried that verifies by the keys from before", async () => {
    await using target = await givenTarget();
    const source = await givenSource(target);
    const keys = await withSource(source, ({ store }) => publicKeys(store.rows));
    await moved(source, target);
    const { app } = target;
    const [consent] = await app.store.rows<{ id: string; networkId: string }>(
      `select c.id, c.network_id as "networkId" from consent c join registration r on r.entity_id = c.entity_id
        where r.handle = 'ada' and c.participant_id = ?`,
      [await idOf(app, FINTECH)],
    );
    const asked = { consentId: consent!.id, networkIds: [consent!.networkId], product: "KYC" as const };
    const { queryEventId } = await app.commitAs(actorOf(await idOf(app, FINTECH)))((write) =>
      queryCertificate(write, asked, "http://127.0.0.1:4000"),
    );
    const [certificate] = await app.store.rows<{ jws: string }>(
      "select jws from certificate where query_event_id = ?",
      [queryEventId],
    );
    expect((await verifyCertificate(certificate!.jws, keys)).blocks).toHaveLength(9);
  });

  it("goes on behind a cursor from before without a gap, and with what comes after", async () => {
    await using target = await givenTarget();
    const source = await givenSource(target);
    const before = await withSource(source, (app) => eventsOf(app, null, 100));
    await moved(source, target);
    const cursor = before[40]!.cursor;
    expect(await eventsOf(target.app, cursor, 59)).toEqual(before.slice(41));
    const [last] = before.slice(-1);
    const rest = await eventsOf(target.app, last!.cursor, 1_000);
    await registered(target.app, "newcomer");
    const after = await eventsOf(target.app, last!.cursor, 1_000);
    expect(after.slice(0, rest.length)).toEqual(rest);
    expect(after.slice(rest.length)).toEqual([
      expect.objectContaining({ type: "ENTITY_REGISTERED", previousCursor: (rest.at(-1) ?? last!).cursor }),
    ]);
  });

  it("gives out no number of the log again, also where the last are gone", async () => {
    await using target = await givenTarget();
    const source = await givenSource(target);
    const [{ last } = { last: 0 }] = await withSource(source, ({ store }) =>
      store.rows<{ last: number }>("select max(seq) as last from event"),
    );
    tamper(source, `delete from event where seq > ${last - 3}`);
    await moved(source, target);
    await registered(target.app, "newcomer");
    expect(await target.app.store.rows("select max(seq) as last from event")).toEqual([{ last: last + 1 }]);
  });

  it("answers an idempotency key from before with what it came to then", async () => {
    await using target = await givenTarget();
    const source = await givenSource(target);
    const call = async (app: App) => {
      const [network] = await app.store.rows<{ id: string }>("select id from network where name = 'Harbor Exchange'");
      const input = { networkIds: [network!.id], records: [record()], idempotencyKey: "monday" };
      return app.commitAs(actorOf(await idOf(app, "Veritrail Identity")))((write) => furnish(write, input));
    };
    const first = await withSource(source, call);
    await moved(source, target);
    expect([first.replayed, await call(target.app)]).toEqual([false, { ...first, replayed: true }]);
  });

  it("moves an installation in which nothing has happened yet, whose log begins at one", async () => {
    await using target = await givenTarget();
    const source = await givenSource(target);
    const installation = await withSource(source, ({ store }) => store.rows("select * from installation"));
    const path = `${source.path}-empty`;
    await withSource({ ...source, config: { ...source.config, databaseUrl: `sqlite:${path}` } }, ({ store }) =>
      store.migrate(),
    );
    tamper({ path }, `attach '${source.path}' as full; insert into installation select * from full.installation`);
    await moved({ path }, target);
    expect(await target.app.store.rows("select * from installation")).toEqual(installation);
    await target.app.commitAs(OPERATOR)((write) =>
      append(write, [{ type: "ENTITY_REGISTERED", participantId: "par_x", entityId: "ent_x", subjectId: "ent_x" }]),
    );
    expect(await target.app.store.rows("select seq from event")).toEqual([{ seq: 1 }]);
  });
});

describe("a move that is killed", () => {
  it.each([1, 20, 90])(
    "goes on where it was and copies nothing twice, killed after %d pages",
    async (count) => {
      await using target = await givenTarget();
      const source = await givenSource(target);
      const before = await withSource(source, contentOf);
      await using mover = runBeside(target.app.config, "mover.ts", [source.path, 10]);
      await mover.printed(count);
      await mover.kill();
      const left = mover.lines.length;
      const pages: Moving[] = [];
      const compared = await moved(source, target, { most: 10, each: (step) => void pages.push(step) });
      const copied = pages.filter(({ step }) => step === "COPYING");
      expect(copied[0]!.done).toBeGreaterThan(Number(mover.lines[left - 1]));
      expect(compared.filter((each) => !isSame(each))).toEqual([]);
      expect(await contentOf(target.app)).toEqual(before);
    },
    STORY_MS,
  );

  it("bars the target until it has ended, and the source from then on", async () => {
    await using target = await givenTarget();
    const source = await givenSource(target);
    const seen: (string | null)[] = [];
    await moved(source, target, { each: () => void target.app.store.barrier().then((text) => seen.push(text)) });
    expect(seen[0]).toContain("has not come to its end");
    expect(await target.app.store.barrier()).toBeNull();
    expect(await withSource(source, ({ store }) => store.barrier())).toContain(`moved to PostgreSQL on ${NOON}`);
    expect((await refusal(withSource(source, (app) => app.listen()))).message).toContain("start on its new address");
  });

  it("ends what was cut between the mark in the source and that in the target", async () => {
    await using target = await givenTarget();
    const source = await givenSource(target);
    await moved(source, target);
    await target.app.commitAs(OPERATOR)((write) => write.rows("update move_mark set ended_at = null"));
    await moved(source, target);
    expect(await target.app.store.barrier()).toBeNull();
  });
});

/** Stops a move amid its copy: what is left is as after a kill. */
async function cut(source: Source, target: TestApp, pages: number): Promise<void> {
  let seen = 0;
  const each = (): void => {
    seen += 1;
    if (seen > pages) throw new Error("Cut.");
  };
  await expect(moved(source, target, { most: 10, each })).rejects.toThrow("Cut.");
}

const OPERATE = ({ app }: TestApp, sql: string): Promise<object[]> =>
  app.commitAs(OPERATOR)((write) => write.rows(sql));

describe("a move refuses", () => {
  const refused = async (source: Source, target: TestApp): Promise<string> => {
    const before = await contentOf(target.app);
    const { message } = await refusal(moved(source, target));
    expect(await contentOf(target.app)).toEqual(before);
    return message;
  };

  it("a source whose tables are not up to date", async () => {
    await using target = await givenTarget();
    const source = await givenSource(target);
    tamper(source, "delete from mikro_orm_migrations where id = (select max(id) from mikro_orm_migrations)");
    expect(await refused(source, target)).toContain("run `attestry migrate` on it first");
  });

  it("a source of a later version", async () => {
    await using target = await givenTarget();
    const source = await givenSource(target);
    tamper(source, "insert into mikro_orm_migrations (name) values ('Migration29991231000000')");
    expect(await refused(source, target)).toContain("later version");
  });

  it("a source that is something else", async () => {
    await using target = await givenTarget();
    const source = await givenSource(target);
    const path = `${source.path}-other`;
    tamper({ path }, "create table installation (id text)");
    expect(await refused({ ...source, path }, target)).toContain("no database of Attestry");
  });

  it("secrets that the source was not made with", async () => {
    await using target = await givenTarget();
    const source = await givenSource(target);
    using file = openStill(source.path, false);
    const { masterKey, indexKey } = target.app.config;
    const other = Buffer.from("another key, another key, another");
    const answer = async (vault: ReturnType<typeof createVault>) =>
      (await refusal(outcomeOf(compareAll({ source: file, target: target.app.store, vault })))).message;
    expect(await answer(createVault(other.subarray(0, 32), indexKey))).toContain("another ATTESTRY_MASTER_KEY");
    expect(await answer(createVault(masterKey, other.subarray(0, 32)))).toContain("another ATTESTRY_INDEX_KEY");
  });

  it("a target that holds another installation", async () => {
    await using target = await givenTarget();
    const source = await givenSource(target);
    await (await target.app.listen()).close();
    expect(await refused(source, target)).toContain("holds another installation");
  });

  it("a target that is not empty", async () => {
    await using target = await givenTarget();
    const source = await givenSource(target);
    await target.app.commitAs(OPERATOR)((write) => createParticipant(write, "Somebody"));
    expect(await refused(source, target)).toContain("rows of participant");
  });

  it("to move twice", async () => {
    await using target = await givenTarget();
    await using other = await givenTarget();
    const source = await givenSource(target);
    await moved(source, target);
    expect(await refused(source, target)).toContain(`moved into the target on ${NOON}`);
    expect(await refused(source, other)).toContain("into another database");
  });

  it.each([
    [
      "a row of what was copied",
      "insert into participant (id, name, created_at) values ('par_x', 'X', '')",
      "participant",
    ],
    [
      "a row of what was not",
      "insert into callback (provider, message_id, received_at) values ('x', 'x', '')",
      "callback",
    ],
  ])("a target that somebody has given %s since it was cut", async (_what, sql, table) => {
    await using target = await givenTarget();
    const source = await givenSource(target);
    await cut(source, target, 20);
    await OPERATE(target, sql);
    expect(await refused(source, target)).toMatch(new RegExp(`${table}.*make it anew`));
  });

  it("to go on from a source that somebody has written to since it was cut", async () => {
    await using target = await givenTarget();
    const source = await givenSource(target);
    await cut(source, target, 20);
    await withSource(source, (app) => app.commitAs(OPERATOR)((write) => createParticipant(write, "Since")));
    expect(await refused(source, target)).toMatch(/copied of participant before.*make it anew/);
  });
});

describe("compareAll", () => {
  const compared = async ({ path }: Source, { app }: TestApp) => {
    using source = openStill(path, false);
    return (await outcomeOf(compareAll({ source, target: app.store, vault: app.vault }))).filter(
      (each) => !isSame(each),
    );
  };

  const given = async (target: TestApp): Promise<{ source: Source; keys: readonly string[] }> => {
    const source = await givenSource(target);
    await moved(source, target);
    const rows = await target.app.store.rows<{ id: string }>("select id from certificate order by id");
    return { source, keys: rows.map(({ id }) => id) };
  };

  it("tells the first key of a row that says something else", async () => {
    await using target = await givenTarget();
    const { source, keys } = await given(target);
    await OPERATE(target, `update certificate set jws = jws || '.' where id in ('${keys[7]}', '${keys[9]}')`);
    const [difference, ...others] = await compared(source, target);
    expect(others).toEqual([]);
    expect(difference).toMatchObject({ table: "certificate", difference: { key: [keys[7]], fault: "ANOTHER" } });
    expect(difference!.source.count).toBe(difference!.target.count);
    expect(difference!.source.digest).not.toBe(difference!.target.digest);
  });

  it("tells a row that is missing, and one that is too much, by a key of several columns", async () => {
    await using target = await givenTarget();
    const { source, keys } = await given(target);
    await OPERATE(
      target,
      `delete from certificate_block where certificate_id = '${keys[3]}' and kind = 'LIVENESS_REVIEW'`,
    );
    expect(await compared(source, target)).toMatchObject([
      { table: "certificate_block", difference: { key: [keys[3], "LIVENESS_REVIEW"], fault: "MISSING" } },
    ]);
    await OPERATE(target, `insert into callback (provider, message_id, received_at) values ('x', 'y', 'z')`);
    expect(await compared(source, target)).toMatchObject([
      { table: "certificate_block" },
      { table: "callback", difference: { key: ["x", "y"], fault: "UNEXPECTED" }, target: { count: 1 } },
    ]);
  });

  it("finds nothing after a move, also while somebody has the source open", async () => {
    await using target = await givenTarget();
    const { source } = await given(target);
    await withSource(source, async () => expect(await compared(source, target)).toEqual([]));
  });
});

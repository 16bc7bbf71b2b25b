import fc from "fast-check";
import { OPERATOR } from "../../src/kernel/actor.js";
import { countingIds } from "../../src/kernel/id.js";
import type { Rows } from "../../src/kernel/reader.js";
import { Network } from "../../src/network/network.js";
import { testApp, type TestApp } from "../support/app.js";
import { ALL_KINDS, countOf, givenFurnished, givenWorld, record } from "../support/given.js";

const RUNS = 300;

/** What each connection says of itself. */
const SETTINGS: readonly (readonly [pragma: string, value: string | number, meaning: string])[] = [
  ["journal_mode", "wal", "readers never wait for the writer"],
  ["synchronous", 2, "FULL: a power cut forgets nothing that was acknowledged"],
  ["foreign_keys", 1, "no row refers to one that is not there"],
  ["recursive_triggers", 1, "a row that is replaced counts as deleted"],
  ["trusted_schema", 0, "a file cannot bring functions of its own"],
];

const onWriter = <Result>({ app }: TestApp, work: (rows: Rows) => Promise<Result>): Promise<Result> =>
  app.commitAs(OPERATOR)((write) => work(write.rows));

describe("openSqlite", () => {
  it.each(SETTINGS)("sets %s to %s on both connections: %s", async (pragma, value) => {
    await using test = await testApp();
    expect(await test.app.store.rows(`pragma ${pragma}`)).toEqual([{ [pragma]: value }]);
    expect(await onWriter(test, (rows) => rows(`pragma ${pragma}`))).toEqual([{ [pragma]: value }]);
  });

  it("cannot write on the connection that reads", async () => {
    await using test = await testApp();
    await expect(
      test.app.store.rows("insert into network (id, name, created_at) values ('net_x', 'x', 'x')"),
    ).rejects.toThrow(/readonly/);
    expect(await countOf(test, "network")).toBe(0);
  });

  it("is ready while it can be read, and not once it is closed", async () => {
    const test = await testApp();
    expect(await test.app.store.ready()).toBe(true);
    await test[Symbol.asyncDispose]();
    await expect(test.app.store.ready()).rejects.toThrow(/not open/);
  });
});

describe("rows", () => {
  it("takes a value as a value, whatever it holds", async () => {
    await using test = await testApp();
    const value = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("' or 1=1 --", "?", "in ??", "\\", '"'),
      fc.maxSafeInteger(),
      fc.constant(null),
    );
    await fc.assert(
      fc.asyncProperty(value, async (given) => {
        expect(await test.app.store.rows("select ? as given", [given])).toEqual([{ given }]);
      }),
      { numRuns: RUNS },
    );
  });

  it("finds exactly the texts of a list, whatever they hold", async () => {
    await using test = await testApp();
    const texts = fc.uniqueArray(fc.string({ unit: "grapheme", maxLength: 8 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(texts, texts, async (known, asked) => {
        const rows = await test.app.store.rows<{ value: string }>(
          "select value from (select value from json_each(?)) where value in ??",
          [JSON.stringify(known), asked],
        );
        expect(rows.map(({ value }) => value)).toEqual(known.filter((text) => asked.includes(text)));
      }),
      { numRuns: RUNS },
    );
  });

  it("takes a list of ten thousand texts, and an empty one", async () => {
    await using test = await testApp();
    const all = Array.from({ length: 10_000 }, (_, index) => `text ${index}`);
    expect(await test.app.store.rows("select 1 as found where 'text 9999' in ??", [all])).toEqual([{ found: 1 }]);
    expect(await test.app.store.rows("select 1 as found where 'text 1' in ??", [[]])).toEqual([]);
  });
});

describe("insert", () => {
  const networks = (count: number) => {
    const newId = countingIds();
    return Array.from({ length: count }, (_, index) => ({
      id: newId("net"),
      name: `Network ${index}`,
      createdAt: "2026-03-02T12:00:00.000Z" as never,
    }));
  };

  it("adds many rows, and none of none", async () => {
    await using test = await testApp();
    await test.app.commitAs(OPERATOR)((write) => write.insert(Network, []));
    await test.app.commitAs(OPERATOR)((write) => write.insert(Network, networks(1_000)));
    expect(await countOf(test, "network")).toBe(1_000);
  });

  it("comes after what is pending", async () => {
    await using test = await testApp();
    const [first, second] = networks(2);
    await test.app.commitAs(OPERATOR)(async (write) => {
      write.em.create(Network, first!);
      await write.insert(Network, [second!]);
    });
    expect(await test.app.store.rows("select name from network order by rowid")).toEqual([
      { name: "Network 0" },
      { name: "Network 1" },
    ]);
  });

  it("keeps none of many rows of which one breaks a rule", async () => {
    await using test = await testApp();
    const rows = networks(3);
    const work = test.app.commitAs(OPERATOR)((write) => write.insert(Network, [...rows, rows[0]!]));
    await expect(work).rejects.toThrow(/UNIQUE/);
    expect(await countOf(test, "network")).toBe(0);
  });
});

describe("an attestation", () => {
  /** A column, and what somebody would like it to say instead. */
  const CHANGES: readonly (readonly [column: string, value: string])[] = [
    ["statement", "'{}'"],
    ["content_hash", "'0'"],
    ["kind", "'LIVENESS_REVIEW'"],
    ["performed_at", "'2026-03-01T00:00:00.000Z'"],
    ["furnished_at", "'2026-03-01T00:00:00.000Z'"],
    ["entity_id", "(select id from entity where id <> attestation.entity_id)"],
    ["furnisher_id", "(select id from participant where id <> attestation.furnisher_id limit 1)"],
    ["submission_id", "'sub_x'"],
    ["id", "'att_x'"],
  ];

  const given = async () => {
    const world = await givenWorld();
    await givenFurnished(
      world.vendor,
      [world.network],
      [record(ALL_KINDS), record(ALL_KINDS, { ...record(), socialSecurityNumber: "212-55-0102" } as never)],
    );
    return world;
  };

  const all = ({ app }: TestApp) => app.store.rows("select * from attestation order by id");

  it.each(CHANGES)("cannot have another %s", async (column, value) => {
    await using world = await given();
    const before = await all(world);
    await expect(onWriter(world, (rows) => rows(`update attestation set ${column} = ${value}`))).rejects.toThrow(
      /immutable/,
    );
    expect(await all(world)).toEqual(before);
  });

  it("cannot be deleted, nor replaced by another of its id", async () => {
    await using world = await given();
    const before = await all(world);
    await expect(onWriter(world, (rows) => rows("delete from attestation"))).rejects.toThrow(/never deleted/);
    await expect(
      onWriter(world, (rows) => rows("insert or replace into attestation select * from attestation limit 1")),
    ).rejects.toThrow(/never deleted/);
    expect(await all(world)).toEqual(before);
  });

  it("can be revoked, and then not be made valid again", async () => {
    await using world = await given();
    await onWriter(world, (rows) =>
      rows("update attestation set revoked_at = ?, revoked_reason = 'wrong person'", [world.time.clock()]),
    );
    const before = await all(world);
    for (const change of [
      "revoked_at = null",
      "revoked_at = '2026-01-01T00:00:00.000Z'",
      "revoked_reason = 'no reason'",
    ])
      await expect(onWriter(world, (rows) => rows(`update attestation set ${change}`))).rejects.toThrow(/immutable/);
    expect(await all(world)).toEqual(before);
  });
});

import type { Attestation } from "../../src/attestation/attestation.js";
import { furnish, type Furnish } from "../../src/attestation/furnish.js";
import type { SubjectRecord } from "../../src/attestation/record.js";
import { digestOf, parseStatement, type SaltedValue } from "../../src/attestation/statement.js";
import { kindsOf } from "../../src/attestation/sub-product.js";
import { openFacts } from "../../src/entity/identity.js";
import { canonical, sha256 } from "../../src/kernel/canonical.js";
import { DAY_MS, plusMs } from "../../src/kernel/instant.js";
import { removeRoles } from "../../src/network/create.js";
import { NOON } from "../support/app.js";
import { tableNames } from "../support/database.js";
import { factsIn, operate } from "../support/asked.js";
import { crowd } from "../support/crowd.js";
import {
  ADA,
  JUN,
  actorOf,
  countOf,
  furnishedOnce,
  givenFurnished,
  givenNetwork,
  givenRegistered,
  givenWorld,
  record,
  type Party,
  type World,
} from "../support/given.js";
import { refusal } from "../support/refusal.js";
import { refusedTrace, traced } from "../support/trace.js";

const call = (world: World, over: Partial<Furnish> = {}): Furnish => ({
  networkIds: [world.network],
  records: [record()],
  ...over,
});

type Stored = Pick<Attestation, "id" | "kind" | "statement" | "contentHash" | "sealedValues"> & {
  readonly entityId: string;
  readonly furnisherId: string;
};

const stored = ({ app }: World): Promise<Stored[]> =>
  app.store.rows<Stored>(
    `select id, kind, statement, content_hash as "contentHash", sealed_values as "sealedValues", entity_id as "entityId", furnisher_id as "furnisherId"
       from attestation order by id`,
  );

describe("furnish", () => {
  it("makes one attestation of each check, in the order of records and table, and says so in the log", async () => {
    await using world = await givenWorld();
    const { submissionId, replayed } = await furnishedOnce(
      world.vendor,
      call(world, { records: [record(), record(["LIVENESS_REVIEW"], JUN)] }),
    );
    const attestations = await stored(world);
    expect(replayed).toBe(false);
    expect(attestations.map(({ kind }) => kind)).toEqual([...kindsOf("KYC"), "LIVENESS_REVIEW"]);
    expect(new Set(attestations.map(({ furnisherId }) => furnisherId))).toEqual(new Set([world.vendor.id]));
    expect(new Set(attestations.map(({ entityId }) => entityId)).size).toBe(2);
    expect(
      await world.app.store.rows(
        `select id, record_count as "records", attestation_count as "attestations" from submission`,
      ),
    ).toEqual([{ id: submissionId, records: 2, attestations: 10 }]);
    expect(await factsIn(world.app.store.rows)).toEqual(
      attestations.map(({ id }) =>
        expect.objectContaining({ participantId: world.vendor.id, type: "ATTESTATION_FURNISHED", subjectId: id }),
      ),
    );
  });

  it("hashes the canonical statement, which names everything that is stated", async () => {
    await using world = await givenWorld();
    const performedAt = plusMs(NOON, -DAY_MS);
    await furnishedOnce(world.vendor, call(world, { records: [record(["BIOMETRIC_REVIEW"], ADA, performedAt)] }));
    const [attestation] = await stored(world);
    const statement = parseStatement(attestation!.statement);
    expect(canonical(statement)).toBe(attestation!.statement);
    expect(attestation!.contentHash).toBe(sha256(attestation!.statement));
    expect(statement).toEqual({
      attestation: attestation!.id,
      entity: attestation!.entityId,
      furnisher: world.vendor.id,
      kind: "BIOMETRIC_REVIEW",
      assertion: true,
      performedAt,
      furnishedAt: NOON,
      data: { biometricComparisonOutcome: "match", biometricComparisonScore: 0.97 },
    });
  });

  it("states that a check does not hold", async () => {
    await using world = await givenWorld();
    await furnishedOnce(
      world.vendor,
      call(world, { records: [{ ...ADA, livenessReview: { performedAt: NOON, assertion: false } }] }),
    );
    expect(parseStatement((await stored(world))[0]!.statement)).toMatchObject({ assertion: false, data: {} });
  });

  it("keeps personal values out of the statement but for a salted digest, and seals them under the person's key", async () => {
    await using world = await givenWorld();
    await furnishedOnce(world.vendor, call(world, { records: [record(["DOCUMENT_CAPTURE"])] }));
    const [attestation] = await stored(world);
    const [entity] = await world.app.store.rows<{ wrappedKey: string }>(
      `select wrapped_key as "wrappedKey" from entity`,
    );
    const sealed = JSON.parse(
      world.app.vault.open(entity!.wrappedKey, attestation!.id, attestation!.sealedValues!),
    ) as Record<string, SaltedValue>;
    expect(sealed["documentNumber"]?.value).toBe("P1002003");
    expect(parseStatement(attestation!.statement).data["documentNumber"]).toEqual({
      digest: digestOf(sealed["documentNumber"]!),
    });
    expect(attestation!.statement).not.toContain("P1002003");
  });

  it("digests the same number differently each time, so that equal digests never betray equal people", async () => {
    await using world = await givenWorld();
    await furnishedOnce(
      world.vendor,
      call(world, { records: [record(["DOCUMENT_CAPTURE"]), record(["DOCUMENT_CAPTURE"], JUN)] }),
    );
    const digests = (await stored(world)).map(({ statement }) =>
      JSON.stringify(parseStatement(statement).data["documentNumber"]),
    );
    expect(new Set(digests).size).toBe(2);
  });

  it("stores nothing in the clear that says who the person is", async () => {
    await using world = await givenWorld();
    await furnishedOnce(world.vendor, call(world, { idempotencyKey: "k-1" }));
    const tables = await world.app.store.rows<{ name: string }>(tableNames());
    const everything = JSON.stringify(
      await Promise.all(tables.map(({ name }) => world.app.store.rows(`select * from ${name}`))),
    );
    for (const secret of [ADA.firstName, ADA.lastName, ADA.dateOfBirth, "212-55-0101", "212550101", "P1002003"])
      expect(everything).not.toContain(secret);
    expect(everything).toContain("us_passport");
  });

  it("keeps what the furnisher says of the person as its own registration, and a change as a new version", async () => {
    await using world = await givenWorld();
    await furnishedOnce(world.vendor, call(world, { records: [record(["LIVENESS_REVIEW"])] }));
    await furnishedOnce(world.vendor, call(world, { records: [record(["LIVENESS_REVIEW"])] }));
    await furnishedOnce(
      world.vendor,
      call(world, { records: [{ ...record(["LIVENESS_REVIEW"]), lastName: "Moreno-Diaz" }] }),
    );
    await furnishedOnce(world.bank, call(world, { records: [record(["LIVENESS_REVIEW"])] }));
    const rows = await world.app.store.rows<{
      id: string;
      entityId: "ent_";
      sealedFacts: string;
      wrappedKey: string;
      participantId: string;
      version: number;
      handle: null;
      current: number;
    }>(
      `select e.id, r.entity_id as "entityId", r.sealed_facts as "sealedFacts", e.wrapped_key as "wrappedKey", r.participant_id as "participantId", r.version, r.handle,
              case when r.superseded_at is null then 1 else 0 end as current from registration r join entity e on e.id = r.entity_id order by r.id`,
    );
    const said = rows.map((row) => ({
      ...openFacts(world.app.vault, { id: row.entityId, wrappedKey: row.wrappedKey }, row),
      by: row.participantId,
      version: row.version,
      current: row.current,
    }));
    const vendor = { by: world.vendor.id, firstName: "Ada", socialSecurityNumber: "212550101" };
    expect(said).toEqual([
      expect.objectContaining({ ...vendor, lastName: "Moreno", version: 1, current: 0 }),
      expect.objectContaining({ ...vendor, lastName: "Moreno-Diaz", version: 2, current: 1 }),
      expect.objectContaining({ by: world.bank.id, lastName: "Moreno", version: 1, current: 1 }),
    ]);
    expect(rows.map(({ handle }) => handle)).toEqual([null, null, null]);
  });

  it("finds the person whom another participant knows", async () => {
    await using world = await givenWorld();
    const entityId = await givenRegistered(world.fintech);
    await furnishedOnce(world.vendor, call(world));
    expect(new Set((await stored(world)).map((row) => row.entityId))).toEqual(new Set([entityId]));
  });

  it("takes two people of one SSN apart by birth date, and marks them as in conflict", async () => {
    await using world = await givenWorld();
    await furnishedOnce(
      world.vendor,
      call(world, {
        records: [record(["LIVENESS_REVIEW"]), { ...record(["LIVENESS_REVIEW"]), dateOfBirth: "1990-01-01" }],
      }),
    );
    expect(await countOf(world, "entity")).toBe(2);
    expect(await countOf(world, "entity_conflict")).toBe(2);
  });

  it("earns the furnisher sight of these kinds, of this person, in these networks, once", async () => {
    await using world = await givenWorld();
    const other = await givenNetwork(world, "Other", [[world.vendor, "FURNISHER"]]);
    const input = call(world, {
      networkIds: [world.network, other],
      records: [record(["LIVENESS_REVIEW", "ADDRESS_CAPTURE"])],
    });
    await furnishedOnce(world.vendor, input);
    await furnishedOnce(world.vendor, input);
    const earned = await world.app.store.rows(
      `select participant_id as "by", network_id as "network", kind, earned_by as "earnedBy" from entitlement order by network_id, kind`,
    );
    const expected = [world.network, other].flatMap((network) =>
      ["ADDRESS_CAPTURE", "LIVENESS_REVIEW"].map((kind) => ({
        by: world.vendor.id,
        network,
        kind,
        earnedBy: "FURNISHING",
      })),
    );
    expect(earned).toEqual(expected);
  });

  it("furnishes for several networks at once, with one attestation of each check", async () => {
    await using world = await givenWorld();
    const other = await givenNetwork(world, "Other", [[world.vendor, "FURNISHER"]]);
    await furnishedOnce(
      world.vendor,
      call(world, { networkIds: [other, world.network], records: [record(["LIVENESS_REVIEW"])] }),
    );
    expect(await countOf(world, "attestation")).toBe(1);
    expect(await countOf(world, "attestation_network")).toBe(2);
    expect(JSON.stringify(parseStatement((await stored(world))[0]!.statement))).not.toContain("net_");
  });

  it("takes 1,000 records in one call", async () => {
    await using world = await givenWorld();
    await furnishedOnce(world.vendor, call(world, { records: crowd(1_000) }));
    expect([
      await countOf(world, "attestation"),
      await countOf(world, "entity"),
      await countOf(world, "event"),
    ]).toEqual([1_000, 1_000, 1_000]);
  });

  it("reads as often for 200 records as for 2", async () => {
    await using world = await givenWorld();
    const reads = async (records: SubjectRecord[]): Promise<string[]> => {
      world.statements.length = 0;
      await furnishedOnce(world.vendor, call(world, { records, idempotencyKey: `k-${records.length}` }));
      return world.statements.filter((sql) => !/^insert/i.test(sql));
    };
    const few = await reads(crowd(2));
    expect(few.length).toBeGreaterThan(0);
    expect(await reads(crowd(202).slice(2))).toEqual(few);
  });

  it("answers the same key and body with the first result, and changes nothing", async () => {
    await using world = await givenWorld();
    const input = call(world, { idempotencyKey: "k-1" });
    const first = await furnishedOnce(world.vendor, input);
    const { result, changed } = await traced(world, () => furnishedOnce(world.vendor, structuredClone(input)));
    expect(result).toEqual({ submissionId: first.submissionId, replayed: true });
    expect(changed).toEqual([]);
  });

  it("makes one submission of 20 parallel identical calls", async () => {
    await using world = await givenWorld();
    const results = await Promise.all(
      Array.from({ length: 20 }, () => furnishedOnce(world.vendor, call(world, { idempotencyKey: "k-1" }))),
    );
    expect(new Set(results.map(({ submissionId }) => submissionId)).size).toBe(1);
    expect(results.filter(({ replayed }) => !replayed).length).toBe(1);
    expect(await countOf(world, "attestation")).toBe(9);
  });

  it("takes the same key of another participant as another call", async () => {
    await using world = await givenWorld();
    const input = call(world, { idempotencyKey: "k-1" });
    await furnishedOnce(world.vendor, input);
    expect((await furnishedOnce(world.bank, input)).replayed).toBe(false);
  });

  it("takes the same body without a key as another submission", async () => {
    await using world = await givenWorld();
    await furnishedOnce(world.vendor, call(world));
    await furnishedOnce(world.vendor, call(world));
    expect(await countOf(world, "submission")).toBe(2);
  });

  it("is refused when the key was used with another body", async () => {
    await using world = await givenWorld();
    await furnishedOnce(world.vendor, call(world, { idempotencyKey: "k-1" }));
    const changedBody = call(world, { idempotencyKey: "k-1", records: [record(["LIVENESS_REVIEW"])] });
    expect(await refusedTrace(world, () => furnishedOnce(world.vendor, changedBody))).toEqual({
      code: "IDEMPOTENCY_CONFLICT",
      paths: ["input.idempotencyKey"],
      changed: [],
    });
  });

  const one = record(["LIVENESS_REVIEW"]);

  it.each<readonly [what: string, over: Partial<Furnish>, paths: readonly string[]]>([
    ["there is no network", { networkIds: [] }, ["input.networkIds"]],
    [
      "there are 11 networks",
      { networkIds: Array.from({ length: 11 }, (_, index) => `net_${index}`) },
      ["input.networkIds"],
    ],
    ["a network is named twice", { networkIds: ["net_1", "net_1"] }, ["input.networkIds"]],
    ["there is no record", { records: [] }, ["input.records"]],
    ["there are 1,001 records", { records: crowd(1_001) }, ["input.records"]],
    ["a record has no check", { records: [{ ...ADA }] }, ["input.records[0]"]],
    [
      "two records are about one person",
      { records: [one, { ...record(["ADDRESS_CAPTURE"]), socialSecurityNumber: "212550101" }] },
      ["input.records[1]"],
    ],
    ["a name is blank", { records: [{ ...one, firstName: " " }] }, ["input.records[0].firstName"]],
    [
      "a name hides a control character",
      { records: [{ ...one, lastName: "Mor\u0000eno" }] },
      ["input.records[0].lastName"],
    ],
    ["a birth date is no date", { records: [{ ...one, dateOfBirth: "1988-02-30" }] }, ["input.records[0].dateOfBirth"]],
    [
      "a birth date is in the future",
      { records: [{ ...one, dateOfBirth: "2026-03-03" }] },
      ["input.records[0].dateOfBirth"],
    ],
    [
      "an SSN was never issued",
      { records: [{ ...one, socialSecurityNumber: "666-12-3456" }] },
      ["input.records[0].socialSecurityNumber"],
    ],
    ["a key is empty", { idempotencyKey: "" }, ["input.idempotencyKey"]],
    ["a key has a space", { idempotencyKey: "a key" }, ["input.idempotencyKey"]],
    ["a key has 256 characters", { idempotencyKey: "k".repeat(256) }, ["input.idempotencyKey"]],
  ])("is refused when %s", async (_what, over, paths) => {
    await using world = await givenWorld();
    expect(await refusedTrace(world, () => furnishedOnce(world.vendor, call(world, over)))).toEqual({
      code: "BAD_USER_INPUT",
      paths,
      changed: [],
    });
  });

  it("reports every fault of every record at once", async () => {
    await using world = await givenWorld();
    const records = [
      one,
      { ...record(["LIVENESS_REVIEW", "ADDRESS_CAPTURE"], JUN, plusMs(NOON, 1)), firstName: "" },
      {
        ...crowd(1)[0]!,
        socialSecurityNumber: "1",
        livenessReview: { performedAt: NOON, livenessReviewOutcome: "dead" },
      },
    ];
    expect(await refusedTrace(world, () => furnishedOnce(world.vendor, call(world, { records })))).toEqual({
      code: "BAD_USER_INPUT",
      paths: [
        "input.records[1].firstName",
        "input.records[1].livenessReview.performedAt",
        "input.records[1].addressCapture.performedAt",
        "input.records[2].socialSecurityNumber",
        "input.records[2].livenessReview.livenessReviewOutcome",
      ],
      changed: [],
    });
  });

  it("lists every fault of every record", async () => {
    await using world = await givenWorld();
    const records = crowd(150).map((each) => ({ ...each, firstName: "" }));
    const { code, paths } = await refusal(furnishedOnce(world.vendor, call(world, { records })));
    expect(code).toBe("BAD_USER_INPUT");
    expect(paths).toEqual(records.map((_, index) => `input.records[${index}].firstName`));
  });

  it("stores nothing for a fault in the last of 1,000 records", async () => {
    await using world = await givenWorld();
    const records = crowd(1_000).with(999, { ...one, dateOfBirth: "yesterday" });
    expect(await refusedTrace(world, () => furnishedOnce(world.vendor, call(world, { records })))).toEqual({
      code: "BAD_USER_INPUT",
      paths: ["input.records[999].dateOfBirth"],
      changed: [],
    });
  });

  it("never repeats what was sent", async () => {
    await using world = await givenWorld();
    const records = [
      {
        ...record(["DOCUMENT_CAPTURE"]),
        socialSecurityNumber: "000-99-8877",
        documentCapture: { performedAt: NOON, documentNumber: "x-s3cret" },
      },
    ];
    const { message, paths } = await refusal(furnishedOnce(world.vendor, call(world, { records })));
    expect(paths.length).toBe(2);
    expect(message).not.toMatch(/8877|s3cret/);
  });

  it.each<readonly [what: string, who: (world: World) => Party, code: string, paths: readonly string[]]>([
    ["by a member that is no furnisher", ({ fintech }) => fintech, "FORBIDDEN", ["input.networkIds[0]"]],
    [
      "by a participant of no such network, as if it did not exist",
      ({ stranger }) => stranger,
      "NOT_FOUND",
      ["input.networkIds[0]"],
    ],
  ])("is refused %s", async (_what, who, code, paths) => {
    await using world = await givenWorld();
    expect(await refusedTrace(world, () => furnishedOnce(who(world), call(world)))).toEqual({
      code,
      paths,
      changed: [],
    });
  });

  it("is refused, in all networks, where one of them is unknown", async () => {
    await using world = await givenWorld();
    const networkIds = [world.network, "net_00000000000000000000000099"];
    expect(await refusedTrace(world, () => furnishedOnce(world.vendor, call(world, { networkIds })))).toEqual({
      code: "NOT_FOUND",
      paths: ["input.networkIds[1]"],
      changed: [],
    });
  });

  it("is refused as soon as the role is taken away, even for a key that was used before", async () => {
    await using world = await givenWorld();
    await furnishedOnce(world.vendor, call(world, { idempotencyKey: "k-1" }));
    await operate(world)((write) => removeRoles(write, world.network, world.vendor.id, ["FURNISHER"]));
    expect(
      await refusedTrace(world, () => furnishedOnce(world.vendor, call(world, { idempotencyKey: "k-1" }))),
    ).toEqual({
      code: "NOT_FOUND",
      paths: ["input.networkIds[0]"],
      changed: [],
    });
  });

  it("is refused without the scope", async () => {
    await using world = await givenWorld();
    const commit = world.app.commitAs(actorOf(world.vendor.id, ["query", "entities", "admin"]));
    expect(await refusedTrace(world, () => commit((write) => furnish(write, call(world))))).toEqual({
      code: "FORBIDDEN",
      paths: [],
      changed: [],
    });
  });

  it.each([
    "update attestation set statement = '{}'",
    "update attestation set content_hash = 'x'",
    "update attestation set performed_at = '2020'",
    "delete from attestation",
  ])("makes statements that the database itself keeps from: %s", async (sql) => {
    await using world = await givenWorld();
    await givenFurnished(world.vendor, [world.network], [record(["LIVENESS_REVIEW"])]);
    const { changed, result } = await traced(world, () =>
      operate(world)((write) => write.rows(sql)).then(
        () => "done",
        (error: Error) => error.message,
      ),
    );
    expect(result).toMatch(/an attestation is (?:immutable|never deleted)/);
    expect(changed).toEqual([]);
  });
});

import { OPERATOR } from "../../src/kernel/actor.js";
import { DAY_MS } from "../../src/kernel/instant.js";
import { removeRoles } from "../../src/network/create.js";
import { factsIn } from "../support/asked.js";
import { goodLines, jsonLines, pieces, recordAt, saidIn, uploadOf, uploaded, uploadedText } from "../support/bulk.js";
import { actorOf, countOf, givenNetwork, givenWorld, record, type World } from "../support/given.js";
import { refusal } from "../support/refusal.js";
import { changedBy, stored } from "../support/stored.js";

/** Several batches, the last of them not full. */
const MANY = 450;

const submissions = ({ app }: World): Promise<object[]> =>
  app.store.rows(
    `select state, line_count as lines, record_count as records, attestation_count as attestations, bad_count as bad from submission`,
  );

const done = (lines: number, records: number, bad: number): object => ({
  state: "DONE",
  lines,
  records,
  attestations: 2 * records,
  bad,
});

describe("upload", () => {
  it("stores every record of a long stream, under one submission, and says so in the log", async () => {
    await using world = await givenWorld();
    const { standing, faults } = await uploadedText(world.vendor, uploadOf(world), goodLines(MANY));
    expect(faults).toEqual([]);
    expect(standing).toMatchObject({ state: "DONE", lineCount: MANY, recordCount: MANY, attestationCount: 2 * MANY });
    expect(await submissions(world)).toEqual([done(MANY, MANY, 0)]);
    expect(await countOf(world, "attestation")).toBe(2 * MANY);
    expect(await countOf(world, "entity")).toBe(MANY);
    expect(await factsIn(world.app.store.rows)).toHaveLength(2 * MANY);
  });

  it("stores the good lines and tells the bad ones with number and path; blank lines count and say nothing", async () => {
    await using world = await givenWorld();
    const text = jsonLines([
      recordAt(0),
      "",
      { ...recordAt(1), firstName: " " },
      "not json",
      recordAt(2),
      { ...recordAt(3), addressCapture: { performedAt: "soon" }, livenessCapture: 1 },
    ]);
    const { faults } = await uploadedText(world.vendor, uploadOf(world), text);
    expect(faults.map(({ line, path }) => `${line} ${path}`)).toEqual([
      "3 record.firstName",
      "4 record",
      "6 record.livenessCapture",
      "6 record.addressCapture.performedAt",
    ]);
    expect(await submissions(world)).toEqual([done(6, 2, 3)]);
    expect(await countOf(world, "attestation")).toBe(4);
  });

  it("stores a subject that comes again and again, in the order of its lines", async () => {
    await using world = await givenWorld();
    const renamed = ["Ada", "Adah", "Adeline"].map((firstName) => ({ ...recordAt(0), firstName }));
    await uploadedText(world.vendor, uploadOf(world), jsonLines([...renamed, recordAt(1), renamed[0]]));
    expect(await countOf(world, "entity")).toBe(2);
    expect(await countOf(world, "attestation")).toBe(10);
    const versions = await world.app.store.rows<{ version: number }>(
      `select version, case when superseded_at is null then 1 else 0 end as current from registration order by entity_id, version`,
    );
    expect(versions).toEqual([
      { version: 1, current: 0 },
      { version: 2, current: 0 },
      { version: 3, current: 0 },
      { version: 4, current: 1 },
      { version: 1, current: 1 },
    ]);
  });

  it.each([
    0, 1, 100, 200, 201, 400, 449,
  ])("goes on behind the lines it had taken when it was cut after %i", async (lines) => {
    await using world = await givenWorld();
    const bytes = Buffer.from(
      jsonLines(["no json", ...Array.from({ length: MANY - 1 }, (_, index) => recordAt(index))]),
    );
    const cutAt = bytes.toString().split("\n").slice(0, lines).join("\n").length;
    await expect(
      uploaded(world.vendor, uploadOf(world), pieces(bytes.subarray(0, cutAt), 5_000, true)),
    ).rejects.toThrow("The line was cut.");
    const [cut] = (await submissions(world)) as { state: string; lines: number }[];
    expect(cut).toMatchObject({ state: "OPEN" });
    expect(cut!.lines % 200).toBe(0);
    const { faults, standing } = await uploaded(world.vendor, uploadOf(world), pieces(bytes));
    expect(standing).toMatchObject({ state: "DONE", lineCount: MANY, badCount: 1 });
    expect(faults.map(({ line }) => line)).toEqual([1]);
    await using whole = await givenWorld();
    await uploaded(whole.vendor, uploadOf(whole), pieces(bytes));
    expect(await submissions(world)).toEqual(await submissions(whole));
    expect(await saidIn(world)).toEqual(await saidIn(whole));
    expect(await countOf(world, "event")).toBe(await countOf(whole, "event"));
  });

  it("changes nothing when all of it is sent again, and tells the same bad lines", async () => {
    await using world = await givenWorld();
    const text = `${goodLines(MANY)}{\n`;
    const first = await uploadedText(world.vendor, uploadOf(world), text);
    world.time.advance(DAY_MS);
    const { result, changed } = await changedBy(world.app, () => uploadedText(world.vendor, uploadOf(world), text));
    expect(result).toEqual(first);
    expect(changed).toEqual([]);
  });

  it("judges a line by the moment at which the upload was opened, also when it is sent again later", async () => {
    await using world = await givenWorld();
    const text = jsonLines([record(["ADDRESS_CAPTURE"], undefined, "2026-03-02T13:00:00.000Z"), recordAt(0)]);
    const first = await uploadedText(world.vendor, uploadOf(world), text);
    expect(first.faults.map(({ line, path }) => [line, path])).toEqual([[1, "record.addressCapture.performedAt"]]);
    world.time.advance(DAY_MS);
    expect(await uploadedText(world.vendor, uploadOf(world), text)).toEqual(first);
  });

  it.each([
    ["another line among those taken", (lines: string[]) => lines.with(3, JSON.stringify(recordAt(7_000)))],
    ["a line more", (lines: string[]) => [...lines, JSON.stringify(recordAt(7_000))]],
    ["a line less", (lines: string[]) => lines.slice(0, -1)],
    ["the lines in another order", (lines: string[]) => lines.toReversed()],
  ])("refuses under a used key %s, and stores nothing of it", async (_what, change) => {
    await using world = await givenWorld();
    const lines = goodLines(210).trimEnd().split("\n");
    await uploadedText(world.vendor, uploadOf(world), jsonLines(lines));
    const { result, changed } = await changedBy(world.app, () =>
      refusal(uploadedText(world.vendor, uploadOf(world), jsonLines(change(lines)))),
    );
    expect(result).toEqual({
      code: "IDEMPOTENCY_CONFLICT",
      paths: ["key"],
      message: "This key was used before with other lines.",
    });
    expect(changed).toEqual([]);
  });

  it("refuses other lines than those taken also where the upload had been cut", async () => {
    await using world = await givenWorld();
    const cut = uploaded(world.vendor, uploadOf(world), pieces(Buffer.from(goodLines(300)), 5_000, true));
    await expect(cut).rejects.toThrow("The line was cut.");
    const other = jsonLines(Array.from({ length: 300 }, (_, index) => recordAt(index + 1)));
    const { result, changed } = await changedBy(world.app, () =>
      refusal(uploadedText(world.vendor, uploadOf(world), other)),
    );
    expect(result).toMatchObject({ code: "IDEMPOTENCY_CONFLICT", paths: ["key"] });
    expect(changed).toEqual([]);
  });

  it("refuses a used key for other networks, or about another product", async () => {
    await using world = await givenWorld();
    const other = await givenNetwork(world, "Other", [[world.vendor, "FURNISHER"]]);
    await uploadedText(world.vendor, uploadOf(world), goodLines(1));
    for (const over of [{ networkIds: [other] }, { networkIds: [world.network, other] }, { product: "KYB" }]) {
      const { result, changed } = await changedBy(world.app, () =>
        refusal(uploadedText(world.vendor, uploadOf(world, over), goodLines(1))),
      );
      expect(result).toMatchObject({ code: "IDEMPOTENCY_CONFLICT", paths: ["key"] });
      expect(changed).toEqual([]);
    }
  });

  it("knows networks in any order as the same upload, and a participant's key as its own", async () => {
    await using world = await givenWorld();
    const other = await givenNetwork(world, "Other", [[world.vendor, "FURNISHER"]]);
    const both = (networkIds: readonly string[]) =>
      uploadedText(world.vendor, uploadOf(world, { networkIds }), goodLines(1));
    const first = await both([world.network, other]);
    expect((await both([other, world.network])).standing).toEqual(first.standing);
    const bank = await uploadedText(world.bank, uploadOf(world), goodLines(1));
    expect(bank.standing.id).not.toBe(first.standing.id);
  });

  it("takes each line once when the same upload runs twice at once", async () => {
    await using world = await givenWorld();
    const text = goodLines(MANY);
    const ends = await Promise.allSettled([
      uploadedText(world.vendor, uploadOf(world), text),
      uploadedText(world.vendor, uploadOf(world), text),
    ]);
    expect(ends.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const lost = ends.find((end) => end.status === "rejected");
    expect(await refusal(Promise.reject(lost?.reason as Error))).toMatchObject({ code: "CONFLICT" });
    expect(await submissions(world)).toEqual([done(MANY, MANY, 0)]);
    expect(await countOf(world, "attestation")).toBe(2 * MANY);
  });

  it("stops at the next batch when the role is taken away, and what it had taken stays", async () => {
    await using world = await givenWorld();
    async function* chunks() {
      yield Buffer.from(goodLines(200));
      await world.app.commitAs(OPERATOR)((write) => removeRoles(write, world.network, world.vendor.id, ["FURNISHER"]));
      yield Buffer.from(goodLines(300).slice(goodLines(200).length));
    }
    const refused = await refusal(uploaded(world.vendor, uploadOf(world), chunks()));
    expect(refused).toMatchObject({ code: "NOT_FOUND", paths: ["networkIds[0]"] });
    expect(await submissions(world)).toEqual([{ ...done(200, 200, 0), state: "OPEN" }]);
  });

  it.each([
    ["no network", { networkIds: [] }, "networkIds"],
    ["a network twice", { networkIds: ["net_1", "net_1"] }, "networkIds"],
    ["another product", { product: "KYX" }, "product"],
    ["no key", { key: null }, "key"],
    ["a key of letters that cannot be seen", { key: "mon day" }, "key"],
    ["a key that is too long", { key: "k".repeat(256) }, "key"],
  ])("refuses %s before a line is read", async (_what, over, path) => {
    await using world = await givenWorld();
    const before = await stored(world.app);
    const unread = pieces(Buffer.from(""), 1, true);
    expect(await refusal(uploaded(world.vendor, uploadOf(world, over), unread))).toMatchObject({
      code: "BAD_USER_INPUT",
      paths: [path],
    });
    expect(await stored(world.app)).toEqual(before);
  });

  it("is refused without the scope, without the role, and for a network that one is not in", async () => {
    await using world = await givenWorld();
    const { vendor, fintech, stranger } = world;
    const querying = { ...vendor, commit: world.app.commitAs(actorOf(vendor.id, ["query"])) };
    const attempt = (party: typeof vendor) => refusal(uploadedText(party, uploadOf(world), goodLines(1)));
    const before = await stored(world.app);
    expect(await attempt(querying)).toMatchObject({ code: "FORBIDDEN", message: "This needs the scope `furnish`." });
    expect(await attempt(fintech)).toMatchObject({ code: "FORBIDDEN", paths: ["networkIds[0]"] });
    expect(await attempt(stranger)).toMatchObject({ code: "NOT_FOUND", paths: ["networkIds[0]"] });
    expect(await stored(world.app)).toEqual(before);
  });

  it("refuses a stream without a line, and takes lines under the same key then", async () => {
    await using world = await givenWorld();
    expect(await refusal(uploadedText(world.vendor, uploadOf(world), ""))).toMatchObject({
      code: "BAD_USER_INPUT",
      paths: ["lines"],
    });
    await uploadedText(world.vendor, uploadOf(world), goodLines(1));
    expect(await submissions(world)).toEqual([done(1, 1, 0)]);
  });
});

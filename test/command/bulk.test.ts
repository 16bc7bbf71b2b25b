import { existsSync, readFileSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { createApp } from "../../src/app.js";
import { createDraw, demoRecords, numberAt } from "../../src/command/demo-records.js";
import { duration, progressLine, rowsLine } from "../../src/command/progress.js";
import { readConfig } from "../../src/config.js";
import { readRecord } from "../../src/attestation/read-record.js";
import { sha256 } from "../../src/kernel/canonical.js";
import { ssn } from "../../src/entity/facts.js";
import { SUB_PRODUCT_KINDS, SUB_PRODUCTS } from "../../src/attestation/sub-product.js";
import { NOON } from "../support/app.js";
import { goodLines } from "../support/bulk.js";
import { SECRETS, type Desk, givenDesk } from "./attestry.js";

const STORY_MS = 240_000;
const RUNS = 2_000;

/** Enough that a process is killed amid them. */
const MANY = 8_000;
const BAD_LINE = 3_000;

const ENVIRONMENT = {
  ...SECRETS,
  DATABASE_URL: "sqlite:attestry.sqlite",
};

const printed = async (desk: Desk, ...args: string[]): Promise<string> => {
  const { code, out, err } = await desk.run(...args);
  if (code !== 0) throw new Error(`attestry ${args.join(" ")}: ${code} ${err}`);
  return out.trim();
};

/** A desk with a bank that furnishes, and the command that furnishes a file of the folder. */
async function givenBank(desk: Desk): Promise<readonly string[]> {
  await printed(desk, "migrate");
  const bank = await printed(desk, "participant", "create", "Bank");
  const network = await printed(desk, "network", "create", "Network");
  await printed(desk, "network", "grant", network, bank, "FURNISHER");
  return ["furnish", "records.jsonl", "--participant", bank, "--network", network];
}

/** What the database of a desk holds; nothing twice where `checks` is `attestations`. */
async function heldAt({ folder }: Desk): Promise<object> {
  const path = `sqlite:${join(folder, "attestry.sqlite")}`;
  await using app = await createApp({ ...readConfig({ ...ENVIRONMENT, DATABASE_URL: path }), logLevel: "silent" });
  const [row] = await app.store.rows<object>(
    `select count(*) as attestations, count(distinct entity_id || kind || performed_at) as checks,
            count(distinct entity_id) as people, (select count(*) from event) as events,
            (select count(*) from submission) as submissions from attestation`,
  );
  return row!;
}

/** Resolves when a file of this name turns up in the folder. */
function appeared(folder: string, name: string): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(folder, () => {
      if (!existsSync(join(folder, name))) return;
      watcher.close();
      resolve();
    });
  });
}

describe("attestry furnish", () => {
  it(
    `goes on after kill -9 amid ${MANY} lines, and holds in the end what the file says, once`,
    async () => {
      using desk = givenDesk(ENVIRONMENT);
      const furnish = await givenBank(desk);
      const lines = (await printed(desk, "demo", "--records", String(MANY))).split("\n");
      const checks = lines.flatMap((line) => Object.keys(JSON.parse(line) as object).slice(4)).length;
      writeFileSync(join(desk.folder, "records.jsonl"), `${lines.toSpliced(BAD_LINE - 1, 0, "{}").join("\n")}\n`);
      const reported = appeared(desk.folder, "records.jsonl.bad.jsonl");
      await using first = desk.start(...furnish);
      await Promise.race([reported, first.ended]);
      first.signal("SIGKILL");
      expect((await first.ended).code).toBeNull();
      const held = (await heldAt(desk)) as { people: number };
      expect(held.people).toBeGreaterThan(0);
      expect(held.people).toBeLessThan(MANY);
      const { code, out, err } = await desk.run(...furnish);
      expect({ code, report: err.includes("records.jsonl.bad.jsonl") }).toEqual({ code: 2, report: true });
      expect(JSON.parse(out)).toMatchObject({ lines: MANY + 1, records: MANY, attestations: checks, bad: 1 });
      expect(await heldAt(desk)).toEqual({
        attestations: checks,
        checks,
        people: MANY,
        events: checks,
        submissions: 1,
      });
      const report = readFileSync(join(desk.folder, "records.jsonl.bad.jsonl"), "utf8").trimEnd().split("\n");
      expect(report.map((line) => (JSON.parse(line) as { line: number }).line)).toEqual(report.map(() => BAD_LINE));
    },
    STORY_MS,
  );

  it(
    "ends with 0 and without a report where all is good, says the same again, and takes another file under its own key",
    async () => {
      using desk = givenDesk(ENVIRONMENT);
      const furnish = await givenBank(desk);
      writeFileSync(join(desk.folder, "records.jsonl"), goodLines(3));
      const first = await desk.run(...furnish);
      expect(first).toMatchObject({ code: 0, err: "" });
      expect(existsSync(join(desk.folder, "records.jsonl.bad.jsonl"))).toBe(false);
      expect(await desk.run(...furnish)).toEqual(first);
      writeFileSync(join(desk.folder, "records.jsonl"), goodLines(4));
      const second = await desk.run(...furnish);
      expect(JSON.parse(second.out)).toMatchObject({ lines: 4, records: 4 });
      expect(await heldAt(desk)).toMatchObject({ attestations: 14, people: 4, submissions: 2 });
      const named = await desk.run(...furnish, "--key", "k");
      expect(named.code).toBe(0);
      writeFileSync(join(desk.folder, "records.jsonl"), goodLines(5));
      expect(await desk.run(...furnish, "--key", "k")).toMatchObject({
        code: 1,
        out: "",
        err: "This key was used before with other lines.\n  key: Was used before with other lines.\n",
      });
    },
    STORY_MS,
  );

  it(
    "refuses in a line or two what it cannot do",
    async () => {
      using desk = givenDesk(ENVIRONMENT);
      const furnish = await givenBank(desk);
      expect(await desk.run(...furnish)).toMatchObject({ code: 1, err: expect.stringContaining("ENOENT") });
      writeFileSync(join(desk.folder, "records.jsonl"), goodLines(1));
      const elsewhere = [...furnish.slice(0, -1), "net_00000000000000000000000001"];
      const { code, err } = await desk.run(...elsewhere);
      expect({ code, err }).toEqual({ code: 1, err: "Network not found.\n  networkIds[0]: Network not found.\n" });
      expect(await heldAt(desk)).toMatchObject({ attestations: 0, submissions: 0 });
    },
    STORY_MS,
  );
});

describe("demoRecords", () => {
  const text = (count: number, seed: number): string => JSON.stringify([...demoRecords(count, seed)]);

  it("makes the same of the same seed, and something else of another; a longer run begins alike", () => {
    expect(sha256(text(500, 7))).toBe(sha256(text(500, 7)));
    expect(text(500, 7)).not.toBe(text(500, 8));
    expect([...demoRecords(501, 7)].slice(0, 500)).toEqual([...demoRecords(500, 7)]);
  });

  it("makes good records of one to nine checks, each kind among them, each about another person", () => {
    const records = [...demoRecords(RUNS, 3)];
    for (const record of records) expect(readRecord(record, NOON, "KYC").faults).toBeNull();
    expect(new Set(records.map((record) => record["socialSecurityNumber"])).size).toBe(RUNS);
    const sizes = new Set(records.map((record) => Object.keys(record).length - 4));
    expect([...sizes].toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const kind of SUB_PRODUCT_KINDS.filter((one) => SUB_PRODUCTS[one].product === "KYC"))
      expect(records.some((record) => SUB_PRODUCTS[kind].fieldName in record)).toBe(true);
  });
});

describe("numberAt", () => {
  const index = fc.nat(100_000_000);
  const start = fc.nat(888_000_000);

  it("is a number that may have been issued, wherever it starts", () => {
    fc.assert(
      fc.property(index, start, (at, from) => {
        expect(ssn.safeParse(numberAt(at, from)).success).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it("is another number for another index", () => {
    fc.assert(
      fc.property(index, index, start, (one, other, from) => {
        fc.pre(one !== other);
        expect(numberAt(one, from)).not.toBe(numberAt(other, from));
      }),
      { numRuns: RUNS },
    );
  });
});

describe("createDraw", () => {
  it("stays below its limit, and comes near to each end", () => {
    const draw = createDraw(1);
    const drawn = Array.from({ length: 10_000 }, () => draw.below(100));
    expect([Math.min(...drawn), Math.max(...drawn)]).toEqual([0, 99]);
  });
});

describe("progressLine", () => {
  it("says how many lines, how fast, how many of them bad, and by bytes how long it will take", () => {
    const start = { lines: 0, bytes: 0, atMs: 0 };
    const quarter = { lines: 1_000, bytes: 250, atMs: 1_000 };
    const half = { lines: 2_000, bytes: 500, atMs: 3_000 };
    expect(progressLine(start, start, 1_000, 0)).toBe("0 lines (0 %), 0/s, 0 bad, ? left");
    expect(progressLine(half, start, 1_000, 3)).toBe("2000 lines (50 %), 667/s, 3 bad, 3s left");
    expect(progressLine(half, quarter, 1_000, 3)).toBe("2000 lines (50 %), 500/s, 3 bad, 4s left");
  });
});

describe("rowsLine", () => {
  it("says what goes by, how far it is, how fast since an earlier mark, and how long it goes on at that", () => {
    const from = { lines: 500, bytes: 0, atMs: 0 };
    const now = { lines: 2_500, bytes: 0, atMs: 2_000 };
    expect(rowsLine("copying event", from, from, 10_000)).toBe("copying event: 500 of 10000 rows (5 %), 0/s, ? left");
    expect(rowsLine("copying event", now, from, 10_000)).toBe(
      "copying event: 2500 of 10000 rows (25 %), 1000/s, 8s left",
    );
  });
});

describe("duration", () => {
  it.each([
    [0, "0s"],
    [59.4, "59s"],
    [60, "1m00s"],
    [200, "3m20s"],
    [3_840, "1h04m"],
    [360_000, "100h00m"],
  ])("of %d seconds is %s", (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});

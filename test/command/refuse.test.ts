import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { SECRETS, givenDesk } from "./attestry.js";

const INSTALLED = { ...SECRETS, DATABASE_URL: "sqlite:attestry.sqlite" };

const STORY_MS = 120_000;

describe("attestry start", () => {
  it("refuses a wrong configuration with one line for each fault, without a stack or a value", async () => {
    using desk = givenDesk({
      ATTESTRY_MASTER_KEY: "hunter2hunter2",
      PORT: "99999",
      PLAYGROUND: "yes",
      COST_LIMIT: "many",
      LOG_LEVEL: "loud",
      OIDC_ISSUER: "https://issuer.example",
    });
    const { code, out, err } = await desk.run("start");
    expect({ code, out }).toEqual({ code: 1, out: "" });
    const [title, ...faults] = err.trimEnd().split("\n");
    expect(title).toBe("The configuration is wrong:");
    expect(faults.map((line) => /^ {2}(\w+): [A-Z].+\.$/.exec(line)?.[1])).toEqual(
      expect.arrayContaining([
        "ATTESTRY_MASTER_KEY",
        "ATTESTRY_INDEX_KEY",
        "PORT",
        "PLAYGROUND",
        "COST_LIMIT",
        "LOG_LEVEL",
      ]),
    );
    for (const secret of ["hunter2", "    at "]) expect(err).not.toContain(secret);
  });

  it(
    "refuses a port that another process has, in one line",
    async () => {
      using desk = givenDesk({ ...INSTALLED, PORT: "0" });
      await using first = desk.start("start");
      const [, port] = await first.line(/"url":"http:\/\/127\.0\.0\.1:(\d+)"/);
      using other = givenDesk({ ...INSTALLED, PORT: port! });
      const { code, err } = await other.run("start");
      expect(code).toBe(1);
      expect(err.trimEnd().split("\n")).toHaveLength(1);
      expect(err).toContain(port);
    },
    STORY_MS,
  );
});

describe("a database that cannot be had", () => {
  it.each([
    ["is no database", "sqlite:notes.txt"],
    ["is a folder", "sqlite:."],
  ])("is refused in one line where the path %s", async (_what, url) => {
    using desk = givenDesk({ ...SECRETS, DATABASE_URL: url });
    writeFileSync(join(desk.folder, "notes.txt"), "Not a database, but notes of more than a few bytes.\n".repeat(100));
    const { code, out, err } = await desk.run("migrate");
    expect({ code, out, lines: err.trimEnd().split("\n").length }).toEqual({ code: 1, out: "", lines: 1 });
  });
});

describe("attestry certificate verify", () => {
  it.each([
    ["no JSON", "{", "keys.json is no JSON."],
    ["no keys", "{}", "The signature is not valid for any of these keys."],
  ])("refuses a file of keys that holds %s, in one line", async (_what, keys, message) => {
    using desk = givenDesk();
    writeFileSync(join(desk.folder, "keys.json"), keys);
    writeFileSync(join(desk.folder, "certificate.jws"), "a.b.c");
    const answer = await desk.run("certificate", "verify", "certificate.jws", "--keys", "keys.json");
    expect(answer).toEqual({ code: 1, out: "", err: `${message}\n` });
  });
});

describe("attestry", () => {
  it("says that the tables are missing instead of failing on them", async () => {
    using desk = givenDesk(INSTALLED);
    expect(await desk.run("participant", "create", "Bank")).toEqual({
      code: 1,
      out: "",
      err: "The database is not up to date: run `attestry migrate` first.\n",
    });
  });

  it(
    "refuses what it does not know or cannot do, in a line or two and without a stack",
    async () => {
      using desk = givenDesk(INSTALLED);
      await desk.run("migrate");
      const wrong: readonly (readonly string[])[] = [
        ["fly"],
        ["participant", "create", "  "],
        ["key", "create", "par_00000000000000000000000001", "--scope", "query"],
        ["key", "create", "par_00000000000000000000000001", "--scope", "everything"],
        ["key", "rotate", "key_00000000000000000000000001", "--overlap-hours", "soon"],
        ["network", "create", "N", "--price", "cheap"],
        ["network", "grant", "net_00000000000000000000000001", "par_00000000000000000000000001", "QUERIER"],
        ["participant", "approve", "par_00000000000000000000000001", "DOC_KYC"],
        ["participant", "levels", "par_00000000000000000000000001"],
        ["verify", "ada", "--participant", "par_00000000000000000000000001"],
        ["verify", "ada", "--participant", "par_00000000000000000000000001", "--demo", "nowhere"],
        ["worker", "--at-once", "0"],
        ["clock"],
        ["clock", "advance", "30d"],
        ["clock", "advance", "-1d"],
        ["clock", "advance", "3653d"],
        ["certificate", "verify", "missing.jws", "--keys", "missing.json"],
      ];
      const answers = await Promise.all(wrong.map(async (args) => ({ args, ...(await desk.run(...args)) })));
      for (const { args, code, out, err } of answers) {
        expect({ args, code, out }).toEqual({ args, code: 1, out: "" });
        expect({ args, stack: /\n +at /.test(err), says: err.length > 10 }).toEqual({ args, stack: false, says: true });
      }
    },
    STORY_MS,
  );
});

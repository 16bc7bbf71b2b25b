import { givenDesk } from "./attestry.js";

const SECRET = Buffer.alloc(32, 7).toString("base64url");
const KEYS = { ATTESTRY_MASTER_KEY: SECRET, ATTESTRY_INDEX_KEY: SECRET.replaceAll("B", "C") };
const INSTALLED = { ...KEYS, DATABASE_URL: "sqlite:attestry.sqlite" };

const STORY_MS = 60_000;

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
        ["key", "revoke", "key_00000000000000000000000001"],
        ["network", "create", "N", "--price", "cheap"],
        ["network", "create", "N", "--price", "1.00", "--currency", "dollars"],
        ["network", "grant", "net_00000000000000000000000001", "par_00000000000000000000000001", "QUERIER"],
        ["network", "price", "net_00000000000000000000000001", "2.50"],
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

/** Every command with the options and arguments that its help must name. */
const HELP: readonly (readonly [command: string, named: readonly string[]])[] = [
  [
    "",
    [
      "start",
      "secret",
      "demo",
      "migrate",
      "schema",
      "participant",
      "network",
      "key",
      "signing-key",
      "certificate",
      "attestry demo",
    ],
  ],
  [
    "start",
    [
      "DATABASE_URL",
      "ATTESTRY_MASTER_KEY",
      "ATTESTRY_INDEX_KEY",
      "ATTESTRY_ISSUER",
      "HOST",
      "PORT",
      "PLAYGROUND",
      "INTROSPECTION",
      "CORS_ORIGINS",
      "COST_LIMIT",
      "COST_PER_MINUTE",
      "DRAIN_SECONDS",
      "OIDC_ISSUER",
      "OIDC_AUDIENCE",
      "OIDC_JWKS_URL",
      "LOG_LEVEL",
    ],
  ],
  ["demo", ["--port", "--data", "--fresh"]],
  ["migrate", ["--down", "--list"]],
  ["schema", ["--out"]],
  ["key create", ["<participant>", "--scope", "--label", '"furnish"', '"query"']],
  ["key rotate", ["<key>", "--overlap-hours"]],
  ["network create", ["<name>", "--price", "--currency"]],
  ["network grant", ["<network>", "<participant>", "<roles...>", '"FURNISHER"']],
  ["network price", ["<amount>", "--product", "--currency"]],
  ["certificate verify", ["<file>", "--keys", "--json"]],
];

describe("attestry --help", () => {
  it(
    "names every command, argument, option and variable",
    async () => {
      using desk = givenDesk();
      const helps = await Promise.all(
        HELP.map(([command]) => desk.run(...command.split(" ").filter(Boolean), "--help")),
      );
      helps.forEach(({ code, out, err }, index) => {
        const [command, named] = HELP[index]!;
        expect({ command, code, err }).toEqual({ command, code: 0, err: "" });
        expect({ command, missing: named.filter((name) => !out.includes(name)) }).toEqual({ command, missing: [] });
      });
    },
    STORY_MS,
  );
});

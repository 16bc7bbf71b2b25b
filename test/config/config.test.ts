import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SHIPPED_LEVELS } from "../../src/verification/level.js";
import { configHelp, readConfig, ConfigError } from "../../src/config.js";

const MASTER = Buffer.from("an-obvious-master-key-for-tests!");
const INDEX = Buffer.from("an-obvious-index--key-for-tests!");
const KEY = MASTER.toString("base64url");

const LEAST = { ATTESTRY_MASTER_KEY: KEY, ATTESTRY_INDEX_KEY: INDEX.toString("base64url") };

const SECRET = `whsec_${Buffer.from("an-obvious-secret-for-a-vendor!!").toString("base64")}`;
const OLD_SECRET = `whsec_${Buffer.from("the-secret-before-that-one").toString("base64")}`;
const VENDOR = { PROVIDER: "http", PROVIDER_URL: "https://vendor.example/checks", PROVIDER_SECRET: SECRET };

/** The faults with which start-up refuses these variables, one a line. */
function faultsOf(environment: Readonly<Record<string, string | undefined>>): string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split("\n").slice(1);
  }
  throw new Error("It was not refused.");
}

const WRONG: readonly (readonly [name: string, value: string])[] = [
  ["DATABASE_URL", "postgres://localhost/attestry"],
  ["ATTESTRY_MASTER_KEY", "hunter2"],
  ["ATTESTRY_MASTER_KEY", KEY.slice(1)],
  ["ATTESTRY_MASTER_KEY", `${KEY}AA`],
  ["ATTESTRY_INDEX_KEY", `${KEY.slice(1)}+`],
  ["ATTESTRY_ISSUER", "gateway.example"],
  ["ATTESTRY_ISSUER", "file:///etc/passwd"],
  ["PORT", "65536"],
  ["PORT", "-1"],
  ["PORT", "4000.5"],
  ["PORT", "http"],
  ["PORT", "0x10"],
  ["PLAYGROUND", "yes"],
  ["INTROSPECTION", "1"],
  ["CORS_ORIGINS", "https://app.example,app.example"],
  ["COST_LIMIT", "-0"],
  ["COST_PER_MINUTE", "unlimited"],
  ["DRAIN_SECONDS", "601"],
  ["DRAIN_NOTICE_SECONDS", "61"],
  ["OIDC_JWKS_URL", "issuer.example/keys"],
  ["LOG_LEVEL", "verbose"],
  ["PROVIDER", "sardine"],
  ["SANDBOX_DELAY_SECONDS", "-5"],
  ["PROVIDER_URL", "vendor.example"],
  ["PROVIDER_URL", "http://vendor.example/checks"],
  ["PROVIDER_URL", "HTTP://vendor.example/checks"],
  ["PROVIDER_SECRET", "hunter2"],
  ["PROVIDER_SECRET", SECRET.slice("whsec_".length)],
  ["PROVIDER_SECRET", SECRET.replace("=", "")],
  ["PROVIDER_SECRET", `whsec_${"A".repeat(28)}`],
  ["PROVIDER_SECRET", `${SECRET},`],
  ["PROVIDER_SECRET", Array.from({ length: 6 }, () => SECRET).join(",")],
  ["PROVIDER_ALLOW_PRIVATE", "1"],
  ["PROVIDER_TIMEOUT_SECONDS", "51"],
  ["PROVIDER_SILENT_HOURS", "721"],
  ["WORKERS", "1001"],
  ["LEVELS_FILE", "nowhere/levels.json"],
  ["LEVELS_FILE", "README.md"],
];

describe("readConfig", () => {
  it("needs the two keys and nothing else, and is safe where nothing is said", () => {
    expect(readConfig(LEAST)).toEqual({
      databasePath: ".data/attestry.sqlite",
      masterKey: MASTER,
      indexKey: INDEX,
      issuer: "http://127.0.0.1:4000",
      host: "127.0.0.1",
      port: 4000,
      playground: false,
      introspection: true,
      corsOrigins: [],
      costLimit: 2_000,
      costPerMinute: 100_000,
      drainMs: 20_000,
      drainNoticeMs: 0,
      oidc: null,
      documentsFolder: ".data/documents",
      provider: { kind: "none" },
      levels: SHIPPED_LEVELS,
      keepEventsDays: null,
      workers: 25,
      logLevel: "info",
    });
  });

  it("reads every variable", () => {
    const config = readConfig({
      ...LEAST,
      DATABASE_URL: "sqlite:/data/a b.sqlite",
      ATTESTRY_ISSUER: "https://gateway.example",
      HOST: "0.0.0.0",
      PORT: "0",
      PLAYGROUND: "true",
      INTROSPECTION: "false",
      CORS_ORIGINS: " https://app.example , https://desk.example,",
      COST_LIMIT: "10",
      COST_PER_MINUTE: "10",
      DRAIN_SECONDS: "0",
      DRAIN_NOTICE_SECONDS: "5",
      OIDC_ISSUER: "https://login.example/",
      OIDC_AUDIENCE: "attestry",
      PROVIDER: "http",
      PROVIDER_URL: "http://127.0.0.1:9/checks",
      PROVIDER_SECRET: `${SECRET}, ${OLD_SECRET}`,
      PROVIDER_ALLOW_PRIVATE: "true",
      PROVIDER_TIMEOUT_SECONDS: "3",
      PROVIDER_SILENT_HOURS: "2",
      WORKERS: "0",
      EVENT_RETENTION_DAYS: "90",
      LOG_LEVEL: "silent",
    });
    expect(config).toMatchObject({
      databasePath: "/data/a b.sqlite",
      issuer: "https://gateway.example",
      host: "0.0.0.0",
      port: 0,
      playground: true,
      introspection: false,
      corsOrigins: ["https://app.example", "https://desk.example"],
      costLimit: 10,
      costPerMinute: 10,
      drainMs: 0,
      drainNoticeMs: 5_000,
      oidc: {
        issuer: "https://login.example/",
        audience: "attestry",
        jwksUrl: "https://login.example/.well-known/jwks.json",
      },
      provider: {
        kind: "http",
        url: "http://127.0.0.1:9/checks",
        secrets: [SECRET, OLD_SECRET],
        allowPrivate: true,
        timeoutMs: 3_000,
        silentAfterMs: 7_200_000,
      },
      keepEventsDays: 90,
      workers: 0,
      logLevel: "silent",
    });
  });

  it("reads how long the sandbox takes", () => {
    expect(readConfig({ ...LEAST, PROVIDER: "sandbox" }).provider).toEqual({ kind: "sandbox", delayMs: 0 });
    expect(readConfig({ ...LEAST, PROVIDER: "sandbox", SANDBOX_DELAY_SECONDS: "5" }).provider).toEqual({
      kind: "sandbox",
      delayMs: 5_000,
    });
  });

  it("waits for a vendor no longer than a lease lasts, and keeps to public addresses, where nothing is said", () => {
    expect(readConfig({ ...LEAST, ...VENDOR }).provider).toEqual({
      kind: "http",
      url: VENDOR.PROVIDER_URL,
      secrets: [SECRET],
      allowPrivate: false,
      timeoutMs: 10_000,
      silentAfterMs: 86_400_000,
    });
  });

  it("asks no vendor whose address and secret are given but who is not chosen", () => {
    expect(readConfig({ ...LEAST, ...VENDOR, PROVIDER: "none" }).provider).toEqual({ kind: "none" });
  });

  it("takes the issuer's keys from elsewhere if it is told where", () => {
    const OIDC = {
      OIDC_ISSUER: "https://login.example",
      OIDC_AUDIENCE: "attestry",
      OIDC_JWKS_URL: "https://keys.example/all",
    };
    expect(readConfig({ ...LEAST, ...OIDC }).oidc?.jwksUrl).toBe("https://keys.example/all");
  });

  it("takes a variable that is set to nothing as not set", () => {
    expect(readConfig({ ...LEAST, PORT: "", OIDC_ISSUER: "", LOG_LEVEL: undefined })).toEqual(readConfig(LEAST));
  });

  it("cannot be changed", () => {
    expect(Object.isFrozen(readConfig(LEAST))).toBe(true);
  });

  it.each(WRONG)("refuses %s=%s in one line that names it and does not repeat the value", (name, value) => {
    const faults = faultsOf({ ...LEAST, [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^ {2}${name}[.\\d]*: [A-Z]`));
    expect(faults[0]).not.toContain(value);
  });

  it("refuses a database without a path", () => {
    expect(faultsOf({ ...LEAST, DATABASE_URL: "sqlite:" })).toEqual([
      "  DATABASE_URL: Must be sqlite: and the path of a file.",
    ]);
  });

  it("tells all faults at once, a line each", () => {
    const faults = faultsOf({ PORT: "many", PLAYGROUND: "on", LOG_LEVEL: "loud" });
    const names = faults.map((line) => line.trim().replace(/:.*/, ""));
    expect(names.toSorted()).toEqual(["ATTESTRY_INDEX_KEY", "ATTESTRY_MASTER_KEY", "LOG_LEVEL", "PLAYGROUND", "PORT"]);
  });

  it("says how to come by a key", () => {
    expect(faultsOf({})).toEqual(expect.arrayContaining([expect.stringContaining("attestry secret")]));
  });

  it("refuses an issuer of staff tokens without their audience", () => {
    expect(faultsOf({ ...LEAST, OIDC_ISSUER: "https://login.example" })).toEqual([
      "  OIDC_AUDIENCE: Is required with OIDC_ISSUER.",
    ]);
  });

  it("refuses a vendor without an address and a secret", () => {
    expect(faultsOf({ ...LEAST, PROVIDER: "http" })).toEqual([
      "  PROVIDER_URL: Is required with PROVIDER=http.",
      "  PROVIDER_SECRET: Is required with PROVIDER=http.",
    ]);
  });

  it("refuses a wrong secret of a chosen vendor in one line, too", () => {
    expect(faultsOf({ ...LEAST, ...VENDOR, PROVIDER_SECRET: "hunter2" })).toEqual([
      expect.stringMatching(/^ {2}PROVIDER_SECRET: Must be whsec_/),
    ]);
  });

  it("refuses a budget that a single allowed request could not be paid from", () => {
    expect(faultsOf({ ...LEAST, COST_LIMIT: "101", COST_PER_MINUTE: "100" })).toEqual([
      "  COST_PER_MINUTE: Must be at least COST_LIMIT.",
    ]);
  });

  it("refuses one key for both purposes", () => {
    expect(faultsOf({ ATTESTRY_MASTER_KEY: KEY, ATTESTRY_INDEX_KEY: KEY })).toEqual([
      expect.stringContaining("ATTESTRY_INDEX_KEY"),
    ]);
  });
});

describe("LEVELS_FILE", () => {
  const folder = mkdtempSync(join(process.env["ATTESTRY_TEST_FOLDER"] ?? tmpdir(), "levels-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  const fileOf = (levels: unknown): string => {
    const path = join(folder, "levels.json");
    writeFileSync(path, JSON.stringify(levels));
    return path;
  };

  const LEVEL = { name: "OURS", entityTypes: ["INDIVIDUAL"], checks: [{ element: "NAME", weight: 1 }] };

  it("stands in the place of the shipped levels", () => {
    const { levels } = readConfig({ ...LEAST, LEVELS_FILE: fileOf([LEVEL]) });
    expect(levels).toEqual([expect.objectContaining({ name: "OURS", attempts: 2, onMismatch: "FAILED" })]);
  });

  it("is refused with a line for each fault that says where it is, beside those of other variables", () => {
    const faults = faultsOf({
      ...LEAST,
      PORT: "many",
      LEVELS_FILE: fileOf([LEVEL, { ...LEVEL, name: "two words", attempts: 0 }]),
    });
    expect(faults.map((line) => line.replace(/: .*/, "").trim()).toSorted()).toEqual([
      "LEVELS_FILE.1.attempts",
      "LEVELS_FILE.1.name",
      "PORT",
    ]);
    expect(faults.join()).not.toContain("two words");
  });

  it("is refused without a level, and with one level twice", () => {
    expect(faultsOf({ ...LEAST, LEVELS_FILE: fileOf([]) })).toEqual(["  LEVELS_FILE: Must hold at least one level."]);
    expect(faultsOf({ ...LEAST, LEVELS_FILE: fileOf([LEVEL, LEVEL]) })).toEqual([
      "  LEVELS_FILE: Must not name a level twice.",
    ]);
  });
});

describe("configHelp", () => {
  it("describes every variable in a line", () => {
    const lines = configHelp().split("\n");
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => !/^ {2}[A-Z_]+ +[A-Z].*\.$/.test(line))).toEqual([]);
  });
});

import { configHelp, readConfig, ConfigError } from "../../src/config.js";

const MASTER = Buffer.from("an-obvious-master-key-for-tests!");
const INDEX = Buffer.from("an-obvious-index--key-for-tests!");
const KEY = MASTER.toString("base64url");

const LEAST = { ATTESTRY_MASTER_KEY: KEY, ATTESTRY_INDEX_KEY: INDEX.toString("base64url") };

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
  ["OIDC_JWKS_URL", "issuer.example/keys"],
  ["LOG_LEVEL", "verbose"],
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
      oidc: null,
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
      OIDC_ISSUER: "https://login.example/",
      OIDC_AUDIENCE: "attestry",
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
      oidc: {
        issuer: "https://login.example/",
        audience: "attestry",
        jwksUrl: "https://login.example/.well-known/jwks.json",
      },
      logLevel: "silent",
    });
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

describe("configHelp", () => {
  it("describes every variable in a line", () => {
    const lines = configHelp().split("\n");
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => !/^ {2}[A-Z_]+ +[A-Z].*\.$/.test(line))).toEqual([]);
  });
});

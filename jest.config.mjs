import { readFileSync } from "node:fs";

const swc = JSON.parse(readFileSync(new URL("./.swcrc", import.meta.url), "utf8"));

/** One run of every law on one kind of database. @returns {import("jest").Config} */
const on = (database) => ({
  displayName: database,
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  extensionsToTreatAsEsm: [".ts"],
  transform: { "^.+\\.ts$": ["@swc/jest", { ...swc, swcrc: false, sourceMaps: "inline" }] },
  moduleNameMapper: {
    "^(\\.{1,2}/.*)\\.js$": "$1",
    // Its ES build imports JSON without an attribute, which jest complains of at every load.
    "^libphonenumber-js$": "<rootDir>/node_modules/libphonenumber-js/index.cjs",
  },
  modulePathIgnorePatterns: ["<rootDir>/dist"],
  setupFiles: [`<rootDir>/scripts/jest-on-${database}.mjs`],
  globalSetup: `<rootDir>/scripts/jest-setup-${database}.mjs`,
  // What is about one kind of database is judged there alone.
  testPathIgnorePatterns: [
    "/node_modules/",
    `/test/.*\\.${database === "sqlite" ? "postgres" : "sqlite"}\\.test\\.ts$`,
  ],
  globalTeardown: `<rootDir>/scripts/jest-teardown-${database}.mjs`,
});

/**
 * The stories of certificates, verification and events once more, their requests spread at random over three gateways on one PostgreSQL, and
 * their work over two workers. Not among them: stories of one process alone, which count its statements or stop it by hand.
 */
const SPREAD = [
  "bad-input",
  "durability",
  "frontend",
  "permission",
  "share",
  "stream-cut",
  "stream-replay",
  "stream-rights",
  "stream-state",
  "tenancy",
  "verify-bad-input",
  "verify-examples",
  "verify-progress",
  "verify-sandbox",
  "verify-statuses",
  "verify-tenancy",
];
const cluster = {
  ...on("postgres"),
  displayName: "cluster",
  testMatch: SPREAD.map((story) => `<rootDir>/test/story/${story}.test.ts`),
  setupFiles: ["<rootDir>/scripts/jest-on-cluster.mjs"],
};

/** @type {import("jest").Config} */
export default {
  // Of two workers that share a server with whatever else the machine does, a test may wait long for its turn.
  testTimeout: 60_000,
  maxWorkers: 2,
  // Modules of tests that have run are kept by Node: a worker that has run many is replaced by another.
  workerIdleMemoryLimit: "1GB",
  coverageProvider: "v8",
  collectCoverageFrom: ["src/**/*.ts", "!src/migration/**", "!src/playground/**"],
  reporters: ["default", "<rootDir>/scripts/summary-reporter.mjs"],
  projects: [on("sqlite"), on("postgres"), cluster],
};

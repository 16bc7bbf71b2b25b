import { readFileSync } from "node:fs";

const swc = JSON.parse(readFileSync(new URL("./.swcrc", import.meta.url), "utf8"));

/** @type {import("jest").Config} */
export default {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testTimeout: 20_000,
  maxWorkers: 2,
  extensionsToTreatAsEsm: [".ts"],
  transform: { "^.+\\.ts$": ["@swc/jest", { ...swc, swcrc: false, sourceMaps: "inline" }] },
  moduleNameMapper: {
    "^(\\.{1,2}/.*)\\.js$": "$1",
    // Its ES build imports JSON without an attribute, which jest complains of at every load.
    "^libphonenumber-js$": "<rootDir>/node_modules/libphonenumber-js/index.cjs",
  },
  modulePathIgnorePatterns: ["<rootDir>/dist"],
  coverageProvider: "v8",
  collectCoverageFrom: ["src/**/*.ts", "!src/migration/**", "!src/playground/**"],
  reporters: ["default", "<rootDir>/scripts/summary-reporter.mjs"],
  globalSetup: "<rootDir>/scripts/jest-setup.mjs",
  globalTeardown: "<rootDir>/scripts/jest-teardown.mjs",
};

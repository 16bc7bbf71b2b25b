// Every check that is not a test, one line each, all of them even when one fails. `npm run check`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundledNode, runsAttestry } from "./runtime.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);
const node = runsAttestry() ? process.execPath : bundledNode();
const path = [join(root, "node_modules/.bin"), process.env.PATH].join(delimiter);

/** Runs a program of node_modules under the right Node; an empty answer means that all is well. */
function run(bin, ...args) {
  const result = spawnSync(node, [join(root, bin), ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, PATH: path, NO_COLOR: "1" },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.status === 0) return "";
  return `${result.stdout ?? ""}${result.stderr ?? ""}${result.error?.message ?? ""}`.trim() || "It failed in silence.";
}

/** The file behind a command of an installed package. */
function binOf(name, command) {
  const manifest = require.resolve(`${name}/package.json`, { paths: [root] });
  const { bin } = JSON.parse(readFileSync(manifest, "utf8"));
  return join("node_modules", name, typeof bin === "string" ? bin : bin[command]);
}

function schemaDrift() {
  const folder = mkdtempSync(join(tmpdir(), "attestry-schema-"));
  try {
    const emitted = join(folder, "schema.graphql");
    const failed = run("scripts/attestry.mjs", "schema", "--out", emitted);
    if (failed) return failed;
    const same = readFileSync(emitted, "utf8") === readFileSync(join(root, "schema/schema.graphql"), "utf8");
    return same ? "" : "schema/schema.graphql is not what the code emits: run `npm run schema` and look at the change.";
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function codegenDrift() {
  const output = run(binOf("@graphql-codegen/cli", "graphql-codegen-esm"), "--config", "codegen.yml", "--check");
  return output && `${output}\ntest/generated is not what codegen writes: run \`npm run codegen\`.`;
}

/** A lock that names hosts binds every installation to the registry of whoever wrote it. */
function lockFile() {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const wrong = Object.entries(packages).flatMap(([name, entry]) => [
    ...(entry.resolved && !entry.link ? [`${name} has a "resolved" address`] : []),
    ...(name && !entry.integrity && !entry.link && !entry.inBundle ? [`${name} has no "integrity"`] : []),
  ]);
  return wrong.join("\n");
}

/** @type {readonly (readonly [name: string, check: () => string])[]} */
const CHECKS = [
  ["format", () => run(binOf("@biomejs/biome", "biome"), "format", ".")],
  ["types", () => run(binOf("typescript", "tsc"))],
  ["types of the playground", () => run(binOf("typescript", "tsc"), "-p", "src/playground")],
  ["lint", () => run(binOf("oxlint", "oxlint"), "--type-aware", "--deny-warnings")],
  ["schema is up to date", schemaDrift],
  ["generated types are up to date", codegenDrift],
  ["lock file", lockFile],
];

function outcome(check) {
  try {
    return check();
  } catch (error) {
    return String(error);
  }
}

let failures = 0;
for (const [name, check] of CHECKS) {
  const output = outcome(check);
  if (output) failures += 1;
  console.log(output ? `failed  ${name}\n${output.replace(/^/gm, "        ")}` : `ok      ${name}`);
}
console.log(`${CHECKS.length - failures} ok, ${failures} failed`);
process.exitCode = failures > 0 ? 1 : 0;

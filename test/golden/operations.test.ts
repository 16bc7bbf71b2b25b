import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fillDemo, type Filled } from "../../src/command/demo-world.js";
import { examples } from "../../src/command/example.js";
import { DEMO_ENVIRONMENT } from "../../src/command/open-demo.js";
import { countingIds } from "../../src/kernel/id.js";
import { CertificatesDocument } from "../generated/graphql.js";
import { NOON, testApp } from "../support/app.js";
import { ask, data, type Answer } from "../support/ask.js";
import { onPostgres } from "../support/database.js";
import { firstResult } from "../support/sse.js";

/**
 * Every example operation on the demo data, asked over HTTP at one fixed moment: what it answers, and the statements that
 * it costs. `UPDATE_GOLDEN=1 npm test -- test/golden` writes the files anew; the difference is what a reviewer reads.
 */
const UPDATE = process.env["UPDATE_GOLDEN"] === "1";

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** The demo, made once: each operation gets a copy of its own. */
let demo: Filled & { readonly url: string };

beforeAll(async () => {
  await using test = await testApp({ environment: DEMO_ENVIRONMENT, kept: true });
  demo = { ...(await fillDemo(test.app, NOON)), url: test.app.config.databaseUrl };
});

/** What is random by design: hashes over salted values, signatures, sealed bytes, tokens. */
const withoutChance = (text: string): string =>
  text
    .replaceAll(/"contentHash": "[0-9a-f]{64}"/g, '"contentHash": "<sha256>"')
    .replaceAll(/digest\\":\\"[0-9a-f]{64}/g, 'digest\\":\\"<sha256>')
    .replaceAll(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, "<jws>")
    .replaceAll(/v1\.[\w-]{40,}/g, "<sealed>");

const oneLine = (sql: string): string => sql.replaceAll(/\s+/g, " ").trim();

/** What a gateway asks by itself as soon as it hears of others. */
const isAsked = (sql: string): boolean => !sql.includes("from installation");

/** What is asked of a server at the same time is answered in any order, and so is what follows from it. */
const inOrder = (statements: readonly string[]): readonly string[] => (onPostgres ? statements.toSorted() : statements);

/** Where the statements of an operation are written down: they are not quite the same on each database. */
const folderOf = (file: string): string => (file.endsWith(".sql") && onPostgres ? `postgres/${file}` : file);

const isFollowed = (query: string): boolean => /^subscription/m.test(query);

/** A demo gateway at the fixed moment, asked once; the statements are those of this one request. */
async function asked(
  name: string,
): Promise<{ answer: Pick<Answer<unknown>, "status" | "errors">; statements: readonly string[] | null }> {
  const { url, keys, blanks } = demo;
  const example = examples(blanks).find((one) => one.name === name)!;
  await using test = await testApp({ from: url, newId: countingIds(9_001), environment: DEMO_ENVIRONMENT });
  const server = await test.app.listen();
  test.statements.length = 0;
  const { token } = keys.find((key) => key.name === example.as)!;
  const variables = example.variables ? (JSON.parse(example.variables) as Record<string, unknown>) : undefined;
  const answer = isFollowed(example.query)
    ? await firstResult(server, token, example.query, variables)
    : await ask(server, token, example.query, variables);
  // A stream is followed by statements of its own, as often as there was time for.
  const statements = isFollowed(example.query) ? null : inOrder(test.statements.map(oneLine).filter(isAsked));
  await server.close();
  return { answer, statements };
}

function expectGolden(name: string, text: string): void {
  const file = pathOf(folderOf(name));
  if (UPDATE) writeFileSync(file, text);
  expect(existsSync(file) ? text : `${name} is missing`).toBe(readFileSync(file, "utf8"));
}

describe("schema/operations", () => {
  it.each(
    examples().map(({ name }) => name),
  )("%s answers as written down, by the statements written down", async (name) => {
    const { answer, statements } = await asked(name);
    expect(answer.errors).toBeUndefined();
    const { status, ...body } = answer;
    expect(status).toBe(200);
    expectGolden(`${name}.json`, withoutChance(`${JSON.stringify(body, null, 2)}\n`));
    if (statements)
      expectGolden(`${name}.sql`, withoutChance(`-- ${statements.length} statements\n${statements.join(";\n")};\n`));
  });

  it("has a golden file for every operation and no other", () => {
    const named = examples().flatMap(({ name, query }) => [
      `${name}.json`,
      ...(isFollowed(query) ? [] : [`${name}.sql`]),
    ]);
    const files = readdirSync(pathOf(".")).filter((file) => /\.(json|sql)$/.test(file));
    expect(files.toSorted()).toEqual(named.toSorted());
    expect(readdirSync(pathOf("postgres")).toSorted()).toEqual(
      named.filter((file) => file.endsWith(".sql")).toSorted(),
    );
  });
});

describe("certificates × sub-products × attestation × furnisher × network", () => {
  it("costs the same statements for twenty certificates as for one", async () => {
    const { url, keys } = demo;
    await using test = await testApp({ from: url, environment: DEMO_ENVIRONMENT });
    const server = await test.app.listen();
    const token = keys[0]!.token;
    const counts: number[] = [];
    for (const first of [1, 20]) {
      test.statements.length = 0;
      const { certificates } = await data(server, token, CertificatesDocument, { first });
      expect(certificates.edges).toHaveLength(first);
      expect(certificates.edges.every(({ node }) => node.subProducts.length === 9)).toBe(true);
      counts.push(test.statements.map(oneLine).filter(isAsked).length);
    }
    await server.close();
    expect(counts[1]).toBe(counts[0]);
  });
});

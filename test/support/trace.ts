import { sha256 } from "../../src/kernel/canonical.js";
import type { TestApp } from "./app.js";
import { tableNames } from "./database.js";
import { refusal } from "./refusal.js";

/** Every table with a digest of all that it holds. */
async function contents({ app }: Pick<TestApp, "app">): Promise<Map<string, string>> {
  const { rows } = app.store;
  const tables = await rows<{ name: string }>(tableNames());
  const digests = tables.map(
    async ({ name }) => [name, sha256(JSON.stringify(await rows(`select * from ${name}`)))] as const,
  );
  return new Map(await Promise.all(digests));
}

/** What a piece of work answers, and the tables that it left other than they were. */
export async function traced<Result>(
  test: Pick<TestApp, "app">,
  work: () => Promise<Result>,
): Promise<{ result: Result; changed: string[] }> {
  const before = await contents(test);
  const result = await work();
  const after = await contents(test);
  return { result, changed: [...after].filter(([name, digest]) => before.get(name) !== digest).map(([name]) => name) };
}

/** How a piece of work is refused, in code and paths, and what it left behind all the same. */
export async function refusedTrace(
  test: Pick<TestApp, "app">,
  work: () => Promise<unknown>,
): Promise<{ code: string; paths: readonly string[]; changed: string[] }> {
  const { result, changed } = await traced(test, () => refusal(work()));
  return { code: result.code, paths: result.paths, changed };
}

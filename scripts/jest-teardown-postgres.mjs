import teardownFolder from "./jest-teardown-sqlite.mjs";

export default async function teardown() {
  await globalThis.stopTestPostgres?.();
  teardownFolder();
}

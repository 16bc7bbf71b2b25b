import setupFolder from "./jest-setup-sqlite.mjs";
import { startPostgres } from "./postgres.mjs";

/** Besides the folder of the run, one server for all of its tests, each of which has a database of its own. */
export default async function setup() {
  if (!process.env.ATTESTRY_TEST_FOLDER) setupFolder();
  if (globalThis.stopTestPostgres) return;
  const server = await startPostgres();
  process.env.ATTESTRY_TEST_POSTGRES = server.urlOf("postgres");
  globalThis.stopTestPostgres = server.stop;
}

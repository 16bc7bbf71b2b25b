import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adviceOnNode, runsAttestry } from "./runtime.mjs";

/** Makes the one folder of the run, which workers inherit by name. Says in words what the database driver would say by crashing. */
export default function setup() {
  if (!runsAttestry()) throw new Error(`${adviceOnNode()} "npm test" finds the bundled one by itself.`);
  process.env.ATTESTRY_TEST_FOLDER = mkdtempSync(join(tmpdir(), "attestry-test-"));
}

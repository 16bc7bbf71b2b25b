import { adviceOnNode, runsAttestry } from "./runtime.mjs";

/** Says in words what the database driver would say by crashing. */
export default function setup() {
  if (!runsAttestry()) throw new Error(`${adviceOnNode()} "npm test" finds the bundled one by itself.`);
}

// Measures the gateway: `npm run bench`. Needs no build, and the Node that the database driver needs.
import { adviceOnNode, runsAttestry } from "./runtime.mjs";

if (runsAttestry()) {
  await import("./register.mjs");
  await import("../bench/main.ts");
} else {
  console.error(`${adviceOnNode()} "npm run bench" finds the bundled one by itself.`);
  process.exitCode = 1;
}

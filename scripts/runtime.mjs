import { existsSync } from "node:fs";
import { createRequire } from "node:module";

const isAtLeast = (version, major, minor) => {
  const [ours, theirs] = version.split(".").map(Number);
  return ours > major || (ours === major && theirs >= minor);
};

/** Whether this Node can run Attestry: the database driver needs 22.17 and crashes below it, without a word. */
export const runsAttestry = (version = process.versions.node) => isAtLeast(version, 22, 17);

/** Whether this Node can run the bundler. */
export const runsBundler = (version = process.versions.node) =>
  isAtLeast(version, 22, 12) || (version.startsWith("20.") && isAtLeast(version, 20, 19));

/** The Node 24 that `npm ci` put beside us, or null on a platform for which there is none. */
export function bundledNode() {
  const windows = process.platform === "win32";
  const name = `node-${windows ? "win" : process.platform}-${process.arch}`;
  try {
    const path = createRequire(import.meta.url).resolve(`${name}/bin/node${windows ? ".exe" : ""}`);
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

/** What to tell somebody whose Node is too old where there is no bundled one. */
export const adviceOnNode = () =>
  `Attestry needs Node 22.17 or newer, and this is ${process.version}. ` +
  'Run "npm ci" to get the bundled Node 24, or install one from nodejs.org.';

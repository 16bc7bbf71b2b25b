import { createApp } from "../../src/app.js";
import { readConfig } from "../../src/config.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import { move } from "../../src/store/move/move.js";
import { openStill } from "../../src/store/sqlite.js";

/**
 * A move in a process of its own, for tests that kill it: into the database that the environment names, one line for each page that is
 * copied. Arguments: the path of the source, and how many rows a page has.
 */
const [path, most] = process.argv.slice(2);

await using app = await createApp(readConfig());
using source = openStill(path!, true);
const target = { rows: app.store.rows, commit: app.commitAs(OPERATOR) };
for await (const { step, done } of move({
  source,
  target,
  vault: app.vault,
  clock: app.workplace.clock,
  most: Number(most),
}))
  if (step === "COPYING") console.log(done);

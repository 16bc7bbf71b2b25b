import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { soon, until } from "../support/soon.js";

/** Makes a command the first process of a world of its own, as a container does; no right of the machine is needed for it. */
const ALONE = ["--user", "--map-root-user", "--pid", "--fork", "--kill-child"];

const canBeAlone = spawnSync("unshare", [...ALONE, "true"]).status === 0;

const suite = canBeAlone ? describe : describe.skip;

if (!canBeAlone) console.warn("The test of the first process is skipped: this machine makes no namespaces.");

/** The one child of a process. */
const childOf = (pid: number): number => Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8"));

suite("attestry as the first process of a container", () => {
  it.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)("is ended by %s also where it does not listen for it", async (signal, code) => {
    const folder = mkdtempSync(join(tmpdir(), "attestry-first-"));
    const out = join(folder, "people.jsonl");
    const writing = ["scripts/attestry.mjs", "demo", "--records", "1000000", "--out", out];
    const outer = spawn("unshare", [...ALONE, process.execPath, ...writing], { stdio: "ignore" });
    try {
      await until(
        () => existsSync(out),
        () => "it to begin",
      );
      process.kill(childOf(outer.pid!), signal);
      expect(await soon(once(outer, "close"), () => "it to end")).toEqual([code, null]);
    } finally {
      outer.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

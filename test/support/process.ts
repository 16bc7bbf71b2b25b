import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Config } from "../../src/config.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Another process that works on a database: what it printed, and how it ends. It never outlives the test. */
export interface Beside extends AsyncDisposable {
  readonly lines: readonly string[];
  /** Resolves when it has printed this many lines; rejects if it ends before. */
  readonly printed: (count: number) => Promise<void>;
  /** Sends it a line. */
  readonly tell: (line: string) => void;
  /** What `kill -9` does; resolves when it is gone. */
  readonly kill: () => Promise<void>;
  /** Its exit code, null where it was killed, and what it complained of. */
  readonly ended: Promise<{ readonly code: number | null; readonly complaint: string }>;
}

/** Runs a script of `test/support` on the database of a configuration, in a process of its own. */
export function runBeside(config: Config, script: string, args: readonly (string | number)[]): Beside {
  const child = spawn(
    process.execPath,
    ["--import", "./scripts/register.mjs", `test/support/${script}`, ...args.map(String)],
    {
      cwd: ROOT,
      env: {
        DATABASE_URL: config.databaseUrl,
        ATTESTRY_MASTER_KEY: config.masterKey.toString("base64url"),
        ATTESTRY_INDEX_KEY: config.indexKey.toString("base64url"),
        LOG_LEVEL: "silent",
      },
    },
  );
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    for (const look of waiting) look();
  });
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  const ended = new Promise<{ code: number | null; complaint: string }>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, complaint }));
  });
  const printed = (count: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (lines.length >= count) resolve();
      };
      waiting.add(look);
      look();
      void ended.then(() => reject(new Error(`It ended after ${lines.length} lines. ${complaint}`)), reject);
    });
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
  };
  return {
    lines,
    printed,
    tell: (line) => void child.stdin.write(`${line}\n`),
    kill,
    ended,
    [Symbol.asyncDispose]: kill,
  };
}

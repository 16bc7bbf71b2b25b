import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("../../scripts/attestry.mjs", import.meta.url));

const secret = (text: string): string => Buffer.from(text).toString("base64url");

/** The two secrets of an installation that is made for a test. */
export const SECRETS = {
  ATTESTRY_MASTER_KEY: secret("an-obvious-master-key-for-tests!"),
  ATTESTRY_INDEX_KEY: secret("an-obvious-index--key-for-tests!"),
} as const;

/** What a command that has ended leaves behind. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command that goes on. */
export interface Running extends AsyncDisposable {
  /** The first line, of either output, that matches; fails where the process ends before it. */
  readonly line: (pattern: RegExp) => Promise<RegExpExecArray>;
  readonly signal: (name: NodeJS.Signals) => void;
  readonly ended: Promise<Ended>;
}

/** A folder of one operator, and the environment that commands see there. */
export interface Desk extends Disposable {
  readonly folder: string;
  readonly run: (...args: string[]) => Promise<Ended>;
  readonly start: (...args: string[]) => Running;
}

/** The command of this version, where no other is given. */
export function givenDesk(environment: Readonly<Record<string, string>> = {}, script: string = SCRIPT): Desk {
  const folder = mkdtempSync(join(tmpdir(), "attestry-desk-"));
  const begin = (args: readonly string[]): ChildProcess =>
    spawn(process.execPath, [script, ...args], {
      cwd: folder,
      env: { PATH: process.env["PATH"], NO_COLOR: "1", ...environment },
    });
  return {
    folder,
    run: (...args) => followed(begin(args)).ended,
    start: (...args) => followed(begin(args)),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function followed(child: ChildProcess): Running {
  const heard = { out: "", err: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (heard.out += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (heard.err += text));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, ...heard }));
  const found = (pattern: RegExp) => pattern.exec(heard.out) ?? pattern.exec(heard.err);
  const line = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = found(pattern);
        if (match) resolve(match);
      };
      child.stdout?.on("data", look);
      child.stderr?.on("data", look);
      void ended.then(({ code }) => reject(new Error(`It ended with ${code} instead: ${heard.err}${heard.out}`)));
      look();
    });
  const dispose = async (): Promise<void> => {
    if (child.exitCode === null) child.kill("SIGKILL");
    await ended;
  };
  return { line, signal: (name) => void child.kill(name), ended, [Symbol.asyncDispose]: dispose };
}

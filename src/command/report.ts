import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import type { Fault } from "../kernel/failure.js";

/** The bad lines of a file, one fault a line; there is no file where there is no fault. */
export interface Report extends Disposable {
  readonly count: number;
  /** Is written when this returns, and outlives the process. */
  add(fault: Fault & { readonly line: number }): void;
}

/** Begins anew: every run tells every bad line. */
export function openReport(path: string): Report {
  rmSync(path, { force: true });
  let file: number | null = null;
  let count = 0;
  return {
    get count() {
      return count;
    },
    add(fault) {
      file ??= openSync(path, "w", 0o600);
      writeSync(file, `${JSON.stringify(fault)}\n`);
      count += 1;
    },
    [Symbol.dispose]() {
      if (file !== null) closeSync(file);
    },
  };
}

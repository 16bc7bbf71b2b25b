import type { Standing } from "../attestation/upload.js";

/** What somebody at the terminal sees while a file is read. */
export interface Progress extends Disposable {
  /** The same bytes, counted on their way. */
  counted(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  show(standing: Standing, readCount: number): void;
  /** The last word. */
  end(): void;
}

const SECOND_MS = 1_000;

/** A terminal's line is rewritten several times a second; a log gets a line now and then. */
const TERMINAL_MS = 200;
const LOG_MS = 5_000;

/** Speed is measured over about so long: lines that are only read again go by much faster than others. */
const SPEED_MS = 10_000;

const UNITS: readonly (readonly [seconds: number, letter: string])[] = [
  [3_600, "h"],
  [60, "m"],
  [1, "s"],
];

/** Such as 1h04m, 3m20s, 12s. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const first = UNITS.findIndex(([size]) => whole >= size);
  if (first < 0) return "0s";
  const [size, letter] = UNITS[first]!;
  const next = UNITS[first + 1];
  const rest = next ? `${String(Math.floor((whole % size) / next[0])).padStart(2, "0")}${next[1]}` : "";
  return `${Math.floor(whole / size)}${letter}${rest}`;
}

/** How far a file has been read, and when. */
export interface Mark {
  readonly lines: number;
  readonly bytes: number;
  readonly atMs: number;
}

/** One line of progress. Speed is that since an earlier mark, and the time left goes by bytes, whose end is known. */
export function progressLine(now: Mark, earlier: Mark, size: number, badCount: number): string {
  const seconds = (now.atMs - earlier.atMs) / SECOND_MS;
  const done = size > 0 ? Math.floor((100 * now.bytes) / size) : 100;
  const perSecond = seconds > 0 ? Math.round((now.lines - earlier.lines) / seconds) : 0;
  const bytes = now.bytes - earlier.bytes;
  const left = bytes > 0 ? duration((seconds * (size - now.bytes)) / bytes) : "?";
  return `${now.lines} lines (${done} %), ${perSecond}/s, ${badCount} bad, ${left} left`;
}

/** Shows on standard error how far a file of this size has been read. */
export function openProgress(size: number): Progress {
  const terminal = process.stderr.isTTY;
  const marks: Mark[] = [{ lines: 0, bytes: 0, atMs: performance.now() }];
  let shownAt = terminal ? Number.NEGATIVE_INFINITY : performance.now();
  let bytes = 0;
  let last = "";
  const write = (): void => void process.stderr.write(terminal ? `\r\u001b[K${last}` : `${last}\n`);
  return {
    async *counted(chunks) {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        yield chunk;
      }
    },
    show(standing, readCount) {
      const now: Mark = { lines: readCount, bytes, atMs: performance.now() };
      last = progressLine(now, marks[0]!, size, standing.badCount);
      if (now.atMs - shownAt < (terminal ? TERMINAL_MS : LOG_MS)) return;
      shownAt = now.atMs;
      marks.push(now);
      while (now.atMs - marks[0]!.atMs > SPEED_MS) marks.shift();
      write();
    },
    end() {
      if (last && terminal) write();
    },
    [Symbol.dispose]() {
      if (last && terminal) process.stderr.write("\n");
    },
  };
}

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

/** The same of rows of tables, of which so many are known to be there. */
export function rowsLine(doing: string, now: Mark, earlier: Mark, total: number): string {
  const seconds = (now.atMs - earlier.atMs) / SECOND_MS;
  const done = total > 0 ? Math.floor((100 * now.lines) / total) : 100;
  const rows = now.lines - earlier.lines;
  const perSecond = seconds > 0 ? Math.round(rows / seconds) : 0;
  const left = rows > 0 ? duration((seconds * (total - now.lines)) / rows) : "?";
  return `${doing}: ${now.lines} of ${total} rows (${done} %), ${perSecond}/s, ${left} left`;
}

/** What is shown of something that goes on: rewritten at a terminal, and now and then a line in a log. */
interface Display extends Disposable {
  /** Shows the line that is made of this moment and of one before, unless one was shown just now. */
  show(now: Mark, line: (earlier: Mark) => string): void;
  end(): void;
}

const BEGINNING = { lines: 0, bytes: 0 } as const;

/** `from` is what was done before anything is measured. */
function openDisplay(from: Pick<Mark, "lines" | "bytes"> = BEGINNING): Display {
  const terminal = process.stderr.isTTY;
  const marks: Mark[] = [{ ...from, atMs: performance.now() }];
  let shownAt = terminal ? Number.NEGATIVE_INFINITY : performance.now();
  let last = "";
  const write = (): void => void process.stderr.write(terminal ? `\r\u001b[K${last}` : `${last}\n`);
  return {
    show(now, line) {
      last = line(marks[0]!);
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

/** Shows on standard error how far a file of this size has been read. */
export function openProgress(size: number): Progress {
  const display = openDisplay();
  let bytes = 0;
  return {
    async *counted(chunks) {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        yield chunk;
      }
    },
    show(standing, readCount) {
      const now: Mark = { lines: readCount, bytes, atMs: performance.now() };
      display.show(now, (earlier) => progressLine(now, earlier, size, standing.badCount));
    },
    end: () => display.end(),
    [Symbol.dispose]: () => display[Symbol.dispose](),
  };
}

/** What somebody at the terminal sees while rows go by, in one step after another. */
export interface RowProgress extends Disposable {
  show(step: string, table: string, done: number, total: number): void;
}

/** Shows on standard error how many rows have gone by; each step is measured by itself. */
export function openRowProgress(): RowProgress {
  let display: Display | null = null;
  let current = "";
  const close = (): void => {
    display?.end();
    display?.[Symbol.dispose]();
  };
  return {
    show(step, table, done, total) {
      if (step !== current) {
        close();
        display = openDisplay({ lines: done, bytes: 0 });
        current = step;
      }
      const now: Mark = { lines: done, bytes: 0, atMs: performance.now() };
      display?.show(now, (earlier) => rowsLine(`${step} ${table}`, now, earlier, total));
    },
    [Symbol.dispose]: close,
  };
}

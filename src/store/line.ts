type Work<Result> = () => Promise<Result>;

/** Who is at work in one name, and who waits. */
interface Line {
  working: number;
  readonly waiting: (() => void)[];
}

/**
 * Runs work of one name in the order in which it came, so much of it at once. Whoever waits for its turn here holds no connection that others
 * could use meanwhile.
 */
export function createLine(atOnce: number): <Result>(name: string, work: Work<Result>) => Promise<Result> {
  const lines = new Map<string, Line>();
  const leave = (name: string, line: Line): void => {
    const next = line.waiting.shift();
    // Whoever is next takes over the place: it is never free for somebody who came later.
    if (next) return next();
    line.working -= 1;
    if (line.working === 0) lines.delete(name);
  };
  return async (name, work) => {
    const line = lines.get(name) ?? { working: 0, waiting: [] };
    lines.set(name, line);
    if (line.working < atOnce) line.working += 1;
    else await new Promise<void>((resolve) => line.waiting.push(resolve));
    try {
      return await work();
    } finally {
      leave(name, line);
    }
  };
}

/** What was received and not yet taken, never more than a limit: whoever fills it stops until there is room. */
export interface Queue<Result> {
  /** False where it is full now: nothing more may come until `room`. */
  readonly push: (result: Result) => boolean;
  readonly next: () => Promise<IteratorResult<Result, undefined>>;
  /** Ends it, with an error or without, behind what waits in it. */
  readonly end: (error?: unknown) => void;
  /** Ends it at once: what waits in it is dropped, and whoever waits for more is told that there is none. */
  readonly close: () => void;
  /** Resolves when at most half of it waits to be taken, or it has ended. */
  readonly room: () => Promise<void>;
}

/** Whoever waits for a result. */
interface Taker<Result> {
  readonly resolve: (taken: IteratorResult<Result, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

const DONE = { done: true, value: undefined } as const;

export function createQueue<Result>(limit: number): Queue<Result> {
  let waiting: Result[] = [];
  let start = 0;
  let ended: { error?: unknown } | null = null;
  const takers: Taker<Result>[] = [];
  let emptied: (() => void)[] = [];

  const size = (): number => waiting.length - start;
  const tellRoom = (): void => {
    if (size() > limit / 2 && !ended) return;
    for (const tell of emptied) tell();
    emptied = [];
  };
  const shift = (): Result => {
    const result = waiting[start]!;
    start += 1;
    if (start > limit || start === waiting.length) {
      waiting = waiting.slice(start);
      start = 0;
    }
    tellRoom();
    return result;
  };
  /** Only the first who asks is told of an error. */
  const finish = ({ resolve, reject }: Taker<Result>): void => {
    if (!ended || !("error" in ended)) return resolve(DONE);
    const { error } = ended;
    ended = {};
    reject(error);
  };
  const end = (how: { error?: unknown }): void => {
    if (ended) return;
    ended = how;
    for (const taker of takers.splice(0)) finish(taker);
    tellRoom();
  };

  return {
    push(result) {
      if (ended) return false;
      const taker = takers.shift();
      if (taker) taker.resolve({ done: false, value: result });
      else waiting.push(result);
      return size() < limit;
    },
    next: () =>
      new Promise((resolve, reject) => {
        if (size() > 0) resolve({ done: false, value: shift() });
        else if (ended) finish({ resolve, reject });
        else takers.push({ resolve, reject });
      }),
    end: (...error) => end(error.length > 0 ? { error: error[0] } : {}),
    close: () => {
      waiting = [];
      start = 0;
      ended &&= {};
      end({});
    },
    room: () =>
      new Promise((resolve) => {
        emptied.push(resolve);
        tellRoom();
      }),
  };
}

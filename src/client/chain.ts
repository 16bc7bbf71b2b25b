import type { Event } from "./event.js";
import { GapError } from "./gap-error.js";

/** The place of an event. */
type Link = Pick<Event, "cursor" | "previousCursor">;

/** What becomes of an event: it is the next one, was told before, or leaves a doubt that a reading from `last` on settles. */
export type Verdict = "NEXT" | "KNOWN" | "DOUBT";

/** The proof that a view of the log was told without a gap: each event names the one before it. */
export interface Chain {
  /** The event that was told last, or behind which to begin; null where there is none yet. */
  readonly last: string | null;
  /** A reading from `last` on begins. */
  readonly begin: () => void;
  /** Judges the next event of the reading; throws where a reading from `last` on proves that another lies between. */
  readonly judge: (link: Link) => Verdict;
}

/** So many places are remembered. */
const REMEMBERED = 1_000;

/**
 * Where rights were narrowed, an event may name one that was told earlier than the last: then nothing lies between them that may be
 * told. Where nothing is kept any more it names none. Of the very first event nobody can say what comes before it.
 */
export function createChain(after: string | null): Chain {
  let last = after;
  let proven = false;
  let first = true;
  const remembered = new Set<string>();
  const remember = (cursor: string): void => {
    remembered.add(cursor);
    if (remembered.size > REMEMBERED) remembered.delete(remembered.values().next().value!);
  };
  const follows = (previous: string | null): boolean =>
    !proven || (previous === null ? first : previous === last || remembered.has(previous));

  return {
    get last() {
      return last;
    },
    begin() {
      first = true;
    },
    judge({ cursor, previousCursor }) {
      if (cursor === last || remembered.has(cursor)) return "KNOWN";
      if (!follows(previousCursor)) {
        if (first) throw new GapError(last!, cursor, previousCursor);
        return "DOUBT";
      }
      if (previousCursor !== null && !proven) remember(previousCursor);
      remember(cursor);
      last = cursor;
      proven = true;
      first = false;
      return "NEXT";
    },
  };
}

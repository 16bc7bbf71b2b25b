import type { Books, Check, Subject, Wrong } from "./audit.js";
import { keyOf, pageBehind, subjectsOf, type Key } from "./page.js";

/** How an audit is conducted. */
export interface Conduct {
  readonly checks: readonly Check[];
  /** What there is to read, as of now. */
  readonly open: () => Promise<Books>;
  /** Lets a short while pass, in which whatever is on its way arrives. */
  readonly pause: () => Promise<unknown>;
  /** Subjects of one page. */
  readonly batch?: number;
}

/** One fault, by the ids of what it is about. */
export interface Fault {
  readonly about: string;
  readonly what: string;
}

/** What one check has come to. */
export interface Verdict {
  readonly name: string;
  readonly says: string;
  readonly looked: number;
  /** Subjects of which it is not true. */
  readonly faults: number;
  /** The first of them. */
  readonly first: readonly Fault[];
}

/** How far an audit has come. */
export interface Looking {
  readonly name: string;
  readonly looked: number;
  readonly suspects: number;
}

const BATCH = 1_000;
const AGAIN = 50;
/** Others write meanwhile: what is a fault is one each time that it is looked at. */
const LOOKS = 3;
/** So many are looked at again. Where more are wrong, nothing was merely on its way. */
const MAX_SUSPECTS = 1_000;
export const MAX_TOLD = 20;

/** Whoever is suspected, by the check that does. */
interface Suspicion {
  readonly check: Check;
  looked: number;
  /** Counted, and not looked at again. */
  others: number;
  suspects: Key[];
  found: Fault[];
}

/**
 * Judges everything there is by every check, page by page, and answers what each has come to. What is held at once does not grow with
 * what is judged. It reads beside others who write, and no page is of one moment: who is suspected is looked at again in the end.
 */
export async function* conduct(how: Conduct): AsyncGenerator<Looking, Verdict[]> {
  const all: Suspicion[] = [];
  for (const check of how.checks) {
    const suspicion: Suspicion = { check, looked: 0, others: 0, suspects: [], found: [] };
    all.push(suspicion);
    yield* lookThrough(how, suspicion);
  }
  for (let look = 2; look <= LOOKS && all.some(({ suspects }) => suspects.length > 0); look += 1) {
    await how.pause();
    for (const suspicion of all) await lookAgain(how, suspicion);
  }
  return all.map(verdictOf);
}

async function* lookThrough({ open, batch = BATCH }: Conduct, suspicion: Suspicion): AsyncGenerator<Looking> {
  const { check } = suspicion;
  let after: Key | null = null;
  for (;;) {
    const books = await open();
    const page = await pageBehind(books.rows, check.source, after, batch);
    if (page.length > 0) suspect(suspicion, await judged(check, books, page));
    suspicion.looked += page.length;
    yield { name: check.name, looked: suspicion.looked, suspects: suspicion.suspects.length + suspicion.others };
    if (page.length < batch) return;
    after = keyOf(check.source, page.at(-1)!);
  }
}

/**
 * What a check finds among some subjects. Where it fails over one of them, half of them are judged at a time, down to that one: what is stored
 * too badly to be judged is a fault, and hides no other. That nothing can be read is none, and ends the audit.
 */
async function judged(check: Check, books: Books, subjects: readonly Subject[]): Promise<Wrong[]> {
  const unread = new Set<unknown>();
  const rows: Books["rows"] = (sql, params) =>
    books.rows<never>(sql, params).catch((error: unknown) => {
      unread.add(error);
      throw error;
    });
  try {
    return await check.judge({ ...books, rows }, subjects);
  } catch (error) {
    if (unread.has(error)) throw error;
    if (subjects.length === 1)
      return [{ about: subjects[0]!, what: "It cannot be judged: what is stored cannot be read." }];
    const middle = Math.ceil(subjects.length / 2);
    return [
      ...(await judged(check, books, subjects.slice(0, middle))),
      ...(await judged(check, books, subjects.slice(middle))),
    ];
  }
}

/** Notes each subject once, whatever is said of it. */
function suspect(suspicion: Suspicion, wrong: readonly Wrong[]): void {
  const { check, suspects, found } = suspicion;
  for (const [about, said] of Map.groupBy(wrong, (one) => keyOf(check.source, one.about).join(" "))) {
    if (suspects.length < MAX_SUSPECTS) suspects.push(keyOf(check.source, said[0]!.about));
    else suspicion.others += 1;
    if (found.length < MAX_TOLD) found.push(...said.map(({ what }) => ({ about, what })));
  }
}

async function lookAgain({ open }: Conduct, suspicion: Suspicion): Promise<void> {
  const { check, suspects } = suspicion;
  suspicion.suspects = [];
  suspicion.found = [];
  for (let from = 0; from < suspects.length; from += AGAIN) {
    const books = await open();
    const subjects = await subjectsOf(books.rows, check.source, suspects.slice(from, from + AGAIN));
    if (subjects.length > 0) suspect(suspicion, await judged(check, books, subjects));
  }
}

const verdictOf = ({ check: { name, says }, looked, others, suspects, found }: Suspicion): Verdict => ({
  name,
  says,
  looked,
  faults: suspects.length + others,
  first: found.slice(0, MAX_TOLD),
});

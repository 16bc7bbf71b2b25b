import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { startGateway } from "./child.js";
import { drive, type Asked } from "./drive.js";
import { alternate, ratioOf, spread, type Outcome } from "./figures.js";
import { coverage, query, unless } from "./operation.js";
import type { Run } from "./scenario.js";
import { copyOf, openTown, type Subject, type Town } from "./town.js";

const SMALL = 10_000;
const BAR = 1.3;

/** One client, so that the time of a request is its cost and no queue. */
const CLIENTS = 1;

interface Question {
  readonly name: string;
  readonly ask: (town: Town, subject: Subject) => Asked;
  readonly expected: string;
  /** Coverage is limited to 120 a minute for each of the twenty queriers. */
  readonly count: (run: Run) => number;
}

const QUESTIONS: readonly Question[] = [
  { name: "coverage", ask: coverage, expected: '"satisfiable":true', count: ({ quick }) => (quick ? 40 : 250) },
  {
    name: "query",
    ask: (town, subject) => query(town, subject, randomUUID()),
    expected: '"outcome":"ISSUED"',
    count: ({ quick }) => (quick ? 40 : 300),
  },
];

/** Walks through all subjects of a town, which lie far apart in it. */
function subjectsOf({ subjects }: Town): () => Subject {
  let next = 0;
  return () => subjects[(next += 7) % subjects.length]!;
}

/** Has the operating system hold a file, as it holds one that is in use: what is measured is not the first read from a disk. */
async function heat({ path }: Town): Promise<void> {
  for await (const chunk of createReadStream(path, { highWaterMark: 4 * 1024 * 1024 })) void chunk;
}

/** What one request costs in a large town against a small one. */
export async function compareSizes(run: Run): Promise<readonly Outcome[]> {
  const large = run.quick ? 100_000 : 1_000_000;
  run.tell(`a town of ${large.toLocaleString("en-US")} people: built at the first run, then kept`);
  using many = copyOf(await openTown(run.folder, large), "size");
  using few = copyOf(await openTown(run.folder, SMALL), "size");
  for (const town of [many, few]) await heat(town);
  await using manyGateway = await startGateway("shipped", many);
  await using fewGateway = await startGateway("shipped", few);
  const outcomes: Outcome[] = [];
  for (const { name, ask, expected, count } of QUESTIONS) {
    const measureOn = (url: string, town: Town) => {
      const subject = subjectsOf(town);
      return (requests: number) =>
        drive({
          url,
          clients: CLIENTS,
          next: () => ask(town, subject()),
          fault: unless(expected),
          until: { count: requests },
        });
    };
    const inMany = measureOn(manyGateway.url, many);
    const inFew = measureOn(fewGateway.url, few);
    for (const warm of [inMany, inFew]) await warm(count(run));
    const pairs = await alternate(
      run.rounds,
      () => inMany(count(run)),
      () => inFew(count(run)),
    );
    const ratio = ratioOf(pairs.map(([one, other]) => [one.meanMs, other.meanMs]));
    outcomes.push({
      name: `size, ${name}`,
      about: `${name} with ${large.toLocaleString("en-US")} entities stored, against ${SMALL.toLocaleString("en-US")}`,
      bar: `ratio ≤ ${BAR}`,
      met: ratio.median <= BAR,
      figures: {
        ratio,
        "many, ms a request": spread(pairs.map(([one]) => one.meanMs)),
        "few, ms a request": spread(pairs.map(([, other]) => other.meanMs)),
      },
    });
  }
  return outcomes;
}

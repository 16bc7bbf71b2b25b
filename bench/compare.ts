import { performance } from "node:perf_hooks";
import { comparisonOf, describePair, judge, type Verdicts } from "../test/verification/compare/judge.js";
import { KINDS, LABELLED, type LabelledPair } from "../test/verification/compare/labelled.js";
import { alternate, ratioOf, spread, type Outcome, type Spread } from "./figures.js";
import type { Run } from "./scenario.js";

const PRECISION = 0.97;
const RECALL = 0.9;
const PER_SECOND = 5_000;

/** Precision, recall and F1 under a name; none where nothing matched. */
function figuresOf(name: string, { precision, recall, f1 }: Verdicts): [string, Spread][] {
  const figures = { precision, recall, f1 };
  return Object.entries(figures).flatMap(([figure, value]): [string, Spread][] =>
    Number.isNaN(value) ? [] : [[`${name}, ${figure}`, spread([value])]],
  );
}

const isMet = ({ precision, recall }: Verdicts): boolean => precision >= PRECISION && recall >= RECALL;

/** How often the comparisons say what a reader said of the same pairs; the pairs on which they differ are told. */
function judgeLabelled({ tell }: Run): Outcome {
  const all = judge(LABELLED);
  const heldOut = judge(LABELLED.filter((pair) => pair.heldOut));
  const byKind = KINDS.map((kind) => [kind, judge(LABELLED.filter((pair) => pair.kind === kind))] as const);
  for (const [kind, { falseMatches, missed }] of byKind) {
    for (const pair of falseMatches) tell(`${kind}, matched though another: ${describePair(pair)}`);
    for (const pair of missed) tell(`${kind}, not matched: ${describePair(pair)}`);
  }
  return {
    name: "compare/labelled",
    about: `${all.pairs} labelled pairs, more than a third of them held out while the comparisons were tuned; a match counts as the same`,
    bar: `precision at least ${PRECISION} and recall at least ${RECALL}, of all pairs and of those held out`,
    met: isMet(all) && isMet(heldOut),
    figures: Object.fromEntries([
      ...figuresOf("all", all),
      ...figuresOf("held out", heldOut),
      ...byKind.flatMap(([kind, verdicts]) => figuresOf(kind, verdicts)),
    ]),
  };
}

const isEqual = ({ registered, evidence }: LabelledPair): boolean =>
  JSON.stringify(registered) === JSON.stringify(evidence);

/** Pairs a second that one way of comparing gets through. */
async function pairsPerSecond(isSame: (pair: LabelledPair) => boolean, times: number): Promise<number> {
  const startedAt = performance.now();
  let same = 0;
  for (let time = 0; time < times; time += 1) {
    for (const pair of LABELLED) if (isSame(pair)) same += 1;
  }
  if (same === 0) throw new Error("Nothing was the same.");
  return (LABELLED.length * times * 1_000) / (performance.now() - startedAt);
}

async function measureSpeed({ rounds, quick }: Run): Promise<Outcome> {
  const times = quick ? 5 : 30;
  const isMatch = (pair: LabelledPair): boolean => comparisonOf(pair).outcome === "MATCH";
  await pairsPerSecond(isMatch, 1);
  const pairs = await alternate(
    rounds,
    () => pairsPerSecond(isMatch, times),
    () => pairsPerSecond(isEqual, times * 10),
  );
  const perSecond = spread(pairs.map(([compared]) => compared));
  return {
    name: "compare/speed",
    about: "the comparisons of all labelled pairs against the equality of their text",
    bar: `at least ${PER_SECOND.toLocaleString("en-US")} comparisons a second`,
    met: perSecond.median >= PER_SECOND,
    figures: { "comparisons a second": perSecond, "as a ratio to equality": ratioOf(pairs) },
  };
}

/** What the comparisons of registered values with evidence are worth, and what they cost. */
export const compareEvidence = async (run: Run): Promise<readonly Outcome[]> => [
  judgeLabelled(run),
  await measureSpeed(run),
];

import { startGateway } from "./child.js";
import { askOnce, drive, type Driven } from "./drive.js";
import { alternate, ratioOf, spread, type Outcome } from "./figures.js";
import { certificates } from "./operation.js";
import type { Run } from "./scenario.js";
import { copyOf, openTown, type Town } from "./town.js";

const CLIENTS = 16;
const BAR = 3;

/** Both ways must say the same, byte for byte, before it matters which is faster. */
async function trueAnswers(urls: readonly string[], town: Town): Promise<Buffer> {
  for (const first of [20, 1, 40]) {
    const [one, ...others] = await Promise.all(urls.map((url) => askOnce(url, certificates(town, first))));
    if (!one!.includes('"edges":[{"node"') || !others.every((other) => other.equals(one!)))
      throw new Error(`The two ways answer differently for ${first} certificates.`);
  }
  return askOnce(urls[0]!, certificates(town));
}

/** The graph of 20 × 9 blocks, shipped against plain: the same schema, server, permissions and limits. */
export async function compareGraph(run: Run): Promise<readonly Outcome[]> {
  using town = copyOf(await openTown(run.folder, 10_000), "graph");
  await using shipped = await startGateway("shipped", town, run.profile);
  await using plain = await startGateway("plain", town, run.profile);
  const expected = await trueAnswers([shipped.url, plain.url], town);
  const asked = certificates(town);
  const measure = (url: string, seconds: number): Promise<Driven> =>
    drive({
      url,
      clients: CLIENTS,
      next: () => asked,
      fault: (answer) => (answer.equals(expected) ? null : "An answer differs from the first."),
      until: { seconds },
    });
  const seconds = run.quick ? 0.8 : 4;
  for (const { url } of [shipped, plain]) await measure(url, run.quick ? 3 : 6);
  const pairs = await alternate(
    run.rounds,
    () => measure(shipped.url, seconds),
    () => measure(plain.url, seconds),
  );
  const ratio = ratioOf(pairs.map(([ours, theirs]) => [ours.perSecond, theirs.perSecond]));
  return [
    {
      name: "graph",
      about: "20 certificates × 9 blocks over HTTP, against one em.find for each batch of a DataLoader",
      bar: `ratio ≥ ${BAR}`,
      met: ratio.median >= BAR,
      figures: {
        ratio,
        "shipped, requests/s": spread(pairs.map(([ours]) => ours.perSecond)),
        "plain, requests/s": spread(pairs.map(([, theirs]) => theirs.perSecond)),
      },
    },
  ];
}

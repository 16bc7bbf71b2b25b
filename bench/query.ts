import { randomUUID } from "node:crypto";
import { startGateway } from "./child.js";
import { drive } from "./drive.js";
import { ascending, quantile, spread, type Outcome } from "./figures.js";
import { query, unless } from "./operation.js";
import type { Run } from "./scenario.js";
import { copyOf, openTown } from "./town.js";

const CLIENTS = 16;
const BAR_PER_SECOND = 150;
const BAR_P99_MS = 300;

/** Certificates issued by clients that all ask at once; each is on the disk before it is answered. */
export async function sustainQueries(run: Run): Promise<readonly Outcome[]> {
  using town = copyOf(await openTown(run.folder, 10_000), "query");
  await using gateway = await startGateway("shipped", town, run.profile);
  let asked = 0;
  const next = () => query(town, town.subjects[asked++ % town.subjects.length]!, randomUUID());
  const burst = (seconds: number) =>
    drive({ url: gateway.url, clients: CLIENTS, next, fault: unless('"outcome":"ISSUED"'), until: { seconds } });
  await burst(1);
  const bursts = [];
  for (let round = 0; round < run.rounds; round += 1) bursts.push(await burst(run.quick ? 1 : 6));
  const rate = spread(bursts.map(({ perSecond }) => perSecond));
  const all = ascending(bursts.flatMap(({ latenciesMs }) => latenciesMs));
  const worst = quantile(all, 0.99);
  return [
    {
      name: "query",
      about: `queryCertificate by ${CLIENTS} clients at once, every answer durable`,
      bar: `≥ ${BAR_PER_SECOND}/s, p99 < ${BAR_P99_MS} ms`,
      met: rate.median >= BAR_PER_SECOND && worst < BAR_P99_MS,
      figures: {
        "certificates/s": rate,
        "p50, ms": spread(bursts.map(({ latenciesMs }) => quantile(latenciesMs, 0.5))),
        "p99, ms": spread(bursts.map(({ latenciesMs }) => quantile(latenciesMs, 0.99))),
        "p99 of all, ms": spread([worst]),
      },
    },
  ];
}

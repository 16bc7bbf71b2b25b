import { describeSpread, inTurn, spread, type Outcome } from "./figures.js";
import type { GatewayTown } from "./gateway-town.js";
import type { Run } from "./scenario.js";
import { startChild } from "./stream-child.js";
import type { LoadOrders } from "./stream-load.js";
import type { ServerOrders } from "./stream-server.js";
import { EVENTS } from "./stream-stage.js";
import type { ToldRun } from "./stream-town.js";

const SUBSCRIBERS = 20;
const PER_SECOND = 20;

const SERVE = "bench/stream-server.ts";
const NAME = "events";

interface Timed {
  readonly p50: number;
  readonly p99: number;
}

/** From a commit at one gateway to receipt: by subscribers of the same, of another that hears the bell, and of one that has to look by itself. */
export async function timeCommits(run: Run, town: GatewayTown): Promise<Outcome[]> {
  const there = await town.onPostgres(NAME);
  const { participantId, token } = town.queriers[0]!;
  const runs = await town.databases.operate<ToldRun>(
    NAME,
    `select id as "subjectId", entity_id as "entityId" from verification where participant_id = '${participantId}' limit 20`,
  );
  await using committer = startChild<ServerOrders>([SERVE, "shipped"], there.environment, run.profile);
  await using other = startChild<ServerOrders>([SERVE, "shipped"], there.environment, run.profile);
  const count = run.quick ? 10 : 100;
  const measure = async (at: typeof other, bell: boolean): Promise<Timed> => {
    await committer.ask("bell", { rings: bell });
    await using load = startChild<LoadOrders>(["bench/stream-load.ts"], {});
    const subscribers = Array.from({ length: SUBSCRIBERS }, () => ({ token, variables: {} }));
    await load.ask("open", { url: await at.ask("url", null), query: EVENTS, subscribers, views: "ONE" });
    await load.ask("watch", { each: count });
    await load.ask("expect", { messages: count * SUBSCRIBERS });
    const committing = { participantId, runs, events: 1, perSecond: PER_SECOND, count };
    const committedAt = await committer.ask("pace", committing);
    await load.ask("arrived", null);
    const [p50, p99] = await load.ask("latencies", { committedAt, shares: [0.5, 0.99] });
    return { p50: p50!, p99: p99! };
  };
  const ways = await inTurn(run.rounds, {
    same: () => measure(committer, true),
    bell: () => measure(other, true),
    poll: () => measure(other, false),
  });
  const row = (where: string, timed: readonly Timed[]): string[] => [
    where,
    describeSpread(spread(timed.map(({ p50 }) => p50))),
    describeSpread(spread(timed.map(({ p99 }) => p99))),
  ];
  return [
    {
      name: "gateways, events",
      about: `from commit to receipt by ${SUBSCRIBERS} subscribers, ${PER_SECOND} changes a second on PostgreSQL`,
      bar: null,
      met: true,
      figures: {},
      table: {
        head: ["subscribers", "p50 ms", "p99 ms"],
        rows: [
          row("of the gateway that commits", ways.same),
          row("of another that hears the bell", ways.bell),
          row("of another, with the bell switched off", ways.poll),
        ],
      },
    },
  ];
}

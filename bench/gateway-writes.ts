import { randomUUID } from "node:crypto";
import { toInstant } from "../src/kernel/instant.js";
import { startGateway } from "./child.js";
import { drive, type Asked, type Driven } from "./drive.js";
import { inTurn, type Outcome, type Table } from "./figures.js";
import { latency, rate, ratio } from "./gateway-table.js";
import { PARTICIPANTS, type GatewayTown } from "./gateway-town.js";
import { furnishing, query, requesting, unless } from "./operation.js";
import { recordAt } from "./people.js";
import type { Run } from "./scenario.js";
import type { Town } from "./town.js";

const CLIENTS = 16;
const FIRST_CHECK = toInstant("2026-01-05T09:00:00.000Z");

/** Nobody of the town has such an index. */
const NEWCOMERS = 5_000_000;

interface Write {
  readonly name: string;
  /** The next one in the name of this participant. */
  readonly ask: (participant: number) => Asked;
  readonly expected: string;
  /** What a row of this table was acknowledged as. */
  readonly table: string;
  readonly count: (run: Run) => number;
}

/** Something else each time. */
function next<One>(all: readonly One[]): () => One {
  let index = 0;
  return () => {
    const one = all[index];
    if (one === undefined) throw new Error("The town is too small for so many writes.");
    index += 1;
    return one;
  };
}

function writesOf(town: GatewayTown): readonly Write[] {
  let newcomer = NEWCOMERS;
  const byParticipant = Array.from({ length: PARTICIPANTS }, (_, participant) => ({
    subjects: town.subjects.filter(({ querier }) => querier === participant),
    nextHandle: next(town.unasked),
    asked: 0,
  }));
  return [
    {
      name: "furnish a record of 9 checks",
      ask: (participant) => furnishing(town, participant, recordAt((newcomer += 1), FIRST_CHECK)),
      expected: '"replayed":false',
      table: "submission",
      count: ({ quick }) => (quick ? 48 : 500),
    },
    {
      name: "query a certificate",
      ask: (participant) => {
        const mine = byParticipant[participant]!;
        return query(town, mine.subjects[mine.asked++ % mine.subjects.length]!, randomUUID());
      },
      expected: '"outcome":"ISSUED"',
      table: "query_event",
      count: ({ quick }) => (quick ? 48 : 500),
    },
    {
      name: "request a verification",
      ask: (participant) => requesting(town, participant, byParticipant[participant]!.nextHandle()),
      expected: '"status":"PENDING"',
      table: "verification",
      count: ({ quick }) => (quick ? 48 : 250),
    },
  ];
}

/** All of what was acknowledged must be there, and nothing else. */
async function refuseLost(town: GatewayTown, name: string, { table }: Write, before: number, acknowledged: number) {
  const stored = await stands(town, name, table);
  if (stored - before !== acknowledged)
    throw new Error(`Of ${table} there are ${stored - before} more, and ${acknowledged} were acknowledged.`);
}

async function stands({ databases }: GatewayTown, name: string, table: string): Promise<number> {
  const [row] = await databases.operate<{ n: string }>(name, `select count(*) as n from ${table}`);
  return Number(row!.n);
}

const NAME = "writes";

/** Writes over HTTP, each on the disk before it is acknowledged: one gateway against two, of many participants and of one. */
export async function compareWrites(run: Run, town: GatewayTown): Promise<Outcome[]> {
  const there: Town = await town.onPostgres(NAME);
  await using one = await startGateway("shipped", there, run.profile);
  await using two = await startGateway("shipped", there, run.profile);
  const rows: (readonly string[])[] = [];
  for (const write of writesOf(town))
    for (const participants of [PARTICIPANTS, 1]) {
      let acknowledged = 0;
      const measure = async (urls: readonly string[]): Promise<Driven> => {
        let asked = 0;
        const driven = await drive({
          url: urls,
          clients: CLIENTS,
          next: () => write.ask(asked++ % participants),
          fault: unless(write.expected),
          until: { count: write.count(run) },
        });
        acknowledged += driven.count;
        return driven;
      };
      const before = await stands(town, NAME, write.table);
      await measure([one.url, two.url]);
      const ways = await inTurn(run.rounds, {
        one: () => measure([one.url]),
        two: () => measure([one.url, two.url]),
      });
      await refuseLost(town, NAME, write, before, acknowledged);
      rows.push(rowOf(write.name, participants, ways));
    }
  return [
    {
      name: "gateways, writes",
      about: `${CLIENTS} clients at once over HTTP, every answer durable and counted again in the end, one gateway against two; the load and the database run on the same cores`,
      bar: null,
      met: true,
      figures: {},
      table: { head: HEAD, rows },
    },
  ];
}

const HEAD = ["write", "of", "one gateway, /s", "p99 ms", "two gateways, /s", "p99 ms", "two to one"];

const rowOf = (
  name: string,
  participants: number,
  { one, two }: Readonly<Record<"one" | "two", readonly Driven[]>>,
): Table["rows"][number] => [
  name,
  participants === 1 ? "one participant" : `${participants} participants`,
  rate(one),
  latency(one, 0.99),
  rate(two),
  latency(two, 0.99),
  ratio(two, one),
];

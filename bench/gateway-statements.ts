import { examples, type Example } from "../src/command/example.js";
import type { Asked } from "./drive.js";
import type { Outcome } from "./figures.js";
import { openCounted, openDemo, type Counted, type Demo, type Sent } from "./gateway-demo.js";
import type { GatewayTown } from "./gateway-town.js";
import type { Run } from "./scenario.js";

const DATABASES = ["SQLite", "PostgreSQL"] as const;

const isFollowed = ({ query }: Example): boolean => /^subscription/m.test(query);
const isMutation = ({ query }: Example): boolean => /^mutation/m.test(query);

/** Lists that the town is long enough for, asked for by the first querier. */
const LISTS = [
  "05-certificates",
  "09-entities",
  "14-events",
  "15-query-events",
  "39-verifications",
  "40-entities-by-status",
];

/** The statements of one kind of request, wherever it is asked. */
type Counts = ReadonlyMap<string, readonly Sent[]>;

const askedOf = ({ keys }: Demo, example: Example): Asked => {
  const { token } = keys.find(({ name }) => name === example.as)!;
  const variables = example.variables ? (JSON.parse(example.variables) as object) : undefined;
  return { token, body: JSON.stringify({ query: example.query, variables }) };
};

/** Each example on the demo's data: what reads is asked of one copy, what writes of a copy of its own. */
async function countExamples(run: Run, demo: Demo): Promise<Counts> {
  const counts = new Map<string, Sent[]>();
  const note = async (gateway: Counted, example: Example): Promise<void> => {
    const sent = await gateway.sent(askedOf(demo, example));
    counts.set(example.name, [...(counts.get(example.name) ?? []), sent]);
  };
  const all = examples(demo.blanks).filter((example) => !isFollowed(example));
  for (const on of DATABASES) {
    {
      await using gateway = await demo.open(on);
      for (const example of all.filter((one) => !isMutation(one))) await note(gateway, example);
    }
    for (const example of all.filter(isMutation)) {
      await using gateway = await demo.open(on);
      await note(gateway, example);
    }
    run.tell(`statements on ${on} counted`);
  }
  return counts;
}

/** How many statements the first page of each list costs, of one row and of a hundred. */
async function countLists(town: GatewayTown): Promise<Counts> {
  const there = await town.onPostgres("lists");
  const counts = new Map<string, Sent[]>();
  for (const { environment } of [town, there]) {
    await using gateway = await openCounted(environment);
    for (const { name, query } of examples().filter((one) => LISTS.includes(one.name)))
      for (const first of [1, 100]) {
        const asked = { token: town.queriers[0]!.token, body: JSON.stringify({ query, variables: { first } }) };
        counts.set(name, [...(counts.get(name) ?? []), await gateway.sent(asked)]);
      }
  }
  return counts;
}

const LIST_HEAD = ["list", "SQLite, 1 row", "100 rows", "PostgreSQL, 1 row", "100 rows"];
const HEAD = ["operation", "SQLite", "PostgreSQL", "waits for PostgreSQL"];

const texts = (counts: Counts, cells: (sent: readonly Sent[]) => readonly number[]): string[][] =>
  [...counts]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, sent]) => [name, ...cells(sent).map(String)]);

/** Statements of an operation: as many on either database, and no more for a hundred rows than for one. */
export async function countStatements(run: Run, town: GatewayTown): Promise<Outcome[]> {
  await using demo = await openDemo(town, town.databases, run.folder);
  const counts = await countExamples(run, demo);
  const lists = await countLists(town);
  const grows = [...lists.values()].some(
    ([one, hundred, oneThere, hundredThere]) =>
      hundred!.statements > one!.statements || hundredThere!.statements > oneThere!.statements,
  );
  return [
    {
      name: "gateways, statements",
      about:
        "SQL statements that each example operation sends, and how often it waits for PostgreSQL, with begin and commit",
      bar: null,
      met: true,
      figures: {},
      table: {
        head: HEAD,
        rows: texts(counts, ([here, there]) => [here!.statements, there!.statements, there!.waits]),
      },
    },
    {
      name: "gateways, statements of a list",
      about: "statements for the first page of a list, of one row and of a hundred",
      bar: "no more for a hundred rows than for one",
      met: !grows,
      figures: {},
      table: { head: LIST_HEAD, rows: texts(lists, (sent) => sent.map(({ statements }) => statements)) },
    },
  ];
}

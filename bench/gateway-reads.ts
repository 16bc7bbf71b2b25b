import { startGateway } from "./child.js";
import { askOnce, drive, type Asked, type Driven } from "./drive.js";
import { inTurn, type Outcome, type Table } from "./figures.js";
import { latency, rate, ratio } from "./gateway-table.js";
import type { GatewayTown } from "./gateway-town.js";
import { certificates } from "./operation.js";
import type { Run } from "./scenario.js";
import type { Town } from "./town.js";

const CLIENTS = 16;

/** Different things are asked for in turn, so that it is not the cache of one row that answers. */
const MANY = 20;

const ENTITY = `query ($handle: String!) {
  entity(handle: $handle) {
    handle verificationStatus
    verifications(first: 5) { edges { node { id status kycLevel tags } } }
  }
}`;

const BUSINESS = `query ($handle: String!) {
  entity(handle: $handle) {
    handle
    ... on Business {
      members {
        role ownershipStake
        entity { handle verificationStatus verifications(first: 1) { edges { node { status } } } }
      }
    }
  }
}`;

interface Question {
  readonly name: string;
  readonly asked: readonly Asked[];
}

function questionsOf(town: GatewayTown): readonly Question[] {
  const { token } = town.queriers[0]!;
  const by = (query: string, handles: readonly string[]): Asked[] =>
    handles.slice(0, MANY).map((handle) => ({ token, body: JSON.stringify({ query, variables: { handle } }) }));
  return [
    { name: "an entity with its verifications", asked: by(ENTITY, town.asked) },
    { name: "20 certificates × 9 blocks × attestation × furnisher", asked: [certificates(town)] },
    { name: "a business with its members", asked: by(BUSINESS, town.businesses) },
  ];
}

type Way = "one" | "two" | "sqlite";

/** All gateways must say the same, byte for byte, before it matters which is faster. Answers what that is. */
async function trueAnswers(urls: readonly string[], { name, asked }: Question): Promise<ReadonlyMap<string, Buffer>> {
  const answers = new Map<string, Buffer>();
  for (const one of asked) {
    const [first, ...others] = await Promise.all(urls.map((url) => askOnce(url, one)));
    if (
      first!.includes('"errors"') ||
      first!.includes('"entity":null') ||
      !others.every((other) => other.equals(first!))
    )
      throw new Error(`Gateways answer differently, or not at all, for ${name}: ${first!.toString().slice(0, 300)}`);
    answers.set(one.body, first!);
  }
  return answers;
}

/** Reads over HTTP: one gateway against two on one PostgreSQL, and one on SQLite beside. */
export async function compareReads(run: Run, town: GatewayTown): Promise<Outcome[]> {
  const there: Town = await town.onPostgres("reads");
  await using one = await startGateway("shipped", there, run.profile);
  await using two = await startGateway("shipped", there, run.profile);
  await using sqlite = await startGateway("shipped", town, run.profile);
  const urls: Readonly<Record<Way, readonly string[]>> = {
    one: [one.url],
    two: [one.url, two.url],
    sqlite: [sqlite.url],
  };
  const rows: (readonly string[])[] = [];
  for (const question of questionsOf(town)) {
    const expected = await trueAnswers([sqlite.url, one.url, two.url], question);
    const measure = (way: Way, seconds: number): Promise<Driven> => {
      let next = 0;
      return drive({
        url: urls[way],
        clients: CLIENTS,
        next: () => question.asked[next++ % question.asked.length]!,
        fault: (answer, { body }) => (answer.equals(expected.get(body)!) ? null : "An answer differs from the first."),
        until: { seconds },
      });
    };
    for (const way of ["two", "one", "sqlite"] as const) await measure(way, run.quick ? 0.5 : 4);
    const seconds = run.quick ? 0.3 : 3;
    const ways = await inTurn(run.rounds, {
      one: () => measure("one", seconds),
      two: () => measure("two", seconds),
      sqlite: () => measure("sqlite", seconds),
    });
    rows.push(rowOf(question.name, ways));
  }
  return [
    {
      name: "gateways, reads",
      about: `${CLIENTS} clients at once over HTTP, one gateway against two on one PostgreSQL, and one on SQLite; the load and the database run on the same cores`,
      bar: null,
      met: true,
      figures: {},
      table: { head: HEAD, rows },
    },
  ];
}

const HEAD = [
  "read",
  "one gateway, answers/s",
  "p50, p99 ms",
  "two gateways, answers/s",
  "p50, p99 ms",
  "two to one",
  "SQLite, answers/s",
  "PostgreSQL to SQLite",
];

type Ways = Readonly<Record<Way, readonly Driven[]>>;

const rowOf = (name: string, { one, two, sqlite }: Ways): Table["rows"][number] => [
  name,
  rate(one),
  latency(one, 0.5, 0.99),
  rate(two),
  latency(two, 0.5, 0.99),
  ratio(two, one),
  rate(sqlite),
  ratio(one, sqlite),
];

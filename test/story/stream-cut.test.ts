import fc from "fast-check";
import { append } from "../../src/event/append.js";
import type { EventType, Fact } from "../../src/event/event.js";
import { cursors, type Event, eventOf, FOLLOW, readAll, type View } from "../support/followed.js";
import { givenGateway, type Gateway } from "../support/gateway.js";
import type { Party } from "../support/given.js";
import { listen, type Client } from "../support/listen.js";
import { settled, until } from "../support/soon.js";

const WRITERS = 4;
const CHANGES = 5_000;
const CUTS = 200;

const TYPES = ["ENTITY_REGISTERED", "CONSENT_GRANTED", "ATTESTATION_FURNISHED"] as const satisfies readonly EventType[];
const ENTITIES = ["ent_1", "ent_2", "ent_3"] as const;

/** One change: whether the client's own, what, and about whom. */
type Change = readonly [own: boolean, type: (typeof TYPES)[number], entityId: (typeof ENTITIES)[number]];

const change: fc.Arbitrary<Change> = fc.tuple(fc.boolean(), fc.constantFrom(...TYPES), fc.constantFrom(...ENTITIES));

const transaction = fc.array(change, { minLength: 1, maxLength: 8 });

/** Tells how much was committed, and whoever waits for so much. */
function counter() {
  let count = 0;
  const waiting = new Map<number, () => void>();
  return {
    add: (): void => {
      count += 1;
      for (const [at, wake] of waiting) if (at <= count) wake();
    },
    reaches: (at: number): Promise<void> =>
      at <= count ? Promise.resolve() : new Promise((resolve) => waiting.set(at, resolve)),
  };
}

/** The transactions of one writer, with so many changes altogether. */
function transactionsOf(count: number, seed: number): (readonly Change[])[] {
  const all: (readonly Change[])[] = [];
  let left = count;
  for (const each of fc.sample(transaction, { seed, numRuns: count })) {
    all.push(each.slice(0, left));
    left -= all.at(-1)!.length;
    if (left === 0) break;
  }
  return all;
}

const write = ({ bank, vendor }: Gateway, by: Party, changes: readonly Change[]): Promise<void> =>
  by.commit((writer) =>
    append(
      writer,
      changes.map(
        ([own, type, entityId]) =>
          ({ type, participantId: (own ? bank : vendor).id, entityId, subjectId: "x" }) as object as Fact,
      ),
    ),
  );

/** Follows from a place until something has come about, and is cut off; answers what it has heard by then. */
async function followed(
  gateway: Gateway,
  view: View,
  after: string | null,
  isOver: (client: Client) => Promise<void>,
): Promise<Event[]> {
  await using client = await listen(gateway, gateway.bank.token);
  client.subscribe("1", FOLLOW, { ...view, after });
  await isOver(client);
  client.cut();
  return client.waiting().map(eventOf);
}

describe("a client that is cut off again and again", () => {
  it("ends with exactly the log through its filter, in order, none twice, whatever four writers do meanwhile", async () => {
    await using gateway = await givenGateway();
    const { bank, vendor, fintech, stranger } = gateway;
    const view: View = { types: [TYPES[0], TYPES[2]], entityIds: [ENTITIES[0], ENTITIES[1]] };
    await write(gateway, bank, [[true, TYPES[0], ENTITIES[0]]]);
    const heard: Event[] = await readAll(gateway, bank.token, view);
    const plans = [bank, vendor, fintech, stranger].map((party, index) => ({
      party,
      plan: transactionsOf(CHANGES / WRITERS, index + 1),
    }));
    const commits = counter();
    const writing = Promise.all(
      plans.map(async ({ party, plan }) => {
        for (const changes of plan) {
          await write(gateway, party, changes);
          commits.add();
          // Leaves the others, and whoever listens, a while.
          await settled(8);
        }
      }),
    );
    const most = plans.reduce((sum, { plan }) => sum + plan.length, 0);
    const cuts = fc.sample(fc.nat({ max: most }), { seed: 11, numRuns: CUTS }).toSorted((a, b) => a - b);
    const lives: number[] = [];
    for (const at of cuts) {
      const life = await followed(gateway, view, heard.at(-1)!.cursor, () => commits.reaches(at));
      lives.push(life.length);
      heard.push(...life);
    }
    await writing;
    const all = await readAll(gateway, bank.token, view);
    const rest = all.length - heard.length;
    heard.push(
      ...(await followed(gateway, view, heard.at(-1)!.cursor, (client) =>
        until(
          () => client.waiting().length >= rest,
          () => `${rest} events, and there are ${client.waiting().length}`,
        ),
      )),
    );
    expect(heard).toEqual(all);
    expect(heard.slice(1).map(({ previousCursor }) => previousCursor)).toEqual(cursors(heard.slice(0, -1)));
    expect([lives.length, lives.filter((length) => length > 0).length > 5]).toEqual([CUTS, true]);
  }, 60_000);
});

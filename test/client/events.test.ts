import { WebSocket as WsSocket } from "ws";
import { BEGINNING, type Event } from "../../src/client/create-attestry-client.js";
import { givenProxy, type Fate } from "../support/cutting-proxy.js";
import { givenGateway } from "../support/gateway.js";
import { givenConsent, type Party } from "../support/given.js";
import { count, cursorsOf, givenPeople, givenPerson, logOf, quickClient, reopened, taken } from "./told.js";

/** Numbers that look random and are the same each time. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const PEOPLE = ["ENTITY_REGISTERED"] as const;

describe("events", () => {
  it("tells all that is kept and then what happens, each once and in order", async () => {
    await using gateway = await givenGateway();
    const { bank } = gateway;
    await givenPeople(bank, 1, 3);
    const stream = quickClient({ url: gateway.url, token: bank.token }).events({ after: BEGINNING });
    const before = [await stream.next(), await stream.next(), await stream.next()];
    await givenPeople(bank, 4, 5);
    const after = [await stream.next(), await stream.next()];
    await stream.return();
    expect([...before, ...after].map(({ value }) => value?.cursor)).toEqual(cursorsOf(await logOf(bank)));
  });

  it("tells all from the first on where nothing has happened yet", async () => {
    await using gateway = await givenGateway();
    const { bank } = gateway;
    const stream = quickClient({ url: gateway.url, token: bank.token }).events({ after: BEGINNING });
    const first = stream.next();
    await givenPeople(bank, 1, 2);
    const told = [await first, await stream.next()];
    await stream.return();
    expect(told.map(({ value }) => value?.cursor)).toEqual(cursorsOf(await logOf(bank)));
  });

  it("begins behind a cursor, and tells what was selected of the types and entities that were asked for", async () => {
    await using gateway = await givenGateway();
    const { bank, network } = gateway;
    const ids = [await givenPerson(bank, 1), await givenPerson(bank, 2), await givenPerson(bank, 3)];
    await givenConsent(bank, network, { handle: "person-3" });
    const [first] = await logOf(bank);
    const stream = quickClient({ url: gateway.url, token: bank.token }).events<Event & { entity: { id: string } }>({
      after: first!.cursor,
      types: PEOPLE,
      entityIds: [ids[0]!, ids[2]!],
      selection: "... on EntityRegistered { entity { id } }",
    });
    const [told] = await taken(stream, count(1));
    expect(told).toMatchObject({ type: "ENTITY_REGISTERED", __typename: "EntityRegistered", entity: { id: ids[2] } });
  });

  it("goes on when the gateway is closed and another listens in its place, with all that happened in between", async () => {
    await using gateway = await givenGateway();
    const { bank } = gateway;
    await givenPerson(bank, 1);
    const causes: string[] = [];
    const client = quickClient({ url: gateway.url, token: bank.token, onRetry: ({ cause }) => causes.push(cause) });
    const stream = client.events({ after: BEGINNING });
    const told = [await stream.next()];
    await givenPerson(bank, 2);
    told.push(await stream.next());
    await gateway.close();
    await givenPeople(bank, 3, 4);
    await using _other = await reopened(gateway, gateway.url);
    told.push(await stream.next(), await stream.next());
    await givenPerson(bank, 5);
    told.push(await stream.next());
    await stream.return();
    expect(told.map(({ value }) => value?.cursor)).toEqual(cursorsOf(await logOf(bank)));
    expect(causes[0]).toBe("The gateway closed the connection (1001).");
  });

  it.each([
    ["its own WebSocket", globalThis.WebSocket],
    ["that of ws", WsSocket],
  ])(
    "loses and doubles nothing when connections are cut or go silent at any byte, with %s",
    async (_name, Impl) => {
      await using gateway = await givenGateway();
      const { bank, network } = gateway;
      const random = randomFrom(5);
      const fateOf = (): Fate => ({
        afterBytes: Math.floor(random() * 2_400),
        ends: random() < 0.1 ? "SILENT" : "CUT",
      });
      await using proxy = await givenProxy(gateway.url, fateOf);
      const client = quickClient({ url: proxy.url, token: bank.token, webSocketImpl: Impl, pingMs: 60 });
      let lastCursor: string | null = null;
      const writing = (async () => {
        await Promise.all([1, 101, 201].map((from) => written(bank, network, from, 80)));
        await givenPerson(bank, 999);
        lastCursor = (await logOf(bank, PEOPLE)).at(-1)!.cursor;
      })();
      const told = await taken(
        client.events({ after: BEGINNING, types: PEOPLE }),
        (all) => lastCursor !== null && all.at(-1)!.cursor === lastCursor,
      );
      await writing;
      expect(cursorsOf(told)).toEqual(cursorsOf(await logOf(bank, PEOPLE)));
      expect(told).toHaveLength(241);
      expect(proxy.ended.CUT).toBeGreaterThanOrEqual(50);
      expect(proxy.ended.SILENT).toBeGreaterThan(0);
    },
    60_000,
  );

  it("stops reading where nobody takes what came, and goes on from there", async () => {
    await using gateway = await givenGateway();
    const { bank } = gateway;
    await givenPeople(bank, 1, 120);
    await using proxy = await givenProxy(gateway.url, () => null);
    const client = quickClient({ url: proxy.url, token: bank.token, bufferLimit: 10 });
    const stream = client.events({ after: BEGINNING });
    const told = [(await stream.next()).value!];
    // Nothing is read for as long as it takes: the connection is gone.
    while (proxy.sockets() > 0) await new Promise((resolve) => setImmediate(resolve));
    await givenPeople(bank, 121, 130);
    const rest = await taken(stream, count(129));
    expect(cursorsOf([...told, ...rest])).toEqual(cursorsOf(await logOf(bank)));
    expect(proxy.count()).toBeGreaterThan(10);
  });
});

/** People, and consents between them, which the filter leaves out. */
async function written(party: Party, network: string, from: number, size: number): Promise<void> {
  for (let number = from; number < from + size; number += 1) {
    await givenPerson(party, number);
    if (number % 4 === 0) await givenConsent(party, network, { handle: `person-${number}` });
  }
}

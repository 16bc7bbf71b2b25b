import { append } from "../../src/event/append.js";
import type { Fact } from "../../src/event/event.js";
import { randomId } from "../../src/kernel/id.js";
import { systemClock } from "../../src/kernel/instant.js";
import { type Desk, givenDesk, type Running } from "../command/attestry.js";
import { ask } from "../support/ask.js";
import { type Balancer, givenBalancer, HAPROXY } from "../support/haproxy.js";
import { givenWorld, type World } from "../support/given.js";
import { type Client, dataOf, listen } from "../support/listen.js";
import { type EventsClient, openEvents } from "../support/sse.js";

const STORY_MS = 60_000;
/** How long a gateway that was told to stop goes on: the balancer looks every second, and believes the second no. */
const NOTICE_SECONDS = 4;
/** How many ask at once while a gateway comes to its end, and for how long around that. */
const CLIENTS = 8;
const BESIDE_MS = 500;

const VIEWER = "{ viewer { participant { name } } }";
/** What the log of a gateway says of a query. */
const ANSWERED = /"path":"\/graphql","status":200/;
const EVENTS = "subscription { events { cursor type } }";

/** A gateway as operators run it. */
interface Gateway {
  readonly desk: Desk;
  readonly running: Running;
  readonly url: string;
}

async function started({ app: { config } }: World, port = "0"): Promise<Gateway> {
  const desk = givenDesk({
    DATABASE_URL: config.databaseUrl,
    DOCUMENTS_FOLDER: config.documentsFolder,
    ATTESTRY_MASTER_KEY: config.masterKey.toString("base64url"),
    ATTESTRY_INDEX_KEY: config.indexKey.toString("base64url"),
    COST_PER_MINUTE: String(100_000_000),
    WORKERS: "0",
    DRAIN_NOTICE_SECONDS: String(NOTICE_SECONDS),
    PORT: port,
  });
  const running = desk.start("start");
  const [, url] = await running.line(/"url":"([^"]+)"/);
  return { desk, running, url: url! };
}

async function end({ desk, running }: Gateway, signal: NodeJS.Signals): Promise<number | null> {
  running.signal(signal);
  const { code } = await running.ended;
  desk[Symbol.dispose]();
  return code;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What became of the requests of one client, which asks again as soon as it was answered. */
async function asking(balancer: Balancer, token: string, enough: AbortSignal): Promise<(number | string)[]> {
  const outcomes: (number | string)[] = [];
  while (!enough.aborted)
    outcomes.push(
      await ask(balancer, token, VIEWER).then(
        ({ status, data }) => (data ? status : "no data"),
        (error: unknown) => String(error),
      ),
    );
  return outcomes;
}

/** What became of all requests, while something happens to a gateway. */
async function underLoad(balancer: Balancer, token: string, happens: () => Promise<unknown>) {
  const enough = new AbortController();
  const clients = Array.from({ length: CLIENTS }, () => asking(balancer, token, enough.signal));
  await pause(BESIDE_MS);
  await happens();
  await pause(BESIDE_MS);
  enough.abort();
  return (await Promise.all(clients)).flat();
}

const write = ({ bank }: World): Promise<void> =>
  bank.commit((writer) =>
    append(writer, [
      { type: "ENTITY_REGISTERED", participantId: bank.id, entityId: "ent_1", subjectId: "x" } as object as Fact,
    ]),
  );

const follow = async (balancer: Balancer, token: string): Promise<Client> => {
  const client = await listen(balancer, token);
  client.subscribe("1", EVENTS);
  await client.quiet();
  return client;
};

const heardBy = async (client: Client): Promise<unknown> => dataOf(await client.next());

const readFrom = async (stream: EventsClient): Promise<unknown> => JSON.parse((await stream.next())?.data ?? "null");

const REGISTERED = { events: expect.objectContaining({ type: "ENTITY_REGISTERED" }) };

const suite = HAPROXY ? describe : describe.skip;

if (!HAPROXY) console.warn("The test of the balancer is skipped: no HAProxy is installed here.");

suite("the shipped balancer before two gateways", () => {
  let world: World;
  let gateways: [Gateway, Gateway];
  let balancer: Balancer;

  beforeAll(async () => {
    world = await givenWorld({ clock: systemClock, newId: randomId });
    gateways = await Promise.all([started(world), started(world)]);
    balancer = await givenBalancer(HAPROXY!, [gateways[0].url, gateways[1].url]);
  }, STORY_MS);

  afterAll(async () => {
    await balancer?.[Symbol.asyncDispose]();
    for (const gateway of gateways ?? []) await end(gateway, "SIGKILL");
    await world?.[Symbol.asyncDispose]();
  });

  /** Ends one while others ask, and puts another in its place; resolves when that one has been asked, too. */
  async function replaced(index: 0 | 1, signal: NodeJS.Signals): Promise<number | null> {
    const { port } = new URL(gateways[index].url);
    const code = await end(gateways[index], signal);
    gateways[index] = await started(world, port);
    await gateways[index].running.line(ANSWERED);
    return code;
  }

  it("asks both", async () => {
    for (let n = 0; n < 4; n += 1) expect((await ask(balancer, world.bank.token, VIEWER)).status).toBe(200);
    for (const { running } of gateways) await running.line(ANSWERED);
  });

  it("hands on sockets and streams of events at once, and lets both go on", async () => {
    await using socket = await follow(balancer, world.bank.token);
    await using stream = await openEvents(balancer, EVENTS, { token: world.bank.token });
    expect(await stream.nextPiece()).toEqual({ event: null, data: null });
    for (let n = 0; n < 2; n += 1) {
      await write(world);
      expect(await heardBy(socket)).toEqual(REGISTERED);
      expect(await readFrom(stream)).toEqual({ data: REGISTERED });
    }
  });

  it(
    "goes on when a gateway is killed: only what that one was working on is lost",
    async () => {
      const outcomes = await underLoad(balancer, world.bank.token, () => replaced(0, "SIGKILL"));
      const lost = outcomes.filter((outcome) => outcome !== 200);
      expect(outcomes.length).toBeGreaterThan(CLIENTS * 10);
      expect(lost.length).toBeLessThanOrEqual(CLIENTS);
    },
    STORY_MS,
  );

  it(
    "loses no request while a gateway drains, and leads whoever followed there to the other",
    async () => {
      const { token } = world.bank;
      await using one = await follow(balancer, token);
      await using other = await follow(balancer, token);
      const sockets = [one, other];
      await using first = await openEvents(balancer, EVENTS, { token });
      await using second = await openEvents(balancer, EVENTS, { token });
      const codes: (number | null)[] = [];
      const outcomes = await underLoad(balancer, token, async () => {
        codes.push(await replaced(1, "SIGTERM"));
      });
      expect(codes).toEqual([0]);
      expect(outcomes.filter((outcome) => outcome !== 200)).toEqual([]);
      const gone = sockets.filter(({ socket }) => socket.readyState !== socket.OPEN);
      expect(await Promise.all(gone.map((socket) => socket.closed()))).toMatchObject([{ code: 1001 }]);
      await using again = await follow(balancer, token);
      const [stayed] = sockets.filter((socket) => !gone.includes(socket));
      await write(world);
      for (const socket of [stayed!, again]) expect(await heardBy(socket)).toEqual(REGISTERED);
      const pieces = await Promise.all([first.next(), second.next()]);
      expect(pieces.map((piece) => piece?.event)).toEqual(expect.arrayContaining(["complete", "next"]));
    },
    STORY_MS,
  );
});

import fc from "fast-check";
import { BEGINNING, type Event, type EventType } from "../../src/client/create-attestry-client.js";
import { append } from "../../src/event/append.js";
import type { Fact } from "../../src/event/event.js";
import { readEvents, type EventFilter } from "../../src/event/read.js";
import { randomId, type Id } from "../../src/kernel/id.js";
import { systemClock } from "../../src/kernel/instant.js";
import { cursorsOf, quickClient } from "../client/told.js";
import { givenDesk } from "../command/attestry.js";
import { givenWorld, type Party, type World } from "../support/given.js";
import { settled, until } from "../support/soon.js";

const KILLS = 3;
const STORY_MS = 120_000;
const WAIT_MS = 40_000;

const TYPES = ["ENTITY_REGISTERED", "CONSENT_GRANTED", "ATTESTATION_FURNISHED"] as const satisfies readonly EventType[];
const ENTITIES = ["ent_1", "ent_2", "ent_3"] as const;

/** One change: whether the bank's or the vendor's, what, and about whom. */
type Change = readonly [banks: boolean, type: (typeof TYPES)[number], entityId: (typeof ENTITIES)[number]];

const change: fc.Arbitrary<Change> = fc.tuple(fc.boolean(), fc.constantFrom(...TYPES), fc.constantFrom(...ENTITIES));

const transaction = fc.array(change, { minLength: 1, maxLength: 8 });

/** The gateway as operators run it, on the data of a world. */
interface Running extends AsyncDisposable {
  readonly url: string;
  /** What `kill -9` does; resolves when it is gone. */
  readonly kill: () => Promise<void>;
}

/** Resolves when it listens. */
async function started({ app: { config } }: World, port = "0"): Promise<Running> {
  const desk = givenDesk({
    DATABASE_URL: config.databaseUrl,
    DOCUMENTS_FOLDER: config.documentsFolder,
    ATTESTRY_MASTER_KEY: config.masterKey.toString("base64url"),
    ATTESTRY_INDEX_KEY: config.indexKey.toString("base64url"),
    COST_PER_MINUTE: String(config.costPerMinute),
    WORKERS: "0",
    PORT: port,
  });
  const gateway = desk.start("start");
  const [, url] = await gateway.line(/"url":"([^"]+)"/);
  const kill = async (): Promise<void> => {
    gateway.signal("SIGKILL");
    await gateway.ended;
    desk[Symbol.dispose]();
  };
  return { url: url!, kill, [Symbol.asyncDispose]: kill };
}

/** Whoever follows: what it has heard by now, and how often it lost the gateway. */
interface Follower {
  readonly party: Party;
  readonly filter: EventFilter;
  readonly heard: readonly Event[];
  readonly losses: () => number;
  /** Resolves when it was told to stop; rejects with what ended its stream instead. */
  readonly ended: Promise<void>;
}

function following(url: string, party: Party, filter: EventFilter, signal: AbortSignal): Follower {
  let losses = 0;
  const client = quickClient({
    url,
    token: party.token,
    onRetry: ({ failures }) => (losses += Number(failures === 1)),
  });
  const { types, entityIds } = filter;
  const stream = client.events({
    after: BEGINNING,
    signal,
    ...(types && { types }),
    ...(entityIds && { entityIds }),
  });
  const heard: Event[] = [];
  const ended = (async () => {
    for await (const event of stream) heard.push(event);
  })();
  return { party, filter, heard, losses: () => losses, ended };
}

/** What the database has of a view, read beside any gateway. */
const logOf = async ({ party, filter }: Follower): Promise<string[]> =>
  cursorsOf((await readEvents(party.read, null, filter, 1_000_000)).events);

const write = ({ bank, vendor }: World, by: Party, changes: readonly Change[]): Promise<void> =>
  by.commit((writer) =>
    append(
      writer,
      changes.map(
        ([banks, type, entityId]) =>
          ({ type, participantId: (banks ? bank : vendor).id, entityId, subjectId: "x" }) as object as Fact,
      ),
    ),
  );

/** What is written while the gateway comes and goes. */
interface Writing {
  /** How many changes were committed by now. */
  readonly count: () => number;
  /** Resolves when the writers have stopped. */
  readonly stop: () => Promise<void>;
}

/** Four writers beside each other, who notice nothing of what becomes of the gateway. */
function writing(world: World): Writing {
  const { bank, vendor, fintech, stranger } = world;
  let count = 0;
  const over = new AbortController();
  const plan = fc.sample(transaction, { seed: 7, numRuns: 1_000 });
  const writers = [bank, vendor, fintech, stranger].map(async (party, index) => {
    for (let turn = index; !over.signal.aborted; turn += 1) {
      const changes = plan[turn % plan.length]!;
      await write(world, party, changes);
      count += changes.length;
      // Leaves the others, and whoever listens, a while.
      await settled(8);
    }
  });
  const stop = async (): Promise<void> => {
    over.abort();
    await Promise.all(writers);
  };
  return { count: () => count, stop };
}

/** Everybody hears so many more, or fails for it. */
function heardBy(followers: readonly Follower[], more: number): Promise<void> {
  const enough = followers.map(({ heard }) => heard.length + more);
  const hear = until(
    () => followers.every(({ heard }, index) => heard.length >= enough[index]!),
    () => `each to have heard ${enough.join()}, and they heard ${followers.map(({ heard }) => heard.length).join()}`,
    WAIT_MS,
  );
  const ends = followers.map(({ ended }) => ended.then(() => Promise.reject(new Error("A stream has ended."))));
  return Promise.race([hear, ...ends]);
}

/** What the kills did. */
interface Kills {
  /** How many changes were written while there was no gateway, each time. */
  readonly gaps: readonly number[];
  /** How often each follower lost it. */
  readonly losses: readonly number[];
}

/** Kills one gateway after another amid what it tells. */
async function killAgainAndAgain(world: World, first: Running, followers: readonly Follower[]): Promise<Kills> {
  const { count, stop } = writing(world);
  const moments = fc.sample(fc.integer({ min: 1, max: 200 }), { seed: 5, numRuns: KILLS });
  const gaps: number[] = [];
  let gateway = first;
  try {
    for (const moment of moments) {
      await heardBy(followers, moment);
      await gateway.kill();
      const before = count();
      gateway = await started(world, new URL(gateway.url).port);
      gaps.push(count() - before);
    }
    await heardBy(followers, 1);
    await stop();
    const lasts = (await Promise.all(followers.map(logOf))).map((log) => log.at(-1));
    await until(
      () => followers.every(({ heard }, index) => heard.at(-1)!.cursor === lasts[index]),
      () => "everybody to hear the last event",
      WAIT_MS,
    );
    return { gaps, losses: followers.map(({ losses }) => losses()) };
  } finally {
    await stop();
    await gateway.kill();
  }
}

interface Story extends Kills {
  readonly followers: readonly Follower[];
  readonly logs: readonly string[][];
}

async function told(world: World): Promise<Story> {
  const { bank, vendor } = world;
  const over = new AbortController();
  const gateway = await started(world);
  const followers = [
    following(gateway.url, bank, { types: null, entityIds: null }, over.signal),
    following(gateway.url, bank, { types: [TYPES[0], TYPES[2]], entityIds: ENTITIES.slice(0, 2) }, over.signal),
    following(gateway.url, vendor, { types: [TYPES[1]], entityIds: null }, over.signal),
  ];
  try {
    const kills = await killAgainAndAgain(world, gateway, followers);
    return { followers, ...kills, logs: await Promise.all(followers.map(logOf)) };
  } finally {
    over.abort();
    await Promise.allSettled(followers.map(({ ended }) => ended));
  }
}

describe(`clients of a gateway that is killed ${KILLS} times while four writers go on`, () => {
  let world: World;
  let story: Story;
  beforeAll(async () => {
    world = await givenWorld({ clock: systemClock, newId: randomId });
    story = await told(world);
  }, STORY_MS);
  afterAll(() => world[Symbol.asyncDispose]());

  it("end with exactly the log through their filter, in order, none twice", () => {
    for (const [index, { heard }] of story.followers.entries()) expect(cursorsOf(heard)).toEqual(story.logs[index]);
  });

  it("hear nothing that their filter leaves out, and all else that was written", async () => {
    const rows = await world.app.store.rows<{ participantId: string; type: EventType; entityId: Id<"ent"> }>(
      `select participant_id as "participantId", type, entity_id as "entityId" from event order by seq`,
    );
    for (const { party, filter, heard } of story.followers) {
      const wanted = rows.filter(
        ({ participantId, type, entityId }) =>
          participantId === party.id &&
          (filter.types?.includes(type) ?? true) &&
          (filter.entityIds?.includes(entityId) ?? true),
      );
      expect(heard.map(({ type }) => type)).toEqual(wanted.map(({ type }) => type));
    }
  });

  it("are told the event before each, across every kill", () => {
    for (const { heard } of story.followers)
      expect(heard.map(({ previousCursor }) => previousCursor)).toEqual([null, ...cursorsOf(heard).slice(0, -1)]);
  });

  it("have lost the gateway each time, and events came while there was none", () => {
    expect(story.gaps.map((written) => written > 0)).toEqual(Array.from({ length: KILLS }, () => true));
    for (const losses of story.losses) expect(losses).toBeGreaterThanOrEqual(KILLS);
  });
});

import fc from "fast-check";
import { append } from "../../src/event/append.js";
import { EVENT_TYPES, type EventType, type Fact } from "../../src/event/event.js";
import { readEvents, settledHead, type EventFilter } from "../../src/event/read.js";
import { createEventsGroup, type EventsGroup, type EventsParts } from "../../src/live/events-group.js";
import type { Member } from "../../src/live/group.js";
import type { Stir } from "../../src/live/tail.js";
import { givenWorld, type World } from "../support/given.js";
import { settled, until } from "../support/soon.js";
import { listener, type Listener } from "./sink.js";

/** One event as a member hears it. */
interface Heard {
  readonly seq: number;
  readonly cursor: string;
  readonly previousCursor: string | null;
}

const ENTITIES = ["ent_1", "ent_2", "ent_3"] as const;

/** Types that are shown whatever they are about: no certificate stands behind what is written here. */
const TYPES = EVENT_TYPES.filter((type) => !type.startsWith("CERTIFICATE_"));

type Seed = readonly [whose: "bank" | "vendor", type: EventType, entityId: (typeof ENTITIES)[number]];

const seed: fc.Arbitrary<Seed> = fc.tuple(
  fc.constantFrom("bank" as const, "bank" as const, "vendor" as const),
  fc.constantFrom(...TYPES),
  fc.constantFrom(...ENTITIES),
);

const filters: fc.Arbitrary<EventFilter> = fc.record({
  types: fc.option(fc.subarray(TYPES, { minLength: 1 })),
  entityIds: fc.option(fc.subarray([...ENTITIES], { minLength: 1 })),
});

/** A log, a group that reads it, and what has been written since the group began. */
interface Reading {
  readonly world: World;
  readonly group: EventsGroup;
  readonly write: (seeds: readonly Seed[]) => Promise<void>;
  /** Tells the group of everything that was written and not told yet. */
  readonly stir: () => void;
  readonly head: () => Promise<number>;
  /** What the group shows of the log behind a place, as a query answers it. */
  readonly shown: (place: number) => Promise<Heard[]>;
  readonly faults: unknown[];
}

const EVERYTHING: EventFilter = { types: null, entityIds: null };

async function reading(world: World, filter = EVERYTHING, over: Partial<EventsParts> = {}): Promise<Reading> {
  const { bank, app } = world;
  const faults: unknown[] = [];
  const start = await settledHead(app.store.rows);
  const group = createEventsGroup(
    {
      participantId: bank.id,
      filter,
      context: () => app.context(bank.actor),
      resultOf: async (_context, event) => Buffer.from(JSON.stringify(event)),
      head: () => settledHead(app.store.rows),
      pageSize: 7,
      onFault: (error) => void faults.push(error),
      ...over,
    },
    start,
  );
  let told = start;
  const stirAll = async (): Promise<void> => {
    const stirs = await app.store.rows<Stir>(
      `select seq, participant_id as "participantId", entity_id as "entityId", type from event where seq > ? and participant_id = ? order by seq`,
      [told, bank.id],
    );
    told = stirs.at(-1)?.seq ?? told;
    if (stirs.length > 0) group.stirred(stirs);
  };
  const stir = (): void => void stirAll();
  const write = (seeds: readonly Seed[]): Promise<void> =>
    world.bank.commit((writer) =>
      append(
        writer,
        seeds.map(
          ([whose, type, entityId]) =>
            ({
              type,
              participantId: world[whose].id,
              entityId,
              subjectId: "x",
              from: "A",
              to: "B",
              reason: null,
            }) as object as Fact,
        ),
      ),
    );
  const shown = async (place: number): Promise<Heard[]> => {
    const found = await app.store.rows<{ seq: number }>(
      `select seq from event where participant_id = ? and seq > ? order by seq`,
      [bank.id, place],
    );
    const all: Heard[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page = await readEvents(bank.read, after, filter, 100);
      all.push(...(page.events as unknown as Heard[]));
      after = all.at(-1)?.cursor ?? null;
      more = page.hasNextPage;
    }
    const numbers = new Set(found.map(({ seq }) => seq));
    return all.filter(({ seq }) => numbers.has(seq)).map(placed);
  };
  return { world, group, write, stir, head: () => settledHead(app.store.rows), shown, faults };
}

const placed = ({ seq, cursor, previousCursor }: Heard): Heard => ({ seq, cursor, previousCursor });

/** Fails unless a member has heard exactly what is shown behind its place, once all has come. */
async function hearsAll({ shown }: Reading, { heard }: Listener<Heard>, place: number): Promise<void> {
  const expected = await shown(place);
  await until(
    () => heard.length >= expected.length,
    () => `${expected.length} events, and there are ${heard.length}`,
  );
  await settled();
  expect(heard.map(placed)).toEqual(expected);
}

const many = (count: number): Seed[] => Array.from({ length: count }, () => ["bank", "ENTITY_REGISTERED", "ent_1"]);

type Step =
  | { readonly write: readonly Seed[] }
  | { readonly join: number }
  | { readonly leave: number }
  | { readonly stall: number }
  | { readonly drain: number }
  | "stir"
  | "turn";

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ write: fc.array(seed, { minLength: 1, maxLength: 25 }) }) },
    { weight: 3, arbitrary: fc.record({ join: fc.double({ min: 0, max: 1, noNaN: true }) }) },
    { weight: 1, arbitrary: fc.record({ leave: fc.nat({ max: 6 }) }) },
    { weight: 1, arbitrary: fc.record({ stall: fc.nat({ max: 6 }) }) },
    { weight: 1, arbitrary: fc.record({ drain: fc.nat({ max: 6 }) }) },
    { weight: 3, arbitrary: fc.constant("stir" as const) },
    { weight: 2, arbitrary: fc.constant("turn" as const) },
  ),
  { maxLength: 30 },
);

/** One member as the property keeps it. */
interface Present {
  readonly sink: Listener<Heard>;
  readonly place: number;
  readonly member: Member;
}

async function lived(one: Reading, all: readonly Step[]): Promise<{ present: Present[]; left: Present[] }> {
  const present: Present[] = [];
  const left: Present[] = [];
  for (const step of all) {
    if (step === "stir") one.stir();
    else if (step === "turn") await settled(1);
    else if ("write" in step) await one.write(step.write);
    else if ("join" in step) {
      const sink = listener<Heard>();
      const place = Math.floor(step.join * (await one.head()));
      present.push({ sink, place, member: one.group.join(sink, place) });
    } else if ("leave" in step)
      for (const who of present.splice(step.leave, 1)) {
        one.group.leave(who.member);
        left.push({ ...who, sink: { ...who.sink, heard: [...who.sink.heard] } });
      }
    else if ("stall" in step) present[step.stall]?.sink.stall();
    else present[step.drain]?.sink.drain();
  }
  return { present, left };
}

describe("an events group", () => {
  it("tells each member the log through the filter from its place on, in order and once, whoever comes, goes and stalls", async () => {
    await using world = await givenWorld();
    await fc.assert(
      fc.asyncProperty(filters, steps, async (filter, all) => {
        const one = await reading(world, filter);
        const { present, left } = await lived(one, all);
        for (const { sink } of present) sink.drain();
        one.stir();
        for (const { sink, place } of present) await hearsAll(one, sink, place);
        for (const { sink, place } of left) {
          const expected = await one.shown(place);
          expect(sink.heard.map(placed)).toEqual(expected.slice(0, sink.heard.length));
        }
        expect([one.faults, one.group.members.size]).toEqual([[], present.length]);
        for (const { member } of present) one.group.leave(member);
      }),
      { numRuns: 60 },
    );
  });

  it("tells who comes in while a page is worked out neither less nor more", async () => {
    await using world = await givenWorld();
    const waits: (() => void)[] = [];
    let hold = false;
    const one = await reading(world, EVERYTHING, {
      resultOf: async (_context, event) => {
        if (hold) await new Promise<void>((resolve) => waits.push(resolve));
        return Buffer.from(JSON.stringify(event));
      },
    });
    const [early, late] = [listener<Heard>(), listener<Heard>()];
    const start = await one.head();
    one.group.join(early, start);
    await settled();
    hold = true;
    await one.write(many(3));
    one.stir();
    await until(
      () => waits.length === 3,
      () => "the page to be begun",
    );
    await one.write(many(2));
    one.group.join(late, start);
    await settled();
    hold = false;
    for (const go of waits) go();
    one.stir();
    await hearsAll(one, early, start);
    await hearsAll(one, late, start);
    expect([early.heard.length, late.heard.length]).toEqual([5, 5]);
  });

  it("loses nothing for who is still reading what was there while the others are told of more", async () => {
    await using world = await givenWorld();
    const waits: (() => void)[] = [];
    let hold = false;
    const one = await reading(world, EVERYTHING, {
      resultOf: async (_context, event) => {
        if (hold) await new Promise<void>((resolve) => waits.push(resolve));
        return Buffer.from(JSON.stringify(event));
      },
    });
    const [early, late] = [listener<Heard>(), listener<Heard>()];
    const start = await one.head();
    await one.write(many(2));
    one.group.join(early, start);
    await hearsAll(one, early, start);
    hold = true;
    one.group.join(late, start);
    await until(
      () => waits.length === 2,
      () => "the page to be begun",
    );
    hold = false;
    await one.write(many(3));
    one.stir();
    await hearsAll(one, early, start);
    for (const go of waits) go();
    await hearsAll(one, late, start);
    await one.write(many(1));
    one.stir();
    await hearsAll(one, late, start);
    expect([early.heard.length, late.heard.length]).toEqual([6, 6]);
  });

  it("sends nothing more to who is behind until that has left, and then everything", async () => {
    await using world = await givenWorld();
    const one = await reading(world);
    const [slow, quick] = [listener<Heard>(), listener<Heard>()];
    const start = await one.head();
    one.group.join(slow, start);
    one.group.join(quick, start);
    await settled();
    slow.stall();
    for (let n = 0; n < 5; n += 1) {
      await one.write(many(20));
      one.stir();
      await settled();
    }
    await hearsAll(one, quick, start);
    expect(slow.sendings).toEqual([7]);
    slow.drain();
    await hearsAll(one, slow, start);
  });

  it("works each event out once for all who are in step, however many", async () => {
    await using world = await givenWorld();
    let worked = 0;
    const one = await reading(world, EVERYTHING, {
      resultOf: async (_context, event) => {
        worked += 1;
        return Buffer.from(JSON.stringify(event));
      },
    });
    const start = await one.head();
    const all = Array.from({ length: 1_500 }, () => listener<Heard>());
    for (const sink of all) one.group.join(sink, start);
    await settled();
    await one.write(many(5));
    one.stir();
    await until(
      () => all.every(({ heard }) => heard.length === 5),
      () => "all to have heard",
    );
    expect(worked).toBe(5);
  });

  it("shows nothing beyond where the log is settled, and then what was committed late, in its place", async () => {
    await using world = await givenWorld();
    let gate = 0;
    const one = await reading(world, EVERYTHING, { head: async () => gate });
    const sink = listener<Heard>();
    const { rows } = world.app.store;
    const start = await one.head();
    gate = start;
    one.group.join(sink, start);
    await settled();
    await one.write(many(4));
    // The first two are of a transaction that ends after the other.
    const [first, second] = await rows<{ seq: number }>("select seq from event where seq > ? order by seq", [start]);
    await world.bank.commit((write) =>
      write.rows("update event set participant_id = ? where seq in (?, ?)", [world.vendor.id, first!.seq, second!.seq]),
    );
    one.group.stirred(stirsAt(start + 3, start + 4));
    await settled();
    expect(sink.heard).toEqual([]);
    await world.bank.commit((write) =>
      write.rows("update event set participant_id = ? where seq in (?, ?)", [world.bank.id, first!.seq, second!.seq]),
    );
    gate = start + 4;
    one.group.stirred(stirsAt(start + 1, start + 4));
    await hearsAll(one, sink, start);
    expect(sink.heard.length).toBe(4);
  });

  it("goes on by itself after a reading that failed, for who is in step and for who is catching up", async () => {
    await using world = await givenWorld();
    let failing = 0;
    const one = await reading(world, EVERYTHING, {
      head: () => {
        if ((failing -= 1) >= 0) throw new Error("The database is away.");
        return settledHead(world.app.store.rows);
      },
    });
    const start = await one.head();
    const [early, late] = [listener<Heard>(), listener<Heard>()];
    one.group.join(early, start);
    await settled();
    failing = 2;
    await one.write(many(3));
    one.stir();
    one.group.join(late, start);
    await hearsAll(one, early, start);
    await hearsAll(one, late, start);
    expect(one.faults.length).toBe(2);
  });

  it("reads nothing for nobody, nor for types that it does not show", async () => {
    await using world = await givenWorld();
    const one = await reading(world, { types: ["CONSENT_GRANTED"], entityIds: null });
    await one.write(many(3));
    world.statements.length = 0;
    one.group.stirred(stirsAt(1, 3).map((stir) => ({ ...stir, type: "CONSENT_GRANTED" })));
    await settled();
    expect(world.statements).toEqual([]);
    one.group.join(listener(), await one.head());
    await settled();
    world.statements.length = 0;
    one.group.stirred(stirsAt(1, 3));
    await settled();
    expect(world.statements).toEqual([]);
  });
});

const stirsAt = (first: number, last: number): Stir[] =>
  Array.from({ length: last - first + 1 }, (_, index) => ({
    seq: first + index,
    participantId: "par_1",
    entityId: "ent_1",
    type: "ENTITY_REGISTERED",
  }));

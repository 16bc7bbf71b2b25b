import fc from "fast-check";
import { append } from "../../src/event/append.js";
import { cursorOf } from "../../src/event/cursor.js";
import { EVENT_TYPES, type EventType, type Fact } from "../../src/event/event.js";
import { readEvents, type EventFilter, type PlacedEvent } from "../../src/event/read.js";
import type { Actor } from "../../src/kernel/actor.js";
import type { Reader } from "../../src/kernel/reader.js";
import { actorOf, clientOf, givenWorld, type Party, type World } from "../support/given.js";
import { refusal } from "../support/refusal.js";

const RUNS = 500;

const EVERYTHING: EventFilter = { types: null, entityIds: null };

const ENTITIES = ["ent_1", "ent_2", "ent_3"] as const;

type Seed = readonly [whose: "bank" | "vendor", type: EventType, entityId: (typeof ENTITIES)[number]];

const seeds = fc.array(
  fc.tuple(fc.constantFrom("bank", "vendor"), fc.constantFrom(...EVENT_TYPES), fc.constantFrom(...ENTITIES)),
  { minLength: 60, maxLength: 60 },
);

/** The same 60 events in every run, of two participants, three entities and every type. */
const LOG: readonly Seed[] = fc.sample(seeds, { seed: 7, numRuns: 1 })[0]!;

async function givenLog(log: readonly Seed[] = LOG): Promise<World> {
  const world = await givenWorld();
  await world.bank.commit((write) =>
    append(
      write,
      log.map(
        ([whose, type, entityId], index) =>
          ({
            type,
            participantId: world[whose].id,
            entityId,
            subjectId: `att_${index}`,
            from: "A",
            to: "B",
            reason: null,
          }) as Fact,
      ),
    ),
  );
  return world;
}

const readAs = ({ app }: World, actor: Actor): Reader => app.context(actor).read;

/** Every page from a cursor to the end. */
async function replay(read: Reader, after: string | null, filter: EventFilter, first: number): Promise<PlacedEvent[]> {
  const { events, hasNextPage } = await readEvents(read, after, filter, first);
  expect(events.length).toBeLessThanOrEqual(first);
  return hasNextPage ? [...events, ...(await replay(read, events.at(-1)!.cursor, filter, first))] : [...events];
}

const passes = (filter: EventFilter, { type, entityId }: Pick<PlacedEvent, "type" | "entityId">): boolean =>
  (filter.types?.includes(type) ?? true) && (filter.entityIds?.includes(entityId) ?? true);

const filters: fc.Arbitrary<EventFilter> = fc.record({
  types: fc.option(fc.subarray([...EVENT_TYPES])),
  entityIds: fc.option(fc.subarray([...ENTITIES])),
});

describe("readEvents", () => {
  it("gives the caller's own events, oldest first, each with its place", async () => {
    await using world = await givenLog([
      ["bank", "ENTITY_REGISTERED", "ent_1"],
      ["vendor", "ATTESTATION_FURNISHED", "ent_1"],
      ["bank", "CONSENT_GRANTED", "ent_2"],
    ]);
    const { events, hasNextPage } = await readEvents(world.bank.read, null, EVERYTHING, 10);
    expect(hasNextPage).toBe(false);
    expect(
      events.map(({ type, subjectId, entityId, previousCursor }) => ({ type, subjectId, entityId, previousCursor })),
    ).toEqual([
      { type: "ENTITY_REGISTERED", subjectId: "att_0", entityId: "ent_1", previousCursor: null },
      { type: "CONSENT_GRANTED", subjectId: "att_2", entityId: "ent_2", previousCursor: events[0]!.cursor },
    ]);
  });

  it("gives an empty page after the last event, and what came since once there is more", async () => {
    await using world = await givenLog();
    const all = await replay(world.bank.read, null, EVERYTHING, 100);
    const last = all.at(-1)!.cursor;
    expect(await readEvents(world.bank.read, last, EVERYTHING, 10)).toEqual({ events: [], hasNextPage: false });
    await world.bank.commit((write) =>
      append(write, [{ type: "CONSENT_GRANTED", participantId: world.bank.id, entityId: "ent_1", subjectId: "con_1" }]),
    );
    const { events } = await readEvents(world.bank.read, last, EVERYTHING, 10);
    expect(events.map(({ subjectId, previousCursor }) => [subjectId, previousCursor])).toEqual([["con_1", last]]);
  });

  it("replays from any cursor, under any filter, in pages of any size, everything once and in a chain without a gap", async () => {
    await using world = await givenLog();
    const read = world.bank.read;
    const all = await replay(read, null, EVERYTHING, 100);
    const starts = fc.option(fc.nat({ max: all.length - 1 }));
    await fc.assert(
      fc.asyncProperty(starts, filters, fc.integer({ min: 1, max: 9 }), async (start, filter, first) => {
        const seen = await replay(read, start === null ? null : all[start]!.cursor, filter, first);
        const place = start === null ? 0 : start + 1;
        expect(seen.map(({ cursor }) => cursor)).toEqual(
          all
            .slice(place)
            .filter((event) => passes(filter, event))
            .map(({ cursor }) => cursor),
        );
        const before = all.slice(0, place).findLast((event) => passes(filter, event))?.cursor ?? null;
        expect(seen.map(({ previousCursor }) => previousCursor)).toEqual(
          [before, ...seen.map(({ cursor }) => cursor)].slice(0, seen.length),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it("tells two participants apart under any filter: neither sees a row of the other's, and both together see all", async () => {
    await using world = await givenLog();
    const mine = (party: Party, filter: EventFilter) => replay(party.read, null, filter, 100);
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const [bank, vendor] = await Promise.all([mine(world.bank, filter), mine(world.vendor, filter)]);
        expect(bank.filter(({ participantId }) => participantId !== world.bank.id)).toEqual([]);
        expect(vendor.filter(({ participantId }) => participantId !== world.vendor.id)).toEqual([]);
        const expected = LOG.filter(([, type, entityId]) => passes(filter, { type, entityId })).length;
        expect(bank.length + vendor.length).toBe(expected);
      }),
      { numRuns: RUNS },
    );
  });

  it("shows whoever holds a client token its one entity, under any filter, in a chain of its own", async () => {
    await using world = await givenLog();
    const client = readAs(world, clientOf(world.bank.id, "ent_2"));
    const whole = await replay(world.bank.read, null, { types: null, entityIds: ["ent_2"] }, 100);
    expect(whole.length).toBeGreaterThan(0);
    expect(await replay(client, null, EVERYTHING, 3)).toEqual(whole);
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        expect((await replay(client, null, filter, 100)).map(({ cursor }) => cursor)).toEqual(
          whole.filter((event) => passes(filter, event)).map(({ cursor }) => cursor),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it("shows nothing to a participant of whom nothing is told", async () => {
    await using world = await givenLog();
    expect(await readEvents(world.stranger.read, null, EVERYTHING, 10)).toEqual({ events: [], hasNextPage: false });
  });

  it("refuses another participant's cursor, though the place exists", async () => {
    await using world = await givenLog();
    const [event] = (await readEvents(world.vendor.read, null, EVERYTHING, 1)).events;
    expect(await refusal(readEvents(world.bank.read, event!.cursor, EVERYTHING, 10))).toMatchObject({
      code: "CURSOR_INVALID",
    });
  });

  it("refuses a cursor from the future of the log, as after a restored backup", async () => {
    await using world = await givenLog();
    const cursor = (seq: number): string => cursorOf(world.app.vault, world.bank.id, seq);
    expect(await readEvents(world.bank.read, cursor(LOG.length), EVERYTHING, 10)).toMatchObject({ events: [] });
    expect(await refusal(readEvents(world.bank.read, cursor(LOG.length + 1), EVERYTHING, 10))).toMatchObject({
      code: "CURSOR_INVALID",
    });
  });

  it("refuses any text that is no cursor, all with the same words", async () => {
    await using world = await givenLog();
    const forged = [
      "",
      "1",
      "null",
      Buffer.from("1.").toString("base64url"),
      Buffer.from("-1.0123456789abcdef").toString("base64url"),
      Buffer.from("1.0123456789abcdef").toString("base64url"),
      Buffer.from("1e3.0123456789abcdef").toString("base64url"),
      "A".repeat(10_000),
      "' or 1=1 --",
    ];
    const refusals = await Promise.all(
      forged.map((text) => refusal(readEvents(world.bank.read, text, EVERYTHING, 10))),
    );
    expect(new Set(refusals.map(({ code, message }) => `${code}: ${message}`))).toEqual(
      new Set(["CURSOR_INVALID: This cursor is not one of yours."]),
    );
  });

  it("reads a page in the same statements, whatever its size and place", async () => {
    await using world = await givenLog();
    const [, second] = (await readEvents(world.bank.read, null, EVERYTHING, 100)).events;
    const run = async (first: number): Promise<string[]> => {
      world.statements.length = 0;
      await readEvents(world.bank.read, second!.cursor, EVERYTHING, first);
      return [...world.statements];
    };
    expect(await run(100)).toEqual(await run(1));
    expect(world.statements.length).toBe(3);
  });

  it("is refused without a scope that reads", async () => {
    await using world = await givenLog();
    const read = readAs(world, actorOf(world.bank.id, ["policies", "admin"]));
    expect(await refusal(readEvents(read, null, EVERYTHING, 10))).toMatchObject({ code: "FORBIDDEN" });
  });
});

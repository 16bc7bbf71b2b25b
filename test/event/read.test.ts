import fc from "fast-check";
import { append } from "../../src/event/append.js";
import { cursorOf } from "../../src/event/cursor.js";
import { EVENT_TYPES, type EventType, type Fact } from "../../src/event/event.js";
import { eventsBehind, readEvents, type EventFilter, type PlacedEvent } from "../../src/event/read.js";
import { withdrawConsent } from "../../src/consent/withdraw.js";
import { grantRoles, removeRoles } from "../../src/network/create.js";
import { givenReady, operate, queried } from "../support/asked.js";
import type { Actor } from "../../src/kernel/actor.js";
import type { Reader } from "../../src/kernel/reader.js";
import { actorOf, clientOf, givenWorld, type Party, type World } from "../support/given.js";
import { refusal } from "../support/refusal.js";

const RUNS = 500;

const EVERYTHING: EventFilter = { types: null, entityIds: null };

const ENTITIES = ["ent_1", "ent_2", "ent_3"] as const;

type Seed = readonly [whose: "bank" | "vendor", type: EventType, entityId: (typeof ENTITIES)[number]];

/** What is shown whatever stands behind it: nothing here stands behind what is told of certificates. */
const TYPES = EVENT_TYPES.filter((type) => !type.startsWith("CERTIFICATE_"));

const seeds = fc.array(
  fc.tuple(fc.constantFrom("bank", "vendor"), fc.constantFrom(...TYPES), fc.constantFrom(...ENTITIES)),
  { minLength: 60, maxLength: 60 },
);

/** The same 60 events in every run, of two participants, three entities and every such type. */
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
    expect(await readEvents(world.bank.read, last, EVERYTHING, 10)).toEqual({
      events: [],
      hasNextPage: false,
      endCursor: null,
    });
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
    const seen = await readEvents(world.stranger.read, null, EVERYTHING, 10);
    expect(seen).toEqual({ events: [], hasNextPage: false, endCursor: expect.any(String) as string });
  });

  it("gives a place to go on from where nothing has happened yet, behind which nothing is missed", async () => {
    await using world = await givenLog();
    const { stranger } = world;
    const { endCursor } = await readEvents(stranger.read, null, EVERYTHING, 10);
    await stranger.commit((write) =>
      append(write, [{ type: "CONSENT_GRANTED", participantId: stranger.id, entityId: "ent_1", subjectId: "con_1" }]),
    );
    const { events } = await readEvents(stranger.read, endCursor, EVERYTHING, 10);
    expect(events.map(({ subjectId, previousCursor }) => [subjectId, previousCursor])).toEqual([["con_1", null]]);
  });

  it("gives such a place in a log that is empty, too", async () => {
    await using world = await givenWorld();
    const { bank } = world;
    const { endCursor } = await readEvents(bank.read, null, EVERYTHING, 10);
    await bank.commit((write) =>
      append(write, [{ type: "CONSENT_GRANTED", participantId: bank.id, entityId: "ent_1", subjectId: "con_1" }]),
    );
    expect((await readEvents(bank.read, endCursor, EVERYTHING, 10)).events).toHaveLength(1);
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
    expect(world.statements.length).toBe(4);
  });

  it("is refused without a scope that reads", async () => {
    await using world = await givenLog();
    const read = readAs(world, actorOf(world.bank.id, ["policies", "admin"]));
    expect(await refusal(readEvents(read, null, EVERYTHING, 10))).toMatchObject({ code: "FORBIDDEN" });
  });
});

/** What is told of certificates in a view, by what it is about and what it became. */
const ofCertificates = async (read: Reader) =>
  (await replay(read, null, { types: ["CERTIFICATE_ISSUED", "CERTIFICATE_STATUS_CHANGED"], entityIds: null }, 100)).map(
    ({ subjectId, toStatus }) => [subjectId, toStatus] as const,
  );

describe("what readEvents tells of a certificate", () => {
  /** A certificate, revoked because of its consent, and something that is said of it a moment later. */
  async function givenFallen() {
    const world = await givenReady();
    const { fintech, ask, consentId, entityId, time } = world;
    const { certificate } = await queried(fintech, ask);
    const { id } = certificate!;
    await fintech.commit((write) => withdrawConsent(write, { consentId }));
    time.advance(1);
    await fintech.commit((write) =>
      append(write, [
        {
          type: "CERTIFICATE_STATUS_CHANGED",
          participantId: fintech.id,
          entityId,
          subjectId: id,
          from: "REVOKED",
          to: "DISPUTED",
          reason: null,
        },
      ]),
    );
    return { ...world, id };
  }

  it("ends with the withdrawal of its consent, which is told", async () => {
    await using world = await givenFallen();
    expect(await ofCertificates(world.fintech.read)).toEqual([
      [world.id, null],
      [world.id, "REVOKED"],
    ]);
  });

  it("is nothing while the caller has no role to query in its network, and all of it once it has again", async () => {
    await using world = await givenFallen();
    const { fintech, network } = world;
    const before = await ofCertificates(fintech.read);
    await operate(world)((write) => removeRoles(write, network, fintech.id, ["QUERIER"]));
    expect(await ofCertificates(fintech.read)).toEqual([]);
    await operate(world)((write) => grantRoles(write, network, fintech.id, ["QUERIER"]));
    expect(await ofCertificates(fintech.read)).toEqual(before);
  });

  it("leaves no gap in the chain where it is left out", async () => {
    await using world = await givenFallen();
    const { fintech, network } = world;
    await operate(world)((write) => removeRoles(write, network, fintech.id, ["QUERIER"]));
    await fintech.commit((write) =>
      append(write, [{ type: "CONSENT_GRANTED", participantId: fintech.id, entityId: "ent_1", subjectId: "con_1" }]),
    );
    const all = await replay(fintech.read, null, EVERYTHING, 1);
    expect(all.map(({ previousCursor }) => previousCursor)).toEqual([
      null,
      ...all.slice(0, -1).map(({ cursor }) => cursor),
    ]);
  });
});

describe("a cursor from before what is kept", () => {
  it("has expired, as long as anything behind it is gone", async () => {
    await using world = await givenLog();
    const { bank, app } = world;
    await bank.commit((write) => write.rows("delete from event where seq <= 20"));
    const after = (seq: number) => readEvents(bank.read, cursorOf(app.vault, bank.id, seq), EVERYTHING, 100);
    expect((await refusal(after(19))).code).toBe("CURSOR_EXPIRED");
    expect((await after(20)).events[0]!.previousCursor).toBeNull();
  });
});

describe("eventsBehind", () => {
  it("says how far it looked: to the last event where more follow, else to where it was let look", async () => {
    await using world = await givenLog();
    const { bank } = world;
    await fc.assert(
      fc.asyncProperty(
        filters,
        fc.nat({ max: LOG.length }),
        fc.nat({ max: LOG.length }),
        fc.integer({ min: 1, max: 9 }),
        async (filter, one, other, first) => {
          const [from, head] = [Math.min(one, other), Math.max(one, other)];
          const { events, upTo, more } = await eventsBehind(bank.read, from, head, filter, first);
          const expected = LOG.map(([whose, type, entityId], index) => ({ whose, type, entityId, seq: index + 1 }))
            .filter((event) => event.whose === "bank" && event.seq > from && event.seq <= head)
            .filter((event) => passes(filter, event))
            .map(({ seq }) => seq);
          expect(events.map(({ seq }) => seq)).toEqual(expected.slice(0, first));
          expect([more, upTo]).toEqual(more ? [expected.length > first, expected[first - 1]] : [false, head]);
        },
      ),
      { numRuns: RUNS },
    );
  });
});

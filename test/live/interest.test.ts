import fc from "fast-check";
import { createInterests, type Interested } from "../../src/live/interest.js";
import type { Stir } from "../../src/live/tail.js";

const PARTICIPANTS = ["par_1", "par_2", "par_3"] as const;
const ENTITIES = ["ent_1", "ent_2", "ent_3", "ent_4"] as const;

/** Somebody who keeps what it is told. */
interface Listener extends Interested {
  heard: (readonly Stir[])[];
  /** Whom it wants to hear of from its next entry on. */
  watched: ReadonlySet<string> | null;
}

function listener(participantId: string, watched: ReadonlySet<string> | null): Listener {
  const one: Listener = {
    participantId,
    watched,
    heard: [],
    entityIds: () => one.watched,
    stirred: (stirs) => void one.heard.push(stirs),
  };
  return one;
}

const stir = (seq: number, participantId: Stir["participantId"], entityId: Stir["entityId"]): Stir => ({
  seq,
  participantId,
  entityId,
  type: "ENTITY_REGISTERED",
});

const watching = fc.option(fc.subarray([...ENTITIES]).map((ids) => new Set<string>(ids)));

const steps = fc.array(
  fc.oneof(
    fc.record({ add: fc.tuple(fc.constantFrom(...PARTICIPANTS), watching) }),
    fc.record({ remove: fc.nat({ max: 20 }) }),
    fc.record({ reindex: fc.nat({ max: 20 }), watched: watching }),
    fc.record({
      tell: fc.array(fc.tuple(fc.constantFrom(...PARTICIPANTS), fc.constantFrom(...ENTITIES)), { maxLength: 8 }),
    }),
  ),
  { maxLength: 40 },
);

/** Who is concerned by looking at everybody. */
const scanned = (present: Iterable<Listener>, stirs: readonly Stir[]): Map<Listener, readonly Stir[]> =>
  new Map(
    [...present]
      .map((one): [Listener, readonly Stir[]] => [
        one,
        stirs.filter(
          ({ participantId, entityId }) =>
            participantId === one.participantId && (one.watched === null || one.watched.has(entityId)),
        ),
      ])
      .filter(([, its]) => its.length > 0),
  );

describe("interests", () => {
  it("find whom events concern as looking at everybody would, each told once for all of them", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const interests = createInterests();
        const present: Listener[] = [];
        let seq = 0;
        const heard: Map<Listener, (readonly Stir[])[]>[] = [];
        const expected: typeof heard = [];
        for (const step of all) {
          if ("add" in step) {
            const one = listener(...step.add);
            present.push(one);
            interests.add(one);
          } else if ("remove" in step) {
            for (const one of present.splice(step.remove, 1)) interests.remove(one);
          } else if ("reindex" in step) {
            const one = present[step.reindex];
            if (!one) continue;
            interests.remove(one);
            one.watched = step.watched;
            interests.add(one);
          } else {
            for (const one of present) one.heard = [];
            const stirs = step.tell.map(([participantId, entityId]) => stir((seq += 1), participantId, entityId));
            interests.tell(stirs);
            heard.push(new Map(present.filter((one) => one.heard.length > 0).map((one) => [one, one.heard])));
            expected.push(new Map([...scanned(present, stirs)].map(([one, its]) => [one, [its]])));
          }
        }
        expect(heard).toEqual(expected);
        expect(interests.size()).toBe(present.length);
      }),
      { numRuns: 1_000 },
    );
  });

  it("keep nothing of who was taken out, were it twice or never in", () => {
    const interests = createInterests();
    const one = listener("par_1", new Set(["ent_1"]));
    interests.remove(one);
    interests.add(one);
    interests.remove(one);
    interests.remove(one);
    interests.tell([stir(1, "par_1", "ent_1")]);
    expect([one.heard, interests.size()]).toEqual([[], 0]);
  });

  it("tell one listener of very many events in a time that grows with their number, not with its square", () => {
    const interests = createInterests();
    const one = listener("par_1", null);
    interests.add(one);
    const stirs = Array.from({ length: 200_000 }, (_, index) => stir(index + 1, "par_1", "ent_1"));
    const before = performance.now();
    interests.tell(stirs);
    const tookMs = performance.now() - before;
    expect(one.heard).toEqual([stirs]);
    expect(tookMs).toBeLessThan(5_000);
  });
});

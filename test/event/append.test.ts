import { readEvents } from "../../src/event/read.js";
import { revokeAttestation } from "../../src/attestation/revoke.js";
import { append } from "../../src/event/append.js";
import type { Fact } from "../../src/event/event.js";
import { EVENT_TYPES } from "../../src/event/event.js";
import { withdrawConsent } from "../../src/consent/withdraw.js";
import { factsIn, givenReady, query } from "../support/asked.js";
import { givenWorld, type Party } from "../support/given.js";
import { traced } from "../support/trace.js";

const ENTITY = "ent_00000000000000000000000001";

const registered = ({ id }: Party): Fact => ({
  type: "ENTITY_REGISTERED",
  participantId: id,
  entityId: ENTITY,
  subjectId: ENTITY,
});

const WRITERS = 30;

describe("append", () => {
  it("keeps the order in which transactions were committed, and within each the order of its facts", async () => {
    await using world = await givenWorld();
    const { bank, vendor } = world;
    const done: string[] = [];
    const work = async (number: number): Promise<void> => {
      await bank.commit(async (write) => {
        await append(write, [{ ...registered(bank), subjectId: `ent_${number}a` } as Fact]);
        await append(write, [
          { ...registered(vendor), subjectId: `ent_${number}b` } as Fact,
          { ...registered(bank), subjectId: `ent_${number}c` } as Fact,
        ]);
      });
      done.push(`ent_${number}a`, `ent_${number}b`, `ent_${number}c`);
    };
    await Promise.all(Array.from({ length: WRITERS }, (_, number) => work(number)));
    expect((await factsIn(world.app.store.rows)).map(({ subjectId }) => subjectId)).toEqual(done);
  });

  it("leaves nothing of a transaction that fails, nor a gap that a reader could see", async () => {
    await using world = await givenWorld();
    const { bank } = world;
    await bank.commit((write) => append(write, [registered(bank)]));
    const failing = (): Promise<string> =>
      bank
        .commit(async (write) => {
          await append(write, [registered(bank)]);
          throw new Error("The work failed.");
        })
        .catch((error: Error) => error.message);
    expect(await traced(world, failing)).toEqual({ result: "The work failed.", changed: [] });
    await bank.commit((write) => append(write, [registered(bank)]));
    const { events } = await readEvents(bank.read, null, { types: null, entityIds: null }, 10);
    expect(events.map(({ previousCursor }) => previousCursor)).toEqual([null, events[0]!.cursor]);
  });

  it("adds nothing where there is no fact", async () => {
    await using world = await givenWorld();
    expect((await traced(world, () => world.bank.commit((write) => append(write, [])))).changed).toEqual([]);
  });

  it("is told of everything that comes of a query and of losing its ground, to those whom it concerns", async () => {
    await using world = await givenReady();
    const { fintech, vendor, ask, consentId, attestations, app } = world;
    await query(fintech, ask);
    await vendor.commit((write) =>
      revokeAttestation(write, { attestationId: attestations.get("ADDRESS_CAPTURE")!, reason: "Wrong." }),
    );
    await fintech.commit((write) => withdrawConsent(write, { consentId }));
    const typesOf = async (participantId?: string) =>
      new Set((await factsIn(app.store.rows, participantId)).map(({ type }) => type));
    const told = await typesOf();
    expect(EVENT_TYPES.filter((type) => told.has(type))).toEqual([
      "ENTITY_REGISTERED",
      "CONSENT_GRANTED",
      "CONSENT_WITHDRAWN",
      "ATTESTATION_FURNISHED",
      "ATTESTATION_STATUS_CHANGED",
      "CERTIFICATE_ISSUED",
      "CERTIFICATE_STATUS_CHANGED",
    ]);
    expect(await typesOf(vendor.id)).toEqual(new Set(["ATTESTATION_FURNISHED", "ATTESTATION_STATUS_CHANGED"]));
    expect(await typesOf(fintech.id)).toEqual(
      new Set([
        "ENTITY_REGISTERED",
        "CONSENT_GRANTED",
        "CONSENT_WITHDRAWN",
        "CERTIFICATE_ISSUED",
        "CERTIFICATE_STATUS_CHANGED",
      ]),
    );
  });
});

import type { Id } from "../../src/kernel/id.js";
import { givenBusiness, link } from "../business/company.js";
import { onPostgres } from "../support/database.js";
import {
  ALL_KINDS,
  givenFurnished,
  givenRegistered,
  givenWorld,
  record,
  type Party,
  type World,
} from "../support/given.js";
import { givenRequested, worked } from "../support/verify.js";

/** How many migrations brought standings to everybody. */
const MIGRATIONS = onPostgres ? 3 : 1;

const standings = ({ app }: World): Promise<object[]> =>
  app.store.rows(
    "select participant_id, entity_id, own_status, status, entity_type from standing order by participant_id, entity_id",
  );

const standing = (party: Party, entityId: Id<"ent">, status: string, type = "INDIVIDUAL") => ({
  participant_id: party.id,
  entity_id: entityId,
  own_status: status,
  status,
  entity_type: type,
});

/** What a gateway registers that knows nothing of standings: the same person again, in the eyes of another. */
const registeredBefore = (party: Party, entityId: Id<"ent">): Promise<unknown> =>
  party.commit((write) =>
    write.rows(
      `insert into registration (id, entity_id, participant_id, handle, version, sealed_facts, facts_fingerprint, created_at)
         select ?, entity_id, ?, 'before', 1, sealed_facts, facts_fingerprint, created_at from registration where entity_id = ? limit 1`,
      [write.newId("reg"), party.id, entityId],
    ),
  );

describe("a standing", () => {
  it("is there for whoever was registered, from then on, once", async () => {
    await using world = await givenWorld();
    const ada = await givenRegistered(world.fintech);
    await givenRegistered(world.fintech, { firstName: "Adah" });
    const company = await givenBusiness(world.fintech, "company");
    expect(await standings(world)).toEqual([
      standing(world.fintech, ada, "UNVERIFIED"),
      standing(world.fintech, company, "UNVERIFIED", "BUSINESS"),
    ]);
  });

  it("is there for whomever something was furnished about, with its furnisher", async () => {
    await using world = await givenWorld();
    const { vendor, network } = world;
    await givenFurnished(vendor, [network], [record(ALL_KINDS)]);
    await givenFurnished(vendor, [network], [record(ALL_KINDS)]);
    expect(await standings(world)).toEqual([
      expect.objectContaining({
        participant_id: vendor.id,
        status: "UNVERIFIED",
        entity_type: "INDIVIDUAL",
      }),
    ]);
  });

  it("is there for whomever a gateway registers that knows nothing of it", async () => {
    await using world = await givenWorld();
    const ada = await givenRegistered(world.fintech);
    await registeredBefore(world.bank, ada);
    expect(await standings(world)).toContainEqual(standing(world.bank, ada, "UNVERIFIED"));
  });
});

describe("the migrations that give a standing to everybody", () => {
  it("go down to those of whom there is more to say, and up again to all, each as it was", async () => {
    await using world = await givenWorld();
    const { fintech, bank } = world;
    const [ada, company] = [await givenRegistered(fintech), await givenBusiness(fintech, "company")];
    const ben = await givenRegistered(fintech, {
      handle: "ben",
      socialSecurityNumber: null,
    });
    await link(fintech, "company", "ben", "CONTROLLING_OFFICER");
    await givenRequested(world, fintech);
    await worked(world);
    const before = await standings(world);
    expect(before).toHaveLength(3);
    for (let count = 0; count < MIGRATIONS; count += 1) await world.app.store.takeBack();
    const kept = await world.app.store.rows<{ id: string }>("select entity_id as id from standing order by entity_id");
    expect(kept.map(({ id }) => id)).toEqual([ada, company].toSorted());
    await registeredBefore(bank, ben);
    await world.app.store.migrate();
    expect(await standings(world)).toEqual(
      [...before, standing(bank, ben, "UNVERIFIED")].toSorted((one, other) =>
        JSON.stringify(one) < JSON.stringify(other) ? -1 : 1,
      ),
    );
  });
});

import { canonical } from "../../src/kernel/canonical.js";
import type { Id } from "../../src/kernel/id.js";
import { individualFacts } from "../../src/entity/facts.js";
import { registerIndividual } from "../../src/entity/register.js";
import { audited, faultsIn, tamper } from "../support/audited.js";
import { givenRegistered, givenWorld, individual, type Party, type World } from "../support/given.js";

const NUMBERS = { only: ["entities", "registrations-sealed"] };

const OTHER = individual({ socialSecurityNumber: "212-55-0177" });

/** Lets a participant say another number of an entity, past every verb. */
async function said({ app }: World, { id: participantId }: Party, entityId: Id<"ent">): Promise<void> {
  const plain = canonical(individualFacts(OTHER));
  const [entity] = await app.store.rows<{ key: string }>("select wrapped_key as key from entity where id = ?", [
    entityId,
  ]);
  const sealed = app.vault.seal(entity!.key, entityId, plain);
  const fingerprint = app.vault.fingerprint("FACTS", plain);
  await tamper(
    { app },
    `insert into registration (id, entity_id, participant_id, handle, version, sealed_facts, facts_fingerprint, created_at)
     select 'reg_' || '${participantId}', id, '${participantId}', 'other', 1, '${sealed}', '${fingerprint}', created_at from entity where id = '${entityId}'`,
  );
}

describe("the audit of identities", () => {
  it("finds nothing wrong where a participant corrected the number of somebody whom nobody else knew", async () => {
    await using world = await givenWorld();
    await givenRegistered(world.bank);
    await world.bank.commit((write) => registerIndividual(write, individual({ handle: "ada-too" })));
    await world.bank.commit((write) => registerIndividual(write, OTHER));
    expect(faultsIn(await audited(world, NUMBERS))).toEqual([]);
  });

  it("finds that somebody is still known by a number that was corrected", async () => {
    await using world = await givenWorld();
    const entityId = await givenRegistered(world.bank);
    const [before] = await world.app.store.rows<{ match: string; tax: string }>(
      "select match_fingerprint as match, tax_fingerprint as tax from entity",
    );
    await world.bank.commit((write) => registerIndividual(write, OTHER));
    await tamper(world, `update entity set match_fingerprint = '${before!.match}', tax_fingerprint = '${before!.tax}'`);
    expect(faultsIn(await audited(world, NUMBERS))).toEqual([
      `entities: ${entityId}: Nobody says the number of it that it is known by.`,
    ]);
  });

  it("finds that two participants say another number of somebody than the one that is known", async () => {
    await using world = await givenWorld();
    const entityId = await givenRegistered(world.bank);
    await said(world, world.vendor, entityId);
    expect(faultsIn(await audited(world, NUMBERS))).toEqual([]);
    await said(world, world.fintech, entityId);
    expect(faultsIn(await audited(world, NUMBERS))).toEqual([
      expect.stringMatching(/^entities: ent_\w+: Another number is said of it by par_\w+, par_\w+\.$/),
    ]);
  });

  it("says nothing of whoever was erased", async () => {
    await using world = await givenWorld();
    await givenRegistered(world.bank);
    await tamper(world, "update entity set wrapped_key = null");
    expect(faultsIn(await audited(world, NUMBERS))).toEqual([]);
  });
});

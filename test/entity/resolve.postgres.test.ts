import { registerIndividual } from "../../src/entity/register.js";
import type { Id } from "../../src/kernel/id.js";
import type { Writer } from "../../src/kernel/reader.js";
import { ADA, countOf, givenRegistered, givenWorld, individual, type World } from "../support/given.js";
import { asFarAsItComes, paused } from "../support/paused.js";

const OLD = ADA.socialSecurityNumber;
const NEW = "301-55-7788";

const registering =
  (socialSecurityNumber: string) =>
  async (write: Writer): Promise<Id<"ent">> =>
    (await registerIndividual(write, individual({ socialSecurityNumber }))).entityId;

/** What each participant's handle means now. */
const meant = async ({ app }: World): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (
      await app.store.rows<{ participantId: string; entityId: string }>(
        `select participant_id as "participantId", entity_id as "entityId" from registration where superseded_at is null`,
      )
    ).map(({ participantId, entityId }) => [participantId, entityId]),
  );

describe("an amendment of a number", () => {
  it("makes whoever names the old number wait, and then name somebody else", async () => {
    await using world = await givenWorld();
    const { bank, fintech } = world;
    const ada = await givenRegistered(bank);
    await using amending = paused(bank.commit, registering(NEW));
    expect(await amending.done).toBe(ada);
    const naming = fintech.commit(registering(OLD));
    const came = await asFarAsItComes(world, naming);
    await amending.end();
    expect([came, (await naming) === ada]).toEqual(["WAITS", false]);
    expect(await countOf(world, "entity")).toBe(2);
  });

  it("waits for whoever names the old number: then that person is not the caller's alone, and stays who it is", async () => {
    await using world = await givenWorld();
    const { bank, fintech } = world;
    const ada = await givenRegistered(bank);
    await using naming = paused(fintech.commit, registering(OLD));
    expect(await naming.done).toBe(ada);
    const amending = bank.commit(registering(NEW));
    const came = await asFarAsItComes(world, amending);
    await naming.end();
    expect([came, (await amending) === ada]).toEqual(["WAITS", false]);
    expect(await meant(world)).toEqual(
      new Map([
        [bank.id, await amending],
        [fintech.id, ada],
      ]),
    );
  });
});
